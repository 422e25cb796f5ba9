# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the built programs as a person would: by the accessibility bus, the keyboard and the eye."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time

import gi

gi.require_version("Atspi", "2.0")

import pyatspi  # noqa: E402
from gi.repository import Atspi, GLib  # noqa: E402

DEADLINE = 60

# By default it takes a window for gone that does not answer within 0.8 s.
Atspi.set_timeout(10000, 30000)
BUILD = os.environ["WHEATEAR_BUILD"]
SCREENS = os.path.join(BUILD, "screens")
# Built where GTK says wrongly where things are.
TRUE_BOUNDS = os.path.join(BUILD, "tests", "e2e", "true-bounds.so")

# What newer accessibility buses call differently; the scenes have the older names.
OLDER_ROLES = {"button": "push button"}


def name_role(node):
    name = node.get_role_name()
    return OLDER_ROLES.get(name, name)


Atspi.Accessible.getRoleName = name_role


def name_of(node):
    """A node's name. GTK 4.18 has none for the items of menus, but still says what labels them; nor for what says how things
    are, where the text is the whole of it."""
    name, role = node.get_name() or "", node.getRoleName()
    if not name and role == "menu item":
        return "".join(relation.getTarget(0).queryText().getText(0, -1) for relation in node.getRelationSet())
    if not name and role == "status bar" and "Text" in node.get_interfaces():
        return node.queryText().getText(0, -1)
    return name


Atspi.Accessible.name = property(name_of)


def wait_for(what, function, deadline=DEADLINE):
    """Calls function until it returns something true, and returns that."""
    end = time.monotonic() + deadline
    while True:
        try:
            found = function()
        except Exception as error:  # the bus fails in many ways while windows come and go
            found, last = None, error
        else:
            last = None
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"waited {deadline} s for: {what}") from last
        time.sleep(0.05)


def program(name):
    return os.path.join(BUILD, "src", name)


def accessible(environment):
    """An environment in which a program shows on the accessibility bus, and truly."""
    environment = dict(environment, GTK_A11Y="atspi")
    if os.path.exists(TRUE_BOUNDS):
        environment["LD_PRELOAD"] = " ".join(filter(None, [environment.get("LD_PRELOAD"), TRUE_BOUNDS]))
        # Where the sanitizer is, it wants to be first.
        environment["ASAN_OPTIONS"] = environment.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0"
    return environment


