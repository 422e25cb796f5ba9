#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sources look as .clang-format and .editorconfig say, and start with their license."""

import pathlib
import re
import shutil
import subprocess
import sys

import tap

TOP = pathlib.Path(sys.argv[1]).resolve()

# Versions differ in small things; this is the one of Debian 12, the floor.
CLANG_FORMAT = 14

LICENSE = "SPDX-License-Identifier: GPL-3.0-or-later"


def sources():
    return sorted(path for top in ("src", "tests") for path in (TOP / top).rglob("*.[ch]"))


def scripts():
    found = [TOP / "run", TOP / ".ci" / "run"]
    found += [path for path in (TOP / "tests").rglob("*") if path.is_file() and path.suffix == ".py"]
    found += [
        path
        for path in (TOP / "tests" / "tools").iterdir()
        if path.is_file() and not path.suffix
    ]
    return sorted(found)


def find_clang_format():
    for name in (f"clang-format-{CLANG_FORMAT}", "clang-format"):
        program = shutil.which(name)
        if program:
            says = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
            version = re.search(r"version (\d+)", says)
            if version and int(version[1]) == CLANG_FORMAT:
                return program
    raise tap.Skip(f"no clang-format {CLANG_FORMAT}")


def test_clang_format():
    program = find_clang_format()
    done = subprocess.run(
        [program, "--dry-run", "-Werror", *map(str, sources())], capture_output=True, text=True
    )
    lines = [line for line in done.stderr.splitlines() if "error:" in line]
    tap.none_of("not formatted; ./run format does it", sorted({line.split(":")[0] for line in lines}))
    assert done.returncode == 0, done.stderr


def test_license():
    tap.none_of(
        "without the license line in the first two lines",
        (
            path.relative_to(TOP)
            for path in [*sources(), *scripts()]
            if not any(LICENSE in line for line in path.read_text("utf-8").splitlines()[:2])
        ),
    )


def test_white_space():
    bad = []
    for path in [*sources(), *scripts(), *TOP.rglob("meson.build"), *(TOP / "src").rglob("*.ui")]:
        text = path.read_text("utf-8")
        if "\t" in text or "\r" in text or re.search(r" +$", text, re.MULTILINE):
            bad.append(path.relative_to(TOP))
        elif text and (not text.endswith("\n") or text.endswith("\n\n")):
            bad.append(path.relative_to(TOP))
    tap.none_of("tabs, carriage returns, blanks at line ends, or no single last newline", bad)


def test_headers_included_once():
    tap.none_of(
        "without #pragma once",
        (
            path.relative_to(TOP)
            for path in sources()
            if path.suffix == ".h" and "#pragma once" not in path.read_text("utf-8")
        ),
    )


def test_nothing_unfinished():
    # Put together, so that this file does not find itself.
    marks = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X"]) + r")\b")
    bad = []
    for path in [*sources(), *(path for path in scripts() if "count_cases" not in path.name)]:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if marks.search(line):
                bad.append(f"{path.relative_to(TOP)}:{number}: {line.strip()}")
    tap.none_of("unfinished", bad)


tap.run(tap.collect(globals()))
