# SPDX-License-Identifier: GPL-3.0-or-later
"""A conversation, read and worked with: by the keyboard, with the mouse, by a screen reader, on every screen."""

import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "tools"))

import pyatspi  # noqa: E402
import tap  # noqa: E402
from bridge import Bridge  # noqa: E402
from desktop import Client, Display, wait_for  # noqa: E402
from gi.repository import GLib  # noqa: E402

FIELD = ("wheat-field", "麦田")
WORDS = [
    "大家好，麦子熟了。",
    "The wheat is ripe, and the weather is said to hold until the weekend, so let us begin tomorrow.",
    "שלום לכולם, מחר מתחילים",
    "مرحبا بالجميع، نبدأ غدا",
    "Who brings the sickles? 🌾",
    "好的",
]


def text(words):
    return {"type": "text", "data": words}


class Scene:
    """A group with messages, open; everything is ended at the end."""

    def __init__(self, name, size="1280x860x24", **environment):
        self.name, self.size, self.environment = name, size, environment

    def __enter__(self):
        self.bridge = Bridge()
        self.display = Display(self.size)
        self.display.environment.update(self.environment)
        self.me = Client(self.display)
        self.me.add_account(self.bridge.url, "a-key", "me-id", "我")
        wait_for("the connection", lambda: self.bridge.connections)
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None:
            self.display.picture("failed-timeline")
        warnings = self.me.close()
        self.bridge.close()
        self.display.close()
        if kind is None:
            tap.none_of("warnings of the program", warnings)

    def fill(self, count):
        for i in range(count):
            self.bridge.say(text(f"{i + 1}. {WORDS[i % len(WORDS)]}"), group=FIELD)

    def open(self):
        self.me.press("page tab", "^Groups$")
        self.me.select("^Groups$", "^麦田, ")
        wait_for("the messages", self.me.rows)

    def start(self, count=14):
        self.fill(count)
        self.open()
        wait_for("the newest", lambda: self.focusable(f": {count}\\. "))

    def focusable(self, pattern):
        """The row of a message whose name matches."""
        timeline = self.me._look("list", "^Messages", None)
        for row in timeline or []:
            if row and row.getRoleName() == "list item" and re.search(pattern, row.name):
                return row
        return None

    def has_focus(self, pattern):
        row = self.focusable(pattern)
        return row is not None and row.getState().contains(pyatspi.STATE_FOCUSED)

    def selected(self, count):
        self.me.find("label", f"^{count} selected$")

    def clipboard(self):
        command = ["xclip", "-selection", "clipboard", "-o"]
        return subprocess.check_output(
            command,
            env=self.display.environment,
            stderr=subprocess.DEVNULL,
            text=True,
            timeout=10,
        )

    def size_window(self, width, height):
        self.me.resize(width, height)
        return self.display.find_window(self.me.process.pid)

    def middle(self, pattern):
        box = self.focusable(pattern).queryComponent().getExtents(pyatspi.XY_WINDOW)
        return box.x + box.width // 2, box.y + box.height // 2


def listen(names):
    """Collects the descriptions that a screen reader would say, while the main context runs."""
    heard = []

    def on_event(event):
        heard.append(str(event.any_data))

    pyatspi.Registry.registerEventListener(on_event, *names)
    return heard, on_event


def hear(what, heard, pattern):
    context = GLib.MainContext.default()

    def look():
        while context.iteration(False):
            pass
        return any(re.search(pattern, words) for words in heard)

    wait_for(what, look)


