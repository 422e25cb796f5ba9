# SPDX-License-Identifier: GPL-3.0-or-later
"""What belongs to one conversation: its details, and its place in the list."""

import base64
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "tools"))

import tap  # noqa: E402
from bridge import Bridge  # noqa: E402
from desktop import Client, Display, wait_for  # noqa: E402

ASSETS = os.path.join(os.path.dirname(__file__), "..", "..", "src", "server", "demo")
FIELD = ("wheat-field", "麦田")


def encode(name):
    with open(os.path.join(ASSETS, name), "rb") as file:
        return base64.b64encode(file.read()).decode("ascii")


PICTURE = {"type": "image", "data": encode("wheat-field.png")}
FILE = {
    "type": "file",
    "data": {"name": "field-notes.txt", "mime_type": "text/plain", "base64": encode("field-notes.txt")},
}


def text(words):
    return {"type": "text", "data": words}


def fill(me, bridge):
    """A group with pictures and a file, open."""
    bridge.say(text("大家好"), group=FIELD)
    me.press("page tab", "^Groups$")
    me.select("^Groups$", "^麦田, ")
    for _ in range(4):
        bridge.say({"type": "seglist", "data": [text("麦子熟了"), PICTURE]}, group=FIELD)
    bridge.say(FILE, group=FIELD)
    wait_for("the file", lambda: any("field-notes.txt" in row for row in me.rows()))


def typed(me):
    return me.find("text", "^Message$").queryText().getText(0, -1)


def look_at_details(me, display):
    display.key("F9")
    me.find("label", "^Group, 1 has written$")
    wait_for("the latest pictures", lambda: me.count("image", "^Picture, .*麦麦") >= 4)
    display.picture("details")
    me.click(me.find("list item", "^Members"))
    member = me.find("list item", "^麦麦, 10001.*: mention$")
    display.picture("details-members")
    me.click(member)
    wait_for("the mention", lambda: "@麦麦" in typed(me))
    display.key("ctrl+a", "Delete", "F9")
    wait_for("the messages alone", lambda: not me.has("list item", ": mention$"))


def make_narrow(me, display):
    window = display.find_window(me.process.pid)
    display.xdotool("windowsize", "--sync", window, "360", "760")
    wait_for("the way back", lambda: me.has("push button", "^Back to the List$"))
    display.key("F9")
    me.find("label", "^Group, 1 has written$")
    display.picture("details-narrow")
    display.key("F9")
    me.press("push button", "^Back to the List$")
    return window


def archive(me, display, window):
    display.xdotool("windowsize", "--sync", window, "1000", "760")
    me.select("^Groups$", "^麦田, ")
    display.key("F9")
    me.press("push button", "^Archive$")
    me.press("push button", "^Archived, 1 chat$")
    me.find("list item", "^麦田, ", me.find("list", "^Archived$"))
    display.picture("archived")


def test_details():
    bridge, display = Bridge(), Display("1280x860x24")
    me = Client(display)
    done = False
    try:
        me.add_account(bridge.url, "a-key", "me-id", "我")
        wait_for("the connection", lambda: bridge.connections)
        fill(me, bridge)
        look_at_details(me, display)
        archive(me, display, make_narrow(me, display))
        done = True
    finally:
        if not done:
            display.picture("failed-details")
        warnings = me.close()
        bridge.close()
        display.close()
        if done:
            tap.none_of("warnings of the program", warnings)


tap.run(tap.collect(globals()))
