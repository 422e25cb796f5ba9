#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a newer platform calls deprecated is listed: tests/debian13/list_deprecations.py."""

import os
import subprocess
import sys
import tempfile

import tap

PROGRAM = os.path.join(sys.argv[1], "tests", "debian13", "list_deprecations.py")

LOG = """\
[1/3] Compiling C object src/one.o
../src/ui/one.c: In function ‘show’:
../src/ui/one.c:12:3: warning: ‘gtk_old’ is deprecated [-Wdeprecated-declarations]
   12 |   gtk_old (widget);
      |   ^~~~~~~
\x1b[01m\x1b[K../src/ui/one.c:14:3:\x1b[m\x1b[K \x1b[01;35m\x1b[Kwarning: \x1b[m\x1b[K‘\x1b[01m\x1b[Kgtk_old\x1b[m\x1b[K’ is deprecated [-Wdeprecated-declarations]
../src/ui/two.c:7:3: warning: 'adw_old' is deprecated: Use 'adw_new' instead [-Wdeprecated-declarations]
../src/ui/two.c:7:3: warning: 'adw_old' is deprecated: Use 'adw_new' instead [-Wdeprecated-declarations]
../src/ui/two.c:8:3: warning: ‘gtk_old’ is deprecated [-Wdeprecated-declarations]
../src/ui/two.c:9:7: warning: unused variable ‘x’ [-Wunused-variable]
"""


def read_list(log):
    """What is said, and what is written, of a log."""
    with tempfile.TemporaryDirectory(prefix="wheatear-deprecations.") as folder:
        source, target = os.path.join(folder, "compile.log"), os.path.join(folder, "list.txt")
        with open(source, "w", encoding="utf-8") as file:
            file.write(log)
        done = subprocess.run(
            [sys.executable, PROGRAM, source, target], capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stderr
        with open(target, encoding="utf-8") as file:
            return done.stdout.replace(target, "TARGET").splitlines(), file.read()


def test_listed():
    """Most used first, each place once, whatever the colours and quotes; other warnings are not meant."""
    said, written = read_list(LOG)
    assert said == [
        "deprecated: gtk_old, 3 times in 2 files.",
        "deprecated: adw_old, 1 times in 1 files. Use 'adw_new' instead",
        "deprecated: 2 names, 4 uses; where: TARGET",
    ], said
    assert "gtk_old:\n    src/ui/one.c:12\n    src/ui/one.c:14\n    src/ui/two.c:8\n" in written, written
    assert "adw_old: Use 'adw_new' instead\n    src/ui/two.c:7\n" in written, written


def test_nothing():
    said, written = read_list("[1/1] Linking target src/wheatear\n")
    assert said == ["deprecated: 0 names, 0 uses; where: TARGET"] and not written, (said, written)


tap.run(tap.collect(globals()))
