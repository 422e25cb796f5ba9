# SPDX-License-Identifier: GPL-3.0-or-later
"""Writing, by the keyboard only."""

import os
import re
import sqlite3
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "tools"))

import pyatspi  # noqa: E402
import tap  # noqa: E402
from bridge import Bridge  # noqa: E402
from desktop import Client, Display, wait_for  # noqa: E402
from sayings import ASSETS  # noqa: E402

FIELD = ("wheat-field", "麦田")
ENTRY = "^Message to 麦田$"

# Not the user's own words.
os.environ["ENCHANT_CONFIG_DIR"] = tempfile.mkdtemp(prefix="wheatear-words-")


def text(words):
    return {"type": "text", "data": words}


class Scene:
    """A bridge and a window with the group open and the cursor in the composer."""

    def __init__(self, dark=False):
        self.dark = dark

    def __enter__(self):
        self.bridge = Bridge()
        self.display = Display()
        if self.dark:
            self.display.environment["ADW_DEBUG_COLOR_SCHEME"] = "prefer-dark"
        self.me = Client(self.display)
        self.me.add_account(self.bridge.url, "a-key", "me-id", "我")
        wait_for("the connection", lambda: self.bridge.connections)
        self.says("大家好")
        self.open()
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None:
            self.display.picture("failed-composer")
        warnings = self.me.close()
        self.bridge.close()
        self.display.close()
        if kind is None:
            tap.none_of("warnings of the program", warnings)

    def says(self, words):
        msg_id = self.bridge.say(text(words), group=FIELD)
        wait_for("the ACK", lambda: msg_id in self.bridge.acknowledged)

    def open(self):
        self.me.press("page tab", "^Groups$")
        self.me.select("^Groups$", "^麦田, ")
        # What was sent is known by then, too.
        wait_for("the messages", self.me.rows)
        self.me.click(self.entry())

    def entry(self):
        return self.me.find("text", ENTRY)

    def written(self):
        self.me.forget()
        entry = self.entry().queryText()
        return entry.getText(0, entry.characterCount)

    def shows_text(self, words):
        wait_for(f"“{words}” in the composer", lambda: self.written() == words)

    def send(self, number):
        """Presses Return; what the bridge took."""
        self.display.key("Return")
        wait_for(f"message {number}", lambda: len(self.bridge.accepted) >= number)
        assert len(self.bridge.accepted) == number
        assert not self.bridge.dropped, self.bridge.dropped
        return self.bridge.accepted[-1]["message_segment"]

    def misspelt(self):
        """The underlined words, as a screen reader is told."""
        self.me.forget()
        entry = self.entry().queryText()
        found, offset = [], 0
        while offset < entry.characterCount:
            attributes, start, end = entry.getAttributeRun(offset, False)
            if "underline:error" in attributes:
                found.append(entry.getText(start, end))
            offset = max(end, offset + 1)
        return found


def test_typing():
    with Scene() as scene:
        display = scene.display
        display.type("hello")
        display.key("shift+Return")
        display.type("wheat field")
        scene.shows_text("hello\nwheat field")
        display.key("ctrl+z", "ctrl+z")
        wait_for("undone", lambda: scene.written() != "hello\nwheat field")
        display.key("ctrl+shift+z", "ctrl+shift+z")
        scene.shows_text("hello\nwheat field")
        assert scene.send(1)["data"] == "hello\nwheat field"

        # An input method composes: its Return is its own.
        display.key("ctrl+shift+u", "2", "6", "3", "a")
        display.picture("composer-composing")
        display.key("Return")
        scene.shows_text("☺")
        assert len(scene.bridge.accepted) == 1
        assert scene.send(2)["data"] == "☺"

        # A mention, undone and done again, is one all the same.
        display.type("@")
        scene.me.find("list item", "^麦麦")
        display.picture("composer-mention")
        display.key("Return", "BackSpace", "BackSpace")
        scene.shows_text("")
        display.key("ctrl+z")
        scene.shows_text("@麦麦 ")
        display.type("hi")
        segment = scene.send(3)
        assert [part["type"] for part in segment["data"]] == ["at", "text"], segment

        # The emoji chooser, and back into the text.
        display.type("so ")
        display.key("ctrl+period")
        display.picture("composer-emoji")
        display.key("Escape")
        display.type("what")
        scene.shows_text("so what")
        scene.send(4)


def test_recall():
    with Scene() as scene:
        display = scene.display
        for number, words in enumerate(("first", "second"), 1):
            display.type(words)
            scene.send(number)
        display.key("Up")
        scene.shows_text("second")
        display.key("Up")
        scene.shows_text("first")
        display.key("Down", "Down")
        scene.shows_text("")

        # After a restart, too; sending it is a new message. What was shown for a moment may be kept as a draft for one.
        wait_for("no draft on disk", lambda: draft_on_disk(scene.me.profile) == "")
        scene.me.kill()
        scene.me.start()
        scene.open()
        display.key("Up", "Up")
        scene.shows_text("first")
        assert scene.send(3)["data"] == "first"

        # Which message is answered is chosen by the keyboard.
        scene.says("什么？")
        wait_for("it", lambda: any("什么？" in row for row in scene.me.rows()))
        display.key("ctrl+Up")
        scene.me.find("push button", "^Do Not Reply$")
        display.picture("composer-reply")
        display.key("ctrl+Up", "ctrl+Down", "ctrl+Down")
        display.type("yes")
        assert scene.send(4)["type"] == "text"
        display.key("ctrl+Up")
        display.type("no")
        segment = scene.send(5)
        assert [part["type"] for part in segment["data"]] == ["reply", "text"], segment


