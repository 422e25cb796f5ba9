# SPDX-License-Identifier: GPL-3.0-or-later
"""What people do in a window with many messages: open chats, scroll, search."""

import statistics
import time

from peers import headless
from program import CHAT, NS, SEARCH, Failure, cpu_until, first_as_last, frames, longest_turn, percentile
from starts import LARGE

SCROLLED = 100000
FRAME_MS = 16
# As fast as a held key repeats, and a little faster.
REPEAT = 0.02
# Where nothing but the chat is.
CHAT_PLACE = (660, 360)
WORDS = "今天 我们 朋友 麦田 麦穗 消息 测试 版本 北京 天气 咖啡 火锅 周末 生日 飞机 地铁"


def ready(bench, window):
    window.settle()
    bench.screen.focus(bench.screen.find_window(window.pid))


def click_chat(bench, window, place):
    """From the click on until the chat stands there, in milliseconds; those of a processor; and the longest turn."""
    bench.screen.move(*place)
    window.settle(still=0.15)
    start = bench.screen.click()
    records = window.settle(still=0.3, view=CHAT, since=start)
    frame = first_as_last(records, CHAT, start)
    return (frame.time - start) * NS, cpu_until(records, frame, start), longest_turn(records)


def with_chat(bench, bot, window):
    """A window with the bot's chat open."""
    bot.wait_for_clients()
    bot.write("Good morning. The wheat is ripe.")
    ready(bench, window)
    click_chat(bench, window, window.places()[0])
    window.settle(still=1.5)
    window.read()


def open_chats(bench, window):
    """All that are in view, one after the other; then further down the list."""
    found = []
    for _ in range(bench.size(3, 1)):
        for place in window.places()[:-1]:
            found.append(click_chat(bench, window, place))
        bench.screen.move(*window.places()[0])
        for _ in range(8):
            bench.screen.click(button=5)
        window.settle()
    return found


def measure_open(bench):
    stored = bench.profiles.get(*bench.size(LARGE, (20000, 1000)))
    with bench.profiles.copy(stored) as profile:
        for _ in range(bench.runs):
            with bench.window(profile) as window:
                ready(bench, window)
                found = open_chats(bench, window)
                bench.picture("open")
            walls, cpus, turns = zip(*found, strict=True)
            yield {
                "open.p95": percentile(walls, 95),
                "open.median": statistics.median(walls),
                "open.cpu": percentile(cpus, 95),
                "open.turn": max(turns),
            }


def repeat(bench, times, act):
    for _ in range(times):
        act()
        time.sleep(REPEAT)


def scroll(bench, window):
    """Through much of it page by page, from one end to the other, and by the wheel."""
    press, wheel = bench.screen.press, bench.screen.click
    many = bench.size(1000, 60)
    repeat(bench, many, lambda: press("Prior"))
    press("Home")
    repeat(bench, many // 3, lambda: press("Next"))
    repeat(bench, many, lambda: wheel(5))
    repeat(bench, many // 2, lambda: wheel(4))
    press("End")


def measure_scroll(bench):
    count = bench.size(SCROLLED, 5000)
    stored = bench.profiles.get(count, 1, count)
    for _ in range(bench.runs):
        # The window opens the chat again that was open last: a click on it would change nothing.
        with bench.profiles.copy(stored) as profile:
            with bench.window(profile) as window:
                ready(bench, window)
                click_chat(bench, window, window.places()[0])
                bench.screen.move(*CHAT_PLACE)
                bench.screen.click()
                # What is kept for later is there afterwards, and not more of it the longer one scrolls.
                repeat(bench, bench.size(100, 20), lambda: bench.screen.press("Prior"))
                bench.screen.press("End")
                window.settle()
                before, memory = window.count(bench.screen), window.memory()
                window.read()
                scroll(bench, window)
                records = window.settle()
                bench.picture("scroll")
                after = window.count(bench.screen)
                painted = frames(records)
                yield {
                    "scroll.late": share_of_late([record.wall for record in painted]),
                    "scroll.late-cpu": share_of_late([record.cpu for record in painted]),
                    "scroll.p99": percentile([record.wall for record in painted], 99) * NS,
                    "scroll.widgets": after[0] / before[0],
                    "scroll.objects": after[1] / before[1],
                    "scroll.memory": window.memory() - memory,
                }


def share_of_late(times):
    return sum(time * NS > FRAME_MS for time in times) / len(times) * 100


def search(bench, window, word):
    """From the last character on until the results stand there, in milliseconds; and those of a processor."""
    for character in word:
        start = bench.screen.press(character)
    records = window.settle(still=0.6, view=SEARCH, since=start)
    frame = first_as_last(records, SEARCH, start)
    if frame.rows[SEARCH] == 0:
        raise Failure(f"nothing was found for {word}")
    bench.picture("search")
    bench.screen.press("Control_L", "a")
    bench.screen.press("BackSpace")
    window.settle()
    return (frame.time - start) * NS, cpu_until(records, frame, start)


def search_store(bench, profile, words):
    with headless(bench.build, "search", profile, *words) as client:
        output, _ = client.process.communicate(timeout=120)
    return [int(line.split()[0]) / 1000 for line in output.splitlines()]


def measure_search(bench):
    words = WORDS.split()[: bench.size(None, 4)]
    stored = bench.profiles.get(*bench.size(LARGE, (20000, 1000)))
    bench.screen.learn(sorted(set("".join(words))))
    with bench.profiles.copy(stored) as profile:
        for _ in range(bench.runs):
            with bench.window(profile) as window:
                ready(bench, window)
                bench.screen.press("Control_L", "Shift_L", "f")
                window.settle()
                walls, cpus = zip(*[search(bench, window, word) for word in words], strict=True)
            yield {
                "search.p95": percentile(walls, 95),
                "search.cpu": percentile(cpus, 95),
                "search.store": percentile(search_store(bench, profile, words), 95),
            }
