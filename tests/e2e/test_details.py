# SPDX-License-Identifier: GPL-3.0-or-later
"""What belongs to one conversation: its details, and its place in the list."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "tools"))

import pyatspi  # noqa: E402
import tap  # noqa: E402
from bridge import Bridge  # noqa: E402
from desktop import Client, Display, wait_for  # noqa: E402
from sayings import FIELD, list_of, notes, picture, text  # noqa: E402


def fill(me, bridge):
    """A group with pictures and a file, open."""
    bridge.say(text("大家好"), group=FIELD)
    me.press("page tab", "^Groups$")
    me.select("^Groups$", "^麦田, ")
    for _ in range(4):
        bridge.say(list_of(text("麦子熟了"), picture()), group=FIELD)
    bridge.say(notes(), group=FIELD)
    wait_for("the file", lambda: any("field-notes.txt" in row for row in me.rows()))


def typed(me):
    return me.find("text", "^Message( to .*)?$").queryText().getText(0, -1)


def look_at_details(me, display):
    display.key("F9")
    me.find("label", "^Group, 1 has written$")
    wait_for("the latest pictures", lambda: me.count("image", "^Picture from 麦麦, ") >= 4)
    display.picture("details")
    me.click(me.find("list item", "^Members"))
    member = me.find("list item", "^麦麦, 10001.*: mention$")
    display.picture("details-members")
    me.click(member)
    wait_for("the mention", lambda: "@麦麦" in typed(me))
    display.key("ctrl+a", "Delete")
    me.press("push button", "^Back to the Details$")


def stay_on(me, label):
    """With the pointer on it the offer to undo stays."""
    box = me.find("label", label).queryComponent().getExtents(pyatspi.XY_WINDOW)
    window = me.display.find_window(me.process.pid)
    me.display.xdotool("mousemove", "--window", window, str(box.x + 9), str(box.y + 9))


def start_a_chat(me, display):
    me.click(me.find("list item", "^Members"))
    me.click(me.find("push button", "^More for 麦麦$"))
    me.press("menu item", "^Start a Chat$")
    me.find("label", "^Direct chat$")
    me.press("page tab", "^Groups$")
    me.select("^Groups$", "^麦田, ")
    me.find("label", "^Group, 1 has written$")


def look_at_lists(me, display, bridge):
    """By the keyboard: the arrows, the menu, and a way back from deleting."""
    bridge.say(text("看看 https://example.org/wheat"), group=FIELD)
    me.click(me.find("list item", "^Pictures"))
    wait_for("the grid", lambda: me.count("table cell", "^Picture from 麦麦, ") == 4)
    display.key("Tab", "Right", "Menu")
    me.find("menu item", "^Copy Picture$")
    display.picture("details-picture-menu")
    me.press("menu item", "^Delete Message Here$")
    stay_on(me, "^1 message deleted on this computer$")
    wait_for("one less", lambda: me.count("table cell", "^Picture from 麦麦, ") == 3)
    display.picture("details-deleted")
    me.press("push button", "^Undo")
    wait_for("all of them", lambda: me.count("table cell", "^Picture from 麦麦, ") == 4)
    # The keyboard is where it was before the offer to undo: Escape leaves the grid, and no more than that.
    display.key("Escape")
    wait_for("the details", lambda: me.count("table cell", "^Picture from 麦麦, ") == 0)
    me.find("label", "^Group, 1 has written$")
    me.click(me.find("list item", "^Files"))
    me.find("list item", "^field-notes.txt, ")
    display.picture("details-files")
    display.key("Escape")
    me.click(me.find("list item", "^Links"))
    me.find("list item", "^麦麦: 看看 https", me.find("list", "^Messages found$"))
    display.picture("details-links")
    me.press("push button", "^Back to the Chats$")
    me.find("push button", "^New Chat or Group$")
    display.key("F9")


def make_narrow(me, display):
    me.resize(360, 760)
    wait_for("the way back", lambda: me.has("push button", "^Back to the List$"))
    display.key("F9")
    me.find("label", "^Group, 1 has written$")
    display.picture("details-narrow")
    # Back from what covers the chat, and from the chat.
    me.press("push button", "^Back to the List$")
    wait_for("no details", lambda: not me.has("label", "^Group, 1 has written$"))
    me.press("push button", "^Back to the List$")


def archive(me, display, bridge):
    """Put away, until somebody writes; muted, even then."""
    me.resize(1000, 760)
    me.select("^Groups$", "^麦田, ")
    display.key("F9")
    me.press("push button", "^Archive$")
    me.press("push button", "^Archived, 1 chat")
    me.find("list item", "^麦田, ", me.find("list", "^Archived$"))
    display.picture("archived")
    bridge.say(text("有人吗"), group=FIELD)
    me.find("list item", "^麦田, .*有人吗", me.find("list", "^Groups$"))


def delete(me, display):
    """Says how much it is, and gives it back."""
    me.press("push button", "^Delete Here…$")
    dialog = me.find("label", "^On this computer only, this deletes:\n8 messages\n5 pictures and files\n")
    display.picture("delete-question")
    assert "Nobody else loses anything" in dialog.name
    me.press("push button", "Delete Here$")
    stay_on(me, "^Chat deleted on this computer$")
    wait_for("no chat", lambda: not me.has("list item", "^麦田, "))
    display.picture("deleted-chat")
    me.press("push button", "^Undo")
    me.find("list item", "^麦田, ", me.find("list", "^Groups$"))


def test_details():
    bridge, display = Bridge(), Display("1280x860x24")
    me = Client(display)
    done = False
    try:
        me.add_account(bridge.url, "a-key", "me-id", "我")
        wait_for("the connection", lambda: bridge.connections)
        fill(me, bridge)
        look_at_details(me, display)
        start_a_chat(me, display)
        look_at_lists(me, display, bridge)
        make_narrow(me, display)
        archive(me, display, bridge)
        delete(me, display)
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
