# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop's portals, as a sandboxed program sees them: with a user who always says yes, and a record of what was asked."""

import os
import pathlib
import threading

from gi.repository import Gio, GLib

DEADLINE = 30
DESKTOP = "org.freedesktop.portal.Desktop"
DESKTOP_PATH = "/org/freedesktop/portal/desktop"
DOCUMENTS = "org.freedesktop.portal.Documents"
DOCUMENTS_PATH = "/org/freedesktop/portal/documents"
FLATPAK = "org.freedesktop.portal.Flatpak"
FLATPAK_PATH = "/org/freedesktop/portal/Flatpak"
PATHS = {"Documents": DOCUMENTS_PATH, "Flatpak": FLATPAK_PATH}
VERSIONS = {"FileChooser": 3, "OpenURI": 3, "NetworkMonitor": 3}
FULL_CONNECTIVITY = 4
GRANTED = 0

XML = """<node>
<interface name='org.freedesktop.portal.FileChooser'>
<method name='SaveFile'><arg type='s' direction='in'/><arg type='s' direction='in'/>
<arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>
<method name='OpenFile'><arg type='s' direction='in'/><arg type='s' direction='in'/>
<arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>
<property name='version' type='u' access='read'/>
</interface>
<interface name='org.freedesktop.portal.OpenURI'>
<method name='OpenURI'><arg type='s' direction='in'/><arg type='s' direction='in'/>
<arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>
<method name='OpenFile'><arg type='s' direction='in'/><arg type='h' direction='in'/>
<arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>
<method name='OpenDirectory'><arg type='s' direction='in'/><arg type='h' direction='in'/>
<arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>
<property name='version' type='u' access='read'/>
</interface>
<interface name='org.freedesktop.portal.Notification'>
<method name='AddNotification'><arg type='s' direction='in'/><arg type='a{sv}' direction='in'/></method>
<method name='RemoveNotification'><arg type='s' direction='in'/></method>
<property name='version' type='u' access='read'/>
</interface>
<interface name='org.freedesktop.portal.Settings'>
<method name='ReadAll'><arg type='as' direction='in'/><arg type='a{sa{sv}}' direction='out'/></method>
<method name='Read'><arg type='s' direction='in'/><arg type='s' direction='in'/>
<arg type='v' direction='out'/></method>
<signal name='SettingChanged'><arg type='s'/><arg type='s'/><arg type='v'/></signal>
<property name='version' type='u' access='read'/>
</interface>
<interface name='org.freedesktop.portal.Secret'>
<method name='RetrieveSecret'><arg type='h' direction='in'/><arg type='a{sv}' direction='in'/>
<arg type='o' direction='out'/></method>
<property name='version' type='u' access='read'/>
</interface>
<interface name='org.freedesktop.portal.NetworkMonitor'>
<method name='GetAvailable'><arg type='b' direction='out'/></method>
<method name='GetMetered'><arg type='b' direction='out'/></method>
<method name='GetConnectivity'><arg type='u' direction='out'/></method>
<method name='GetStatus'><arg type='a{sv}' direction='out'/></method>
<method name='CanReach'><arg type='s' direction='in'/><arg type='u' direction='in'/>
<arg type='b' direction='out'/></method>
<signal name='changed'/>
<property name='version' type='u' access='read'/>
</interface>
<interface name='org.freedesktop.portal.Flatpak'>
<property name='version' type='u' access='read'/>
</interface>
<interface name='org.freedesktop.portal.Documents'>
<method name='GetMountPoint'><arg type='ay' direction='out'/></method>
<property name='version' type='u' access='read'/>
</interface>
</node>"""

APPEARANCE = "org.freedesktop.appearance"
PREFERS_LIGHT = 2


