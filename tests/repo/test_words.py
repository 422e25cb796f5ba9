#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every file with words for the user is listed in po/POTFILES, and every language is whole."""

import pathlib
import re
import shutil
import subprocess
import sys

import tap

TOP = pathlib.Path(sys.argv[1]).resolve()

WORDS_IN_C = re.compile(r'\b(?:_|N_|C_|NC_|ngettext|g_dngettext|dngettext|g_dpgettext2?|pgettext)\s*\(\s*"')
WORDS_IN_UI = re.compile(r"translatable\s*=\s*[\"'](?:yes|true|1)[\"']")


def read_list(name):
    """Returns the lines of a list in po/ that are no comments."""
    lines = (TOP / "po" / name).read_text("utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def without_comments(text):
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


def has_words(path):
    if path.suffix in (".c", ".h"):
        return bool(WORDS_IN_C.search(without_comments(path.read_text("utf-8"))))
    if path.suffix == ".ui":
        return bool(WORDS_IN_UI.search(path.read_text("utf-8")))
    if path.name.endswith(".gschema.xml"):
        return "gettext-domain=" in path.read_text("utf-8")
    return path.name.endswith((".desktop.in", ".metainfo.xml.in"))


def files_with_words():
    found = [path for folder in ("data", "src") for path in (TOP / folder).rglob("*") if path.is_file()]
    return {str(path.relative_to(TOP)) for path in found if has_words(path)}


def test_every_file_is_listed():
    tap.none_of("missing in po/POTFILES", sorted(files_with_words() - set(read_list("POTFILES"))))


def test_every_listed_file_has_words():
    tap.none_of(
        "in po/POTFILES without words, or not there",
        sorted(set(read_list("POTFILES")) - files_with_words()),
    )


def test_lists_are_sorted():
    for name in ("POTFILES", "LINGUAS"):
        lines = read_list(name)
        assert lines == sorted(set(lines)), f"po/{name} is not sorted, or says something twice"


def test_languages_have_files():
    files = {path.stem for path in (TOP / "po").glob("*.po")}
    tap.none_of("in po/LINGUAS or as a .po file only", sorted(files ^ set(read_list("LINGUAS"))))


def test_languages_are_whole():
    msgfmt = shutil.which("msgfmt")
    if not msgfmt:
        raise tap.Skip("no msgfmt")
    bad = []
    for path in sorted((TOP / "po").glob("*.po")):
        done = subprocess.run(
            [msgfmt, "--check", "--statistics", "-o", "/dev/null", str(path)],
            capture_output=True,
            text=True,
        )
        says = done.stderr.strip()
        if done.returncode != 0 or "fuzzy" in says or "untranslated" in says:
            bad.append(f"{path.name}: {says}")
    tap.none_of("not whole", bad)


tap.run(tap.collect(globals()))
