# SPDX-License-Identifier: GPL-3.0-or-later
"""A large picture; and what the window takes while nothing happens."""

import base64
import contextlib
import random
import struct
import time
import zlib

from bot import Bot
from chats import with_chat
from profiles import TOP
from program import longest_turn

PICTURE_SIZE = 20 * 1000 * 1000
STICKERS = 10
ACCOUNTS = 50
# Until what was begun while the window had the focus has ended.
CALM = 15


def make_picture(size):
    """A PNG of about so many bytes: noise, which nothing makes smaller."""
    edge = int((size / 3) ** 0.5)
    noise = random.Random(1)
    rows = b"".join(b"\0" + noise.randbytes(edge * 3) for _ in range(edge))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">2I5B", edge, edge, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b"")


def measure_picture(bench):
    picture = make_picture(bench.size(PICTURE_SIZE, PICTURE_SIZE // 10))
    segment = {"type": "image", "data": base64.b64encode(picture).decode()}
    for _ in range(bench.runs):
        with Bot() as bot, bench.profiles.copy() as profile:
            bench.profiles.add_account(profile, bot.url)
            with bench.window(profile) as window:
                with_chat(bench, bot, window)
                before = window.resident()
                window.forget_peak()
                bot.tell(segment)
                records = window.settle(still=1.5)
                bench.picture("picture")
                yield {
                    "picture.turn": longest_turn(records),
                    "picture.turn-cpu": longest_turn(records, "cpu"),
                    "picture.memory": (window.resident("VmHWM") - before) * 2**20 / len(picture),
                }


def measure_idle(bench):
    sticker = (TOP / "src" / "server" / "demo" / "wheat-wave.gif").read_bytes()
    segment = {"type": "emoji", "data": base64.b64encode(sticker).decode()}
    for _ in range(bench.runs):
        with Bot() as bot, bench.profiles.copy() as profile:
            bench.profiles.add_account(profile, bot.url)
            with bench.window(profile) as window:
                with_chat(bench, bot, window)
                for _ in range(STICKERS):
                    bot.tell(segment)
                for number in range(30):
                    bot.write(f"{number}. " + "The wheat is ripe, and the weather holds. " * 3)
                window.settle()
                bench.picture("idle")
                bench.screen.move(1279, 799)
                bench.screen.focus(None)
                time.sleep(CALM)
                cpu, wakeups = window.rest_for(bench.size(30, 5))
                yield {"idle.cpu": cpu, "idle.wakeups": wakeups}


@contextlib.contextmanager
def online(bench, bot, profile, count):
    """A window with so many accounts, once all are connected."""
    with bench.window(profile) as window:
        bot.wait_for_clients(count)
        window.settle(still=1.5)
        yield window


def measure_accounts(bench):
    count = bench.size(ACCOUNTS, 10)
    for _ in range(bench.runs):
        with Bot() as bot, bench.profiles.copy() as few, bench.profiles.copy() as many:
            bench.profiles.add_account(few, bot.url)
            for number in range(count):
                bench.profiles.add_account(many, bot.url, f"me-{number}")
            with online(bench, bot, few, 1) as window:
                before = window.memory()
            with online(bench, bot, many, count) as window:
                bench.picture("accounts")
                more = window.memory() - before
                time.sleep(CALM)
                cpu, _ = window.rest_for(bench.size(20, 5))
            yield {"accounts.memory": more / (count - 1), "accounts.cpu": cpu}
