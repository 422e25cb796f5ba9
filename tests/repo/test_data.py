#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desktop reads is valid: desktop entry, AppStream metainfo, settings schema, icons."""

import pathlib
import shutil
import subprocess
import sys
import xml.etree.ElementTree

import tap

DATA = pathlib.Path(sys.argv[1])
DESKTOP_FILE = sys.argv[2]
METAINFO_FILE = sys.argv[3]
APP_ID = "io.github.wheatear_im.Wheatear"

SVG = "{http://www.w3.org/2000/svg}svg"


def validate(program, *arguments):
    if not shutil.which(program):
        raise tap.Skip(f"no {program}")
    done = subprocess.run([program, *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_desktop_entry():
    validate("desktop-file-validate", DESKTOP_FILE)


def test_metainfo():
    validate("appstreamcli", "validate", "--no-net", "--pedantic", METAINFO_FILE)


def test_schema():
    validate("glib-compile-schemas", "--strict", "--dry-run", DATA)


def test_icons():
    icons = DATA / "icons" / "hicolor"
    for path, size in (
        (icons / "scalable" / "apps" / f"{APP_ID}.svg", "128"),
        (icons / "symbolic" / "apps" / f"{APP_ID}-symbolic.svg", "16"),
    ):
        root = xml.etree.ElementTree.parse(path).getroot()
        assert root.tag == SVG, root.tag
        assert (root.get("width"), root.get("height")) == (size, size), path


def test_names():
    tap.none_of(
        "not named by the application's id",
        (
            path.relative_to(DATA)
            for path in DATA.rglob("*")
            if path.is_file() and path.name != "meson.build" and not path.name.startswith(APP_ID)
        ),
    )


tap.run(tap.collect(globals()))