def test_by_the_keyboard():
    """Opens at the first unread message; then nothing but keys."""
    with Scene("keys") as scene:
        me, display = scene.me, scene.display
        scene.fill(40)
        scene.open()
        me.find("label", "^Unread messages$")
        wait_for("the first unread message", lambda: scene.focusable(": 1\\. "))
        assert not scene.focusable(": 40\\. "), "it was opened at the end"
        display.picture("timeline-unread")

        # From where one types: before it is the button to the end, and before that the messages.
        me.click(me.find("text", "^Message( to .*)?$"))
        display.key("shift+Tab", "shift+Tab", "Home")
        wait_for("the first with the focus", lambda: scene.has_focus(": 1\\. "))
        display.key("Page_Down", "Page_Up", "End")
        wait_for("the last with the focus", lambda: scene.has_focus(": 40\\. "))
        display.key("ctrl+Up", "ctrl+Up", "ctrl+Down", "Up")
        wait_for("the one in between", lambda: scene.has_focus(": 38\\. "))
        display.picture("timeline-focus")

        # Its menu, at it.
        display.key("Menu")
        me.find("menu item", "^Select$")
        display.picture("timeline-menu")
        display.key("Escape")
        wait_for("no menu", lambda: not me.has("menu item", "^Select$"))

        # Three of them, as text.
        display.key("shift+Up", "shift+Up")
        scene.selected(3)
        display.picture("timeline-selection")
        display.key("ctrl+c")
        wait_for("the end of it", lambda: not me.has("label", " selected$"))
        lines = wait_for("the text", scene.clipboard).split("\n")
        assert len(lines) == 3, lines
        for number, line in zip((36, 37, 38), lines):
            assert re.match(rf"\[\d{{4}}-\d\d-\d\d \d\d:\d\d\] 麦麦: {number}\. ", line), line

        # Two are deleted, and come back together.
        display.key("space", "shift+Down")
        scene.selected(2)
        display.key("Delete")
        # The offer lasts for seconds only: nothing is looked at before it is taken.
        me.press("push button", "^Undo")
        wait_for("both back", lambda: me.count("list item", "Message deleted here") == 0)

        display.key("ctrl+a")
        scene.selected(40)
        display.key("Escape")
        wait_for("the end of it", lambda: not me.has("label", " selected$"))


def test_with_the_mouse():
    """Drawn over several messages; then one is taken out, and the width of a telephone."""
    with Scene("mouse") as scene:
        me, display = scene.me, scene.display
        scene.start()
        window = display.find_window(me.process.pid)
        x, y = scene.middle(": 9\\. ")
        _, end = scene.middle(": 12\\. ")
        display.xdotool("mousemove", "--window", window, str(x), str(y), "mousedown", "1")
        for step in range(1, 11):
            display.xdotool("mousemove", "--window", window, str(x), str(y + (end - y) * step // 10))
        display.xdotool("mouseup", "1")
        scene.selected(4)
        me.click(scene.focusable(": 10\\. "))
        scene.selected(3)
        display.picture("timeline-drawn")

        scene.size_window(360, 720)
        wait_for("the way back", lambda: me.has("push button", "^Back to the List$"))
        display.picture("timeline-selection-narrow")
        me.press("push button", "^Copy$")
        lines = wait_for("the text", scene.clipboard).split("\n")
        assert [re.search(r"麦麦: (\d+)\.", line)[1] for line in lines] == ["9", "11", "12"], lines
        display.picture("timeline-narrow")


def test_announcements():
    """What comes in is said by a screen reader, and the row says all there is to know."""
    with Scene("announcements") as scene:
        scene.start(3)
        scene.me.click(scene.me.find("text", "^Message( to .*)?$"))
        names = ["object:property-change:accessible-description", "object:announcement"]
        heard, listener = listen(names)
        try:
            scene.bridge.say(text("the lark sings"), group=FIELD)
            hear("the announcement", heard, "^麦麦: the lark sings$")
            for _ in range(8):
                scene.bridge.say(text("again"), group=FIELD)
            hear("how many", heard, "^\\d new messages$|^麦麦: again")
        finally:
            pyatspi.Registry.deregisterEventListener(listener, *names)
        row = wait_for("the row", lambda: scene.focusable("the lark sings"))
        assert re.fullmatch(r"麦麦: the lark sings, \d+:\d\d( [AP]M)?", row.name), row.name


def look(name, size="1280x860x24", **environment):
    with Scene(name, size, **environment) as scene:
        scene.start()
        scene.me.say("Me too! 我也来。")
        row = wait_for("my row", lambda: scene.focusable("Me too"))
        width = int(size.split("x")[0])
        if width > 2000:
            scene.size_window(*map(int, size.split("x")[:2]))
            wait_for("the width", lambda: row.queryComponent().getSize()[0] > width // 2)
        wait_for("the ACK", lambda: scene.focusable("Me too.*Received"))
        scene.display.key("shift+Tab", "Up", "Up", "shift+Up")
        scene.selected(2)
        scene.display.picture(f"timeline-{name}")


def test_dark():
    look("dark", ADW_DEBUG_COLOR_SCHEME="prefer-dark")


def test_high_contrast():
    look("high-contrast", ADW_DEBUG_HIGH_CONTRAST="1")


def test_wide():
    look("wide", size="3840x2160x24")


tap.run(tap.collect(globals()))
