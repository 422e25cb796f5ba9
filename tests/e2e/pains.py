# SPDX-License-Identifier: GPL-3.0-or-later
"""What the scenes of the complaints in docs/testing.md share: a window with a bot, and looks at it from outside."""

import itertools
import os
import re
import select
import signal
import subprocess

import pyatspi
import tap
from bridge import Bridge
from desktop import BUILD, DEADLINE, Client, Display, wait_for

FIELD = ("wheat-field", "麦田")
ENTRY = "^Message( to .*)?$"
TICK = 1 / os.sysconf("SC_CLK_TCK")


def text(words):
    return {"type": "text", "data": words}


class Scene:
    """A display, a bot, and what else is added; the window is opened by start(). All is ended with it."""

    def __init__(self, name, size="1280x860x24", **environment):
        self.name = name
        self.size = size
        self.display = Display(size)
        self.display.environment.update(environment)
        self.bridge = Bridge()
        self.me = None
        self.others = []

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None:
            self.display.picture(f"failed-{self.name}")
        warnings = self.me.close() if self.me else []
        for other in reversed(self.others):
            other.close()
        self.bridge.close()
        self.display.close()
        if kind is None:
            tap.none_of("warnings of the program", warnings)

    def add(self, other):
        self.others.append(other)
        return other

    def start(self, url=None):
        """Opens the window, and signs in to the bot, at another address if need be."""
        self.me = Client(self.display)
        self.me.add_account(url or self.bridge.url, "a-key", "me-id", "我")
        wait_for("the connection", lambda: self.bridge.connections)

    def start_again(self, ends=lambda: None):
        """Quits, lets something happen meanwhile, and starts on the same profile."""
        self.me.process.send_signal(signal.SIGTERM)
        assert self.me.process.wait(DEADLINE) == 0
        tap.none_of("warnings of the program", self.me.warnings())
        ends()
        self.me.start()

    def fill(self, first, last):
        """The bot says numbers to the group; all are stored when it returns."""
        for number in range(first, last + 1):
            msg_id = self.bridge.say(text(say_number(number)), group=FIELD)
        wait_for("the ACK", lambda: msg_id in self.bridge.acknowledged)

    def open_group(self):
        self.me.press("page tab", "^Groups$")
        self.me.select("^Groups$", "^麦田, ")
        wait_for("the messages", self.me.rows)

    # The messages

    def timeline(self):
        return self.me.find("list", "^Messages")

    def shown(self):
        """Name and place of each message in view: from the view's upper edge, and how high."""
        timeline = self.timeline()
        view = extents(timeline)
        found = []
        for row in timeline:
            if row and row.getRoleName() == "list item":
                box = extents(row)
                if box.y + box.height > view.y and box.y < view.y + view.height:
                    found.append((row.name, box.y - view.y, box.height))
        return found

    def place(self, pattern):
        """Where the message is, and how high; None if it is not in view."""
        for name, y, height in self.shown():
            if re.search(pattern, name):
                return y, height
        return None

    def shows(self, pattern):
        wait_for(f"a message like “{pattern}”", lambda: self.place(pattern))

    # Others on the screen

    def park_pointer(self):
        """Where it hovers over nothing."""
        width, height = self.size.split("x")[:2]
        self.display.xdotool("mousemove", str(int(width) - 1), str(int(height) - 1))

    def add_files(self, *paths):
        return self.add(Files(self.display, *paths))

    def focus(self):
        """The keys go to the window again."""
        window = self.display.find_window(self.me.process.pid)
        self.display.xdotool("windowactivate", "--sync", window)


def say_number(number):
    """Messages of one to five lines, in a window as wide as at first."""
    return f"{number}. " + "The wheat is ripe, and the weather holds. " * (1 + number * 7 % 5 * 2)


def extents(node):
    return node.queryComponent().getExtents(pyatspi.XY_WINDOW)


def steady(what, function, deadline=DEADLINE):
    """Waits until function returns the same twice in a row, and something true."""
    last = [None]

    def look():
        before, last[0] = last[0], function()
        return last[0] if last[0] == before else None

    return wait_for(what, look, deadline)


class Files:
    """The window of a file manager with files to drag, or just another window to look at."""

    def __init__(self, display, *paths):
        self.display = display
        environment = dict(display.environment, GTK_A11Y="none")
        environment.pop("G_DEBUG", None)
        self.process = subprocess.Popen(
            [os.path.join(BUILD, "tests", "e2e", "drag-source"), *paths],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.window = wait_for("the other window", self._find)

    def _find(self):
        command = ["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid), "--name", "^Files$"]
        found = subprocess.run(
            command, env=self.display.environment, stdout=subprocess.PIPE, text=True, timeout=DEADLINE, check=False
        )
        return found.stdout.split()[0] if found.stdout.split() else None

    def focus(self):
        self.display.xdotool("windowactivate", "--sync", self.window)

    def is_dragging(self):
        ready, _, _ = select.select([self.process.stdout], [], [], 0.1)
        return bool(ready) and self.process.stdout.readline() == b"dragging\n"

    def begin_drag(self):
        """Moves until it is one: newer toolkits want the button held for a while. Before, the pointer is this window's own."""
        places = itertools.cycle([90, 80, 70, 60])
        self.display.xdotool("mousemove", "--window", self.window, "100", "100", "mousedown", "1")

        def move():
            self.display.xdotool("mousemove", "--window", self.window, str(next(places)), "100")
            return self.is_dragging()

        wait_for("the drag", move)

    def close(self):
        self.process.terminate()
        self.process.communicate(timeout=DEADLINE)


def processor_time(process):
    """How long it has kept a processor busy, in seconds."""
    with open(f"/proc/{process.pid}/stat", encoding="utf-8") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * TICK


def memory(process):
    """What it has in memory, its share of what is shared included, in MiB."""
    with open(f"/proc/{process.pid}/smaps_rollup", encoding="utf-8") as file:
        return int(re.search(r"^Pss:\s+(\d+) kB", file.read(), re.MULTILINE)[1]) / 1024
