#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desktop reads is valid: desktop entry, AppStream metainfo, settings schema, icons."""

import pathlib
import re
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


def test_actions():
    """The entries of the menu are the application's own actions, and options where nothing is activated."""
    text = pathlib.Path(DESKTOP_FILE).read_text("utf-8")
    (names,) = re.findall(r"^Actions=(.*);$", text, re.MULTILINE)
    sources = DATA.parent / "src" / "ui"
    actions = (sources / "wt-application-actions.c").read_text("utf-8")
    options = (sources / "wt-application.c").read_text("utf-8")
    for name in names.split(";"):
        assert f"\n[Desktop Action {name}]\n" in text, name
        assert f'{{ "{name}", ' in actions and f'{{ "{name}", ' in options, name
        assert re.search(rf"^Exec=wheatear --{name}$", text, re.MULTILINE), name
    for key in ("Exec=wheatear %u", "DBusActivatable=true", "MimeType=x-scheme-handler/wheatear;"):
        assert f"\n{key}\n" in text, key


def test_metainfo():
    validate("appstreamcli", "validate", "--no-net", "--pedantic", METAINFO_FILE)


def test_metainfo_is_whole():
    """What a software centre shows, with pictures that exist."""
    root = xml.etree.ElementTree.parse(METAINFO_FILE).getroot()
    for path in ("summary", "description", "developer_name", "branding/color", "translation", "provides/binary"):
        assert root.find(path) is not None, path
    assert root.find("content_rating").get("type") == "oars-1.1"
    assert root.find("requires/display_length").text == "360"
    assert root.find("launchable").text == f"{APP_ID}.desktop"
    assert root.find("releases/release").get("version") in (DATA.parent / "meson.build").read_text("utf-8")
    images = [image.text for image in root.iterfind("screenshots/screenshot/image")]
    assert len(images) == 2, images
    for image in images:
        name = re.fullmatch(r"https://raw\.githubusercontent\.com/wheatear-im/wheatear/main/(.*)", image)[1]
        assert (DATA.parent / name).exists(), image


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