def test_draft():
    """Typed without a pause and killed: a second is lost at most."""
    with Scene() as scene:
        display = scene.display
        display.type("this is what I wrote to the field, slowly, without ever making a pause. ")
        display.type("And this is so, too.")
        wait_for("the draft", lambda: scene.written().endswith("too."))
        wait_for("the draft on disk", lambda: draft_on_disk(scene.me.profile).endswith("too."))
        scene.me.kill()
        scene.me.start()
        scene.me.press("page tab", "^Groups$")
        scene.me.find("list item", "^麦田, .*[Dd]raft")
        display.picture("composer-draft")
        scene.me.select("^Groups$", "^麦田, ")
        wait_for("the draft again", lambda: scene.written().endswith("And this is so, too."))
        scene.me.click(scene.entry())
        scene.send(1)
        scene.me.find("list item", "^麦田, (?!.*[Dd]raft)")
        wait_for("no draft on disk", lambda: draft_on_disk(scene.me.profile) == "")


def test_draft_attached():
    """A file and a picture are still attached after the program was closed, and after it was killed, until they are sent."""
    with Scene() as scene:
        display, me = scene.display, scene.me
        files = [os.path.abspath(os.path.join(ASSETS, name)) for name in ("field-notes.txt", "wheat-field.png")]
        display.copy("text/uri-list", "".join(f"file://{file}\r\n" for file in files).encode())
        display.key("ctrl+v")
        display.type("from the field")
        assert tray(scene) == ["field-notes.txt", "wheat-field.png"]
        display.key("ctrl+q")
        me.process.wait(30)
        tap.none_of("warnings of the program", me.warnings())

        me.start()
        scene.open()
        assert tray(scene) == ["field-notes.txt", "wheat-field.png"]
        wait_for("the text", lambda: scene.written() == "from the field")
        display.picture("composer-draft-attached")

        # One of them is taken away, and a moment later the program is killed.
        me.press("push button", "^Remove field-notes")
        wait_for("one on disk", lambda: ask(me.profile, "SELECT count(*) FROM draft_attachment") == 1)
        me.kill()
        me.start()
        scene.open()
        assert tray(scene) == ["wheat-field.png"]
        segment = scene.send(1)
        assert [part["type"] for part in segment["data"]] == ["image", "text"], segment
        wait_for("none on disk", lambda: ask(me.profile, "SELECT count(*) FROM draft_attachment") == 0)
        assert not me.has("list item", "^Attachment ")


def tray(scene):
    """The names of what is attached, once it is read."""

    def look():
        scene.me.forget()
        items = [node.name for node in scene.me.walk() if node.getRoleName() == "list item"]
        found = [re.match(r"Attachment (.*), \d", name) for name in items if name.startswith("Attachment ")]
        return [match[1] for match in found] if found and all(found) else None

    return wait_for("what is attached", look)


def draft_on_disk(profile):
    return ask(profile, "SELECT coalesce (max (draft), '') FROM conversation")


def ask(profile, question):
    database = os.path.join(profile, "wheatear.db")
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=10)
    try:
        return connection.execute(question).fetchone()[0]
    finally:
        connection.close()


def correct(dark, picture):
    with Scene(dark=dark) as scene:
        display, me = scene.display, scene.me
        display.type("the wheatt field is colld, see teh.org ")
        wait_for("the underlines", lambda: scene.misspelt() == ["wheatt", "colld"])
        display.picture(picture)
        # To the first of them, by the keyboard.
        display.key("ctrl+Home", "ctrl+Right", "ctrl+Right", "shift+F10")
        me.find("menu item", "^wheat$")
        me.find("menu item", "Add to Dictionary")
        display.picture(picture + "-menu")
        # The text view's own items are above.
        me.press("menu item", "^wheat$")
        scene.shows_text("the wheat field is colld, see teh.org ")
        wait_for("the other", lambda: scene.misspelt() == ["colld"])
        display.key("ctrl+z", "ctrl+End")
        scene.shows_text("the wheatt field is colld, see teh.org ")
        wait_for("both again", lambda: scene.misspelt() == ["wheatt", "colld"])
        assert scene.send(1)["data"] == "the wheatt field is colld, see teh.org"


def test_spelling():
    correct(False, "composer-spelling")


def test_spelling_in_the_dark():
    correct(True, "composer-spelling-dark")


def test_narrow():
    with Scene() as scene:
        display = scene.display
        scene.me.resize(360, 640)
        scene.me.click(scene.entry())
        display.type("a line that is longer than the window is wide, and goes on below")
        display.key("shift+Return")
        for number in range(12):
            display.type(str(number))
            display.key("shift+Return")
        display.picture("composer-narrow")
        # The history keeps its place.
        box = scene.entry().queryComponent().getExtents(pyatspi.XY_WINDOW)
        assert box.height < 400, box.height


tap.run(tap.collect(globals()))
