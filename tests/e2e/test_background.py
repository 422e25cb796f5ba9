# SPDX-License-Identifier: GPL-3.0-or-later
"""A program that goes on without its window: what it tells the desktop meanwhile, how it comes back, how it ends."""

import fcntl
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "tools"))

import tap  # noqa: E402
from desktop import Client, Display, Server, accessible, program, wait_for  # noqa: E402
from gi.repository import Gio, GLib  # noqa: E402

KEYS = ["--key", "alice-key-1=alice", "--key", "bob-key-2=bob"]
ALICE = ("alice-key-1", "alice-id", "Alice")
BOB = ("bob-key-2", "bob-id", "Bob")

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
XML = """<node><interface name='org.freedesktop.Notifications'>
<method name='GetCapabilities'><arg type='as' direction='out'/></method>
<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/>
<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>
<arg type='as' direction='in'/><arg type='a{sv}' direction='in'/>
<arg type='i' direction='in'/><arg type='u' direction='out'/></method>
<method name='CloseNotification'><arg type='u' direction='in'/></method>
</interface></node>"""


class Notifications:
    """Somebody who shows notifications, in a thread of its own."""

    def __init__(self):
        self.shown = {}
        self.count = 0
        self.ready = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()
        assert self.ready.wait(20)

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
        interface = Gio.DBusNodeInfo.new_for_xml(XML).interfaces[0]
        self.bus.register_object(PATH, interface, self._on_call, None, None)
        self.bus.call_sync(
            "org.freedesktop.DBus",
            "/",
            "org.freedesktop.DBus",
            "RequestName",
            GLib.Variant("(su)", (NAME, 4)),
            None,
            0,
            -1,
            None,
        )
        self.ready.set()
        self.loop.run()
        self.bus.close_sync(None)

    def _on_call(self, bus, sender, path, interface, method, parameters, invocation):
        values = parameters.unpack()
        if method == "GetCapabilities":
            invocation.return_value(GLib.Variant("(as)", (["actions", "body", "body-markup"],)))
        elif method == "Notify":
            number = values[1]
            if number == 0:
                self.count += 1
                number = self.count
            image = values[6].get("image-path", "")
            self.shown[number] = {
                "title": values[3],
                "body": values[4],
                "actions": dict(zip(values[5][1::2], values[5][::2])),
                "image": os.path.exists(image),
                "hints": values[6],
            }
            invocation.return_value(GLib.Variant("(u)", (number,)))
        else:
            self.shown.pop(values[0], None)
            invocation.return_value(None)

    def wait(self, pattern):
        """The number and contents of the notification whose body is like this."""
        return wait_for(
            f"a notification like “{pattern}”",
            lambda: next(
                (item for item in list(self.shown.items()) if re.search(pattern, item[1]["body"])),
                None,
            ),
        )

    def press(self, number, action):
        """As if the user had pressed it: that also takes it away."""
        self.shown.pop(number, None)
        self.bus.emit_signal(
            None, PATH, NAME, "ActionInvoked", GLib.Variant("(us)", (number, action))
        )

    def close(self):
        self.loop.quit()
        self.thread.join(20)


class Home:
    """The folders of a user, whose settings are kept."""

    def __init__(self, display, **settings):
        self.folder = tempfile.mkdtemp(prefix="wheatear-e2e-home-")
        display.environment["GSETTINGS_BACKEND"] = "keyfile"
        for name in ("DATA", "CONFIG", "CACHE"):
            folder = os.path.join(self.folder, name.lower())
            os.mkdir(folder, 0o700)
            display.environment[f"XDG_{name}_HOME"] = folder
        keyfile = os.path.join(self.folder, "config", "glib-2.0", "settings", "keyfile")
        os.makedirs(os.path.dirname(keyfile))
        with open(keyfile, "w", encoding="utf-8") as file:
            file.write("[io/github/wheatear_im/Wheatear]\n")
            for name, value in settings.items():
                file.write(f"{name.replace('_', '-')}={value}\n")

    def lock_is_free(self):
        path = os.path.join(self.folder, "data", "wheatear", "window.lock")
        with open(path, "rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
        return True

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def has_window(client):
    found = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--pid", str(client.process.pid), "--name", "Wheatear"],
        env=client.display.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=False,
        timeout=60,
    )
    return bool(found.stdout.strip())


class Scene:
    """Alice's program is the only one of its kind on the bus; Bob's has a profile of its own."""

    def __init__(self, **settings):
        self.settings = settings

    def __enter__(self):
        self.notifications = Notifications()
        self.server = Server(*KEYS)
        self.displays = [Display(), Display()]
        self.home = Home(self.displays[0], **self.settings)
        self.bob = Client(self.displays[1])
        self.alice = Client(self.displays[0], [])
        self.bob.add_account(self.server.url, *BOB)
        self.alice.add_account(self.server.url, *ALICE)
        self.bob.open_chat(*ALICE)
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None:
            for name, display in zip(("alice", "bob"), self.displays):
                display.picture(f"failed-background-{name}")
            print("# shown:", self.notifications.shown)
        warnings = self.bob.close()
        if self.alice.process.poll() is None:
            warnings += self.alice.close()
        else:
            warnings += self.alice.warnings()
        self.server.close()
        for display in self.displays:
            display.close()
        self.home.close()
        self.notifications.close()
        if kind is None:
            tap.none_of("warnings of the programs", warnings)

    def hide(self):
        self.alice.display.key("ctrl+w")
        wait_for("the window to go", lambda: not has_window(self.alice))
        assert self.alice.process.poll() is None


