#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The manual pages say what --help says, and are well formed."""

import os
import pathlib
import re
import shutil
import subprocess
import sys

import tap

BUILD = pathlib.Path(sys.argv[1])
PAGES = [pathlib.Path(path) for path in sys.argv[2:]]


def call(*command, **environment):
    return subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        env={**os.environ, **environment},
    )


def need(program):
    if not shutil.which(program):
        raise tap.Skip(f"no {program}")


def pages():
    if not PAGES:
        raise tap.Skip("the programs could not run when they were built")
    return PAGES


def help_of(program, *command):
    done = call(BUILD / "src" / program, *command, "--help", LC_ALL="C.UTF-8", LANGUAGE="")
    assert done.returncode == 0, done.stderr
    return done.stdout


def every_help(program, *command):
    text = help_of(program, *command)
    yield text
    if program == "wheatear-cli" and re.search("COMMAND|ACTION", text.split("\n")[1]):
        for name in re.findall(r"^  ([a-z]+) ", text, re.MULTILINE):
            yield from every_help(program, *command, name)


def plain(page):
    """A page's text, without what is for roff."""
    text = page.read_text("ascii")
    return re.sub(r"\\f[BIR]|\\&", "", text).replace("\\-", "-")


def test_every_option():
    for page in pages():
        text = plain(page)
        for said in every_help(page.stem):
            options = re.findall(r"--[a-z][a-z-]*", said)
            assert options, said
            tap.none_of(f"not in {page.name}", (option for option in options if option not in text))


def test_every_command():
    """Each of the terminal program's commands has a section with its own usage."""
    for page in pages():
        if page.stem == "wheatear-cli":
            text = plain(page)
            for name in ("send", "listen", "doctor", "account add", "account remove", "history", "search", "export"):
                assert f'.SS "{name}"\nwheatear-cli {name} ' in text, name


def test_sections():
    for page in pages():
        found = re.findall(r'^\.SH "?([A-Z ]+)"?$', page.read_text("ascii"), re.MULTILINE)
        for name in ("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXIT STATUS", "SEE ALSO"):
            assert name in found, f"{page.name} has no {name}"


def test_readable():
    need("man")
    for page in pages():
        done = call("man", "--warnings", "-l", page, LC_ALL="C.UTF-8", MANWIDTH="80", MANPAGER="cat", PAGER="cat")
        assert done.returncode == 0 and not done.stderr, done.stderr
        assert f"{page.stem.upper()}(1)" in done.stdout, done.stdout[:300]


def test_lint():
    need("mandoc")
    for page in pages():
        done = call("mandoc", "-T", "lint", "-W", "warning", page)
        assert done.returncode == 0, done.stdout


tap.run(tap.collect(globals()))
