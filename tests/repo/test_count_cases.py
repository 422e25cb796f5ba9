#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""count_cases.py counts what happened: an error in it would hide all others."""

import json
import pathlib
import subprocess
import sys
import tempfile

import tap

PROGRAM = pathlib.Path(sys.argv[1]) / "tests" / "tools" / "count_cases.py"

GOOD = "# random seed: R02\n1..2\n# Start of media tests\nok 1 /media/a\n    not ok 1 inner\nok 2 /media/b\n"


def entry(result="OK", stdout="", status=0, name="wheatear:media / base64", stderr=""):
    return {
        "name": name,
        "stdout": stdout,
        "stderr": stderr,
        "result": result,
        "returncode": status,
        "command": ["test-program"],
    }


def count(*entries, status=0):
    """Returns the last line, the exit status and everything printed for a log of these entries."""
    with tempfile.TemporaryDirectory() as folder:
        log = pathlib.Path(folder) / "testlog.json"
        log.write_text("".join(json.dumps(item) + "\n" for item in entries), "utf-8")
        done = subprocess.run(
            [sys.executable, str(PROGRAM), "--status", str(status), str(log)],
            capture_output=True,
            text=True,
        )
    assert not done.stderr, done.stderr
    return done.stdout.splitlines()[-1], done.returncode, done.stdout


def expect(totals, status, *entries, meson=0):
    last, code, output = count(*entries, status=meson)
    assert last == totals, f"{last!r}, not {totals!r}:\n{output}"
    assert code == status, f"exit status {code}"
    return output


def test_passing():
    output = expect("2 passed, 0 failed, 0 skipped", 0, entry(stdout=GOOD))
    assert "ok   media/base64: /media/a" in output, output


def test_plan_at_the_end():
    expect("2 passed, 0 failed, 0 skipped", 0, entry(stdout="ok 1 - a\nok 2 - b\n1..2\n"))


def test_failing():
    text = "1..3\nok 1 /a\nnot ok 2 /b\nok 3 /c\n"
    output = expect("2 passed, 1 failed, 0 skipped", 1, entry("FAIL", text, 1, stderr="why it did"), meson=1)
    assert "why it did" in output, output


def test_failing_with_status_0():
    expect("0 passed, 1 failed, 0 skipped", 1, entry("FAIL", "1..1\nnot ok 1 /a\n", 0), meson=1)


def test_skipped():
    text = "1..3\nok 1 /a # SKIP no display\nok 2 /b # skip\nok 3 /c\n"
    output = expect("1 passed, 0 failed, 2 skipped", 0, entry(stdout=text))
    assert "no display" in output, output


def test_known_not_to_work():
    expect("1 passed, 0 failed, 1 skipped", 0, entry(stdout="1..2\nok 1 /a\nnot ok 2 /b # TODO later\n"))


def test_all_skipped():
    expect("0 passed, 0 failed, 1 skipped", 0, entry("SKIP", "1..0 # SKIP no program\n"))


def test_crashed_in_a_case():
    text = "1..4\nok 1 /a\n"
    output = expect("1 passed, 1 failed, 0 skipped", 1, entry("ERROR", text, -11), meson=1)
    assert "2 later cases did not run" in output, output


def test_crashed_after_the_cases():
    expect("2 passed, 1 failed, 0 skipped", 1, entry("ERROR", GOOD, -6), meson=1)


def test_crashed_before_the_plan():
    expect("0 passed, 1 failed, 0 skipped", 1, entry("ERROR", "", -11), meson=1)


def test_bailed_out():
    text = "1..2\nok 1 /a\nBail out! ERROR:test.c:1: assertion failed\n"
    output = expect("1 passed, 1 failed, 0 skipped", 1, entry("ERROR", text, -6), meson=1)
    assert "status -6; ERROR:test.c:1: assertion failed" in output, output


def test_ended_early_with_status_0():
    expect("1 passed, 1 failed, 0 skipped", 1, entry("OK", "1..5\nok 1 /a\n"))


def test_timed_out():
    output = expect("1 passed, 1 failed, 0 skipped", 1, entry("TIMEOUT", "1..2\nok 1 /a\n", -15), meson=1)
    assert "timed out" in output, output


def test_no_cases():
    expect("0 passed, 0 failed, 0 skipped", 1)


def test_no_log():
    done = subprocess.run(
        [sys.executable, str(PROGRAM), "/nonexistent/testlog.json"], capture_output=True, text=True
    )
    assert done.returncode == 1, done
    assert done.stdout.splitlines()[-1] == "0 passed, 0 failed, 0 skipped", done.stdout


def test_programs_without_tap():
    entries = [entry(name="wheatear:repo / schema"), entry("FAIL", "words\n", 1), entry("SKIP", "", 77)]
    expect("1 passed, 1 failed, 1 skipped", 1, *entries, meson=1)


def test_meson_failed_by_itself():
    expect("2 passed, 1 failed, 0 skipped", 1, entry(stdout=GOOD), meson=2)


def test_several_programs():
    entries = [entry(stdout=GOOD), entry(stdout=GOOD), entry("FAIL", "1..1\nnot ok 1 /x\n", 1)]
    expect("4 passed, 1 failed, 0 skipped", 1, *entries, meson=1)


def test_hostile_output():
    text = "1..2\nok\nok 2 \ud83d\x00\x1b[0m\nokay, not a case\nnot okay\n1..\n"
    expect("2 passed, 0 failed, 0 skipped", 0, entry(stdout=text))


tap.run(tap.collect(globals()))
