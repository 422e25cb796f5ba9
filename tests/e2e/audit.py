# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody would miss who hears the window, or has no mouse."""

import re

import pyatspi
from desktop import wait_for
from gi.repository import GLib

PRESSED = {"push button", "toggle button", "radio button", "check box", "switch", "link", "menu item", "page tab"}
USED = PRESSED | {"text", "entry", "password text", "spin button", "combo box", "slider", "list item", "table cell"}
# Their insides are the toolkit's: a button that shows a password, the list that drops down.
COMPOSED = {"text", "entry", "password text", "spin button", "combo box"}
# What the toolkit calls a part that has no role: nobody is told what a key would do there.
VAGUE = {"panel", "filler", "unknown", "invalid", "generic", "label", "image", "icon", "separator"}


def name_of(node):
    """As a screen reader says it; the toolkit makes do with the name of a type."""
    name = node.name.strip()
    return "" if re.match("(Gtk|Adw|Wt)[A-Z]", name) else name


def is_drawn(node):
    return node.getState().contains(pyatspi.STATE_VISIBLE)


def drawn(root):
    """All the parts that are on the page that is shown, in their order."""
    todo, seen = [root], set()
    while todo:
        node = todo.pop()
        if node is None or node in seen or not is_drawn(node):
            continue
        seen.add(node)
        yield node
        todo.extend(reversed([node[i] for i in range(node.childCount)]))


def describe(node):
    trail, at = [], node
    while at is not None and at.getRoleName() != "application" and len(trail) < 7:
        trail.append(f"{at.getRoleName()} “{name_of(at)[:30]}”")
        at = at.parent
    inside = [name_of(child) or child.name for child in node if child is not None]
    beside = [name_of(child) for child in node.parent if child is not None] if node.parent else []
    return f"{' in '.join(trail)}, with {inside}, beside {beside}"


def has_place(node):
    """What stands in a pane that was never shown has none."""
    try:
        box = node.queryComponent().getExtents(pyatspi.XY_WINDOW)
    except NotImplementedError:
        return True
    return box.width > 1 and box.height > 1


def is_inside(node):
    """Whether it is a part of one of the toolkit's own composed ones."""
    for _ in range(4):
        node = node.parent
        if node is None:
            return False
        if node.getRoleName() in COMPOSED:
            return True
    return False


def is_described(node):
    """Whether the part is named, or one that it is only the inside of."""
    role = node.getRoleName()
    while node is not None and not name_of(node):
        node = node.parent
        # A row that opens has its switch in it, and is in a row itself.
        if node is None or node.getRoleName() not in USED | {"panel", "filler", "list"}:
            return False
        if role != "check box" and node.getRoleName() not in USED:
            return False
    return node is not None


def holds_named(node):
    return any(part is not node and part.getRoleName() == "list item" and name_of(part) for part in drawn(node))


def is_list_of_named(node):
    """Whether it is a list without the role of one, as the head of libadwaita's rows that open. Its rows take the focus."""
    return any(child is not None and child.getRoleName() == "list item" and name_of(child) for child in node)


def find_faults(root):
    """Parts that can be used and have no name, no role, or the same name as one beside them."""
    found = []
    for node in drawn(root):
        role, state = node.getRoleName(), node.getState()
        focusable = state.contains(pyatspi.STATE_FOCUSABLE)
        if not focusable or is_inside(node) or not has_place(node):
            found.extend(find_twins(node))
            continue
        if role in USED and not is_described(node) and not holds_named(node):
            found.append("no name: " + describe(node))
        if role in VAGUE and not name_of(node) and not is_list_of_named(node):
            found.append("no role: " + describe(node))
        found.extend(find_twins(node))
    return found


def find_twins(parent):
    """Two things side by side that are pressed, and called the same."""
    seen, found = set(), []
    for child in parent:
        if child is None or child.getRoleName() not in PRESSED or not is_drawn(child):
            continue
        key = (child.getRoleName(), name_of(child))
        if key[1] and key in seen:
            found.append("twins: " + describe(child))
        seen.add(key)
    return found


class FocusWatch:
    """Follows the focus as a screen reader does, by its events."""

    NAMES = ["object:state-changed:focused"]

    def __enter__(self):
        self.node = None
        pyatspi.Registry.registerEventListener(self._on_event, *self.NAMES)
        return self

    def __exit__(self, kind, value, trace):
        pyatspi.Registry.deregisterEventListener(self._on_event, *self.NAMES)

    def _on_event(self, event):
        if event.detail1:
            self.node = event.source

    def after(self, act, deadline=5):
        """What has the focus once act has moved it; None where it has not moved."""
        context = GLib.MainContext.default()
        while context.iteration(False):
            pass
        self.node = None
        act()

        def look():
            while context.iteration(False):
                pass
            return self.node

        try:
            return wait_for("the focus", look, deadline)
        except AssertionError:
            return None


def tab_through(display, watch, most, key="Tab"):
    """What Tab comes to, as role and name, until it begins again."""
    visited = []
    for _ in range(most):
        node = watch.after(lambda: display.key(key))
        assert node is not None, f"the focus is lost after {visited[-3:]}"
        at = (node.getRoleName(), label_of(node))
        if visited and at == visited[0]:
            break
        visited.append(at)
    return visited


def label_of(node):
    while node is not None and not name_of(node):
        node = node.parent
    return name_of(node) if node is not None else ""