class Display:
    """A virtual screen of its own, so that two clients do not cover each other."""

    def __init__(self, size="1280x800x24"):
        read, write = os.pipe()
        self.process = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp", "-noreset"],
            pass_fds=[write],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as pipe:
            self.name = ":" + pipe.readline().strip()
        self.environment = dict(os.environ, DISPLAY=self.name)
        self.spare_keys = self._find_spare_keys()
        self.characters = set()
        self.copied = []
        # Without a window manager nobody gives the focus back when a dialog closes.
        self.manager = subprocess.Popen(
            ["openbox"], env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def run(self, *command):
        subprocess.run(command, env=self.environment, check=True, timeout=DEADLINE)

    def xdotool(self, *arguments):
        self.run("xdotool", *arguments)

    def find_window(self, pid):
        command = ["xdotool", "search", "--all", "--onlyvisible", "--pid", str(pid), "--name", "Wheatear|麦穗|麥穗"]

        def look():
            found = self._ask(*command).split()
            # Tooltips have the same name, but no place in the manager's list.
            managed = {int(number, 16) for number in re.findall("0x[0-9a-f]+", self._ask("xprop", "-root", "_NET_CLIENT_LIST"))}
            return next((window for window in found if int(window) in managed), None)

        return wait_for("the window on the screen", look)

    def _ask(self, *command):
        return subprocess.check_output(command, env=self.environment, text=True, timeout=DEADLINE)

    def key(self, *keys):
        self.xdotool("key", "--delay", "30", *keys)

    def type(self, text):
        self._give_keys(text)
        self.xdotool("type", "--delay", "15", text)

    def _give_keys(self, text):
        """Gives each character that no key has a key for good.

        xdotool's own are gone again before a busy program has looked at them."""
        for character in sorted(set(text) - self.characters):
            if ord(character) > 0xFF:
                key = self.spare_keys.pop()
                self.run("xmodmap", "-e", f"keycode {key} = U{ord(character):04X}")
        self.characters |= set(text)

    def _find_spare_keys(self):
        table = subprocess.check_output(["xmodmap", "-pke"], env=self.environment, text=True, timeout=DEADLINE)
        return re.findall(r"^keycode +(\d+) =$", table, re.MULTILINE)

    def copy(self, kind, contents):
        """What another program has copied; it owns the clipboard until the next."""
        process = subprocess.Popen(
            ["xclip", "-selection", "clipboard", "-target", kind, "-in", "-quiet"],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        process.stdin.write(contents)
        process.stdin.close()
        self.copied.append(process)

    def picture(self, name):
        os.makedirs(SCREENS, exist_ok=True)
        path = os.path.join(SCREENS, name + ".png")
        self.run("import", "-silent", "-window", "root", path)
        self.run("mogrify", "-bordercolor", "black", "-border", "1", "-trim", "+repage", path)
        return path

    def close(self):
        for process in (*self.copied, self.manager, self.process):
            process.terminate()
            process.wait()


class Server:
    """wheatear-server on a free port, or on the one it had."""

    def __init__(self, *options, port=0, scheme="ws"):
        # A file: a pipe that nobody reads would stop it in the end.
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            [program("wheatear-server"), "--port", str(port), *options],
            stdout=subprocess.PIPE,
            stderr=self.log,
            text=True,
        )
        line = self.process.stdout.readline()
        match = re.fullmatch(rf"listening ({scheme}://127\.0\.0\.1:(\d+)/ws)\n", line)
        assert match, f"the server said {line!r}"
        self.url = match[1]
        self.port = int(match[2])

    def close(self):
        """Ends it, where it still runs."""
        if self.process.returncode is None:
            self.process.terminate()
            self.process.communicate(timeout=DEADLINE)
            assert self.process.returncode == 0, f"the server ended with {self.process.returncode}"
        self.log.close()

    def kill(self):
        self.process.kill()
        self.process.communicate()


def forget(application):
    """Lets libatspi ask anew. It may keep an application, whose windows come while they are looked for, as a child of its
    own, and would forget in that circle until it crashes: so it is told window by window."""
    for window in application:
        if window and window != application:
            window.clear_cache()


class Client:
    """A window with a profile of its own."""

    def __init__(self, display, arguments=None):
        self.display = display
        self.profile = None
        if arguments is None:
            self.profile = tempfile.mkdtemp(prefix="wheatear-e2e-")
            arguments = ["--profile", self.profile]
        self.arguments = arguments
        self.start()

    def start(self):
        environment = accessible(self.display.environment)
        # A warning must be seen, not kill the program in the middle of a scene.
        environment.pop("G_DEBUG", None)
        self.log = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            [program("wheatear"), *self.arguments],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=self.log,
        )
        self.app = wait_for("the window", self._find_application)

    def _find_application(self):
        for application in pyatspi.Registry.getDesktop(0):
            if application and self._is_mine(application):
                # Whoever looks before it is there may be told the same ever after.
                forget(application)
                return application if application.childCount else None
        return None

    def _is_mine(self, application):
        try:
            return application.get_process_id() == self.process.pid
        except GLib.Error:
            return False

    # Looking

    def forget(self):
        """What was true a moment ago may not be any more."""
        forget(self.app)

    def walk(self, root=None):
        todo, seen = [root or self.app], set()
        while todo:
            node = todo.pop()
            # With newer toolkits the page that is shown is also in the pages before it.
            if node is None or node in seen:
                continue
            seen.add(node)
            yield node
            todo.extend(reversed([node[i] for i in range(node.childCount)]))

    def _look(self, role, name, root):
        self.forget()
        for node in self.walk(root):
            # GTK 4 reports VISIBLE for what is on the page that is shown, never SHOWING.
            if node.getRoleName() == role and self._is_called(node, name):
                if self._is_shown(node):
                    return node
        return None

    def _is_called(self, node, name):
        if re.search(name, node.name):
            return True
        # Newer toolkits call a button in a row as the row, whatever stands on it.
        return node.getRoleName() == "push button" and any(
            child and child.getRoleName() == "label" and re.search(name, child.name) for child in node
        )

    def _is_shown(self, node):
        while node and node.getRoleName() != "application":
            if not node.getState().contains(pyatspi.STATE_VISIBLE):
                return False
            node = node.parent
        return True

    def find(self, role, name, root=None, deadline=DEADLINE):
        """The first part with this role whose name matches the pattern."""
        return wait_for(f"{role} “{name}”", lambda: self._look(role, name, root), deadline)

    def window(self, name):
        """The window or dialog with this title."""

        def look():
            self.forget()
            return next((child for child in self.app if child and child.name == name), None)

        return wait_for(f"the window “{name}”", look)

    def has(self, role, name):
        return self._look(role, name, None) is not None

    def count(self, role, name):
        """How many parts there are with this role whose names match."""
        self.forget()
        return sum(
            node.getRoleName() == role and bool(re.search(name, node.name or ""))
            for node in self.walk()
        )

    def rows(self):
        """The names of the messages that are painted, from above."""
        timeline = self._look("list", "^Messages", None)
        if timeline is None:
            return []
        return [row.name for row in timeline if row and row.getRoleName() == "list item"]

    # Acting

    def press(self, role, name, root=None):
        node = self.find(role, name, root)
        actions = node.queryAction()
        assert actions.nActions > 0, f"{name} cannot be pressed"
        actions.doAction(0)

    def click(self, node, button=1):
        """Clicks the middle of a part of the main window with a button of the mouse."""
        box = self.settled(node)
        x, y = box.x + box.width // 2, box.y + box.height // 2
        window = self.display.find_window(self.process.pid)
        self.display.xdotool("mousemove", "--window", window, str(x), str(y), "click", str(button))

    def settled(self, node):
        """Where a part of the main window is, once it stays there."""
        seen = []

        def look():
            box = node.queryComponent().getExtents(pyatspi.XY_WINDOW)
            seen.append((box.x, box.y, box.width, box.height))
            return box if len(set(seen[-3:])) == 1 and len(seen) >= 3 and box.width > 0 else None

        return wait_for(f"“{node.name}” to stay where it is", look)

    def resize(self, width, height):
        """Gives the main window another size, and waits until it is drawn so."""
        window = self.display.find_window(self.process.pid)
        self.display.xdotool("windowsize", window, str(width), str(height))
        wait_for(f"a window of {width} × {height}", lambda: self._has_size(width, height))

    def _has_size(self, width, height):
        self.forget()
        box = self.app[0].queryComponent().getExtents(pyatspi.XY_WINDOW)
        # Without the shadow around it, or the frame in its place.
        return width - 40 <= box.width <= width and height - 40 <= box.height <= height

    def fill_in(self, name, text, root=None):
        entry = self.find("text", name, root)
        entry.queryEditableText().setTextContents(text)

    def say(self, text):
        """Types into the composer and sends, by the keyboard."""
        self.click(self.find("text", "^Message( to .*)?$"))
        self.display.type(text)
        self.display.key("Return")

    def select(self, list_name, row):
        """Opens a conversation by clicking its row."""
        self.click(self.find("list item", row, self.find("list", list_name)))

    # Scenes that several tests need

    def add_account(self, url, key, user_id, nickname, **more):
        self.press("push button", "Add a Server")
        dialog = self.window("Add an Account")
        self.fill_in("^Address$", url, dialog)
        self.fill_in("^API Key$", key, dialog)
        self.fill_in("^Your User Id$", user_id, dialog)
        self.fill_in("^Nickname$", nickname, dialog)
        for name, text in more.items():
            self.fill_in(name, text, dialog)
        self.press("push button", "Save", dialog)
        self.find("push button", "Online")

    def open_chat(self, key, user_id, name):
        """Writes to somebody who is not in the list, and waits until the keys go to the composer."""
        self.display.key("ctrl+n")
        dialog = self.window("New Chat")
        self.fill_in("^Their User Id$", user_id, dialog)
        self.fill_in("^Name$", name, dialog)
        self.fill_in("^Their API Key$", key, dialog)
        self.press("push button", "Open", dialog)
        self.wait_for_composer()

    def wait_for_composer(self):
        """The chat may be there before the dialog that opened it is gone, which would take the next keys."""
        wait_for(
            "the focus in the composer",
            lambda: (self._look("text", "^Message( to .*)?$", None) or self.app)
            .getState()
            .contains(pyatspi.STATE_FOCUSED),
        )

    # Ending

    def warnings(self):
        self.log.seek(0)
        return [
            line
            for line in self.log.read().splitlines()
            if re.search(r"WARNING|CRITICAL|ERROR", line)
        ]

    def close(self):
        """Quits as the user would; returns the warnings it gave."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(DEADLINE)
        if self.profile:
            shutil.rmtree(self.profile, ignore_errors=True)
        return self.warnings()

    def kill(self):
        self.process.kill()
        self.process.wait()
