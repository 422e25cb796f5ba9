# SPDX-License-Identifier: GPL-3.0-or-later
"""Locales for programs under test: made in a folder, whatever the system has."""

import os
import shutil
import subprocess

import tap


def _compile(language, path):
    if not shutil.which("localedef"):
        raise tap.Skip("no localedef")
    done = subprocess.run(
        ["localedef", "--no-archive", "-i", language, "-f", "UTF-8", path],
        capture_output=True,
        text=True,
        env=dict(os.environ, LC_ALL="C"),
    )
    # A warning makes it end with 1, and the locale is there all the same.
    if not os.path.exists(os.path.join(path, "LC_TIME")):
        raise tap.Skip(f"the locale {language} cannot be made: {done.stderr.strip()}")


def make(folder, language):
    """Makes the locale of a language like “zh_CN” in a folder; returns the environment that chooses it."""
    name = f"{language}.UTF-8"
    made = os.path.join(folder, name)
    # It takes a second or two.
    if not os.path.exists(made):
        _compile(language, made)
    return {"LOCPATH": folder, "LC_ALL": name, "LANG": name, "LANGUAGE": language}
