#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts single test cases in meson's test log.

Prints every case, the logs of the programs that failed, and as the last line
"N passed, N failed, N skipped". Exits 0 only when something was counted and nothing failed.
"""

import argparse
import dataclasses
import json
import re
import sys

# A case's line in TAP; deeper ones are parts of a case, not cases.
CASE = re.compile(r"^(not )?ok\b\s*(\d+)?\s*-?\s*(.*?)\s*(?:#\s*(SKIP|TODO)\b\s*(.*))?$", re.IGNORECASE)
PLAN = re.compile(r"^1\.\.(\d+)\s*(?:#\s*SKIP\b\s*(.*))?$", re.IGNORECASE)

GOOD_RESULTS = ("OK", "EXPECTEDFAIL", "SKIP")
LOG_LINES = 200


@dataclasses.dataclass
class Case:
    """One test case: state is "ok", "skip" or "FAIL"."""

    state: str
    name: str
    note: str = ""


def read_tap(text):
    """Returns the cases of one program's output, the number planned (or None) and whether it bailed out."""
    cases = []
    planned = None
    bailed = False
    for line in text.split("\n"):
        plan = PLAN.match(line)
        if plan:
            planned = int(plan[1])
            if planned == 0:
                cases.append(Case("skip", "all", plan[2] or ""))
            continue
        if line.startswith("Bail out!"):
            bailed = line.removeprefix("Bail out!").strip() or "bailed out"
            continue
        case = CASE.match(line)
        if not case:
            continue
        failed, number, name, directive, note = case.groups()
        directive = (directive or "").upper()
        if directive == "SKIP" and not failed:
            state = "skip"
        elif directive == "TODO":
            # Known not to work: neither a success nor news.
            state = "skip"
        else:
            state = "FAIL" if failed else "ok"
        cases.append(Case(state, name or f"case {number or len(cases) + 1}", note or ""))
    return cases, planned, bailed


def count_program(test):
    """Returns the cases of one entry of the log."""
    result = test.get("result", "ERROR")
    cases, planned, bailed = read_tap(test.get("stdout", ""))
    failed = any(case.state == "FAIL" for case in cases)

    if not cases and planned is None and not bailed:
        # A program that says nothing in TAP is one case.
        state = {"OK": "ok", "EXPECTEDFAIL": "ok", "SKIP": "skip"}.get(result, "FAIL")
        return [Case(state, "exit status", "" if state != "FAIL" else result.lower())]

    missing = 0
    if planned:
        missing = max(planned - len(cases), 0)
    broken = bailed or missing > 0 or (result not in GOOD_RESULTS and not failed)
    if broken:
        how = {"TIMEOUT": "timed out", "INTERRUPT": "interrupted"}.get(result, "crashed or ended early")
        note = f"{how}, status {test.get('returncode', '?')}"
        if missing > 1:
            note += f"; {missing - 1} later cases did not run"
        if bailed:
            note += f"; {bailed}"
        cases.append(Case("FAIL", "the program", note))
    return cases


def read_log(path):
    """Yields the entries of a meson test log: one JSON object a line."""
    try:
        with open(path, encoding="utf-8", errors="replace") as log:
            for line in log:
                if line.strip():
                    yield json.loads(line)
    except FileNotFoundError:
        return


def print_failed(test):
    """Prints the end of what a failed program wrote."""
    print(f"\n--- {short_name(test)}: {' '.join(test.get('command', []))}")
    for stream in ("stdout", "stderr"):
        lines = (test.get(stream) or "").splitlines()
        if not lines:
            continue
        if len(lines) > LOG_LINES:
            print(f"[{stream}: the last {LOG_LINES} of {len(lines)} lines]")
        else:
            print(f"[{stream}]")
        print("\n".join(lines[-LOG_LINES:]))


def short_name(test):
    """Returns "suite/program" for meson's "project:suite / program"."""
    return test.get("name", "?").split(":", 1)[-1].replace(" / ", "/")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--status", type=int, default=0, help="the exit status of meson test")
    parser.add_argument("logs", nargs="+", help="testlog.json files")
    options = parser.parse_args()

    sys.stdout.reconfigure(errors="backslashreplace")
    totals = {"ok": 0, "FAIL": 0, "skip": 0}
    failed_tests = []
    for path in options.logs:
        for test in read_log(path):
            cases = count_program(test)
            for case in cases:
                totals[case.state] += 1
                note = f" ({case.note})" if case.note else ""
                print(f"{case.state:4} {short_name(test)}: {case.name}{note}")
            if any(case.state == "FAIL" for case in cases):
                failed_tests.append(test)

    for test in failed_tests:
        print_failed(test)

    if not any(totals.values()):
        print("\nNo test case ran.")
    if options.status != 0 and totals["FAIL"] == 0:
        # Something failed that the log does not show; the totals must not look well.
        print(f"\nmeson test exited with status {options.status}, with no failed case in its log.")
        totals["FAIL"] = 1
    print(f"\n{totals['ok']} passed, {totals['FAIL']} failed, {totals['skip']} skipped")
    return 1 if totals["FAIL"] > 0 or not any(totals.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
