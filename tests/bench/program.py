# SPDX-License-Identifier: GPL-3.0-or-later
"""A program that is measured: what its main loop did and painted, as the probe in it writes, and what the kernel knows of it."""

import dataclasses
import mmap
import os
import re
import signal
import struct
import subprocess
import tempfile
import time

DEADLINE = 120
STILL = 0.5
# Less of a processor is rest: a caret blinks.
REST = 0.08
# Between two looks at it.
LOOK = 0.005
# The kernel counts in hundredths of seconds.
TICKS = 0.025

# As in probe.c.
HEADER_SIZE = 4096
HEADER = struct.Struct("<7Q")
# Where in it are the numbers that are looked at alone.
ASKED, ANSWERED, COUNTS, WAITING, ROWS = 8, 16, 24, 40, 48
NUMBER = struct.Struct("<Q")
ROW = struct.Struct("<2iQ")
RECORD = struct.Struct("<4I7Q")
TURN, FRAME = 1, 2
CHAT, LIST, SEARCH = range(3)

NS = 1e-6  # to milliseconds


class Failure(Exception):
    """What was to be measured did not happen."""


@dataclasses.dataclass
class Record:
    """A turn of the main loop, or a painted frame. Times in nanoseconds."""

    kind: int
    rows: tuple
    time: int
    wall: int
    cpu: int
    process_cpu: int
    looks: tuple

    @classmethod
    def read(cls, memory, index):
        fields = RECORD.unpack_from(memory, HEADER_SIZE + index * RECORD.size)
        return cls(fields[0], fields[1:4], *fields[4:8], fields[8:11])


def percentile(values, share):
    """The smallest value that so many percent are not above."""
    ordered = sorted(values)
    if not ordered:
        raise Failure("nothing was measured")
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


def wait_for(what, function, deadline=DEADLINE, pause=0.005):
    end = time.monotonic() + deadline
    while not (found := function()):
        if time.monotonic() > end:
            raise Failure(f"waited {deadline} s for {what}")
        time.sleep(pause)
    return found


class Process:
    """A running program, and what the kernel says of it."""

    def __init__(self, command, environment=None, **options):
        self.log = tempfile.TemporaryFile("w+")
        options.setdefault("stdout", subprocess.DEVNULL)
        self.start = time.monotonic_ns()
        self.process = subprocess.Popen(command, env=environment, stderr=self.log, **options)
        self.pid = self.process.pid

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        self.end()
        if kind is None:
            self.check_log()

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def check_log(self):
        """What a program warns of, it may not have measured as it should."""
        self.log.seek(0)
        found = [line for line in self.log.read().splitlines() if re.search(r"WARNING|CRITICAL|ERROR|Traceback", line)]
        if found:
            raise Failure("\n".join(found[:5]))

    def cpu(self):
        """Seconds of a processor, of all its threads, those that ended too."""
        with open(f"/proc/{self.pid}/stat", encoding="utf-8") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def threads(self):
        """For each thread, nanoseconds of a processor and how often it went to sleep."""
        found = {}
        for thread in os.listdir(f"/proc/{self.pid}/task"):
            folder = f"/proc/{self.pid}/task/{thread}"
            with open(f"{folder}/schedstat", encoding="utf-8") as file:
                cpu = int(file.read().split()[0])
            with open(f"{folder}/status", encoding="utf-8") as file:
                sleeps = int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", file.read(), re.MULTILINE)[1])
            found[thread] = (cpu, sleeps)
        return found

    def rest_for(self, seconds):
        """Watches it for a while: which percentage of a processor it uses, and how often it wakes up in a second."""
        before = self.threads()
        time.sleep(seconds)
        gone = [0, 0]
        for thread, now in self.threads().items():
            for i in range(2):
                gone[i] += now[i] - before.get(thread, (0, 0))[i]
        return gone[0] / 1e9 / seconds * 100, gone[1] / seconds

    def memory(self):
        """MiB, its share of what is shared included (PSS)."""
        with open(f"/proc/{self.pid}/smaps_rollup", encoding="utf-8") as file:
            return int(re.search(r"^Pss:\s+(\d+) kB", file.read(), re.MULTILINE)[1]) / 1024

    def resident(self, what="VmRSS"):
        """MiB; VmHWM: the most since forget_peak()."""
        with open(f"/proc/{self.pid}/status", encoding="utf-8") as file:
            return int(re.search(rf"^{what}:\s+(\d+) kB", file.read(), re.MULTILINE)[1]) / 1024

    def forget_peak(self):
        with open(f"/proc/{self.pid}/clear_refs", "w", encoding="utf-8") as file:
            file.write("5")


