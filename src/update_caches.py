#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings the desktop's caches in a data folder up to date, after an uninstallation for example.

update_caches.py DATADIR. Each is removed that nothing is left for.
"""

import os
import pathlib
import shutil
import subprocess
import sys


def update(folder, cache, of, *command):
    """Runs the command where there is something of that kind, and removes the cache otherwise."""
    if not folder.is_dir():
        return
    if any(path.is_file() for pattern in of for path in folder.glob(pattern)):
        if shutil.which(command[0]):
            subprocess.run([*command, str(folder)], check=True)
        return
    (folder / cache).unlink(missing_ok=True)
    while folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def main():
    data = pathlib.Path(os.environ.get("DESTDIR", "") + sys.argv[1])
    update(data / "glib-2.0" / "schemas", "gschemas.compiled", ["*.xml"], "glib-compile-schemas")
    update(data / "applications", "mimeinfo.cache", ["*.desktop"], "update-desktop-database", "-q")
    update(
        data / "icons" / "hicolor",
        "icon-theme.cache",
        ["**/*.svg", "**/*.png", "index.theme"],
        *("gtk4-update-icon-cache", "-q", "-t", "-f"),
    )


main()
