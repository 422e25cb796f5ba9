# SPDX-License-Identifier: GPL-3.0-or-later
"""Every kind of message, from and to a bridge as strict as MaiBot's."""

import base64
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "tools"))

import tap  # noqa: E402
from bridge import Bridge  # noqa: E402
from desktop import Client, Display, wait_for  # noqa: E402
from sayings import ASSETS, FIELD, asset, encode, list_of, text  # noqa: E402

PICTURE = asset("wheat-field.png")
STICKER = asset("wheat-wave.gif")
VOICE = asset("lark.wav")
NOTES = asset("field-notes.txt")


class Scene:
    """A bridge and a window, signed in; everything is ended at the end."""

    def __init__(self, dark=False):
        self.dark = dark

    def __enter__(self):
        self.bridge = Bridge()
        self.display = Display()
        if self.dark:
            self.display.environment["ADW_DEBUG_COLOR_SCHEME"] = "prefer-dark"
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


def receive_from_maibot(dark, picture):
    """The forms of MaiBot's bridge: one seglist, bare base64, files as objects."""
    with Scene(dark) as scene:
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
        me.display.picture(picture)
        assert not bridge.dropped, bridge.dropped


def test_what_maibot_sends():
    receive_from_maibot(False, "rich-maibot")


def test_what_maibot_sends_in_the_dark():
    receive_from_maibot(True, "rich-maibot-dark")


def receive_by_the_guide(dark, picture):
    """URL, data: URI and bare base64; mentions as objects; what is not known is readable."""
    with Scene(dark) as scene:
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
        wait_for("both pictures", lambda: me.count("image", r"Picture, 640 × 400") == 2)

        mention = json.dumps({"user_id": "me-id", "nickname": "我"})
        scene.says(list_of({"type": "at", "data": mention}, text(" 在吗？")), "@我", **guide)
        scene.says({"type": "face", "data": "14"}, None, **guide)
        scene.says({"type": "dict", "data": {"type": "command", "data": {"name": "/clear"}}}, "command", **guide)
        scene.says({"type": "miniapp_card", "data": {"title": "小麦"}}, "miniapp_card", **guide)
        me.display.picture(picture)


def test_the_guides_forms():
    receive_by_the_guide(False, "rich-guide")


def test_the_guides_forms_in_the_dark():
    receive_by_the_guide(True, "rich-guide-dark")


def accepted(scene, number):
    """The segment of the message with this number that the bridge took for good."""
    wait_for(f"message {number} at the bridge", lambda: len(scene.bridge.accepted) >= number)
    assert len(scene.bridge.accepted) == number
    assert not scene.bridge.dropped, scene.bridge.dropped
    return scene.bridge.accepted[-1]["message_segment"]


def kinds(segment):
    if segment["type"] != "seglist":
        return [segment["type"]]
    return [child["type"] for child in segment["data"]]


def test_sending():
    """Pasted pictures and files, a reply, a mention and a sticker: all taken by a bridge that drops what it
    does not know."""
    with Scene() as scene:
        me, display = scene.me, scene.display
        scene.says(list_of(text("大家好")), None, group=FIELD)
        me.press("page tab", "^Groups$")
        me.select("^Groups$", "^麦田, ")
        scene.shows("大家好")

        # A bitmap and its caption are one message.
        display.copy("image/png", PICTURE)
        me.click(me.find("text", "^Message( to .*)?$"))
        display.key("ctrl+v")
        me.find("list item", r"^Attachment .*kB")
        display.type("the field today")
        display.picture("compose-picture")
        display.key("Return")
        segment = accepted(scene, 1)
        assert kinds(segment) == ["image", "text"], kinds(segment)
        assert base64.b64decode(segment["data"][0]["data"], validate=True).startswith(b"\x89PNG")
        assert segment["data"][1]["data"] == "the field today"
        scene.shows("the field today")
        me.find("image", r"Picture, 640 × 400")

        # A file copied in a file manager is sent as one, under its name.
        notes = os.path.abspath(os.path.join(ASSETS, "field-notes.txt"))
        display.copy("text/uri-list", f"file://{notes}\r\n".encode())
        display.key("ctrl+v")
        me.find("list item", r"^Attachment field-notes\.txt")
        display.key("Return")
        segment = accepted(scene, 2)
        assert kinds(segment) == ["file"], kinds(segment)
        assert segment["data"]["name"] == "field-notes.txt", segment["data"]
        assert base64.b64decode(segment["data"]["base64"], validate=True) == NOTES

        # A reply to the newest, which mentions the bot.
        newest = scene.bridge.accepted[-1]["message_info"]["message_id"]
        display.key("ctrl+Up")
        display.type("@")
        me.find("list item", "^麦麦")
        display.key("Return")
        display.type("and the notes")
        display.picture("compose-reply")
        display.key("Return")
        segment = accepted(scene, 3)
        assert kinds(segment) == ["reply", "at", "text"], kinds(segment)
        assert segment["data"][0]["data"] == newest
        mentioned = segment["data"][1]["data"]
        assert mentioned == "10001" or "10001" in mentioned.values(), mentioned

        # A sticker that came is mine from then on.
        scene.says({"type": "emoji", "data": encode(STICKER)}, "[Sticker]", group=FIELD)
        me.click(me.find("image", "^Sticker"), button=3)
        me.press("menu item", "Add to My _?Stickers")
        me.click(me.find("push button", "^Stickers and Faces"))
        me.find("image", "^Sticker$", me.find("table", "^My Stickers"))
        display.picture("stickers")
        # From the pages' names to the first sticker.
        display.key("Tab", "Tab", "Return")
        segment = accepted(scene, 4)
        assert kinds(segment) == ["emoji"], kinds(segment)
        assert base64.b64decode(segment["data"], validate=True) == STICKER
        display.picture("sent")


tap.run(tap.collect(globals()))
