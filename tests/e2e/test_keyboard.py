# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole session with the keys alone: no mouse, no other way in. The accessibility bus is only listened to."""

import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "tools"))

import audit  # noqa: E402
import tap  # noqa: E402
from bridge import Bridge  # noqa: E402
from desktop import Client, Display, wait_for  # noqa: E402

FIELD = ("wheat-field", "麦田")
MOST_TABS = 40


class Session:
    def __init__(self):
        self.bridge, self.display = Bridge(), Display("1280x860x24")
        self.me = Client(self.display)
        self.watch = audit.FocusWatch()

    def __enter__(self):
        self.watch.__enter__()
        return self

    def __exit__(self, kind, value, trace):
        self.watch.__exit__(kind, value, trace)
        if kind is not None:
            self.display.picture("failed-keyboard")
        warnings = self.me.close() if self.me.process.poll() is None else self.me.warnings()
        self.bridge.close()
        self.display.close()
        if kind is None:
            tap.none_of("warnings of the program", warnings)

    def key(self, *keys):
        self.display.key(*keys)

    def go_to(self, pattern, key="Tab"):
        """Presses Tab until what has the focus is called so."""
        seen = []
        for _ in range(MOST_TABS):
            node = self.watch.after(lambda: self.key(key))
            assert node is not None, f"the focus is lost after {seen[-3:]}"
            seen.append(audit.label_of(node))
            if re.search(pattern, seen[-1]):
                return node
        raise AssertionError(f"{key} never comes to “{pattern}”: {seen}")

    def waits_for_keys(self, window):
        """Until the keys go to the window with this title."""
        command = ["xdotool", "getactivewindow", "getwindowname"]

        def look():
            output = subprocess.check_output(command, env=self.display.environment, text=True, timeout=10)
            return output.strip() == window

        wait_for(f"the keys to go to “{window}”", look)

    def shows(self, pattern):
        wait_for(f"a message “{pattern}”", lambda: any(re.search(pattern, row) for row in self.me.rows()))

    def written(self):
        self.me.forget()
        entry = self.me.find("text", "^Message( to .*)?$").queryText()
        return entry.getText(0, entry.characterCount)


def sign_in(session):
    session.me.find("push button", "Add a Server")
    session.go_to("Add a Server$")
    session.key("Return")
    session.me.window("Add an Account")
    # It begins where there is something to type, and Tab goes from field to field.
    session.me.find("text", "^Address$")
    session.waits_for_keys("Add an Account")
    session.display.type(session.bridge.url)
    for words in ("a-key", "me-id", "Me"):
        session.key("Tab")
        session.display.type(words)
    session.display.picture("keyboard-form")
    session.key("Return")
    session.me.find("push button", "Online")
    wait_for("the connection", lambda: session.bridge.connections)


def start_a_chat(session):
    session.key("ctrl+n")
    session.me.window("New Chat")
    session.me.find("text", "^Their User Id$")
    session.waits_for_keys("New Chat")
    session.display.type("10001")
    session.key("Tab")
    session.display.type("Maimai")
    session.key("Return")
    session.me.find("text", "^Message to Maimai$")
    session.display.type("Good morning")
    session.key("Return")
    wait_for("the message", lambda: len(session.bridge.accepted) == 1)
    session.shows("^You: Good morning")


def use_a_group(session):
    """Goes to it, mentions somebody, and replies."""
    for i in range(3):
        session.bridge.say({"type": "text", "data": f"number {i + 1}"}, group=FIELD)
    session.me.find("page tab", "^Groups")
    session.key("alt+2")
    session.key("ctrl+k", "Down", "Return")
    session.shows(": number 3")
    session.display.type("@")
    session.me.find("list item", "^麦麦")
    session.key("Return")
    session.display.type("hello")
    session.key("Return")
    wait_for("the mention", lambda: len(session.bridge.accepted) == 2)
    kinds = [part["type"] for part in session.bridge.accepted[1]["message_segment"]["data"]]
    assert kinds == ["at", "text"], kinds
    session.key("ctrl+Up")
    session.me.find("push button", "^Do Not Reply$")
    session.display.type("yes")
    session.key("Return")
    wait_for("the reply", lambda: len(session.bridge.accepted) == 3)
    kinds = [part["type"] for part in session.bridge.accepted[2]["message_segment"]["data"]]
    assert kinds == ["reply", "text"], kinds


def look_around(session):
    """Search, details and preferences; each ends where one was."""
    session.key("ctrl+f")
    session.me.find("entry", "^Search This Chat$")
    session.display.type("number")
    session.key("Return", "Escape")
    wait_for("no search", lambda: not session.me.has("entry", "^Search This Chat$"))
    session.key("F9")
    session.me.find("label", "^Group, ")
    session.go_to("^Members")
    session.key("Return")
    session.me.find("push button", "^Back to the Details$")
    session.key("Escape", "Escape")
    wait_for("no details", lambda: not session.me.has("label", "^Group, "))
    session.key("ctrl+comma")
    session.me.window("Preferences")
    session.key("Escape")
    wait_for("no preferences", lambda: all(child.name != "Preferences" for child in session.me.app if child))


def select_and_delete(session):
    session.display.type("here again")
    wait_for("the focus back in the text", lambda: session.written() == "here again")
    session.key("ctrl+a", "Delete")
    session.key("shift+Tab", "End", "space", "shift+Up")
    session.me.find("label", "^2 selected$")
    session.key("ctrl+c")
    wait_for("the end of it", lambda: not session.me.has("label", " selected$"))
    session.key("Delete")
    wait_for("the deletion", lambda: any("Message deleted here" in row for row in session.me.rows()))


def test_session():
    with Session() as session:
        sign_in(session)
        start_a_chat(session)
        use_a_group(session)
        look_around(session)
        select_and_delete(session)
        session.display.picture("keyboard-session")
        session.key("ctrl+q")
        session.me.process.wait(30)
        assert session.me.process.returncode == 0


def test_tab_order():
    """Once round the window: everything, in the order it stands there, and back again."""
    with Session() as session:
        sign_in(session)
        session.bridge.say({"type": "text", "data": "hello"}, group=FIELD)
        session.key("alt+2")
        session.me.find("list item", "^麦田, ")
        session.key("ctrl+k", "Down", "Return")
        session.shows(": hello")
        forward = [name for _, name in audit.tab_through(session.display, session.watch, MOST_TABS)]
        text = "\n".join(forward)
        expected = [
            "Stickers and Faces",
            "Insert Emoji",
            "Manage Accounts|Online",
            "New Chat or Group",
            "Search All Messages",
            "Main Menu",
            "Filter the list",
            "Chats|Groups",
            "麦田, ",
            "Search This Chat",
            "Chat Menu",
            "Details",
            "Messages|麦麦: hello",
            "Message to 麦田",
        ]
        place = -1
        for pattern in expected:
            later = [i for i, name in enumerate(forward) if i > place and re.search(pattern, name)]
            assert later, f"“{pattern}” does not come after number {place}:\n{text}"
            place = later[0]
        backward = [
            name for _, name in audit.tab_through(session.display, session.watch, MOST_TABS, "shift+Tab")
        ]
        assert sorted(backward) == sorted(forward), (forward, backward)


tap.run(tap.collect(globals()))