class Portals:
    """On the session bus, in a thread of its own. With secrets=False, a desktop without a keyring."""

    def __init__(self, folder, app_id, secrets=True):
        self.asked = []
        self.secret = b"Not a secret, but sixty-four bytes as a real portal hands out..."
        # What flatpak shows to the application as its documents.
        self.mount = pathlib.Path(folder) / "documents"
        self.documents = self.mount / "by-app" / app_id
        self.documents.mkdir(parents=True, exist_ok=True)
        self.secrets = secrets
        self.ready = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()
        assert self.ready.wait(DEADLINE), "the portals do not start"

    # Life

    def _run(self):
        context = GLib.MainContext.new()
        context.push_thread_default()
        self.loop = GLib.MainLoop.new(context, False)
        self.bus = Gio.DBusConnection.new_for_address_sync(
            os.environ["DBUS_SESSION_BUS_ADDRESS"],
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION,
            None,
            None,
        )
        for interface in Gio.DBusNodeInfo.new_for_xml(XML).interfaces:
            name = interface.name.rpartition(".")[2]
            if name == "Secret" and not self.secrets:
                continue
            path = PATHS.get(name, DESKTOP_PATH)
            self.bus.register_object(path, interface, self._on_call, self._on_get, None)
        for name in (DESKTOP, DOCUMENTS, FLATPAK):
            self.own(name)
        self.ready.set()
        self.loop.run()
        self.bus.close_sync(None)

    def own(self, name):
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

    def close(self):
        self.loop.quit()
        self.thread.join(DEADLINE)

    # Answering

    def _on_get(self, bus, sender, path, interface, name):
        return GLib.Variant("u", VERSIONS.get(interface.rpartition(".")[2], 1))

    def _on_call(self, bus, sender, path, interface, method, parameters, invocation):
        values = parameters.unpack()
        self.asked.append((method, values))
        getattr(self, "_on_" + method)(sender, values, invocation)

    def _answer(self, sender, options, invocation, results):
        """Says first how the request is called, then how it went, as a portal does."""
        token = options.get("handle_token", "t")
        request = f"{DESKTOP_PATH}/request/{sender[1:].replace('.', '_')}/{token}"
        invocation.return_value(GLib.Variant("(o)", (request,)))
        self.bus.emit_signal(
            sender,
            request,
            "org.freedesktop.portal.Request",
            "Response",
            GLib.Variant("(ua{sv})", (GRANTED, results)),
        )

    def _on_GetMountPoint(self, sender, values, invocation):
        path = os.fsencode(self.mount) + b"\0"
        invocation.return_value(GLib.Variant("(ay)", (path,)))

    def _on_SaveFile(self, sender, values, invocation):
        name = bytes(values[2].get("current_name", "").encode()).decode() or "nameless"
        (self.documents / "chosen").mkdir(exist_ok=True)
        uri = f"file:///run/user/{os.getuid()}/doc/chosen/{name}"
        self._answer(sender, values[2], invocation, {"uris": GLib.Variant("as", [uri])})

    def _on_OpenFile(self, sender, values, invocation):
        self._answer(sender, values[2], invocation, {})

    def _on_OpenURI(self, sender, values, invocation):
        self._answer(sender, values[2], invocation, {})

    def _on_OpenDirectory(self, sender, values, invocation):
        descriptors = invocation.get_message().get_unix_fd_list()
        descriptor = descriptors.get(values[1])
        info = os.fstat(descriptor)
        os.close(descriptor)
        self.asked.append(("the file", (info.st_dev, info.st_ino)))
        self._answer(sender, values[2], invocation, {})

    def _on_AddNotification(self, sender, values, invocation):
        invocation.return_value(None)

    def _on_RemoveNotification(self, sender, values, invocation):
        invocation.return_value(None)

    def _on_ReadAll(self, sender, values, invocation):
        scheme = GLib.Variant("u", PREFERS_LIGHT)
        settings = {APPEARANCE: {"color-scheme": scheme}}
        invocation.return_value(GLib.Variant("(a{sa{sv}})", (settings,)))

    def _on_Read(self, sender, values, invocation):
        if values == (APPEARANCE, "color-scheme"):
            scheme = GLib.Variant("v", GLib.Variant("u", PREFERS_LIGHT))
            invocation.return_value(GLib.Variant("(v)", (scheme,)))
        else:
            invocation.return_dbus_error(
                "org.freedesktop.portal.Error.NotFound", "There is no such setting"
            )

    def _on_GetAvailable(self, sender, values, invocation):
        invocation.return_value(GLib.Variant("(b)", (True,)))

    def _on_GetMetered(self, sender, values, invocation):
        invocation.return_value(GLib.Variant("(b)", (False,)))

    def _on_GetConnectivity(self, sender, values, invocation):
        invocation.return_value(GLib.Variant("(u)", (FULL_CONNECTIVITY,)))

    def _on_GetStatus(self, sender, values, invocation):
        status = {
            "available": GLib.Variant("b", True),
            "metered": GLib.Variant("b", False),
            "connectivity": GLib.Variant("u", FULL_CONNECTIVITY),
        }
        invocation.return_value(GLib.Variant("(a{sv})", (status,)))

    def _on_CanReach(self, sender, values, invocation):
        invocation.return_value(GLib.Variant("(b)", (True,)))

    def _on_RetrieveSecret(self, sender, values, invocation):
        descriptors = invocation.get_message().get_unix_fd_list()
        with os.fdopen(descriptors.get(values[0]), "wb") as pipe:
            pipe.write(self.secret)
        self._answer(sender, values[1], invocation, {})

    # Looking

    def calls(self, method):
        """The arguments of each call of a method."""
        return [values for name, values in list(self.asked) if name == method]
