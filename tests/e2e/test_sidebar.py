# SPDX-License-Identifier: GPL-3.0-or-later
"""Two thousand conversations in the sidebar: found, sorted, marked, by the keyboard and by the mouse."""

import os
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "tools"))

import pyatspi  # noqa: E402
import tap  # noqa: E402
from desktop import Client, Display, program, wait_for  # noqa: E402

CONVERSATIONS = 2000


def generate(folder):
    subprocess.run(
        [program("wheatear-cli"), "generate", "--messages", "20000", "--conversations",
         str(CONVERSATIONS), "--seed", "3", "--profile", folder],
        check=True, timeout=240, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )


def rows(client, name):
    """The names of the conversations that exist as rows, from above."""
    client.forget()
    pane = client._look("list", name, None)
    if pane is None:
        return []
    return [row.name for row in pane if row and row.getRoleName() == "list item"]


def shown(client, name, pattern, number=0):
    found = [row for row in rows(client, name) if re.search(pattern, row)]
    return found if len(found) > number else None


def find(client, role, name):
    """As Client.find(), but not among the rows: there are hundreds of them, each of many parts."""

    def look():
        client.forget()
        todo = [client.app]
        while todo:
            node = todo.pop()
            if node is None:
                continue
            if node.getRoleName() in role.split("|") and re.search(name, node.name or ""):
                if client._is_shown(node):
                    return node
            if node.getRoleName() != "list":
                todo.extend(reversed([node[i] for i in range(node.childCount)]))
        return None

    return wait_for(f"{role} “{name}”", look)


def focused(client, name):
    client.forget()
    for row in client._look("list", name, None) or []:
        if row and row.getState().contains(pyatspi.STATE_FOCUSED):
            return row.name
    return None


def filter_by(client, text):
    entry = find(client, "entry|text", "^Filter the list$")
    entry.queryEditableText().setTextContents(text)


def look_at_rows(client, display):
    wait_for("rows", lambda: len(rows(client, "^Chats$")) > 5)
    # Only what is near the view exists.
    assert len(rows(client, "^Chats$")) < 400, len(rows(client, "^Chats$"))
    assert "pinned" in rows(client, "^Chats$")[0], rows(client, "^Chats$")[0]
    display.picture("sidebar")


def find_by_typing(client, display):
    """By a name in Chinese, by a number, and by what nobody is called."""
    filter_by(client, "小麦")
    wait_for("the Chinese chats", lambda: shown(client, "^Chats$", "小麦")
             and not shown(client, "^Chats$", "^((?!小麦).)*$"))
    display.picture("sidebar-filter")
    filter_by(client, "100006")
    wait_for("one by its id", lambda: len(rows(client, "^Chats$")) == 1)
    filter_by(client, "nobody of that name")
    wait_for("the empty page", lambda: find(client, "label|heading", "^Nothing Found$"))
    filter_by(client, "")
    wait_for("all again", lambda: len(rows(client, "^Chats$")) > 5)


def go_by_keyboard(client, display):
    """From the filter down into the list, to its ends, and to a row's menu; the open chat follows."""
    display.key("ctrl+k", "Down")
    first = wait_for("the focus", lambda: focused(client, "^Chats$"))
    display.key("End")
    last = wait_for(
        "the end",
        lambda: (row := focused(client, "^Chats$")) not in (None, first) and row,
    )
    display.key("Up", "Up")
    wait_for("two up", lambda: focused(client, "^Chats$") not in (None, first, last))
    display.picture("sidebar-end")
    display.key("Home")
    wait_for("the start", lambda: focused(client, "^Chats$") == rows(client, "^Chats$")[0])
    display.key("Menu")
    find(client, "menu item", "^Unpin$")
    display.picture("sidebar-menu")
    display.key("Escape")
    # Whatever is typed in the list goes to the filter.
    wait_for("the focus back", lambda: focused(client, "^Chats$"))
    display.type("nadia")
    wait_for("Nadias", lambda: shown(client, "^Chats$", "Nadia")
             and not shown(client, "^Chats$", "^((?!Nadia).)*$"))
    # In the filter or in the list below it: Escape takes back what was typed.
    display.key("Escape")
    wait_for("all of them", lambda: shown(client, "^Chats$", "^((?!Nadia).)*$"))
    display.type("nadia")
    wait_for("Nadias again", lambda: not shown(client, "^Chats$", "^((?!Nadia).)*$"))
    display.key("Down")
    wait_for("the focus in the list", lambda: "Nadia" in (focused(client, "^Chats$") or ""))
    display.key("Escape")
    wait_for("all of them again", lambda: shown(client, "^Chats$", "^((?!Nadia).)*$"))


def press(client, role, name):
    find(client, role, name).queryAction().doAction(0)


def change_pane(client, display):
    """Groups have a pane of their own, which keeps its place; the filter holds for both."""
    press(client, "page tab", "^Groups$")
    wait_for("groups", lambda: len(rows(client, "^Groups$")) > 5)
    assert len(rows(client, "^Groups$")) < 400, len(rows(client, "^Groups$"))
    display.picture("sidebar-groups")
    filter_by(client, "nobody of that name")
    wait_for("no group", lambda: find(client, "label|heading", "^Nothing Found$"))
    filter_by(client, "")
    wait_for("all groups", lambda: len(rows(client, "^Groups$")) > 5)
    press(client, "page tab", "^Chats$")
    wait_for("chats", lambda: len(rows(client, "^Chats$")) > 5)


def look_at_archived(client, display):
    """Behind a row at the end; Escape goes back."""
    press(client, "push button", r"^Archived, \d+ chats")
    wait_for("the archived", lambda: len(rows(client, "^Archived$")) > 1)
    assert len(rows(client, "^Archived$")) < 200, len(rows(client, "^Archived$"))
    find(client, "push button", "Back to the List")
    display.picture("sidebar-archived")
    display.key("Escape")
    wait_for("the rest", lambda: len(rows(client, "^Chats$")) > 5)
    assert not rows(client, "^Archived$")


def make_narrow(client, display):
    """On a telephone the list is a page of its own: a chat covers it, and Back leads to it."""
    client.resize(360, 640)
    display.key("ctrl+k", "Down")
    wait_for("the focus", lambda: focused(client, "^Chats$"))
    display.key("Return")
    wait_for("the chat", lambda: find(client, "text", "^Message").getState().contains(pyatspi.STATE_FOCUSED))
    display.picture("sidebar-narrow-chat")
    press(client, "push button", "^Back")
    wait_for("the list", lambda: len(rows(client, "^Chats$")) > 5)
    display.picture("sidebar-narrow")
    display.key("ctrl+k")
    display.type("小麦")
    wait_for("the Chinese chats", lambda: shown(client, "^Chats$", "小麦")
             and not shown(client, "^Chats$", "^((?!小麦).)*$"))
    display.picture("sidebar-narrow-filter")


def test_sidebar():
    folder = tempfile.mkdtemp(prefix="wheatear-e2e-")
    profile = os.path.join(folder, "profile")
    generate(profile)
    display = Display()
    client = Client(display, ["--profile", profile])
    failed = True
    try:
        look_at_rows(client, display)
        find_by_typing(client, display)
        go_by_keyboard(client, display)
        change_pane(client, display)
        look_at_archived(client, display)
        make_narrow(client, display)
        failed = False
    finally:
        if failed:
            display.picture("failed-sidebar")
        warnings = client.close()
        display.close()
        shutil.rmtree(folder, ignore_errors=True)
    tap.none_of("warnings of the program", warnings)


tap.run(tap.collect(globals()))
