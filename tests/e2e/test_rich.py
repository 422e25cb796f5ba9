# SPDX-License-Identifier: GPL-3.0-or-later
"""Every kind of message, from and to a bridge as strict as MaiBot's."""

import base64
import json
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "tools"))

import tap  # noqa: E402
from bridge import Bridge  # noqa: E402
from desktop import Client, Display, wait_for  # noqa: E402

ASSETS = os.path.join(os.path.dirname(__file__), "..", "..", "src", "server", "demo")
FIELD = ("wheat-field", "麦田")


def asset(name):
    with open(os.path.join(ASSETS, name), "rb") as file:
        return file.read()


def encode(contents):
    return base64.b64encode(contents).decode("ascii")


PICTURE = asset("wheat-field.png")
STICKER = asset("wheat-wave.gif")
VOICE = asset("lark.wav")
NOTES = asset("field-notes.txt")


class Scene:
    """A bridge and a window, signed in; everything is ended at the end."""

    def __init__(self, size="1280x800x24"):
        self.size = size

    def __enter__(self):
        self.bridge = Bridge()
        self.display = Display(self.size)
        self.me = Client(self.display)
        self.me.add_account(self.bridge.url, "a-key", "me-id", "我")
        wait_for("the connection", lambda: self.bridge.connections)
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None:
            self.display.picture("failed-rich")
            print("# dropped by the bridge:", [reason for reason, _ in self.bridge.dropped])
        warnings = self.me.close()
        self.bridge.close()
        self.display.close()
        if kind is None:
            tap.none_of("warnings of the program", warnings)

    def shows(self, text):
        wait_for(f"a row with “{text}”", lambda: any(text in row for row in self.me.rows()))

    def says(self, segment, shown, **more):
        """The bot says it; it is acknowledged, and shown."""
        msg_id = self.bridge.say(segment, **more)
        wait_for(f"the ACK of {segment['type']}", lambda: msg_id in self.bridge.acknowledged)
        if shown:
            self.shows(shown)


def text(words):
    return {"type": "text", "data": words}


def list_of(*segments):
    return {"type": "seglist", "data": list(segments)}


def image(contents):
    return {"type": "image", "data": encode(contents)}


FILE = {
    "type": "file",
    "data": {
        "name": "field-notes.txt",
        "size": str(len(NOTES)),
        "mime_type": "text/plain",
        "base64": encode(NOTES),
    },
}


def test_what_maibot_sends():
    """The forms of MaiBot's bridge: one seglist, bare base64, files as objects."""
    with Scene() as scene:
        me, bridge = scene.me, scene.bridge
        scene.says(list_of(text("你好！我是麦麦。")), None)
        me.select("^Chats$", "^麦麦, ")
        scene.shows("你好！我是麦麦。")
        me.say("look at this")
        wait_for("my message at the bridge", lambda: bridge.accepted)
        mine = bridge.accepted[-1]["message_info"]["message_id"]

        scene.says(
            list_of(
                {"type": "reply", "data": mine},
                {"type": "at", "data": "me-id"},
                text(" 麦子熟了，看："),
                image(PICTURE),
            ),
            "麦子熟了",
        )
        me.find("image", r"Picture, 640 × 400")
        scene.says({"type": "emoji", "data": encode(STICKER)}, "[Sticker]")
        me.find("image", r"Sticker")
        scene.says(FILE, "field-notes.txt")
        scene.says({"type": "voice", "data": encode(VOICE)}, "[Voice message]")
        me.display.picture("rich-maibot")
        assert not bridge.dropped, bridge.dropped


def test_the_guides_forms():
    """URL, data: URI and bare base64; mentions as objects; what is not known is readable."""
    with Scene() as scene:
        me, bridge = scene.me, scene.bridge
        bridge.files["field.png"] = ("image/png", PICTURE)
        bridge.files["notes.txt"] = ("text/plain", NOTES)
        guide = {"group": FIELD, "as_maibot": False}
        scene.says(text("大家好"), None, **guide)
        me.press("page tab", "^Groups$")
        me.select("^Groups$", "^麦田, ")

        scene.says({"type": "image", "data": "data:image/png;base64," + encode(PICTURE)}, "[Picture]", **guide)
        me.find("image", r"Picture, 640 × 400")
        scene.says(list_of(text("by its address: "), {"type": "image", "data": bridge.link("field.png")}),
                   "by its address", **guide)
        # Nothing is asked of anybody before the user says so.
        assert not bridge.requests, bridge.requests
        me.press("push button", "^Load")
        wait_for("the request", lambda: bridge.requests)
        path, headers = bridge.requests[0]
        assert path == "/field.png", path
        assert not {"cookie", "authorization", "x-apikey", "referer"} & {name.lower() for name in headers}
        wait_for("both pictures", lambda: count(me, r"Picture, 640 × 400") == 2)

        mention = json.dumps({"user_id": "me-id", "nickname": "我"})
        scene.says(list_of({"type": "at", "data": mention}, text(" 在吗？")), "@我", **guide)
        scene.says({"type": "face", "data": "14"}, None, **guide)
        scene.says({"type": "dict", "data": {"type": "command", "data": {"name": "/clear"}}}, "command", **guide)
        scene.says({"type": "miniapp_card", "data": {"title": "小麦"}}, "miniapp_card", **guide)
        me.display.picture("rich-guide")


def count(client, name):
    import re

    client.app.clear_cache()
    return len({node.path if hasattr(node, "path") else id(node)
                for node in client.walk() if re.search(name, node.name or "")
                and node.getRoleName() != "list item"})


tap.run(tap.collect(globals()))
