# SPDX-License-Identifier: GPL-3.0-or-later
"""What a bridge says, and where: segments, the demo's pictures and files in them, and the group."""

import base64
import os

ASSETS = os.path.join(os.path.dirname(__file__), "..", "..", "src", "server", "demo")
FIELD = ("wheat-field", "麦田")


def asset(name):
    with open(os.path.join(ASSETS, name), "rb") as file:
        return file.read()


def encode(contents):
    return base64.b64encode(contents).decode("ascii")


def text(words):
    return {"type": "text", "data": words}


def list_of(*segments):
    return {"type": "seglist", "data": list(segments)}


def picture():
    return {"type": "image", "data": encode(asset("wheat-field.png"))}


def notes():
    contents = encode(asset("field-notes.txt"))
    return {"type": "file", "data": {"name": "field-notes.txt", "mime_type": "text/plain", "base64": contents}}
