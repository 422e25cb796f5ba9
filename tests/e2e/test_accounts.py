# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts: a server that is found, checking a connection, a new key, several accounts, and taking one away."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "tools"))

import pyatspi  # noqa: E402
import tap  # noqa: E402
from desktop import Client, Display, Server, wait_for  # noqa: E402

# Where a window looks for servers by itself.
USUAL_PORTS = (18000, 18040, 8090)
KEYS = ("--key", "key-of-alice=alice", "--key", "new-key=alice", "--key", "key-of-bob=bob")


def serve():
    """A server where it is found, if one of those ports is free."""
    for port in USUAL_PORTS:
        try:
            return Server(*KEYS, port=port)
        except (AssertionError, OSError):
            continue
    return None


def text_of(me, name, dialog):
    text = me.find("text", name, dialog).queryText()
    return text.getText(0, text.characterCount)


def in_view(me, node, window):
    """Waits until a form has scrolled to a part of it."""

    def look():
        box = node.queryComponent().getExtents(pyatspi.XY_WINDOW)
        return box.y + box.height <= window.queryComponent().getExtents(pyatspi.XY_WINDOW).height

    wait_for(f"“{node.name}” in view", look)


def add_found(me, display, server):
    """The welcome page leads to the form, filled in; the form checks what is in it before it is saved."""
    row = me.find("list item", "^Found a Server on This Computer")
    display.picture("accounts-welcome")
    me.click(row)
    dialog = me.window("Add an Account")
    address = text_of(me, "^Address$", dialog)
    assert address == server.url, f"the form has {address}"
    me.fill_in("^API Key$", "wrong", dialog)
    me.press("push button", "^Check Connection$", dialog)
    in_view(me, me.find("label", "^Check the API key and the platform", dialog), dialog)
    display.picture("accounts-check-bad")
    me.fill_in("^API Key$", "key-of-alice", dialog)
    assert not me.has("label", "^Check the API key and the platform"), "what is old is still shown"
    me.press("push button", "^Check Connection$", dialog)
    in_view(me, me.find("label", "^Everything works", dialog), dialog)
    display.picture("accounts-check-good")
    me.fill_in("^Your User Id$", "alice", dialog)
    me.press("push button", "Save$", dialog)
    me.find("push button", "Online")


def stored_keys(me):
    with open(os.path.join(me.profile, "secrets.ini"), encoding="utf-8") as file:
        return file.read()


def open_accounts(me):
    def look():
        me.click(me.find("push button", "^Accounts. "))
        return me.find("push button", "Manage Accounts", deadline=3)

    # The first click may but end what was open before.
    wait_for("the list of accounts", look)


def edit(me, name):
    open_accounts(me)
    me.press("push button", f"^Edit {name}$")
    return me.window("Edit Account")


def rotate(me, display):
    """A key that the server does not take changes nothing; one that it takes replaces the old one."""
    before = stored_keys(me)
    dialog = edit(me, "alice")
    me.fill_in("^API Key$", "mistyped", dialog)
    me.press("push button", "Save$", dialog)
    me.find("alert", "^The new key is not saved, and the old one stays", dialog)
    me.find("push button", "^Save Anyway$", dialog)
    display.picture("accounts-rotate-bad")
    assert stored_keys(me) == before, "the old key is not there any more"
    me.fill_in("^API Key$", "new-key", dialog)
    me.press("push button", "Save$", dialog)
    wait_for("the new key", lambda: stored_keys(me) != before)
    wait_for("the form to close", lambda: not me.has("push button", "^Check Connection$"))
    me.find("push button", "Online")


def add_second(me, display, server):
    open_accounts(me)
    me.press("push button", "Manage Accounts")
    page = me.window("Preferences")
    me.press("push button", "Add an Account", page)
    dialog = me.window("Add an Account")
    me.fill_in("^Address$", server.url, dialog)
    me.fill_in("^API Key$", "key-of-bob", dialog)
    me.fill_in("^Your User Id$", "bob", dialog)
    me.press("push button", "Save$", dialog)
    wait_for("both online", lambda: order(me) == ["alice", "bob"] and online(me) == 2)
    return page


