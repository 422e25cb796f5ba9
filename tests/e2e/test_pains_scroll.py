# SPDX-License-Identifier: GPL-3.0-or-later
"""The message that is read stays where it is, whatever happens around it; and long histories are like short ones."""

import contextlib
import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "tools"))

import pyatspi  # noqa: E402
import tap  # noqa: E402
from desktop import DEADLINE, Client, program, wait_for  # noqa: E402
from pains import ENTRY, FIELD, Scene, extents, memory, say_number, steady, text  # noqa: E402

ASSETS = os.path.join(os.path.dirname(__file__), "..", "..", "src", "server", "demo")
LONG = 100000


def number_of(name):
    return int(re.search(r": (\d+)\. ", name)[1])


def stays(scene, pattern, place, done):
    """Looks again and again until something is done: the message must be at its place each time."""

    def look():
        is_done = done()
        now = scene.place(pattern)
        assert now is not None, f"{pattern} is out of view"
        moved.append(now[0]) if now[0] != place else None
        return is_done

    moved = []
    wait_for(f"what happens while “{pattern}” is read", look)
    assert not moved, f"{pattern} was at {place}, and then at {moved}"


def first_in_view(scene):
    """The first message whose upper edge is in view, as pattern and place."""
    name, y, _ = steady("the messages", lambda: next(iter([row for row in scene.shown() if row[1] >= 0]), None))
    return f": {number_of(name)}\\. ", y


def test_where_one_reads():
    """Opened at the first unread message; nothing that comes, loads or changes its size moves what is read."""
    with Scene("reading") as scene:
        scene.start()
        me, bridge, display = scene.me, scene.bridge, scene.display
        scene.fill(1, 1)
        scene.open_group()
        scene.fill(2, 20)
        me.find("list item", "^麦田, (?!.*unread)")
        bridge.say(text("Come over"))
        me.press("page tab", "^Chats$")
        me.select("^Chats$", "^麦麦, ")
        with open(os.path.join(ASSETS, "wheat-field.png"), "rb") as file:
            bridge.files["field.png"] = ("image/png", file.read())
        scene.fill(21, 40)
        bridge.say({"type": "image", "data": bridge.link("field.png")}, group=FIELD)
        scene.fill(41, 70)

        # At the first that is new, and not at the end.
        scene.open_group()
        me.find("label", "^Unread messages$")
        y, _ = steady("the first unread message", lambda: scene.place(": 21\\. "))
        assert 0 <= y < extents(scene.timeline()).height // 2, y
        assert not scene.place(": 70\\. "), "it was opened at the end"
        display.picture("pains-first-unread")

        # Below and above the picture there is more than a view's height.
        me.click(me.find("text", ENTRY))
        display.key("shift+Tab", "shift+Tab")
        wait_for("the focus", lambda: has_focus(scene))
        while not scene.place(": 42\\. "):
            display.key("Page_Down")
        # The focus and the pointer are where they are in the end: a focused row has a ring.
        me.click(me.find("text", ENTRY))
        wait_for("the focus in the composer", lambda: not has_focus(scene))
        scene.park_pointer()
        pattern, y = first_in_view(scene)
        display.picture("pains-reading")

        painted = steady("the message on the screen", lambda: paint(scene, pattern))
        last = [bridge.say(text(say_number(number)), group=FIELD) for number in range(71, 76)][-1]
        stays(scene, pattern, y, lambda: last in bridge.acknowledged and me.has("push button", "new messages? below"))

        # What one types makes the composer higher, and the window may have any size.
        me.click(me.find("text", ENTRY))
        height = extents(scene.timeline()).height
        display.type("one")
        display.key("shift+Return", "shift+Return", "shift+Return")
        stays(scene, pattern, y, lambda: extents(scene.timeline()).height < height)
        # A hint of the button below it would be a window, too.
        scene.park_pointer()
        for size in ((1000, 500), (700, 700), (1000, 700)):
            me.resize(*size)
            place, _ = steady("the messages", lambda: scene.place(pattern))
            assert place == y, (size, place, y)

        # The upper part of the picture is above the view.
        me.press("push button", "^Load")
        stays(scene, pattern, y, lambda: me.has("image", "Picture, 640 × 400"))
        display.picture("pains-read-on")
        wait_for("the same to be painted", lambda: paint(scene, pattern) == painted)


def has_focus(scene):
    return any(row and row.getState().contains(pyatspi.STATE_FOCUSED) for row in scene.timeline())


def paint(scene, pattern):
    """The picture of the upper lines of a message, as it stands on the screen: its pixels' sum."""
    me, display = scene.me, scene.display
    y, height = scene.place(pattern)
    view = extents(scene.timeline())
    window = display.find_window(me.process.pid)
    crop = f"{view.width - 80}x{height}+{view.x + 20}+{view.y + y}"
    command = ["import", "-silent", "-window", window, "-crop", crop, "rgba:-"]
    pixels = subprocess.check_output(command, env=display.environment, timeout=DEADLINE)
    return hashlib.sha256(pixels).hexdigest()


