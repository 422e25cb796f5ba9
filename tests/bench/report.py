# SPDX-License-Identifier: GPL-3.0-or-later
"""What was measured, as a table and as JSON; and what has changed since another run."""

import datetime
import json
import os
import platform
import statistics
import subprocess
import unicodedata

from figures import FIGURES
from profiles import TOP

FORMAT = 1


def describe_machine():
    model = ""
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        for line in file:
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
    return {"processor": model, "processors": os.cpu_count(), "kernel": platform.release(), "load": os.getloadavg()[0]}


def describe_commit():
    command = ["git", "-C", str(TOP), "describe", "--always", "--dirty"]
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=30, check=True).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return ""


def begin(quick):
    """A run before its first figure."""
    return {
        "format": FORMAT,
        "time": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
        "commit": describe_commit(),
        "machine": describe_machine(),
        "quick": quick,
        "figures": {},
    }


def summarize(figure, values):
    """All of a figure that is kept: each run's value, their median, and the range of the middle half of them."""
    ordered = sorted(values)
    quartiles = statistics.quantiles(ordered, n=4, method="inclusive") if len(ordered) > 1 else ordered * 3
    median = statistics.median(ordered)
    return {
        "unit": figure.unit,
        "says": figure.says,
        "target": figure.target,
        "met": figure.is_met(median),
        "median": median,
        "spread": [quartiles[0], quartiles[2]],
        "least": ordered[0],
        "most": ordered[-1],
        "values": list(values),
    }


def load(path):
    """A saved run. Fails with ValueError on anything else."""
    with open(path, encoding="utf-8") as file:
        run = json.load(file)
    if not isinstance(run, dict) or run.get("format") != FORMAT:
        raise ValueError(f"{path} is no saved run, or one of another version")
    return run


def format_number(value):
    if value != 0 and abs(value) < 0.1:
        return f"{value:.3f}"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}" if abs(value) < 100 else f"{value:.0f}"


def format_range(pair):
    return "–".join(format_number(value) for value in pair)


def has_changed(now, then):
    """Beyond what the runs of either differ among themselves."""
    return now["least"] > then["most"] or now["most"] < then["least"]


def format_change(now, then):
    """Percents, or plain where it began with nothing; in brackets where it may be chance."""
    if then is None:
        return "new"
    if then["median"] == 0:
        text = f"{now['median']:+.2f}"
    else:
        text = f"{(now['median'] / then['median'] - 1) * 100:+.0f} %"
    return text if has_changed(now, then) else f"({text})"


def width_of(text):
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def lay_out(rows):
    """Lines of columns as wide as their widest."""
    widths = [max(width_of(row[i]) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        padded = [cell + " " * (width - width_of(cell)) for cell, width in zip(row, widths, strict=True)]
        yield "  ".join(padded).rstrip()


def format_table(run, against=None):
    """The lines of a run: figure, median, unit, spread, target, whether it is met; and what has changed."""
    heading = ["figure", "median", "unit", "middle half", "target", "", "what"]
    if against is not None:
        heading[6:6] = ["before", "change"]
    rows = [heading]
    for figure in FIGURES:
        found = run["figures"].get(figure.name)
        if found is None:
            continue
        met = {True: "met", False: "MISSED", None: ""}[found["met"]]
        numbers = [format_number(found["median"]), found["unit"], format_range(found["spread"])]
        row = [figure.name, *numbers, found["target"], met, found["says"]]
        if against is not None:
            then = against["figures"].get(figure.name)
            row[6:6] = [format_number(then["median"]) if then else "", format_change(found, then)]
        rows.append(row)
    return list(lay_out(rows))
