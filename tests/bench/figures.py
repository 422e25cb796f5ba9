# SPDX-License-Identifier: GPL-3.0-or-later
"""Every figure that is measured: its unit, its target, and what it says."""

import dataclasses
import operator

COMPARE = {"≤": operator.le, "<": operator.lt, "≥": operator.ge}


@dataclasses.dataclass(frozen=True)
class Figure:
    """One line of the table. Without a target it only explains others."""

    name: str
    unit: str
    says: str
    target: str = ""

    @property
    def measurement(self):
        return self.name.partition(".")[0]

    @property
    def limit(self):
        return float(self.target.split()[1]) if self.target else None

    def is_met(self, value):
        """None where there is no target."""
        return COMPARE[self.target.split()[0]](value, self.limit) if self.target else None


FIGURES = [
    Figure("disk.bytes", "B", "of the database for a text message of 100 bytes, index included", "≤ 600"),
    Figure("start.time", "×", "until the first usable frame, of a bare window's; 100 000 messages", "≤ 1.5"),
    Figure("start.memory", "×", "PSS then, of a bare window's", "≤ 1.35"),
    Figure("start.cpu", "×", "processor time until that frame, of a bare window's"),
    Figure("start.wall", "ms", "until the first usable frame"),
    Figure("start.floor", "ms", "until the bare window's first frame"),
    Figure("start.pss", "MiB", "PSS then"),
    Figure("large.time", "%", "longer until that frame with 1 000 000 messages in 10 000 chats than with 1 000", "≤ 10"),
    Figure("large.memory", "MiB", "more PSS then", "≤ 10"),
    Figure("large.cpu", "%", "more processor time until that frame"),
    Figure("open.p95", "ms", "from the click on a chat until it is painted, p95; 1 000 000 messages", "≤ 50"),
    Figure("open.median", "ms", "the same, median"),
    Figure("open.cpu", "ms", "processor time of the main thread until then, p95"),
    Figure("open.turn", "ms", "longest turn of the main loop meanwhile"),
    Figure("receive.bare", "×", "frames of 700 bytes received, stored and acknowledged, of a bare libsoup loop's", "≥ 0.20"),
    Figure("receive.python", "×", "the same, of a Python client's that parses and acknowledges only", "≥ 2.2"),
    Figure("receive.sqlite", "×", "the same, of SQLite's inserts of the same rows"),
    Figure("receive.rate", "/s", "frames received, stored and acknowledged"),
    Figure("receive.bare-rate", "/s", "the bare libsoup loop's"),
    Figure("receive.python-rate", "/s", "the Python client's"),
    Figure("receive.cpu", "µs", "of a processor for a message"),
    Figure("flood.frame", "ms", "to paint a frame of the window while messages pour in, p99", "≤ 16"),
    Figure("flood.turn", "ms", "longest turn of its main loop then", "≤ 50"),
    Figure("flood.frame-cpu", "ms", "processor time of a frame, p99"),
    Figure("flood.turn-cpu", "ms", "processor time of the turn that took most"),
    Figure("flood.rate", "/s", "messages received then"),
    Figure("flood.behind", "ms", "from the last ACK until the window shows all"),
    Figure("send.acked", "ms", "from handing a message over until it is acknowledged, p99, over the bare round trip", "≤ 2"),
    Figure("send.written", "ms", "until it is known to be written, p99"),
    Figure("send.median", "ms", "until it is acknowledged, median, over the bare round trip"),
    Figure("send.floor", "ms", "the bare round trip, median"),
    Figure("send.commit", "ms", "of the disk: one durable transaction of SQLite's, p99"),
    Figure("send.window", "ms", "from the Enter key in the window until the message is at the server, p99"),
    Figure("scroll.late", "%", "of the frames take over 16 ms, scrolling through 100 000 mixed messages", "< 1"),
    Figure("scroll.late-cpu", "%", "of the frames take over 16 ms of the processor"),
    Figure("scroll.p99", "ms", "to paint a frame, p99"),
    Figure("scroll.objects", "×", "objects alive afterwards, of those before", "≤ 1.05"),
    Figure("scroll.widgets", "×", "widgets alive afterwards, of those before", "≤ 1.05"),
    Figure("scroll.memory", "MiB", "more PSS afterwards"),
    Figure("search.p95", "ms", "from the second Chinese character to the first results painted, p95; 1 000 000 messages", "≤ 50"),
    Figure("search.cpu", "ms", "processor time of the main thread until then, p95"),
    Figure("search.store", "ms", "of it asking the database, p95"),
    Figure("picture.turn", "ms", "longest turn of the main loop when a picture of 20 MB arrives and is shown", "≤ 16"),
    Figure("picture.memory", "×", "peak memory then over that before, of the picture's size", "≤ 4"),
    Figure("picture.turn-cpu", "ms", "processor time of the turn that took most"),
    Figure("idle.cpu", "%", "of a processor with ten moving stickers out of view, without the focus", "≤ 0.2"),
    Figure("idle.wakeups", "/s", "wake-ups then, of all threads", "< 2"),
    Figure("accounts.memory", "MiB", "PSS for each account more that is online, of 50", "≤ 1"),
    Figure("accounts.cpu", "%", "of a processor then, idle", "≤ 0.5"),
]

MEASUREMENTS = list(dict.fromkeys(figure.measurement for figure in FIGURES))


def choose(names):
    """The figures of these names: one figure's, or a measurement's, which has several. Fails with the wrong one."""
    if not names:
        return list(FIGURES)
    for name in names:
        if not any(name in (figure.name, figure.measurement) for figure in FIGURES):
            raise KeyError(name)
    return [figure for figure in FIGURES if figure.name in names or figure.measurement in names]