class Made:
    """A profile with made-up conversations, one of them very long."""

    def __init__(self, messages):
        self.folder = tempfile.mkdtemp(prefix="wheatear-e2e-")
        command = [program("wheatear-cli"), "generate", "--profile", self.folder]
        command += ["--messages", str(messages), "--conversations", "3", "--in-one", str(messages - 1000)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600)
        self.title = self.query("SELECT title FROM conversation WHERE id = 1")
        self.count = self.query("SELECT max(seq) FROM message WHERE conversation_id = 1")

    def query(self, sql):
        with contextlib.closing(sqlite3.connect(os.path.join(self.folder, "wheatear.db"))) as database:
            return database.execute(sql).fetchone()[0]

    def words_of(self, seq):
        """How a message begins."""
        text = self.query(f"SELECT text FROM message WHERE conversation_id = 1 AND seq = {seq}")
        return text.split("\n")[0]

    def find_rare(self, first, last):
        """Words between two marks in one message and no other, without a blank: they are searched as they stand."""
        sql = "SELECT text FROM message WHERE conversation_id = 1 AND seq BETWEEN ? AND ? AND text LIKE '%，%'"
        with contextlib.closing(sqlite3.connect(os.path.join(self.folder, "wheatear.db"))) as database:
            for (said,) in database.execute(sql, (first, last)):
                words = re.match(r"[\u4e00-\u9fff]{10,}(?=，)", said)
                others = "SELECT count(*) FROM message WHERE text LIKE '%' || ? || '%'"
                if words and database.execute(others, (words[0],)).fetchone()[0] == 1:
                    return words[0]
        raise AssertionError("all is said again and again")

    def place_of(self, names):
        """The number of the first of these messages that says what no other does."""
        sql = "SELECT text, min(seq) FROM message WHERE conversation_id = 1 GROUP BY text HAVING count(*) = 1"
        with contextlib.closing(sqlite3.connect(os.path.join(self.folder, "wheatear.db"))) as database:
            said = dict(database.execute(sql))
        for name in names:
            found = re.search(r"^[^:]*: (.*?), [^,]*\d\d:\d\d.*$", name)
            if found and found[1] in said:
                return said[found[1]]
        return None

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def open_made(scene, messages):
    """Shows the long conversation, at its end."""
    made = scene.add(Made(messages))
    scene.me = Client(scene.display, ["--profile", made.folder])
    scene.me.select("^Chats$", f"^{re.escape(made.title)}, ")
    wait_for("the newest", lambda: shows(scene, made.words_of(made.count)))
    return made


def shows(scene, words):
    return scene.place(re.escape(words))


def go_to_messages(scene):
    scene.me.click(scene.me.find("text", ENTRY))
    scene.display.key("shift+Tab")
    if not has_focus(scene):
        scene.display.key("shift+Tab")
    wait_for("the focus", lambda: has_focus(scene))


def test_long_history():
    """A hundred thousand messages: the end, the beginning, a page, a hit among the oldest, and back."""
    with Scene("long") as scene:
        made = open_made(scene, LONG)
        me, display = scene.me, scene.display
        go_to_messages(scene)
        display.key("Home")
        wait_for("the first", lambda: shows(scene, made.words_of(1)))
        display.picture("pains-long-first")
        display.key("Page_Down")
        wait_for("a page further", lambda: not shows(scene, made.words_of(1)))
        display.key("Page_Up")
        wait_for("a page back", lambda: shows(scene, made.words_of(1)))
        display.key("End")
        wait_for("the last", lambda: shows(scene, made.words_of(made.count)))

        words = made.find_rare(1000, 9000)
        display.key("ctrl+f")
        me.find("entry", "^Search This Chat$").queryEditableText().setTextContents(words)
        wait_for("the hit", lambda: shows(scene, words))
        wait_for("how many", lambda: any("1 of 1" == node.name for node in me.walk()))
        display.picture("pains-long-hit")
        display.key("Escape")
        me.press("push button", "^To the newest message$")
        wait_for("the last", lambda: shows(scene, made.words_of(made.count)))


def test_memory():
    """Through thousands of messages, again and again: what is let go is let go."""
    with Scene("memory") as scene:
        made = open_made(scene, 20000)
        go_to_messages(scene)

        def find_place():
            """At which message it is; where all on a page is said elsewhere, too, a page further."""
            names = steady("it to come to rest", lambda: [name for name, _, _ in scene.shown()])
            return made.place_of(names) or scene.display.key("Page_Up")

        def leaf(pages):
            """Goes up; returns at which message it is, and what the program has in memory by then."""
            scene.display.run("xdotool", "key", "--delay", "15", "--repeat", str(pages), "Page_Up")
            return wait_for("a message like no other", find_place), memory(scene.me.process)

        # Pictures have a cache, which is full by then.
        first, before = leaf(150)
        for _ in range(4):
            last, after = leaf(150)
        print(f"# {before:.0f} MiB at message {first}, {after:.0f} at {last}")
        assert first - last > 2000, (first, last)
        if not is_sanitized(scene.me.process):
            assert after - before < 48, (before, after)


def is_sanitized(process):
    """Then it keeps what is freed."""
    with open(f"/proc/{process.pid}/maps", encoding="utf-8") as file:
        return "libasan" in file.read()


tap.run(tap.collect(globals()))
