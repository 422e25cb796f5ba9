# SPDX-License-Identifier: GPL-3.0-or-later
"""The preferences page by page, what is stored and how to be rid of it, the keys, and what this program is."""

import glob
import os
import re
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "tools"))

import pyatspi  # noqa: E402
import tap  # noqa: E402
from bridge import Bridge  # noqa: E402
from desktop import Client, Display, wait_for  # noqa: E402
from sayings import asset, list_of, notes, picture, text  # noqa: E402

PAGES = ["General", "Chats", "Notifications", "Accounts", "Storage"]


class Scene:
    """A bridge and a window, signed in; everything is ended at the end."""

    def __init__(self, name, dark=False):
        self.name, self.dark = name, dark

    def __enter__(self):
        self.bridge = Bridge()
        self.display = Display("1280x860x24")
        if self.dark:
            self.display.environment["ADW_DEBUG_COLOR_SCHEME"] = "prefer-dark"
        self.me = Client(self.display)
        self.me.add_account(self.bridge.url, "a-key", "me-id", "我")
        wait_for("the connection", lambda: self.bridge.connections)
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None:
            self.display.picture("failed-" + self.name)
        warnings = self.me.close()
        self.bridge.close()
        self.display.close()
        if kind is None:
            tap.none_of("warnings of the program", warnings)

    def shows(self, pattern):
        wait_for(f"a row with “{pattern}”", lambda: any(re.search(pattern, row) for row in self.me.rows()))

    def receive(self):
        """A picture inside a message, a file, and a picture that is only an address."""
        self.bridge.files["wave.gif"] = ("image/gif", asset("wheat-wave.gif"))
        self.bridge.say(list_of(text("麦田"), picture()))
        self.bridge.say(notes())
        elsewhere = {"type": "image", "data": self.bridge.link("wave.gif")}
        self.bridge.say(list_of(text("风"), elsewhere), as_maibot=False)
        self.me.select("^Chats$", "^麦麦, ")
        self.shows("field-notes.txt")
        self.shows("风")

    def open_preferences(self):
        # Not by its key: on a slow machine the comma is held into the search of the new window.
        self.display.key("F10")
        self.me.press("menu item", "^Preferences$")
        return self.me.window("Preferences")

    def show_page(self, window, name):
        self.me.press("page tab", f"^{name}$", window)

    def blobs(self):
        return [path for path in glob.glob(self.me.profile + "/blobs/*/*") if os.path.isfile(path)]

    def age_blobs(self):
        """As if they had come long ago: what is young is not removed."""
        then = time.time() - 3600
        for path in self.blobs():
            os.utime(path, (then, then))


def unnamed(me, window):
    """What one can use and nobody says the name of."""
    usable = {"push button", "toggle button", "radio button", "check box", "switch", "spin button", "text", "combo box"}
    found = []
    for node in me.walk(window):
        if node.getRoleName() in usable and not node.name and node.getState().contains(pyatspi.STATE_VISIBLE):
            parent = node.parent
            found.append(f"{node.getRoleName()} in {parent.getRoleName()} “{parent.name}”")
    return found


def look_at_pages(scene, suffix):
    window = scene.open_preferences()
    for name in PAGES:
        scene.show_page(window, name)
        if name == "Storage":
            scene.me.find("list item", "^Pictures, [1-9]", window)
        time.sleep(0.4)  # the page slides in: for the picture only
        scene.display.picture(f"preferences-{name.lower()}{suffix}")
    return window


def resize(scene, window_name, width, height):
    command = ["xdotool", "search", "--onlyvisible", "--name", window_name]
    scene.display.xdotool(*command[1:], "windowsize", "--sync", str(width), str(height))


def test_pages():
    with Scene("preferences") as scene:
        scene.receive()
        window = look_at_pages(scene, "")
        tap.none_of("unnamed", unnamed(scene.me, window))
        resize(scene, "^Preferences$", 360, 640)
        time.sleep(0.4)
        for name in PAGES:
            scene.show_page(window, name)
            time.sleep(0.4)
            scene.display.picture(f"preferences-{name.lower()}-narrow")


