# SPDX-License-Identifier: GPL-3.0-or-later
"""What comes and goes: messages received, stored and acknowledged; the window meanwhile; messages sent."""

import contextlib
import json
import os
import sqlite3
import statistics
import time

from bot import Bot
from chats import click_chat, ready, with_chat
from peers import Sender, Server, bare_client, bare_loop, headless, rate_of_inserts, read_line, write_frames
from profiles import database, pack
from program import NS, Failure, frames, last_change, longest_turn, percentile, wait_for

FRAME_SIZE = 700
TEXT_SIZE = 100
RECEIVED = 40000
# Pauses between messages that are sent: longer than one takes.
GAP_MS = 20


@contextlib.contextmanager
def frames_of(bench, count, **more):
    path = bench.profiles.folder / f"frames-{os.getpid()}"
    try:
        yield write_frames(path, count, **more)
    finally:
        path.unlink(missing_ok=True)


def receive(bench, path, profile):
    """Lets the program without its window receive them all; returns the rate and its processor time."""
    with Sender(bench.build, path) as sender:
        bench.profiles.add_account(profile, sender.url)
        with headless(bench.build, "receive", profile) as client:
            read_line(client, "connection")
            before = client.cpu()
            sender.go()
            return sender.wait(), client.cpu() - before


def receive_with(bench, path, start, anything=False):
    """The same with a client that is a floor."""
    with Sender(bench.build, path, anything) as sender, start(sender.url) as client:
        read_line(client, "connection")
        sender.go()
        return sender.wait()


def count_received(profile):
    connection = sqlite3.connect(f"file:{database(profile)}?mode=ro", uri=True)
    (count,) = connection.execute("SELECT count(*) FROM message WHERE direction = 0").fetchone()
    connection.close()
    return count


def measure_disk(bench):
    """With the words of all languages, whose index differs."""
    count = bench.size(20000, 500)
    for _ in range(bench.runs):
        with frames_of(bench, count, text_size=TEXT_SIZE) as path, bench.profiles.copy() as profile:
            bench.profiles.add_account(profile, "ws://127.0.0.1:9/ws", "nobody")
            before = pack(profile)
            receive(bench, path, profile)
            yield {"disk.bytes": (pack(profile) - before) / count}


def measure_receive(bench):
    count = bench.size(RECEIVED, 2000)
    with frames_of(bench, count, size=FRAME_SIZE) as path:
        for _ in range(bench.runs):
            bare = receive_with(bench, path, lambda url: bare_loop(bench.build, url), anything=True)
            with bench.profiles.copy() as profile:
                ours, cpu = receive(bench, path, profile)
                if count_received(profile) != count:
                    raise Failure(f"{count_received(profile)} of {count} messages were stored")
                inserts = rate_of_inserts(profile, profile)
            python = receive_with(bench, path, bare_client)
            yield {
                "receive.bare": ours / bare,
                "receive.python": ours / python,
                "receive.sqlite": ours / inserts,
                "receive.rate": ours,
                "receive.bare-rate": bare,
                "receive.python-rate": python,
                "receive.cpu": cpu / count * 1e6,
            }


def measure_flood(bench):
    """A window with a chat open in which some of them are."""
    # Two seconds: the p99 of some thirty frames would be the longest of them.
    count = bench.size(40000, 1000)
    stored = bench.profiles.get(*bench.size((100000, 1000), (5000, 100)))
    with frames_of(bench, count, size=FRAME_SIZE) as path:
        for _ in range(bench.runs):
            with Sender(bench.build, path) as sender, bench.profiles.copy(stored) as profile:
                bench.profiles.add_account(profile, sender.url)
                with bench.window(profile) as window:
                    yield flood(bench, sender, window)


def flood(bench, sender, window):
    ready(bench, window)
    # The first one makes the chat, which need not be at the top.
    before = window.rows()
    sender.go(1)
    sender.wait()
    window.settle()
    new = wait_for("the chat", lambda: [place for look, place in window.rows().items() if look not in before])
    click_chat(bench, window, new[0])
    window.settle(still=1.5)
    window.read()
    sender.go()
    rate = sender.wait()
    acknowledged = time.monotonic_ns()
    records = window.settle()
    bench.picture("flood")
    last = last_change(records)
    if last is None:
        raise Failure("the window did not change")
    painted = frames(records)
    return {
        "flood.frame": percentile([record.wall for record in painted], 99) * NS,
        "flood.turn": longest_turn(records),
        "flood.frame-cpu": percentile([record.cpu for record in painted], 99) * NS,
        "flood.turn-cpu": longest_turn(records, "cpu"),
        "flood.rate": rate,
        "flood.behind": max(last - acknowledged, 0) * NS,
    }


def commit_time(folder, count):
    """What the disk takes of a message sent: the p99 of transactions of one row, in milliseconds."""
    connection = sqlite3.connect(os.path.join(folder, "commit.db"), isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE line (text TEXT)")
    times = []
    for number in range(count):
        start = time.monotonic()
        connection.execute("INSERT INTO line VALUES (?)", (str(number) * 100,))
        times.append((time.monotonic() - start) * 1000)
        time.sleep(GAP_MS / 1000)
    connection.close()
    return percentile(times, 99)


def measure_send(bench):
    count = bench.size(500, 50)
    with Server(bench.build) as server, frames_of(bench, count, size=FRAME_SIZE, sender=0) as path:
        for run in range(bench.runs):
            write_frames(path, count, size=FRAME_SIZE, sender=0, run=run)
            with bare_loop(bench.build, server.url, str(path), str(GAP_MS)) as bare:
                floor = [number / 1000 for number in json.loads(read_line(bare, "round trips"))]
            with bench.profiles.copy() as profile:
                bench.profiles.add_account(profile, server.url)
                written, acked = send(bench, profile, count)
                commit = commit_time(profile, count)
            yield {
                "send.acked": percentile(acked, 99) - percentile(floor, 99),
                "send.written": percentile(written, 99),
                "send.median": statistics.median(acked) - statistics.median(floor),
                "send.floor": statistics.median(floor),
                "send.commit": commit,
                "send.window": percentile(send_in_window(bench, count // 5), 99),
            }


def send(bench, profile, count):
    """Milliseconds of each message: until it was known to be written, and acknowledged."""
    with headless(bench.build, "send", profile, str(count), str(GAP_MS)) as client:
        read_line(client, "connection")
        output, _ = client.process.communicate(timeout=60 + count)
    pairs = [line.split() for line in output.splitlines()]
    if len(pairs) != count:
        raise Failure(f"{len(pairs)} of {count} messages were acknowledged")
    return [int(pair[0]) / 1000 for pair in pairs], [int(pair[1]) / 1000 for pair in pairs]


def send_in_window(bench, count):
    """Milliseconds from the Enter key until the bot has the message."""
    found = []
    with Bot() as bot, bench.profiles.copy() as profile:
        bench.profiles.add_account(profile, bot.url)
        with bench.window(profile) as window:
            with_chat(bench, bot, window)
            for number in range(count):
                bench.screen.press("w")
                time.sleep(0.1)
                start = bench.screen.press("Return")
                wait_for("the message", lambda number=number: len(bot.arrivals) > number)
                found.append((bot.arrivals[number] - start) * NS)
                window.settle(still=0.1)
            bench.picture("send")
    return found
