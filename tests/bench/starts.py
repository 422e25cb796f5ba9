# SPDX-License-Identifier: GPL-3.0-or-later
"""Starting: until the first frame that shows what the window shows once it rests; and the memory then."""

import dataclasses

from program import NS, first_as_last

STORED = (100000, 1000)
SMALL = (1000, 20)
LARGE = (1000000, 10000)


@dataclasses.dataclass
class Start:
    """Milliseconds until that frame, those of a processor, and MiB."""

    wall: float
    cpu: float
    memory: float


def watch(window):
    with window:
        frame = first_as_last(window.settle())
        return Start((frame.time - window.start) * NS, frame.process_cpu * NS, window.memory())


def measure_start(bench):
    with bench.profiles.copy(bench.profiles.get(*bench.size(STORED, (5000, 100)))) as profile:
        # What is read for the first time is the disk's time.
        watch(bench.window(profile))
        watch(bench.bare_window())
        for _ in range(bench.runs):
            ours, bare = watch(bench.window(profile)), watch(bench.bare_window())
            yield {
                "start.time": ours.wall / bare.wall,
                "start.memory": ours.memory / bare.memory,
                "start.cpu": ours.cpu / bare.cpu,
                "start.wall": ours.wall,
                "start.floor": bare.wall,
                "start.pss": ours.memory,
            }


def measure_large(bench):
    small = bench.profiles.get(*bench.size(SMALL, (200, 10)))
    large = bench.profiles.get(*bench.size(LARGE, (20000, 1000)))
    with bench.profiles.copy(small) as few, bench.profiles.copy(large) as many:
        watch(bench.window(few))
        watch(bench.window(many))
        for _ in range(bench.runs):
            less, more = watch(bench.window(few)), watch(bench.window(many))
            yield {
                "large.time": (more.wall / less.wall - 1) * 100,
                "large.memory": more.memory - less.memory,
                "large.cpu": (more.cpu / less.cpu - 1) * 100,
            }
