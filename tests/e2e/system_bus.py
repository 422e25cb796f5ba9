# SPDX-License-Identifier: GPL-3.0-or-later
"""A system bus of its own, with just enough of logind and NetworkManager on it to say what happens to the computer."""

import subprocess
import tempfile
import threading

from gi.repository import Gio, GLib

CONFIGURATION = f"""<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>custom</type><listen>unix:tmpdir={tempfile.gettempdir()}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>"""
LOGIND = "org.freedesktop.login1"
MANAGER = "org.freedesktop.NetworkManager"
XML = f"""<node><interface name='{MANAGER}'>
<property name='State' type='u' access='read'/><property name='Connectivity' type='u' access='read'/>
<property name='Metered' type='u' access='read'/></interface></node>"""
# Of NetworkManager's interface: connected to the Internet; behind a page to log in; wholly there; not metered.
CONNECTED, PORTAL, FULL, UNMETERED = 70, 2, 4, 2


class SystemBus:
    """Programs find it by `environment`."""

    def __init__(self):
        with tempfile.NamedTemporaryFile("w", suffix=".conf") as file:
            file.write(CONFIGURATION)
            file.flush()
            self.daemon = subprocess.Popen(
                ["dbus-daemon", "--nofork", "--print-address", "--config-file", file.name],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
            address = self.daemon.stdout.readline().strip()
        self.environment = {
            "DBUS_SYSTEM_BUS_ADDRESS": address,
            "GIO_USE_NETWORK_MONITOR": "networkmanager",
        }
        self.connectivity = FULL
        ready = threading.Event()
        self.thread = threading.Thread(target=self._run, args=(address, ready), daemon=True)
        self.thread.start()
        assert ready.wait(20)

    def _run(self, address, ready):
        context = GLib.MainContext.new()
        context.push_thread_default()
        self.loop = GLib.MainLoop.new(context, False)
        self.bus = Gio.DBusConnection.new_for_address_sync(
            address,
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION,
            None,
            None,
        )
        interface = Gio.DBusNodeInfo.new_for_xml(XML).interfaces[0]
        self.bus.register_object("/org/freedesktop/NetworkManager", interface, None, self._get, None)
        for name in (LOGIND, MANAGER):
            self.bus.call_sync(
                "org.freedesktop.DBus",
                "/",
                "org.freedesktop.DBus",
                "RequestName",
                GLib.Variant("(su)", (name, 4)),
                None,
                0,
                -1,
                None,
            )
        ready.set()
        self.loop.run()
        self.bus.close_sync(None)

    def _get(self, bus, sender, path, interface, name):
        values = {"State": CONNECTED, "Connectivity": self.connectivity, "Metered": UNMETERED}
        return GLib.Variant("u", values[name])

    def wake_up(self):
        """The computer went to sleep, and is back."""
        for sleeps in (True, False):
            self.bus.emit_signal(
                None,
                "/org/freedesktop/login1",
                LOGIND + ".Manager",
                "PrepareForSleep",
                GLib.Variant("(b)", (sleeps,)),
            )

    def set_connectivity(self, connectivity):
        """Another network, or another state of this one."""
        self.connectivity = connectivity
        changed = {"Connectivity": GLib.Variant("u", connectivity)}
        self.bus.emit_signal(
            None,
            "/org/freedesktop/NetworkManager",
            "org.freedesktop.DBus.Properties",
            "PropertiesChanged",
            GLib.Variant("(sa{sv}as)", (MANAGER, changed, [])),
        )

    def close(self):
        self.loop.quit()
        self.thread.join(20)
        self.daemon.terminate()
        self.daemon.wait()
        self.daemon.stdout.close()
