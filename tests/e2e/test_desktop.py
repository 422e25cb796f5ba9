# SPDX-License-Identifier: GPL-3.0-or-later
"""Installed, as the desktop meets it: started over D-Bus, asked for its actions, given links."""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from urllib.parse import urlencode

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "tools"))

import tap  # noqa: E402
from desktop import BUILD, DEADLINE, Client, Display, Server, wait_for  # noqa: E402
from gi.repository import Gio, GLib  # noqa: E402

APP_ID = "io.github.wheatear_im.Wheatear"
PATH = "/io/github/wheatear_im/Wheatear"
# The session's own folder; see tests/tools/in-session.
SESSION = os.path.dirname(os.environ["XDG_RUNTIME_DIR"])
KEY = "alice-key-1"


class Log:
    """The list of what was installed from the build folder, which may be somebody's real installation."""

    path = os.path.join(BUILD, "meson-logs", "install-log.txt")

    def __enter__(self):
        self.kept = None
        if os.path.exists(self.path):
            with open(self.path, "rb") as file:
                self.kept = file.read()

    def __exit__(self, *_):
        if self.kept is not None:
            with open(self.path, "wb") as file:
                file.write(self.kept)
        elif os.path.exists(self.path):
            os.unlink(self.path)


class Installation:
    """A prefix in a folder of its own, with the caches that packagers' tools make."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="wheatear-installed-")
        with Log():
            subprocess.run(
                ["meson", "install", "-C", BUILD, "--no-rebuild", "--quiet", "--destdir", self.folder],
                check=True,
                timeout=300,
                stdout=subprocess.DEVNULL,
            )
        self.prefix = next(
            folder.removesuffix("/bin") for folder, _, names in os.walk(self.folder) if "wheatear" in names and folder.endswith("/bin")
        )
        self.data = os.path.join(self.prefix, "share")
        self.run("update-desktop-database", os.path.join(self.data, "applications"))
        schemas = os.path.join(self.data, "glib-2.0", "schemas")
        self.run("glib-compile-schemas", schemas)
        self.environment = {
            "PATH": f"{self.prefix}/bin:{os.environ['PATH']}",
            "XDG_DATA_DIRS": f"{self.data}:/usr/local/share:/usr/share",
            "GSETTINGS_SCHEMA_DIR": schemas,
        }

    def run(self, *command):
        subprocess.run(command, check=True, timeout=DEADLINE)

    def program(self, name="wheatear"):
        return os.path.join(self.prefix, "bin", name)

    def service(self):
        """The file for the bus, which knows the prefix that was configured."""
        name = f"{APP_ID}.service"
        with open(os.path.join(self.data, "dbus-1", "services", name), encoding="utf-8") as file:
            text = file.read()
        configured = self.prefix[len(self.folder):]
        assert f"Exec={configured}/bin/wheatear " in text, text
        return name, text.replace(f"Exec={configured}/", f"Exec={self.prefix}/")

    def close(self):
        shutil.rmtree(self.folder)


class Process:
    """One that the bus started, and reaps."""

    def __init__(self, pid):
        self.pid = pid

    def send_signal(self, number):
        os.kill(self.pid, number)

    def wait(self, deadline):
        wait_for("the program to end", lambda: not os.path.exists(f"/proc/{self.pid}"), deadline)


class Desktop:
    """A user's session: an empty home, the installation, and a bus that can start the program."""

    def __init__(self, **settings):
        self.settings = settings

    def __enter__(self):
        self.installation = Installation()
        self.display = Display()
        self.home = tempfile.mkdtemp(prefix="wheatear-e2e-home-")
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION, None)
        environment = dict(self.installation.environment, GSETTINGS_BACKEND="keyfile", GTK_A11Y="atspi", G_DEBUG="")
        for name in ("DATA", "CONFIG", "CACHE"):
            folder = os.path.join(self.home, name.lower())
            os.mkdir(folder, 0o700)
            environment[f"XDG_{name}_HOME"] = folder
        keyfile = os.path.join(self.home, "config", "glib-2.0", "settings", "keyfile")
        os.makedirs(os.path.dirname(keyfile))
        with open(keyfile, "w", encoding="utf-8") as file:
            file.write("[io/github/wheatear_im/Wheatear]\n")
            file.writelines(f"{name.replace('_', '-')}={value}\n" for name, value in self.settings.items())
        self.display.environment.update(environment)
        environment["DISPLAY"] = self.display.name
        name, text = self.installation.service()
        self.service = os.path.join(SESSION, "services", name)
        with open(self.service, "w", encoding="utf-8") as file:
            file.write(text)
        self.ask_bus("ReloadConfig", None)
        self.ask_bus("UpdateActivationEnvironment", GLib.Variant("(a{ss})", (environment,)))
        self.log = os.path.join(SESSION, "bus.log")
        self.begin = os.path.getsize(self.log)
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None:
            self.display.picture("failed-desktop")
        pid = self.pid()
        if pid:
            os.kill(pid, signal.SIGTERM)
            Process(pid).wait(DEADLINE)
        self.display.close()
        os.unlink(self.service)
        self.ask_bus("ReloadConfig", None)
        shutil.rmtree(self.home)
        self.installation.close()
        if kind is None:
            tap.none_of("warnings of the program", self.warnings())

    def ask_bus(self, method, arguments):
        return self.bus.call_sync(
            "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", method, arguments, None, 0, -1, None
        )

    def pid(self):
        """Of the program that has the name on the bus."""
        arguments = GLib.Variant("(s)", (APP_ID,))
        if not self.ask_bus("NameHasOwner", arguments).unpack()[0]:
            return None
        return self.ask_bus("GetConnectionUnixProcessID", arguments).unpack()[0]

    def warnings(self):
        with open(self.log, "rb") as file:
            file.seek(self.begin)
            lines = file.read().decode("utf-8", "replace").splitlines()
        return [line for line in lines if re.search(r"wheatear.*(WARNING|CRITICAL|ERROR)", line)]

    def activate(self, action):
        """What a desktop does for an entry of the application's menu; starts the program if need be."""
        self.bus.call_sync(
            APP_ID, PATH, "org.freedesktop.Application", "ActivateAction",
            GLib.Variant("(sava{sv})", (action, [], {})), None, 0, DEADLINE * 1000, None,
        )  # fmt: skip

    def run(self, *command, status=0):
        done = subprocess.run(
            command, env=self.display.environment, capture_output=True, text=True, timeout=DEADLINE, stdin=subprocess.DEVNULL
        )
        assert done.returncode == status, f"{command[0]}: {done.returncode}\n{done.stderr}"
        return done.stderr

    def client(self):
        """The program that has the name, to be looked at."""
        client = Client.__new__(Client)
        client.display = self.display
        client.profile = None
        client.process = Process(wait_for("the program", self.pid))
        client.app = wait_for("the window", client._find_application)
        return client

    def accounts(self):
        """How many are stored."""
        (name,) = (name for name in os.listdir(os.path.join(self.home, "data", "wheatear")) if name.endswith(".db"))
        path = os.path.join(self.home, "data", "wheatear", name)
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
            return database.execute("SELECT count(*) FROM account").fetchone()[0]


