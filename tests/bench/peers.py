# SPDX-License-Identifier: GPL-3.0-or-later
"""Who the program talks with while it is measured, and the floors it is compared with on the same wire."""

import json
import os
import pathlib
import re
import selectors
import sqlite3
import subprocess
import sys
import time

from profiles import database
from program import DEADLINE, Failure, Process

# An id of a message in a made-up frame, and its number in it; see sender.c.
ID = "{:08x}-b0b0-4000-8000-{:012x}"
MEMBERS = 50
NOW = 1767225600.0
WORDS = "麦田里的风吹过来了 and the wheat is ripe, they say, "


def fit(number, size):
    """A text of so many bytes that says its number, in two scripts."""
    text = f"{number} " + WORDS * (size // len(WORDS.encode()) + 1)
    cut = text.encode()[:size].decode(errors="ignore")
    return cut + "." * (size - len(cut.encode()))


def make_frame(number, text, run=0, sender=None):
    """One line: a message of one of some people, its id numbered."""
    who = number % MEMBERS if sender is None else sender
    user = {
        "platform": "bench",
        "user_id": f"peer-{who}",
        "user_nickname": f"Peer {who}",
        "user_cardname": None,
    }
    envelope = {
        "ver": 1,
        "msg_id": ID.format(number, run),
        "type": "sys_std",
        "meta": {"sender_user": "server", "target_user": "me", "timestamp": NOW + number},
        "payload": {
            "message_info": {
                "platform": "bench",
                "message_id": f"m{number:08d}",
                "time": NOW + number,
                "format_info": None,
                "template_info": None,
                "sender_info": {"user_info": user},
            },
            "message_segment": {"type": "seglist", "data": [{"type": "text", "data": text}]},
            "message_dim": {"api_key": "k-me", "platform": "bench"},
        },
    }
    return json.dumps(envelope, ensure_ascii=False)


def write_frames(path, count, size=None, text_size=None, **more):
    """A file of frames of so many bytes, or with texts of so many."""
    bare = len(make_frame(0, "", **more).encode())
    with open(path, "w", encoding="utf-8") as file:
        for number in range(count):
            file.write(make_frame(number, fit(number, text_size or size - bare), **more) + "\n")
    return path


def read_line(process, what):
    """A line of its output, waited for."""
    with selectors.DefaultSelector() as selector:
        selector.register(process.process.stdout, selectors.EVENT_READ)
        if not selector.select(DEADLINE):
            raise Failure(f"waited {DEADLINE} s for {what}")
    line = process.process.stdout.readline()
    if not line:
        process.process.wait(10)
        process.log.seek(0)
        raise Failure(f"no {what}: {process.log.read().strip()}")
    return line.strip()


class Peer(Process):
    """A program that prints lines."""

    def __init__(self, command, environment=None):
        super().__init__(command, environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def end(self):
        super().end()
        for pipe in (self.process.stdin, self.process.stdout):
            pipe.close()


class Sender(Peer):
    """Has frames ready for one client."""

    def __init__(self, build, frames, anything=False):
        command = [os.path.join(build, "tests", "bench", "sender"), str(frames)]
        super().__init__(command + (["any"] if anything else []))
        self.url = f"ws://127.0.0.1:{read_line(self, 'port').split()[1]}/ws"

    def go(self, until=None):
        """All that is left, or up to a frame only."""
        self.process.stdin.write(f"{until or ''}\n")
        self.process.stdin.flush()

    def wait(self):
        """Until all is answered; returns the frames in a second."""
        result = json.loads(read_line(self, "answers"))
        if result["answered"] < result["frames"]:
            raise Failure(f"{result['answered']} of {result['frames']} frames were answered")
        return result["frames"] / result["seconds"]


class Server(Peer):
    """wheatear-server, which lets everybody in."""

    def __init__(self, build, *options):
        super().__init__([os.path.join(build, "src", "wheatear-server"), "--port", "0", *options])
        self.url = re.search(r"ws://\S+", read_line(self, "port"))[0]


def headless(build, *arguments):
    """The program without its window."""
    environment = dict(os.environ, LC_ALL="C.UTF-8", GSETTINGS_SCHEMA_DIR=os.path.join(build, "data"))
    return Peer([os.path.join(build, "tests", "bench", "headless"), *arguments], environment)


def bare_loop(build, *arguments):
    return Peer([os.path.join(build, "tests", "bench", "bare-loop"), *arguments])


def bare_client(url):
    return Peer([sys.executable, str(pathlib.Path(__file__).with_name("bare_client.py")), url])


def rate_of_inserts(profile, folder, batch=500):
    """How many of the messages of a profile SQLite alone inserts in a second, with their indexes and as durable."""
    source = sqlite3.connect(f"file:{database(profile)}?mode=ro", uri=True)
    rows = source.execute("SELECT * FROM message").fetchall()
    search = [(row[0], text) for row, (text,) in zip(rows, source.execute("SELECT text FROM message"), strict=True)]
    schema = source.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND (tbl_name = 'message' OR name = 'message_search')"
    ).fetchall()
    source.close()
    target = sqlite3.connect(os.path.join(folder, "floor.db"), isolation_level=None)
    for line in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", *(sql for (sql,) in schema)):
        target.execute(line)
    seconds = insert(target, rows, search, batch)
    target.close()
    os.unlink(os.path.join(folder, "floor.db"))
    return len(rows) / seconds


def insert(target, rows, search, batch):
    marks = ", ".join("?" * len(rows[0]))
    start = time.monotonic()
    for first in range(0, len(rows), batch):
        target.execute("BEGIN IMMEDIATE")
        target.executemany(f"INSERT INTO message VALUES ({marks})", rows[first:first + batch])
        target.executemany("INSERT INTO message_search (rowid, text) VALUES (?, ?)", search[first:first + batch])
        target.execute("COMMIT")
    return time.monotonic() - start
