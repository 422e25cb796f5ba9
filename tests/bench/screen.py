# SPDX-License-Identifier: GPL-3.0-or-later
"""The pointer and the keyboard of the display, moved without starting a program: each call takes microseconds."""

import ctypes
import os
import subprocess
import time

BUTTON = 1
WHEEL_UP, WHEEL_DOWN = 4, 5
# Where characters are put that no key has; nothing has these codes on a common keyboard.
SPARE_CODES = range(200, 248)

display_p, window_t = ctypes.c_void_p, ctypes.c_ulong
int_t, uint_t, ulong_t, text_t = ctypes.c_int, ctypes.c_uint, ctypes.c_ulong, ctypes.c_char_p

FUNCTIONS = {
    "libX11.so.6": {
        "XOpenDisplay": (display_p, [text_t]),
        "XCloseDisplay": (int_t, [display_p]),
        "XSync": (int_t, [display_p, int_t]),
        "XFlush": (int_t, [display_p]),
        "XStringToKeysym": (ulong_t, [text_t]),
        "XKeysymToKeycode": (ctypes.c_ubyte, [display_p, ulong_t]),
        "XSetInputFocus": (int_t, [display_p, window_t, int_t, ulong_t]),
        "XChangeKeyboardMapping": (int_t, [display_p, int_t, int_t, ctypes.POINTER(ulong_t), int_t]),
    },
    "libXtst.so.6": {
        "XTestFakeMotionEvent": (int_t, [display_p, int_t, int_t, int_t, ulong_t]),
        "XTestFakeButtonEvent": (int_t, [display_p, uint_t, int_t, ulong_t]),
        "XTestFakeKeyEvent": (int_t, [display_p, uint_t, int_t, ulong_t]),
    },
}


def load_functions():
    found = {}
    for library, functions in FUNCTIONS.items():
        loaded = ctypes.CDLL(library)
        for name, (result, arguments) in functions.items():
            function = getattr(loaded, name)
            function.restype, function.argtypes = result, arguments
            found[name] = function
    return found


class Screen:
    """The display that DISPLAY names. What acts returns when it was done, in nanoseconds of the monotonic clock."""

    def __init__(self):
        self.x = load_functions()
        self.display = self.x["XOpenDisplay"](os.environ["DISPLAY"].encode())
        if not self.display:
            raise RuntimeError("no display")
        self.codes = {}

    def close(self):
        self.x["XCloseDisplay"](self.display)

    def move(self, x, y):
        self.x["XTestFakeMotionEvent"](self.display, 0, x, y, 0)
        self.x["XSync"](self.display, 0)

    def click(self, button=BUTTON):
        """Where the pointer is."""
        now = time.monotonic_ns()
        for down in (1, 0):
            self.x["XTestFakeButtonEvent"](self.display, button, down, 0)
        self.x["XFlush"](self.display)
        return now

    def press(self, *names):
        """Keys by their names, the last one with all before it held: press("Control_L", "f")."""
        codes = [self._find_code(name) for name in names]
        now = time.monotonic_ns()
        for code in codes:
            self.x["XTestFakeKeyEvent"](self.display, code, 1, 0)
        for code in reversed(codes):
            self.x["XTestFakeKeyEvent"](self.display, code, 0, 0)
        self.x["XFlush"](self.display)
        return now

    def learn(self, characters):
        """Gives each character a key, under its own name, for good: before a program starts that is to know it."""
        for code, character in zip(SPARE_CODES, characters, strict=False):
            symbol = (ulong_t * 2)(*[0x01000000 | ord(character)] * 2)
            self.x["XChangeKeyboardMapping"](self.display, code, 2, symbol, 1)
            self.codes[character] = code
        self.x["XSync"](self.display, 0)

    def focus(self, window):
        """Gives a window the keyboard; None: takes it from all."""
        self.x["XSetInputFocus"](self.display, window or 0, 2, 0)
        self.x["XSync"](self.display, 0)

    def find_window(self, pid):
        """The window of a process, waited for."""
        command = ["xdotool", "search", "--sync", "--all", "--onlyvisible", "--pid", str(pid), "--name", "."]
        return int(subprocess.check_output(command, text=True, timeout=30).split()[0])

    def picture(self, path):
        subprocess.run(["import", "-silent", "-window", "root", path], check=True, timeout=30)

    def _find_code(self, name):
        if name not in self.codes:
            symbol = self.x["XStringToKeysym"](name.encode())
            self.codes[name] = self.x["XKeysymToKeycode"](self.display, symbol)
        return self.codes[name]