def link(**said):
    return f"wheatear://add?{urlencode(said)}"


def typed(client, name, root):
    text = client.find("text", name, root).queryText()
    return text.getText(0, text.characterCount)


def has_text(client, name, text, root):
    wait_for(f"“{text}” in {name}", lambda: typed(client, name, root) == text)


def windows(client, name):
    client.forget()
    return [child for child in client.app if child and child.name == name]


def only_one(client, name):
    wait_for(f"one window “{name}”", lambda: len(windows(client, name)) == 1)


def close_dialog(client, name):
    client.display.key("Escape")
    wait_for(f"“{name}” to go", lambda: not windows(client, name))


def test_actions():
    """The entries of the menu: they start the program, or bring its window back; each dialog is there once."""
    with Desktop(run_in_background="true") as desktop:
        # Without an account, a chat begins with one.
        desktop.activate("new-chat")
        client = desktop.client()
        client.window("Add an Account")
        desktop.display.picture("desktop-new-chat-without-account")
        desktop.activate("new-chat")
        only_one(client, "Add an Account")
        assert desktop.accounts() == 0
        close_dialog(client, "Add an Account")

        desktop.activate("preferences")
        client.window("Preferences")
        desktop.run(desktop.installation.program(), "--preferences")
        only_one(client, "Preferences")
        desktop.display.picture("desktop-preferences")
        close_dialog(client, "Preferences")

        # Started again, it is the same one.
        pid = client.process.pid
        desktop.run(desktop.installation.program())
        desktop.run("gapplication", "launch", APP_ID)
        only_one(client, "Wheatear")
        assert desktop.pid() == pid

        # And without a window.
        desktop.display.key("ctrl+w")
        wait_for("the window to go", lambda: not client.forget() and client.app.childCount == 0)
        desktop.run("gapplication", "action", APP_ID, "preferences")
        client.window("Preferences")
        only_one(client, "Wheatear")
        assert desktop.pid() == pid


