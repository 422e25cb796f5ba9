#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`./run bench` measures, keeps and compares. No figure is judged here."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "tools"))

import tap  # noqa: E402

import figures  # noqa: E402
import program  # noqa: E402
import report  # noqa: E402

BENCH = pathlib.Path(__file__).with_name("bench.py")
BUILD = os.environ["WHEATEAR_BUILD"]


def bench(*arguments, status=0):
    done = subprocess.run(
        [sys.executable, str(BENCH), "--build", BUILD, *arguments],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=200,
    )
    assert done.returncode == status, done.stdout + done.stderr
    return done


def make_run(**values):
    run = report.begin(quick=False)
    for name, found in values.items():
        figure = next(one for one in figures.FIGURES if one.name == name.replace("_", "."))
        run["figures"][figure.name] = report.summarize(figure, found)
    return run


def save(folder, name, run):
    path = os.path.join(folder, name)
    pathlib.Path(path).write_text(json.dumps(run), "utf-8")
    return path


def line_of(text, name):
    return next(line for line in text.splitlines() if line.startswith(name + " "))


def test_list():
    """Every line of the table is there, with its target."""
    text = bench("--list").stdout
    for name, target in {
        "start.time": "≤ 1.5",
        "start.memory": "≤ 1.35",
        "large.time": "≤ 10",
        "large.memory": "≤ 10",
        "open.p95": "≤ 50",
        "receive.bare": "≥ 0.20",
        "receive.python": "≥ 2.2",
        "flood.frame": "≤ 16",
        "flood.turn": "≤ 50",
        "send.acked": "≤ 2",
        "scroll.late": "< 1",
        "scroll.objects": "≤ 1.05",
        "search.p95": "≤ 50",
        "picture.turn": "≤ 16",
        "picture.memory": "≤ 4",
        "idle.cpu": "≤ 0.2",
        "idle.wakeups": "< 2",
        "accounts.memory": "≤ 1",
        "accounts.cpu": "≤ 0.5",
        "disk.bytes": "≤ 600",
    }.items():
        assert target in line_of(text, name), f"{name} {target}"
    chosen = bench("--list", "disk", "open.p95").stdout.splitlines()
    assert [line.split()[0] for line in chosen] == ["disk.bytes", "open.p95"], chosen


def test_wrong_arguments():
    assert "there is no 'nothing'" in bench("nothing", status=2).stderr
    assert "--runs" in bench("--runs", "0", status=2).stderr
    with tempfile.TemporaryDirectory() as folder:
        for name, run in {"other": {"format": 99}, "list": []}.items():
            assert "no saved run" in bench("--from", save(folder, name, run), status=2).stderr
    assert "missing.json" in bench("--against", "missing.json", status=2).stderr


def test_statistics():
    assert program.percentile(range(1, 101), 95) == 95
    assert program.percentile(range(1, 101), 99) == 99
    assert program.percentile([7], 95) == 7
    assert program.percentile([3, 1, 2], 50) == 2
    figure = figures.choose(["start.time"])[0]
    found = report.summarize(figure, [1.4, 1.2, 1.3, 9.0, 1.1])
    assert found["median"] == 1.3 and found["spread"] == [1.2, 1.4], found
    assert found["least"] == 1.1 and found["most"] == 9.0 and found["met"] is True, found
    assert report.summarize(figure, [1.6])["met"] is False
    assert report.summarize(figures.choose(["start.wall"])[0], [1.6])["met"] is None
    assert figures.choose(["receive.bare"])[0].is_met(0.2)
    assert not figures.choose(["idle.wakeups"])[0].is_met(2)


def test_table():
    with tempfile.TemporaryDirectory() as folder:
        run = make_run(start_time=[1.6, 1.7, 1.8], disk_bytes=[500], large_memory=[0, 0])
        text = bench("--from", save(folder, "run", run)).stdout
    assert "MISSED" in line_of(text, "start.time") and "1.70" in line_of(text, "start.time"), text
    assert " met " in line_of(text, "disk.bytes"), text
    assert "receive" not in text and "nan" not in text, text


def test_against():
    """A change is plain where all runs of one lie beyond all of the other, and in brackets otherwise."""
    with tempfile.TemporaryDirectory() as folder:
        then = save(folder, "then", make_run(start_time=[2.0, 2.1, 2.2], disk_bytes=[500, 510, 520]))
        now = make_run(start_time=[1.0, 1.05, 1.1], disk_bytes=[505, 515, 525], open_p95=[30])
        text = bench("--from", save(folder, "now", now), "--against", then).stdout
    assert " -50 %" in line_of(text, "start.time"), text
    assert "(+1 %)" in line_of(text, "disk.bytes"), text
    assert " new " in line_of(text, "open.p95"), text


def test_measures():
    """The cheapest one, for real: what it prints is JSON, and what it keeps can be shown."""
    with tempfile.TemporaryDirectory() as folder:
        cache = os.path.join(folder, "cache")
        path = os.path.join(folder, "run.json")
        bench("--quick", "--runs", "1", "--cache", cache, "--json", path, "disk")
        run = report.load(path)
        found = run["figures"]["disk.bytes"]
        assert list(run["figures"]) == ["disk.bytes"] and run["quick"], run
        assert found["unit"] == "B" and len(found["values"]) == 1 and 100 < found["median"] < 10000, found
        assert os.listdir(cache) == [], os.listdir(cache)
        printed = bench("--from", path, "--json", "-").stdout
        assert json.loads(printed) == run, printed


def test_failure():
    """What could not be measured is said, and the others are shown."""
    with tempfile.TemporaryDirectory() as folder:
        done = bench("--build", folder, "--cache", os.path.join(folder, "cache"), "--runs", "1", "disk", status=1)
    assert "failed: disk" in done.stderr, done.stderr


tap.run(tap.collect(globals()))
