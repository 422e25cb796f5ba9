#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs one libFuzzer program for a minute: one case, which fails when an input was found that breaks it.

fuzz.py PROGRAM FOUND CORPUS GOLDEN [DICTIONARY]: new inputs of interest are kept in FOUND/corpus and used
in the next run, those that break something are FOUND/crash-… and the like.
"""

import os
import pathlib
import random
import subprocess
import sys

import tap

SECONDS = int(os.environ.get("WHEATEAR_FUZZ_SECONDS", "60"))
# Beyond what a minute of fuzzing takes to end: reading the corpus, one slow input.
GRACE = 120
LOG_LINES = 80

PROGRAM, FOUND, CORPUS, GOLDEN = (pathlib.Path(argument).resolve() for argument in sys.argv[1:5])
DICTIONARY = sys.argv[5] if len(sys.argv) > 5 else None


def options(seed):
    yield f"-seed={seed}"
    yield f"-max_total_time={SECONDS}"
    yield f"-artifact_prefix={FOUND}/"
    # Long strings are read in another way than short ones.
    yield f"-max_len={40000 if DICTIONARY else 8192}"
    yield "-timeout=10"
    yield "-rss_limit_mb=2048"
    yield "-print_final_stats=1"
    if DICTIONARY:
        yield f"-dict={DICTIONARY}"


def broken():
    return {path for path in FOUND.iterdir() if path.is_file()}


def fuzz():
    (FOUND / "corpus").mkdir(parents=True, exist_ok=True)
    before = broken()
    seed = random.randrange(1, 2**31)
    print(f"# seed {seed}")
    done = subprocess.run(
        [PROGRAM, *options(seed), FOUND / "corpus", CORPUS]
        + [GOLDEN / folder for folder in ("accepted", "repaired", "refused")],
        capture_output=True,
        text=True,
        errors="replace",
        timeout=SECONDS + GRACE,
    )
    lines = done.stderr.splitlines()
    for line in lines:
        if line.startswith("stat::"):
            print(f"# {line}")
    new = sorted(broken() - before)
    if done.returncode != 0 or new:
        said = "\n".join(lines[-LOG_LINES:])
        again = "\n".join(f"{PROGRAM} {path}" for path in new)
        raise AssertionError(f"status {done.returncode}\n{said}\nto see it again:\n{again}")


tap.run([(PROGRAM.name, fuzz)])