def test_links():
    """They fill the form in, cold and running, and save nothing; what is saved then works."""
    with closing(Server("--key", f"{KEY}=alice")) as server, Desktop() as desktop:
        good = link(url=server.url, key=KEY, kind="guide", platform="desk", user_id="alice-id", nickname="Old Alice", label="Home")

        # The desktop finds who opens it, and the bus starts the program.
        desktop.run("gio", "open", good)
        client = desktop.client()
        dialog = client.window("Add an Account")
        for name, text in {
            "^Address$": server.url,
            "^Platform": "desk",
            "^Your User Id$": "alice-id",
            "^Nickname$": "Old Alice",
            "^Label$": "Home",
        }.items():
            has_text(client, name, text, dialog)
        wait_for("the key", lambda: client.find("text", "^API Key$", dialog).queryText().characterCount == len(KEY))
        client.find("list item", "Filled In by a Link", dialog)
        desktop.display.picture("desktop-link")

        # Somebody who was just typing elsewhere: Enter saves nothing.
        client.display.key("Return", "Return")

        # Another, from a program that is started for it: in the place of the first.
        desktop.run(desktop.installation.program(), link(url="wss://other.example/ws", kind="maibot", user_id="bob"))
        wait_for("the other form", lambda: typed(client, "^Address$", client.window("Add an Account")) == "wss://other.example/ws")
        only_one(client, "Add an Account")
        dialog = client.window("Add an Account")
        has_text(client, "^Your User Id$", "bob", dialog)
        has_text(client, "^Platform", "wheatear", dialog)
        has_text(client, "^Nickname$", "", dialog)
        has_text(client, "^API Key$", "", dialog)
        assert desktop.accounts() == 0
        close_dialog(client, "Add an Account")

        # One that is wrong is said to be, by the window and on the command line, without its key.
        desktop.run("gio", "open", "wheatear://add?key=hunter2")
        client.window("This Link Cannot Be Used")
        client.find("label", "names no server")
        desktop.display.picture("desktop-link-refused")
        close_dialog(client, "This Link Cannot Be Used")
        for bad in ("wheatear://add?key=hunter2", "wheatear://remove?key=hunter2", "https://example.org/", "/etc/passwd", ""):
            said = desktop.run(desktop.installation.program(), bad, status=2)
            assert "cannot be used" in said and "hunter2" not in said, said
        said = desktop.run(desktop.installation.program(), good, good, status=2)
        assert KEY not in said, said
        assert desktop.accounts() == 0

        # Saved by the user, and by nobody else.
        desktop.run(desktop.installation.program(), good)
        dialog = client.window("Add an Account")
        has_text(client, "^Your User Id$", "alice-id", dialog)
        client.press("push button", "Save$", dialog)
        client.find("push button", "Online")
        assert desktop.accounts() == 1
        desktop.activate("new-chat")
        client.window("New Chat")
        desktop.display.picture("desktop-new-chat")
        close_dialog(client, "New Chat")


def test_command_line():
    """From cold, with a profile of its own, and into the demo; the key is not left where everybody can read it."""
    display = Display()
    profile = tempfile.mkdtemp(prefix="wheatear-e2e-")
    client = Client(display, ["--profile", profile, link(url="wss://h.example/ws", key="hunter2-hunter2", user_id="me")])
    try:
        dialog = client.window("Add an Account")
        has_text(client, "^Your User Id$", "me", dialog)
        with open(f"/proc/{client.process.pid}/cmdline", "rb") as file:
            words = file.read()
        assert profile.encode() in words and b"hunter2" not in words, words
        tap.none_of("warnings", client.close())

        client = Client(display, ["--profile", profile, "--preferences"])
        client.window("Preferences")
        tap.none_of("warnings", client.close())

        client = Client(display, ["--demo", "--new-chat"])
        client.window("New Chat")
        display.picture("desktop-demo-new-chat")
        tap.none_of("warnings", client.close())

        client = Client(display, ["--demo", link(url="wss://h.example/ws")])
        has_text(client, "^Address$", "wss://h.example/ws", client.window("Add an Account"))
        tap.none_of("warnings", client.close())
    finally:
        if client.process.poll() is None:
            display.picture("failed-desktop-command-line")
            client.kill()
        display.close()
        shutil.rmtree(profile)


class Company:
    """Another program with a window. The registry of the accessibility bus goes with the last one, and does not come back."""

    def __enter__(self):
        self.display = Display()
        self.client = Client(self.display)

    def __exit__(self, *_):
        self.client.close()
        self.display.close()


with Company():
    tap.run(tap.collect(globals()))
