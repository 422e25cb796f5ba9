# SPDX-License-Identifier: GPL-3.0-or-later
"""What a desktop's settings daemon tells the programs on an X display: how many dots an inch of text has."""

import ctypes
import ctypes.util
import struct

PROP_MODE_REPLACE = 0
INTEGER = 0


class Settings:
    """Holds the display's settings until it is closed."""

    def __init__(self, name):
        self.x = x = ctypes.CDLL(ctypes.util.find_library("X11"))
        x.XOpenDisplay.restype = ctypes.c_void_p
        for function in (x.XInternAtom, x.XDefaultRootWindow, x.XCreateSimpleWindow):
            function.restype = ctypes.c_ulong
        self.display = ctypes.c_void_p(x.XOpenDisplay(name.encode("ascii")))
        assert self.display, f"no display {name}"
        root = ctypes.c_ulong(x.XDefaultRootWindow(self.display))
        self.window = ctypes.c_ulong(x.XCreateSimpleWindow(self.display, root, 0, 0, 1, 1, 0, *[ctypes.c_ulong(0)] * 2))
        self.serial = 0
        self.set_dpi(96)
        x.XSetSelectionOwner(self.display, self._atom("_XSETTINGS_S0"), self.window, ctypes.c_ulong(0))
        x.XSync(self.display, 0)

    def _atom(self, name):
        return ctypes.c_ulong(self.x.XInternAtom(self.display, name.encode("ascii"), 0))

    def set_dpi(self, dpi):
        """96 is a scale of one."""
        self.serial += 1
        name = b"Xft/DPI"
        padded = name + bytes(-len(name) % 4)
        setting = struct.pack("<BBH", INTEGER, 0, len(name)) + padded + struct.pack("<Ii", self.serial, dpi * 1024)
        data = struct.pack("<BxxxII", 0, self.serial, 1) + setting
        atom = self._atom("_XSETTINGS_SETTINGS")
        self.x.XChangeProperty(
            self.display, self.window, atom, atom, 8, PROP_MODE_REPLACE, ctypes.c_char_p(data), len(data)
        )
        self.x.XSync(self.display, 0)

    def close(self):
        self.x.XCloseDisplay(self.display)