def rows(me):
    accounts = me.find("list", "^Accounts$", me.window("Preferences"))
    return [row for row in accounts if row and row.getRoleName() == "list item"]


def order(me):
    me.forget()
    return [row.name for row in rows(me)]


def online(me):
    me.forget()
    root = me.window("Preferences")
    return sum(node.getRoleName() == "label" and node.name == "Online" for node in me.walk(root))


def tab_to(me, display, name):
    """Goes to an account's row by the keyboard."""
    for _ in range(30):
        me.forget()
        focused = [row.name for row in rows(me) if row.getState().contains(pyatspi.STATE_FOCUSED)]
        if focused == [name]:
            return
        display.key("Tab")
    raise AssertionError(f"the keyboard does not get to {name}")


def switch(me, page):
    node = wait_for(
        "the switch",
        lambda: next((part for part in me.walk(page) if part.name == "Connect bob"), None),
    )
    node.queryAction().doAction(0)


def move_by_menu(me, page):
    """By the bus alone: what is pressed is the button inside a menu button."""
    for name, action, expected in (("alice", "Down", ["bob", "alice"]), ("alice", "Up", ["alice", "bob"])):
        inner = me.find("push button", f"^More about {name}$", page)[0]
        # A toggle button, with newer toolkits.
        me.press(inner.getRoleName(), f"^More about {name}$", inner)
        me.press("menu item", f"^Move {action}$")
        wait_for("the order by the menu", lambda expected=expected: order(me) == expected)


def manage(me, display, page):
    display.picture("accounts-page")
    tab_to(me, display, "alice")
    display.key("alt+Down")
    wait_for("the other order", lambda: order(me) == ["bob", "alice"])
    display.key("alt+Up")
    wait_for("the first order", lambda: order(me) == ["alice", "bob"])
    move_by_menu(me, page)
    switch(me, page)
    me.find("label", "^Switched off$", page)
    display.picture("accounts-off")
    switch(me, page)
    wait_for("both online", lambda: online(me) == 2)


def remove(me, display):
    tab_to(me, display, "bob")
    display.key("Return")
    dialog = me.window("Edit Account")
    me.press("push button", "Remove Account", dialog)
    me.find("label", "Nothing is deleted on the server")
    display.picture("accounts-remove")
    me.press("push button", "Remove$")
    wait_for("one account", lambda: order(me) == ["alice"])


def make_narrow(me, display):
    me.resize(360, 760)


def test_narrow_and_dark():
    server = serve()
    if server is None:
        raise tap.Skip("all the usual ports are taken")
    display, me, done = Display("1280x900x24"), None, False
    display.environment["ADW_DEBUG_COLOR_SCHEME"] = "prefer-dark"
    try:
        me = Client(display)
        make_narrow(me, display)
        me.find("list item", "^Found a Server on This Computer")
        display.picture("accounts-welcome-narrow-dark")
        me.add_account(server.url, "key-of-alice", "alice", "小麦")
        open_accounts(me)
        me.press("push button", "Check the connection of 小麦$")
        dialog = me.window("Check Connection")
        me.find("label", "^Everything works", dialog)
        display.picture("accounts-check-dark")
        display.key("Escape")
        wait_for("it to close", lambda: not me.has("push button", "Check Again"))
        open_accounts(me)
        me.press("push button", "Manage Accounts")
        me.window("Preferences")
        me.find("list item", "^小麦")
        display.picture("accounts-page-dark")
        done = True
    finally:
        if not done:
            display.picture("failed-accounts-dark")
        warnings = me.close() if me else []
        server.close()
        display.close()
        if done:
            tap.none_of("warnings of the program", warnings)


def test_accounts():
    server = serve()
    if server is None:
        raise tap.Skip("all the usual ports are taken")
    display, me, done = Display("1280x900x24"), None, False
    try:
        me = Client(display)
        add_found(me, display, server)
        rotate(me, display)
        page = add_second(me, display, server)
        manage(me, display, page)
        remove(me, display)
        done = True
    finally:
        if not done:
            display.picture("failed-accounts")
        warnings = me.close() if me else []
        server.close()
        display.close()
        if done:
            tap.none_of("warnings of the program", warnings)


tap.run(tap.collect(globals()))
