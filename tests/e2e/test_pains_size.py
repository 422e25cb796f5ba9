# SPDX-License-Identifier: GPL-3.0-or-later
"""The size of the text, animations that rest when nobody sees them, and files that are dropped on a chat."""

import base64
import os
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "tools"))

import tap  # noqa: E402
from desktop import wait_for  # noqa: E402
from pains import ENTRY, FIELD, Scene, extents, processor_time, steady, text  # noqa: E402
from xsettings import Settings  # noqa: E402

ASSETS = os.path.join(os.path.dirname(__file__), "..", "..", "src", "server", "demo")
WORDS = "The wheat is ripe, and the weather holds. " * 5


def asset(name):
    with open(os.path.join(ASSETS, name), "rb") as file:
        return file.read()


def height_of(scene, pattern):
    return steady("the message", lambda: scene.place(pattern))[1]


def test_text_size():
    """Larger and smaller by the keyboard, and as the desktop says, while the window is open."""
    with Scene("text-size") as scene:
        settings = scene.add(Settings(scene.display.name))
        scene.start()
        scene.bridge.say(text(WORDS), group=FIELD)
        scene.open_group()
        me, display = scene.me, scene.display
        me.click(me.find("text", ENTRY))
        normal = height_of(scene, WORDS)
        title = me.find("label", "^麦田$")
        assert normal > 30, normal

        # The conversation's alone.
        header = extents(title).height
        display.key(*["ctrl+plus"] * 4)
        wait_for("larger text", lambda: scene.place(WORDS)[1] >= normal * 1.3)
        assert extents(title).height == header
        display.picture("pains-text-larger")
        display.key(*["ctrl+minus"] * 6)
        wait_for("smaller text", lambda: scene.place(WORDS)[1] < normal)
        display.key("ctrl+0")
        wait_for("the text as it was", lambda: scene.place(WORDS)[1] == normal)

        # The desktop's: everything.
        settings.set_dpi(144)
        wait_for("larger text", lambda: scene.place(WORDS)[1] >= normal * 1.3)
        wait_for("a larger title", lambda: extents(title).height >= header * 1.3)
        display.picture("pains-text-desktop")
        settings.set_dpi(96)
        wait_for("the text as it was", lambda: scene.place(WORDS)[1] == normal)


def usage(scene, seconds=2.0):
    """How much of a processor the program keeps busy, over a span."""
    before = processor_time(scene.me.process)
    time.sleep(seconds)
    return (processor_time(scene.me.process) - before) / seconds


def rests(scene, limit):
    """What is still drawn or stored comes to an end; then it must use less than this."""
    seen = []

    def look():
        seen.append(usage(scene))
        return seen[-1] <= limit

    try:
        wait_for("rest", look, 20)
    except AssertionError as error:
        raise AssertionError(f"it does not rest: {seen} of a processor, not {limit}") from error


def test_animations():
    """Stickers that move use the processor while they are seen, and next to nothing else."""
    with Scene("animations") as scene:
        scene.start()
        me, display = scene.me, scene.display
        scene.fill(1, 1)
        scene.open_group()
        files = scene.add_files()
        scene.focus()
        wave = base64.b64encode(asset("wheat-wave.gif")).decode("ascii")
        for _ in range(4):
            scene.bridge.say({"type": "emoji", "data": wave}, group=FIELD)
        wait_for("the stickers", lambda: me.count("image", "^Sticker") >= 4)
        me.click(me.find("text", ENTRY))
        scene.park_pointer()
        display.picture("pains-animations")
        moving = max(usage(scene) for _ in range(2))
        files.focus()
        rests(scene, moving / 2)
        scene.focus()
        wait_for("them to move again", lambda: usage(scene) > moving / 2)

        # Out of view, in a window that has the focus.
        scene.fill(2, 30)
        wait_for("the newest", lambda: scene.place(": 30\\. "))
        assert not scene.place("\\[Sticker\\]")
        rests(scene, moving / 2)


def drag(scene, files, target):
    """From one window to a part of the other, as a hand does."""
    me, display = scene.me, scene.display
    window = display.find_window(me.process.pid)
    box = extents(target)
    x, y = box.x + box.width // 2, box.y + box.height // 2
    files.begin_drag()
    for step in range(6, -1, -1):
        display.xdotool("mousemove", "--window", window, str(x + 5 * step), str(y + 5 * step))


def attached(scene):
    """The contents of files and pictures that the bot was sent, in their order."""
    segments = []
    for payload in scene.bridge.accepted:
        segment = payload["message_segment"]
        segments += segment["data"] if segment["type"] == "seglist" else [segment]
    contents = [segment["data"] if segment["type"] == "image" else segment["data"]["base64"] for segment in segments]
    return [base64.b64decode(one, validate=True) for one in contents]


def test_dropped_files():
    """Files out of a file manager's window, dropped on the messages: attached, and sent."""
    with tempfile.TemporaryDirectory() as folder, Scene("dropped") as scene:
        names = {"field-notes.txt": asset("field-notes.txt"), "麦田 wheat.png": asset("wheat-field.png")}
        for name, contents in names.items():
            with open(os.path.join(folder, name), "wb") as file:
                file.write(contents)
        scene.start()
        scene.fill(1, 3)
        scene.open_group()
        me, display = scene.me, scene.display
        files = scene.add_files(*[os.path.join(folder, name) for name in names])
        drag(scene, files, scene.timeline())
        me.find("label", "^Drop here to attach$")
        display.picture("pains-drag")
        display.xdotool("mouseup", "1")
        me.find("label", "field-notes.txt")
        wait_for("the other way to see it", lambda: not me.has("label", "^Drop here to attach$"))
        display.picture("pains-dropped")
        me.press("push button", "^Send$")
        wait_for("the files at the bot", lambda: scene.bridge.accepted)
        assert not scene.bridge.dropped, scene.bridge.dropped
        wait_for("both", lambda: len(attached(scene)) == 2)
        assert attached(scene) == list(names.values())


tap.run(tap.collect(globals()))
