# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo as `./run` starts it: light, dark and narrow, and used for a moment."""

import os
import re
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "tools"))

import tap  # noqa: E402
from desktop import Client, Display, wait_for  # noqa: E402


class Demo(Client):
    """The demo, once its conversation has happened."""

    def __init__(self, display, **environment):
        self.folder = tempfile.TemporaryDirectory(prefix="wheatear-demo-")
        self.ready = os.path.join(self.folder.name, "ready")
        display.environment.update(environment, WHEATEAR_DEMO_READY_FILE=self.ready)
        super().__init__(display, arguments=["--demo"])
        wait_for("the demo's conversation", lambda: os.path.exists(self.ready))

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None:
            self.display.picture("failed-demo")
        warnings = self.close()
        self.display.close()
        self.folder.cleanup()
        if kind is None:
            tap.none_of("warnings of the program", warnings)


def test_conversation():
    with Demo(Display()) as demo:
        said = demo.rows()
        for kind in ("Picture", "field-notes.txt", "@You", "Face"):
            assert any(kind in row for row in said), (kind, said)
        demo.display.picture("demo")

        demo.say("What a field!")
        wait_for(
            "an answer in the group",
            lambda: [row for row in demo.rows() if "What a field!" in row]
            and not demo.rows()[-1].startswith("You"),
        )
        demo.press("page tab", "^Chats$")
        demo.select("^Chats$", "Maimai")
        demo.say("Hello, Maimai")
        wait_for(
            "the bot's answer",
            lambda: len([row for row in demo.rows() if "Hello, Maimai" in row]) == 2,
        )
        demo.display.picture("demo-direct")


def test_dark():
    with Demo(Display(), ADW_DEBUG_COLOR_SCHEME="prefer-dark") as demo:
        demo.display.picture("demo-dark")


def test_narrow():
    with Demo(Display("360x640x24")) as demo:
        window = demo.display.find_window(demo.process.pid)
        demo.display.xdotool("windowsize", "--sync", window, "360", "640")
        demo.find("push button", "Back")
        demo.display.picture("demo-narrow")
        demo.press("push button", "Back")
        demo.find("list item", "Wheat Field")
        demo.display.picture("demo-narrow-list")


def test_nothing_is_left():
    """The demo's profile and its server go with it."""
    before = set(os.listdir(tempfile.gettempdir()))
    with Demo(Display()) as demo:
        pid = demo.process.pid
        children = f"/proc/{pid}/task/{pid}/children"
        with open(children, encoding="ascii") as file:
            server = int(file.read().split()[0])
    left = {
        name for name in set(os.listdir(tempfile.gettempdir())) - before
        if re.match("wheatear.*demo", name)
    }
    assert not left, left
    wait_for("the server's end", lambda: not os.path.exists(f"/proc/{server}"))


tap.run(tap.collect(globals()))
