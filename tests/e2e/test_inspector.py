# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes over the wire, and all that is known of one message: with a bridge as strict as MaiBot's behind it."""

import json
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "tools"))

import pyatspi  # noqa: E402
import tap  # noqa: E402
from bridge import Bridge  # noqa: E402
from desktop import Client, Display, program, wait_for  # noqa: E402

KEY = "planted-secret-key-42"
TARGET = "planted-target-key-77"
NOTES = os.path.abspath(
    os.path.join(os.path.dirname(__file__), "..", "..", "src", "server", "demo", "field-notes.txt")
)


class Scene:
    """A window that takes its server for one that follows the guide, which it is not."""

    def __init__(self, dark=False):
        self.dark = dark

    def __enter__(self):
        self.bridge = Bridge()
        self.display = Display("1500x980x24")
        if self.dark:
            self.display.environment["ADW_DEBUG_COLOR_SCHEME"] = "prefer-dark"
        self.folder = tempfile.TemporaryDirectory(prefix="wheatear-e2e-")
        target = os.path.join(self.folder.name, "target")
        with open(target, "w", encoding="utf-8") as file:
            file.write(TARGET)
        self.cli("account", "add", "Work", "--url", self.bridge.url, "--key", KEY, "--dialect", "guide",
                 "--platform", "desk", "--user-id", "me-id", "--nickname", "Me",
                 "--target-file", target, "--target-platform", "desk")
        self.me = Client(self.display, ["--profile", self.folder.name])
        # Before there is another.
        self.main = wait_for("its window", lambda: self.display.find_window(self.me.process.pid))
        wait_for("the connection", lambda: self.bridge.connections)
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None:
            self.display.picture("failed-inspector")
        warnings = self.me.close()
        self.bridge.close()
        self.display.close()
        self.folder.cleanup()
        if kind is None:
            tap.none_of("warnings of the program", warnings)

    def cli(self, *arguments):
        subprocess.run(
            [program("wheatear-cli"), *arguments, "--profile", self.folder.name],
            check=True,
            timeout=60,
            stdout=subprocess.DEVNULL,
        )

    def open_chat(self):
        self.bridge.say({"type": "text", "data": "你好"})
        self.me.select("^Chats$", "^麦麦, ")

    def go_to_composer(self):
        """The main window is behind another, and may just have changed its size."""
        self.activate(self.main)
        self.click(self.main, self.me.find("text", "^Message( to .*)?$"))
        # On a busy machine the keyboard repeats the key that opened the other window.
        self.display.key("ctrl+a", "Delete")

    def say(self, text):
        """Until it is written: the window may still have been changing its size."""

        def is_written():
            self.go_to_composer()
            self.display.type(text)
            return self.me.find("text", "^Message( to .*)?$").queryText().getText(0, -1) == text

        wait_for("what is written", is_written)
        self.display.key("Return")

    def click(self, window, node):
        box = node.queryComponent().getExtents(pyatspi.XY_WINDOW)
        x, y = box.x + min(60, box.width // 2), box.y + box.height // 2
        self.display.xdotool("mousemove", "--window", window, str(x), str(y), "click", "1")

    def activate(self, window):
        """Until the keys go there."""

        def is_active():
            self.display.xdotool("windowactivate", window)
            output = subprocess.check_output(
                ["xdotool", "getwindowfocus"], env=self.display.environment, text=True, timeout=60
            )
            return output.split()[0] == window

        wait_for("the keyboard", is_active)

    def send_file(self):
        """What MaiBot drops when it is written as the guide has it."""
        self.display.copy("text/uri-list", f"file://{NOTES}\r\n".encode())
        self.go_to_composer()
        self.display.key("ctrl+v")
        self.me.find("list item", r"^Attachment field-notes\.txt")
        self.display.key("Return")
        wait_for("the file at the bridge", lambda: self.bridge.dropped)

    def find_inspector(self):
        command = ["xdotool", "search", "--onlyvisible", "--name", "^Inspector$"]
        output = subprocess.check_output(command, env=self.display.environment, text=True, timeout=60)
        return output.split()[0]

    def place(self, window, x, y, width, height):
        """Moves a window to where it covers no other."""
        self.display.xdotool("windowsize", "--sync", window, str(width), str(height))
        self.display.xdotool("windowmove", "--sync", window, str(x), str(y))


class Inspector:
    """Opened by its key."""

    def __init__(self, scene):
        self.scene, self.me = scene, scene.me
        scene.place(scene.main, 0, 0, 700, 900)
        scene.activate(scene.main)
        scene.display.key("ctrl+shift+i")
        self.root = self.me.window("Inspector")
        self.window = wait_for("its window", scene.find_inspector)
        scene.place(self.window, 710, 0, 780, 900)

    def focus(self):
        self.scene.activate(self.window)

    def rows(self):
        self.me.forget()
        found = next(
            (n for n in self.me.walk(self.root) if n.getRoleName() == "list" and n.name == "Frames"), None
        )
        return [row.name for row in found if row and row.getRoleName() == "list item"] if found else []

    def shows(self, pattern):
        return wait_for(
            f"the row “{pattern}”", lambda: next((r for r in self.rows() if re.search(pattern, r)), None)
        )

    def choose(self, pattern):
        """Clicks a row."""
        self.shows(pattern)
        self.click(self.me.find("list item", pattern, self.root))

    def click(self, node):
        self.scene.click(self.window, node)

    def press(self, name):
        self.me.press("push button", name, self.root)

    def open_filter(self):
        self.me.forget()
        node = next(n for n in self.me.walk(self.root) if n.name == "Filter")
        self.scene.click(self.window, node)

    def all_text(self):
        """Everything that is said in it, in any way."""
        texts = []
        self.me.forget()
        for node in self.me.walk(self.root):
            texts.append(node.name or "")
            if "Text" in pyatspi.listInterfaces(node):
                texts.append(node.queryText().getText(0, -1))
        return "\n".join(texts)


def look_at_a_pair(scene, inspector):
    me, bridge = scene.me, scene.bridge
    scene.say("hello inspector")
    wait_for("the message at the bridge", lambda: bridge.accepted)
    row = inspector.shows(r"^Sent message, hello inspector, .*Acknowledged in [\d.]+ ms$")
    assert re.search(r"\d\d:\d\d:\d\d\.\d\d\d", row), row
    inspector.focus()
    inspector.choose("^Sent message, hello inspector")
    me.find("text", "^Frame$", inspector.root)
    assert "hello inspector" in inspector.all_text()
    scene.display.picture("inspector")

    # To its ACK.
    assert me.count("list item", "^Go to the Acknowledgement") == 1
    inspector.click(me.find("list item", "^Go to the Acknowledgement", inspector.root))
    me.find("list item", "^Go to the Message", inspector.root)


def look_at_a_warning(scene, inspector):
    me = scene.me
    scene.send_file()
    inspector.shows(r"^Sent message, .*1 warning$")
    inspector.focus()
    inspector.choose(r"^Sent message, .*1 warning$")
    me.find("list item", "^MaiBot rejects files", inspector.root)
    scene.display.picture("inspector-warning")


def look_for_keys(scene, inspector):
    """The peer says the key, too."""
    scene.bridge.say({"type": "seglist", "data": [
        {"type": "text", "data": f"your key is {KEY}, your target’s {TARGET}"},
        {"type": "dict", "data": {"x-apikey": KEY, "url": f"ws://h/ws?api_key={KEY}&x=1"}},
    ]})
    inspector.shows(r"^Received message, your key is •••.*Acknowledged in")
    inspector.focus()
    inspector.choose("^Received message, your key is •••, your target’s •••")
    wait_for("its frame", lambda: "ws://h/ws?api_key=•••" in inspector.all_text())
    assert "planted" not in inspector.all_text()


def look_for_less(scene, inspector):
    me, display = scene.me, scene.display
    everything = len(inspector.rows())
    inspector.focus()
    display.key("ctrl+f")
    display.type("HELLO insp")
    wait_for("one row", lambda: len(inspector.rows()) == 1)
    display.picture("inspector-search")
    display.key("ctrl+a", "Delete")
    display.type("nowhere")
    me.press("push button", "^Show Everything$", inspector.root)
    wait_for("all rows", lambda: len(inspector.rows()) >= everything)

    inspector.open_filter()
    me.find("check box", "^Only with Warnings$")
    display.key("shift+Tab", "space")
    wait_for("the one with a warning", lambda: len(inspector.rows()) == 1)
    display.picture("inspector-filter")
    display.key("Escape")
    inspector.open_filter()
    me.find("check box", "^Only with Warnings$")
    display.key("shift+Tab", "space")
    display.key("Escape")
    wait_for("all rows", lambda: len(inspector.rows()) >= everything)


def pause(scene, inspector):
    inspector.press("^Pause$")
    scene.me.find("push button", "^Go On Recording$", inspector.root)
    msg_id = scene.bridge.say({"type": "text", "data": "unseen"})
    wait_for("its ACK", lambda: msg_id in scene.bridge.acknowledged)
    inspector.press("^Go On Recording$")
    scene.me.find("push button", "^Pause$", inspector.root)
    scene.bridge.say({"type": "text", "data": "seen again"})
    inspector.shows("^Received message, seen again")
    inspector.shows("^Pause, ")
    assert not any("unseen" in row for row in inspector.rows())


def export(scene, inspector):
    path = os.path.join(scene.folder.name, "frames.ndjson")
    inspector.focus()
    scene.display.key("ctrl+s")
    chooser = scene.me.window("Save What Is Shown")
    scene.display.picture("inspector-export")
    scene.display.key("ctrl+a")
    scene.display.type(path)
    scene.display.key("Return")
    assert chooser
    wait_for("the file", lambda: os.path.exists(path) and os.path.getsize(path) > 0)
    with open(path, encoding="utf-8") as file:
        text = file.read()
    assert "planted" not in text
    lines = [json.loads(line) for line in text.splitlines()]
    assert all({"serial", "time", "kind"} <= set(line) for line in lines)
    sent = next(line for line in lines if "hello inspector" in json.dumps(line))
    ack = next(line for line in lines if line["serial"] == sent["pair"])
    assert sent["ack"] == "done" and sent["round_trip_us"] >= 0, sent
    assert ack["kind"] == "ack" and ack["acked_msg_id"] == sent["msg_id"], ack
    assert sent["frame"]["payload"]["message_dim"]["api_key"] == "•••", sent
    assert [w["rule"] for line in lines for w in line.get("warnings", [])] == ["file"]
    assert any(line["kind"] == "pause" for line in lines)


def look_narrow(scene, inspector):
    scene.display.xdotool("windowsize", "--sync", inspector.window, "360", "760")
    inspector.choose("^Received message, seen again")
    scene.me.find("push button", "^Back to the List$", inspector.root)
    scene.display.picture("inspector-narrow")
    inspector.press("^Back to the List$")
    scene.display.picture("inspector-narrow-list")


def look_at_details(scene):
    """By the keyboard, from the message; it says what was sent, and hides what the inspector hides."""
    me = scene.me
    scene.activate(scene.main)
    scene.click(scene.main, me.find("list item", "hello inspector", me.find("list", "^Messages")))
    scene.display.key("ctrl+i")
    root = me.window("Message Details")
    me.find("text", "^Envelope$", root)
    texts = [node.queryText().getText(0, -1) for node in me.walk(root)
             if "Text" in pyatspi.listInterfaces(node)]
    assert any('"data": "hello inspector"' in text for text in texts), texts
    assert not any("planted" in text for text in texts)
    scene.display.picture("message-details")
    scene.display.key("Escape")
    wait_for("its end", lambda: all(child.name != "Message Details" for child in me.app if child))


def test_inspector_in_the_dark():
    with Scene(dark=True) as scene:
        scene.open_chat()
        inspector = Inspector(scene)
        scene.send_file()
        inspector.focus()
        inspector.choose("1 warning$")
        scene.me.find("list item", "^MaiBot rejects files", inspector.root)
        scene.display.picture("inspector-dark")


def test_inspector():
    with Scene() as scene:
        scene.open_chat()
        inspector = Inspector(scene)
        look_at_a_pair(scene, inspector)
        look_at_details(scene)
        look_at_a_warning(scene, inspector)
        look_for_keys(scene, inspector)
        look_for_less(scene, inspector)
        pause(scene, inspector)
        export(scene, inspector)
        look_narrow(scene, inspector)


tap.run(tap.collect(globals()))
