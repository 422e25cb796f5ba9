#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`./run bench`: measures how fast the programs are and how much they take, against floors measured in the same run."""

import argparse
import contextlib
import json
import os
import pathlib
import signal
import subprocess
import sys

import figures
import report
from profiles import TOP, Profiles
from program import Failure, Window

RUNS = 5
QUICK_RUNS = 2


class Bench:
    """What a measurement is given: the programs, where to keep things, how often, and how large."""

    def __init__(self, build, folder, runs, quick, pictures=None):
        self.build = build
        self.profiles = Profiles(build, folder)
        self.runs = runs
        self.quick = quick
        self.pictures = pictures
        self.cleaner = contextlib.ExitStack()
        self._screen = None

    @property
    def screen(self):
        if self._screen is None:
            from screen import Screen

            self._screen = Screen()
            self.cleaner.callback(self._screen.close)
        return self._screen

    def size(self, full, quick):
        return quick if self.quick else full

    def window(self, profile):
        return Window(self.build, [os.path.join(self.build, "src", "wheatear"), "--profile", str(profile)])

    def bare_window(self):
        return Window(self.build, [os.path.join(self.build, "tests", "bench", "bare-window")])

    def picture(self, name):
        """Of the screen, to see what was measured, where that is asked for."""
        if self.pictures:
            os.makedirs(self.pictures, exist_ok=True)
            self.screen.picture(os.path.join(self.pictures, name + ".png"))


def find_measurements():
    """By their names: functions that yield, for each run, the values of their figures."""
    import chats
    import rest
    import starts
    import wire

    return {
        "disk": wire.measure_disk,
        "start": starts.measure_start,
        "large": starts.measure_large,
        "open": chats.measure_open,
        "receive": wire.measure_receive,
        "flood": wire.measure_flood,
        "send": wire.measure_send,
        "scroll": chats.measure_scroll,
        "search": chats.measure_search,
        "picture": rest.measure_picture,
        "idle": rest.measure_idle,
        "accounts": rest.measure_accounts,
    }


def tell(text):
    print(text, file=sys.stderr, flush=True)


def measure(bench, chosen, run):
    """Adds the figures to a run; returns what failed."""
    failed = []
    functions = find_measurements()
    for name in dict.fromkeys(figure.measurement for figure in chosen):
        tell(f"measuring {name} …")
        values = {}
        try:
            for found in functions[name](bench):
                for figure, value in found.items():
                    values.setdefault(figure, []).append(value)
        except (Failure, OSError, subprocess.SubprocessError) as error:
            failed.append(f"{name}: {error}")
            tell(f"  failed: {error}")
        for figure in chosen:
            if figure.name in values:
                run["figures"][figure.name] = report.summarize(figure, values[figure.name])
    return failed


def parse(arguments):
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these, as --list prints them: start, start.time")
    parser.add_argument("--list", action="store_true", help="print what can be measured, with its targets")
    parser.add_argument("--runs", type=int, metavar="N", help=f"measure so often ({RUNS})")
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_RUNS} runs with less of everything: no target counts")
    parser.add_argument("--json", metavar="FILE", help="write the run there; -: to standard output, and nothing else")
    parser.add_argument("--against", metavar="FILE", help="show what has changed since a saved run")
    parser.add_argument("--from", dest="saved", metavar="FILE", help="measure nothing, show a saved run")
    parser.add_argument("--pictures", metavar="FOLDER", help="leave pictures of what is measured there")
    parser.add_argument("--build", default=str(TOP / "build-bench"), help="the build folder")
    parser.add_argument("--cache", default=str(TOP / "build" / "bench"), help="where made-up profiles are kept")
    options = parser.parse_args(arguments)
    if options.runs is not None and options.runs < 1:
        parser.error("--runs takes a number from 1 on")
    try:
        options.figures = figures.choose(options.names)
        options.then = report.load(options.against) if options.against else None
        options.now = report.load(options.saved) if options.saved else None
    except KeyError as error:
        parser.error(f"there is no {error}; see --list")
    except (OSError, ValueError) as error:
        parser.error(str(error))
    return options


def print_run(options, run):
    if options.json == "-":
        print(json.dumps(run, ensure_ascii=False, indent=1))
        return
    print("\n".join(report.format_table(run, options.then)))
    if run["quick"]:
        print("Quick: smaller profiles, few runs. The targets are for the full ones.")
    if options.json:
        pathlib.Path(options.json).write_text(json.dumps(run, ensure_ascii=False, indent=1) + "\n", "utf-8")


def main(arguments):
    options = parse(arguments)
    if options.list:
        for figure in options.figures:
            print(f"{figure.name:20} {figure.target:8} {figure.unit:4} {figure.says}")
        return 0
    if options.now:
        print_run(options, options.now)
        return 0
    run = report.begin(options.quick)
    runs = options.runs or (QUICK_RUNS if options.quick else RUNS)
    bench = Bench(os.path.abspath(options.build), options.cache, runs, options.quick, options.pictures)
    with bench.cleaner:
        failed = measure(bench, options.figures, run)
    print_run(options, run)
    for line in failed:
        tell(f"failed: {line}")
    return 1 if failed else 0


if __name__ == "__main__":
    # So that what was begun is ended, and what was copied is deleted.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    sys.exit(main(sys.argv[1:]))
