#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which commit is built. `commit.py describe SOURCE` prints it, or nothing; run by `meson dist`, it is recorded."""

import os
import pathlib
import subprocess
import sys

# Only in a tarball: there is no repository there to ask.
RECORD = "COMMIT"


def describe(source):
    # A folder above may be a repository too, a packager's for example: its commit is not meant.
    if not (source / ".git").exists():
        try:
            return (source / RECORD).read_text("utf-8").strip()
        except FileNotFoundError:
            return ""
    # Whoever builds it runs what is in it: it may be somebody else's, in a container for example.
    git = ["git", "-C", str(source), "-c", f"safe.directory={source}"]
    command = [*git, "describe", "--always", "--abbrev=12", "--exclude=*", "--dirty"]
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def record():
    source = pathlib.Path(os.environ["MESON_PROJECT_SOURCE_ROOT"])
    # The tarball has what is committed, whatever else lies about.
    commit = describe(source).removesuffix("-dirty")
    (pathlib.Path(os.environ["MESON_PROJECT_DIST_ROOT"]) / RECORD).write_text(commit + "\n", "utf-8")


if sys.argv[1:2] == ["describe"]:
    print(describe(pathlib.Path(sys.argv[2])))
elif sys.argv[1:] == ["record"]:
    record()
else:
    sys.exit("commit.py describe SOURCE | commit.py record")