def test_pages_in_the_dark():
    with Scene("preferences-dark", dark=True) as scene:
        scene.receive()
        look_at_pages(scene, "-dark")


def click_in(scene, window_name, node):
    box = node.queryComponent().getExtents(pyatspi.XY_WINDOW)
    x, y = box.x + 10, box.y + box.height // 2
    found = ["search", "--onlyvisible", "--name", window_name]
    scene.display.xdotool(*found, "mousemove", "--window", "%1", str(x), str(y), "click", "1")


def ask_to_clear(scene, window):
    scene.me.press("push button", "^Clear…", window)
    return scene.me.find("check box", "^Also remove 2 pictures and files .* that came inside their messages$")


def test_storage():
    with Scene("storage") as scene:
        scene.receive()
        me, display = scene.me, scene.display
        me.press("push button", "^Load$")
        wait_for("the picture from the web", lambda: len(scene.blobs()) == 3)
        scene.age_blobs()
        window = scene.open_preferences()
        scene.show_page(window, "Storage")
        me.find("list item", "^Files, [1-9]", window)
        me.find("list item", "^麦麦, [1-9]", window)

        # What can be had again: the rest is not touched.
        ask_to_clear(scene, window)
        time.sleep(0.3)
        display.picture("storage-clear")
        me.press("push button", "( |^)Clear$")
        wait_for("one file less", lambda: len(scene.blobs()) == 2)
        me.press("push button", "^Close$", window)
        me.find("push button", "^Load$")
        time.sleep(0.3)
        display.picture("storage-cleared-remote")
        me.press("push button", "^Load$")
        wait_for("the picture again", lambda: len(scene.blobs()) == 3)
        scene.age_blobs()

        # All of it.
        window = scene.open_preferences()
        scene.show_page(window, "Storage")
        check = ask_to_clear(scene, window)
        click_in(scene, "^Clear Downloads", check)
        time.sleep(0.3)
        display.picture("storage-clear-carried")
        me.press("push button", "( |^)Clear$")
        wait_for("no file any more", lambda: not scene.blobs())

        me.press("push button", "^Compact ", window)
        wait_for("the end of compacting", lambda: me.has("push button", "^Compact "))
        me.press("push button", "^Export…", window)
        me.find("push button", "Choose Folder…$")
        time.sleep(0.3)
        display.picture("storage-export")
        display.key("Escape")
        wait_for("the end of the question", lambda: not me.has("push button", "Choose Folder…$"))
        me.press("push button", "^Close$", window)
        me.find("label", "^Removed from this computer")
        time.sleep(0.3)
        display.picture("storage-cleared")


def height_of(scene, pattern):
    for row in scene.me.find("list", "^Messages"):
        if row and re.search(pattern, row.name or ""):
            return row.queryComponent().getExtents(pyatspi.XY_WINDOW).height
    return 0


def test_keys_and_about():
    with Scene("keys") as scene:
        scene.receive()
        me, display = scene.me, scene.display
        height = height_of(scene, "field-notes")
        display.key(*["ctrl+plus"] * 5)
        wait_for("larger text", lambda: height_of(scene, "field-notes") > height)
        display.picture("text-larger")
        display.key("ctrl+0")
        wait_for("the text as it was", lambda: height_of(scene, "field-notes") == height)
        display.key("ctrl+minus", "ctrl+minus", "ctrl+0")

        display.key("F10")
        me.find("menu item", "^Accounts$")
        time.sleep(0.3)
        display.picture("main-menu")
        display.key("Escape")

        display.key("ctrl+question")
        me.find("label", "^Larger Text$")
        time.sleep(0.4)
        display.picture("shortcuts")
        display.key("Escape")
        wait_for("the window alone", lambda: not me.has("label", "^Larger Text$"))

        display.key("F10")
        me.press("menu item", "^About Wheatear$")
        me.find("label", "^Wheatear$")
        time.sleep(0.4)
        display.picture("about")
        display.key("Escape")


tap.run(tap.collect(globals()))