def test_in_the_background():
    with Scene(run_in_background="true") as scene:
        alice, bob, notifications = scene.alice, scene.bob, scene.notifications
        scene.hide()

        # One notification a chat, replaced by the next; text is text.
        bob.say("Hello <b>Alice</b> & co")
        number, shown = notifications.wait("^Hello")
        assert shown["title"] == "Bob", shown
        assert shown["body"] == "Hello &lt;b&gt;Alice&lt;/b&gt; &amp; co", shown
        assert shown["image"], shown
        assert shown["hints"]["desktop-entry"] == "io.github.wheatear_im.Wheatear", shown
        bob.say("Are you there?")
        again, shown = notifications.wait("^Are you there")
        assert again == number and len(notifications.shown) == 1, notifications.shown
        assert shown["body"].endswith("\n2 new messages"), shown

        # Marked as read without a window: the next one is the only one that is new.
        notifications.press(number, shown["actions"]["Mark as Read"])
        bob.say("One more")
        number, shown = notifications.wait("^One more")
        wait_for("two to be read", lambda: notifications.shown[number]["body"] == "One more")
        assert not has_window(alice)

        # It opens the chat, and is gone.
        notifications.press(number, "default")
        wait_for("the window", lambda: has_window(alice))
        wait_for("the message", lambda: any("One more" in row for row in alice.rows()))
        alice.display.picture("background-opened")

        # What is before one's eyes does not notify; starting it again brings it back.
        scene.hide()
        bob.say("Still there?")
        notifications.wait("^Still there")
        subprocess.run([program("wheatear")], env=alice.display.environment, check=True, timeout=60)
        wait_for("the window", lambda: has_window(alice))
        wait_for("the notification to go", lambda: not notifications.shown)

        scene.hide()
        bob.say("And now?")
        notifications.wait("^And now")

        # Quitting is quitting, and leaves nothing behind.
        begin = time.monotonic()
        alice.process.send_signal(signal.SIGTERM)
        assert alice.process.wait(30) == 0
        assert time.monotonic() - begin < 5, time.monotonic() - begin
        assert scene.home.lock_is_free()
        wait_for("the notification to go", lambda: not notifications.shown)

        # At login: no window, until one is asked for.
        alice.log = tempfile.TemporaryFile("w+")
        alice.process = subprocess.Popen(
            [program("wheatear"), "--background"],
            env=accessible(alice.display.environment),
            stdout=subprocess.DEVNULL,
            stderr=alice.log,
        )
        wait_for("Alice to be online", lambda: not scene.home.lock_is_free())
        number, shown = wait_for("a notification", lambda: say_until_shown(scene))
        assert not has_window(alice)
        notifications.press(number, "default")
        wait_for("the window", lambda: has_window(alice))
        alice.app = wait_for("the window", alice._find_application)
        wait_for("the message", lambda: any("Good morning" in row for row in alice.rows()))
        alice.display.key("ctrl+q")
        assert alice.process.wait(30) == 0
        assert scene.home.lock_is_free()


def say_until_shown(scene):
    """The server keeps nothing for who is away, and only Alice knows when she is back."""
    scene.bob.say("Good morning")
    end = time.monotonic() + 5
    while time.monotonic() < end:
        for item in list(scene.notifications.shown.items()):
            if "Good morning" in item[1]["body"]:
                return item
        time.sleep(0.1)
    return None


def test_closing_quits():
    """Switched off, as at first: closing the window is the end, with the draft kept."""
    with Scene() as scene:
        alice, bob = scene.alice, scene.bob
        bob.say("Hello")
        alice.select("^Chats$", "^Bob, ")
        wait_for("the message", lambda: any("Hello" in row for row in alice.rows()))
        alice.click(alice.find("text", "^Message( to .*)?$"))
        alice.display.type("half a sent")
        begin = time.monotonic()
        alice.display.key("ctrl+w")
        assert alice.process.wait(30) == 0
        assert time.monotonic() - begin < 5, time.monotonic() - begin
        assert scene.home.lock_is_free()
        warnings = alice.warnings()
        alice.start()
        alice.find("list item", r"^Bob, .*half a sent")
        tap.none_of("warnings of the program that was closed", warnings)


def test_own_profile():
    """With --profile nothing could bring it back: said, and switched off again."""
    with Scene() as scene:
        bob = scene.bob
        bob.display.key("ctrl+comma")
        dialog = bob.window("Preferences")
        bob.press("page tab", "^Notifications$", dialog)
        bob.press("check box", "Keep Running in the Background", dialog)
        bob.find("label", "always quits", dialog)
        bob.display.picture("background-refused")


tap.run(tap.collect(globals()))
