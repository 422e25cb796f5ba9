# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds messages by the keyboard: in the open chat, everywhere, by kind, and by day."""

import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "tools"))

import pyatspi  # noqa: E402
import tap  # noqa: E402
from desktop import Client, Display, Server, wait_for  # noqa: E402

KEYS = ["--key", "alice-key-1=alice", "--key", "bob-key-2=bob"]


def say(client, text):
    """By the accessibility bus, because no key types Chinese."""
    client.find("text", "^Message( to .*)?$").queryEditableText().setTextContents(text)
    client.press("push button", "^Send$")
    wait_for(f"“{text}”", lambda: any(text in row for row in client.rows()))


def search_for(client, name, text):
    client.find("entry", name).queryEditableText().setTextContents(text)


def has_focus(client, role, name):
    node = client.find(role, name)
    return node.getState().contains(pyatspi.STATE_FOCUSED)


def test_search():
    server = Server(*KEYS)
    display = Display()
    client = Client(display)
    failed = True
    try:
        client.add_account(server.url, "alice-key-1", "alice-id", "Alice")
        client.open_chat("bob-key-2", "carol-id", "Carol")
        say(client, "麦田里的守望者，明天见")
        client.open_chat("bob-key-2", "bob-id", "Bob")
        say(client, "今天天气不错，我们去麦田走走吧")
        say(client, "The weather report: https://example.org/weather")
        for number in range(3):
            say(client, f"In between, number {number}")
        say(client, "明天的天气呢？麦田里会下雨吗")

        # In the open chat: two characters, up to the older hit, and back out.
        client.click(client.find("text", "^Message( to .*)?$"))
        display.key("ctrl+f")
        search_for(client, "^Search This Chat$", "天气")
        client.find(client_role(client, "1 of 2"), "^1 of 2$")
        display.key("Return")
        client.find(client_role(client, "2 of 2"), "^2 of 2$")
        wait_for("the older hit", lambda: any("去麦田走走" in row for row in client.rows()))
        display.key("shift+Return")
        client.find(client_role(client, "1 of 2"), "^1 of 2$")
        display.key("ctrl+g")
        client.find(client_role(client, "2 of 2"), "^2 of 2$")
        display.picture("search-chat")
        search_for(client, "^Search This Chat$", "冬天")
        client.find(client_role(client, "Nothing found"), "^Nothing found.*“Bob” for “冬天”")
        display.key("Escape")
        assert not client.has("entry", "^Search This Chat$")
        wait_for("the focus back", lambda: has_focus(client, "text", "^Message( to .*)?$"))

        # Everywhere, the newest first, with author, chat and the words around.
        display.key("ctrl+shift+f")
        search_for(client, "^Search All Messages$", "麦田")
        hits = client.find("list", "^Messages found$")
        client.find("list item", "^You: .*麦田里会下雨吗.* in Bob", hits)
        client.find("list item", "^You: 麦田里的守望者.* in Carol", hits)
        display.picture("search")
        client.click(client.find("list item", " in Carol", hits))
        wait_for("Carol's chat", lambda: any("守望者" in row for row in client.rows()))
        client.find("list item", " in Bob", hits)

        # By kind alone.
        search_for(client, "^Search All Messages$", "")
        conditions = "Conditions of the Search"
        client.click(client.find(client_role(client, conditions), f"^{conditions}"))
        # By the keyboard, from the author over the kinds to the last of them.
        client.find("text", "^Written By$")
        display.key("Tab", "Tab", "Tab", "space")
        client.find("list item", "^You: The weather report: https", client.find("list", "found$"))
        display.picture("search-conditions")
        display.key("Escape")

        # Narrow, the list has the window to itself, and a hit the whole of it afterwards.
        search_for(client, "^Search All Messages$", "weather")
        client.resize(360, 640)
        display.key("ctrl+shift+f")
        hits = client.find("list", "^Messages found$")
        display.picture("search-narrow")
        client.click(client.find("list item", "The weather report", hits))
        wait_for("the hit", lambda: any("weather report" in row for row in client.rows()))
        display.key("ctrl+f")
        search_for(client, "^Search This Chat$", "天气")
        client.find(client_role(client, "1 of 2"), "^1 of 2$")
        display.picture("search-chat-narrow")
        failed = False
    finally:
        if failed:
            display.picture("failed-search")
        warnings = client.close()
        server.close()
        display.close()
    tap.none_of("warnings of the program", warnings)


def client_role(client, text):
    """The role of the part that says this, whatever the toolkit makes of a status."""

    def look():
        client.forget()
        for node in client.walk():
            if re.search(re.escape(text), node.name or ""):
                return node.getRoleName()
        return None

    return wait_for(f"“{text}”", look, 15)


tap.run(tap.collect(globals()))