class Window(Process):
    """A program with a window, and the probe in it."""

    def __init__(self, build, command):
        self.path = tempfile.mktemp(prefix="wheatear-bench-")
        with open(self.path, "wb") as file:
            file.truncate(HEADER_SIZE)
        environment = dict(
            os.environ,
            LD_PRELOAD=os.path.join(build, "tests", "bench", "probe.so"),
            WT_PROBE=self.path,
            GSK_RENDERER="cairo",
            GDK_BACKEND="x11",
            GTK_A11Y="none",
            LC_ALL="C.UTF-8",
            GSETTINGS_SCHEMA_DIR=os.path.join(build, "data"),
        )
        environment.pop("G_DEBUG", None)
        self.memory_map = None
        self.n_read = 0
        self.last_looks = None
        super().__init__(command, environment)

    def end(self):
        super().end()
        os.unlink(self.path)

    def read(self):
        """The records that were written since the last time."""
        if self.memory_map is None:
            with open(self.path, "r+b") as file:
                if os.fstat(file.fileno()).st_size <= HEADER_SIZE:
                    return []
                self.memory_map = mmap.mmap(file.fileno(), 0)
        count = self._number(0)
        found = [Record.read(self.memory_map, index) for index in range(self.n_read, count)]
        self.n_read = count
        return found

    def settle(self, still=STILL, view=None, since=None):
        """Reads on until what is seen, or in one view, stays as it is, and the program rests. Returns the records.

        Since: not before a frame painted after that looks otherwise than the one before."""
        records = []
        end = time.monotonic() + DEADLINE
        rested, busy = 0, self.cpu()
        while rested < still:
            new = self.read()
            records += new
            changed = self._see(new, view)
            if changed and since is not None and frames(new, since):
                since = None
            used = self.cpu() - busy
            if changed or since is not None or self._is_busy() or used > max(REST * still, TICKS):
                rested, busy = 0, self.cpu()
            if time.monotonic() > end or self.process.poll() is not None:
                raise Failure("it never comes to rest, or ends")
            # By looks, not by the clock: who looks may be kept waiting, too.
            time.sleep(LOOK)
            rested += LOOK
        return records

    def _is_busy(self):
        """Whether it has not painted yet, or its main loop has something to do."""
        return self.last_looks is None or not self._number(WAITING)

    def _number(self, place):
        return NUMBER.unpack_from(self.memory_map, place)[0]

    def _see(self, records, view):
        """Whether there is something else to see in these frames, there or anywhere."""
        before = self.last_looks
        self.last_looks = next((record.looks for record in reversed(records) if record.kind == FRAME), before)
        if before is None or view is None:
            return self.last_looks != before
        return self.last_looks[view] != before[view]

    def rows(self):
        """The rows of the list of conversations: what they look like, and where their middle is."""
        count = self._number(ROWS)
        rows = [ROW.unpack_from(self.memory_map, HEADER.size + i * ROW.size) for i in range(count)]
        return {look: (x, y) for x, y, look in rows}

    def places(self):
        """Where they are, from above; waits for the first one."""
        return list(wait_for("a row of the list", self.rows).values())

    def count(self, screen):
        """How many widgets and objects are alive."""
        number = self._number(ASKED) + 1
        NUMBER.pack_into(self.memory_map, ASKED, number)

        def answered():
            # It answers when it turns: the pointer lets it.
            screen.move(500 + int(time.monotonic() * 100) % 2, 20)
            return self._number(ANSWERED) == number

        wait_for("the count", answered, pause=0.02)
        return struct.unpack_from("<2Q", self.memory_map, COUNTS)


def frames(records, since=0):
    return [record for record in records if record.kind == FRAME and record.time >= since]


def first_as_last(records, view=None, since=0):
    """The first frame that shows what the last one shows."""
    painted = frames(records, since)
    if not painted:
        raise Failure("nothing was painted")

    def look(record):
        return record.looks if view is None else record.looks[view]

    return next(record for record in painted if look(record) == look(painted[-1]))


def longest_turn(records, what="wall"):
    """In milliseconds, of the clock or of a processor; 0 when none was long enough to be noted."""
    return max((getattr(record, what) for record in records if record.kind == TURN), default=0) * NS


def cpu_until(records, frame, since):
    """Milliseconds of a processor that the main thread took until that frame was painted, its turn included."""
    total = 0
    for record in records:
        if record.kind == TURN and record.time >= since:
            total += record.cpu
            if record.time >= frame.time:
                break
    return total * NS


def last_change(records):
    """When something else was to be seen for the last time; None: nothing ever was."""
    painted = frames(records)
    changes = [after.time for before, after in zip(painted, painted[1:]) if before.looks != after.looks]
    return changes[-1] if changes else None
