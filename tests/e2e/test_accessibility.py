# SPDX-License-Identifier: GPL-3.0-or-later
"""Every surface read out: what can be used has a name and a role, and Tab goes everywhere."""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "tools"))

import audit  # noqa: E402
import tap  # noqa: E402
from bridge import Bridge  # noqa: E402
from desktop import Client, Display, wait_for  # noqa: E402
from sayings import FIELD, list_of, notes, picture, text  # noqa: E402


class Scene:
    """A window, a bridge, and what was found wrong; all of it is told at the end."""

    def __init__(self, name):
        self.name = name

    def __enter__(self):
        self.bridge, self.display = Bridge(), Display("1280x860x24")
        self.me = Client(self.display)
        self.faults = []
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None:
            self.display.picture("failed-" + self.name)
        warnings = self.me.close()
        self.bridge.close()
        self.display.close()
        if kind is None:
            tap.none_of("faults", self.faults)
            tap.none_of("warnings of the program", warnings)

    def read_out(self, surface, of_toolkit=False):
        """Every window that is open; of the toolkit's own ones only what stands in their lists."""
        self.me.forget()
        found = [fault for window in self.me.app for fault in audit.find_faults(window)]
        found = [fault for fault in found if not of_toolkit or " in list" in fault]
        self.faults.extend(f"{surface}: {fault}" for fault in found)

    def sign_in(self):
        self.me.add_account(self.bridge.url, "a-key", "me-id", "我")
        wait_for("the connection", lambda: self.bridge.connections)

    def fill(self):
        """A group with something of every kind, open."""
        self.bridge.say(text("大家好 https://example.org/wheat"), group=FIELD)
        self.me.press("page tab", "^Groups$")
        self.me.select("^Groups$", "^麦田, ")
        self.bridge.say(list_of(text("麦子熟了"), picture()), group=FIELD)
        self.bridge.say(notes(), group=FIELD)
        wait_for("the file", lambda: any("field-notes.txt" in row for row in self.me.rows()))
        self.me.say("Me too")
        wait_for("mine", lambda: any(row.startswith("You: Me too") for row in self.me.rows()))

    def close(self, role, name):
        self.display.key("Escape")
        wait_for(f"the end of “{name}”", lambda: not self.me.has(role, name))


def test_first_steps():
    """Before there is an account."""
    with Scene("first-steps") as scene:
        me = scene.me
        me.find("push button", "Add a Server")
        scene.read_out("welcome")
        me.press("push button", "Add a Server")
        me.window("Add an Account")
        scene.read_out("add an account")


def read_chat(scene):
    me, display = scene.me, scene.display
    scene.read_out("chat")
    for row in me.rows():
        assert re.search(r"^[^:]+: .+, \d+:\d\d", row), f"not author, text and time: {row}"
    display.key("shift+Tab", "End", "Menu")
    me.find("menu item", "^Select$")
    scene.read_out("menu of a message")
    scene.close("menu item", "^Select$")
    display.key("ctrl+i")
    me.find("label", "^Author$|^From$|^Message Id$|^Sent$")
    scene.read_out("details of a message")
    scene.display.picture("read-out-message-details")


def test_chat():
    with Scene("chat") as scene:
        scene.sign_in()
        scene.fill()
        read_chat(scene)


def test_selection():
    with Scene("selection") as scene:
        me, display = scene.me, scene.display
        scene.sign_in()
        scene.fill()
        display.key("shift+Tab", "End", "space")
        me.find("label", "^1 selected$")
        scene.read_out("selection")
        scene.close("label", "^1 selected$")
        me.click(me.find("text", "^Message to "))
        display.type("@")
        me.find("list item", "^麦麦")
        scene.read_out("mentions")
        display.key("Escape", "BackSpace")
        me.click(me.find("push button", "^Stickers and Faces$"))
        wait_for("the popover", lambda: me.count("page tab", "") > 2)
        scene.read_out("stickers")
        display.picture("read-out-stickers")
        display.key("Escape")


def test_details():
    with Scene("details-read") as scene:
        me, display = scene.me, scene.display
        scene.sign_in()
        scene.fill()
        display.key("F9")
        me.find("label", "^Group, ")
        scene.read_out("details")
        for page in ("Members", "Pictures", "Files", "Links"):
            me.click(me.find("list item", "^" + page))
            me.find("push button", "^Back to the ")
            scene.read_out("details: " + page.lower())
            me.press("push button", "^Back to the ")


def test_search():
    with Scene("search-read") as scene:
        me, display = scene.me, scene.display
        scene.sign_in()
        scene.fill()
        display.key("ctrl+f")
        me.find("entry", "^Search This Chat$")
        scene.read_out("search bar")
        display.key("Escape")
        display.key("ctrl+shift+f")
        me.find("entry", "^Search All Messages$").queryEditableText().setTextContents("麦子")
        me.find("list item", "麦子熟了", me.find("list", "^Messages found$"))
        scene.read_out("search everywhere")


def test_dialogs():
    with Scene("dialogs") as scene:
        me, display = scene.me, scene.display
        scene.sign_in()
        scene.fill()
        for keys, window in (("ctrl+n", "New Chat"), ("ctrl+shift+n", "New Group")):
            display.key(keys)
            me.window(window)
            scene.read_out(window)
            display.key("Escape")
            wait_for("its end", lambda: all(child.name != window for child in me.app if child))
        display.key("F10")
        me.find("menu item", "^Preferences$")
        scene.read_out("main menu")
        me.press("menu item", "^Preferences$")
        window = me.window("Preferences")
        for name in ("General", "Chats", "Notifications", "Accounts", "Storage"):
            me.press("page tab", f"^{name}$", window)
            scene.read_out("preferences: " + name, of_toolkit=True)
        me.press("push button", "^Close$", window)
        wait_for("its end", lambda: all(child.name != "Preferences" for child in me.app if child))
        display.key("ctrl+question")
        me.find("label", "^Larger Text$")
        scene.read_out("shortcuts", of_toolkit=True)
        scene.close("label", "^Larger Text$")
        display.key("F10")
        me.press("menu item", "^About Wheatear$")
        me.find("label", "^Wheatear$")
        scene.read_out("about", of_toolkit=True)
        display.key("Escape")
        display.key("ctrl+shift+i")
        me.window("Inspector")
        scene.read_out("inspector")


tap.run(tap.collect(globals()))
