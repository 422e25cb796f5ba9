# SPDX-License-Identifier: GPL-3.0-or-later
"""What the guide's peers say to each other."""

import base64
import hashlib
import json
import random
import struct
import time
import uuid
import zlib

TEXT = "Grüße, 世界 🎉\n<b>& \"more\"</b> \\ \u2028"
FILE_NAME = "Weizen 麦 & more.bin"


def make_picture(width=400, height=300, seed=1):
    """Returns a PNG that does not get smaller: larger than what libraries accept by default."""
    pixels = random.Random(seed).randbytes(width * height * 3)
    stride = width * 3
    rows = b"".join(b"\0" + pixels[y * stride : (y + 1) * stride] for y in range(height))

    def chunk(kind, data):
        checksum = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checksum)

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


PICTURE = make_picture()
FILE = random.Random(2).randbytes(200_000)


def encode(data):
    return base64.b64encode(data).decode("ascii")


def digest(data):
    return hashlib.sha256(data).hexdigest()


# The kinds of message that the guide names, as name: segment, and what message_info has besides.
KINDS = {
    "text": ({"type": "text", "data": TEXT}, {}),
    "picture": ({"type": "image", "data": encode(PICTURE)}, {}),
    "file": (
        {"type": "file", "data": encode(FILE)},
        {"additional_config": {"file_name": FILE_NAME}},
    ),
    "at": (
        {"type": "at", "data": json.dumps({"user_id": "alice-id", "nickname": "Alice"})},
        {},
    ),
    "face": ({"type": "face", "data": "14"}, {}),
    "group": ({"type": "text", "data": "in the group"}, {}),
}

GROUP = {"group_id": "field-1", "group_name": "Wheat Field 麦田"}


def make_envelope(kind, platform, user_id, nickname, target, meta_sender):
    """Makes an envelope as the guide's examples are; target: a key and a platform."""
    segment, more = KINDS[kind]
    sender = {
        "user_info": {
            "platform": platform,
            "user_id": user_id,
            "user_nickname": nickname,
            "user_cardname": nickname,
        }
    }
    if kind == "group":
        sender["group_info"] = dict(GROUP, platform=platform)
    return {
        "ver": 1,
        "msg_id": f"msg_{uuid.uuid4()}",
        "type": "sys_std",
        "meta": {"sender_user": meta_sender, "platform": platform, "timestamp": time.time()},
        "payload": {
            "message_info": {
                "platform": platform,
                "message_id": f"inner_{uuid.uuid4()}",
                "time": time.time(),
                "sender_info": sender,
                **more,
            },
            "message_segment": segment,
            "message_dim": {"api_key": target[0], "platform": target[1]},
        },
    }
