#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""No layer includes a header from above or from beside it, nor a library that is not its own.

The build already keeps most of them off the include path; this says it in words, and for libraries too.
"""

import pathlib
import re
import sys

import tap

TOP = pathlib.Path(sys.argv[1]).resolve()
SOURCE = TOP / "src"

# What each layer stands on.
LAYERS = {
    "util": [],
    "protocol": ["util"],
    "net": ["protocol"],
    "store": ["protocol"],
    "media": ["util"],
    "model": ["net", "store", "media"],
    "ui": ["model"],
    "cli": ["model"],
    "server": ["protocol"],
}

# Where a library's headers may be included.
LIBRARIES = {
    "gtk/": ["ui"],
    "gdk/": ["ui"],
    "gsk/": ["ui"],
    "adwaita": ["ui"],
    "libsoup/": ["net", "server"],
    "sqlite3": ["store"],
    "libsecret/": ["store"],
    "gdk-pixbuf/": ["media"],
    "json-glib/": ["protocol", "store", "model", "cli", "ui", "server"],
}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)


def below(layer):
    """Returns the layer and all that it stands on."""
    found = {layer}
    for lower in LAYERS[layer]:
        found |= below(lower)
    return found


def owners():
    """Returns the layer of every header by the header's name."""
    return {path.name: path.relative_to(SOURCE).parts[0] for path in SOURCE.rglob("*.h")}


def includes(layer):
    for path in sorted((SOURCE / layer).rglob("*.[ch]")):
        for kind, name in INCLUDE.findall(path.read_text("utf-8")):
            yield path.relative_to(TOP), kind, name


def check_layer(layer):
    owner_of = owners()
    allowed = below(layer)
    bad = []
    for path, kind, name in includes(layer):
        owner = owner_of.get(pathlib.PurePath(name).name) if kind == '"' else None
        if owner and owner not in allowed:
            bad.append(f"{path}: {name} belongs to {owner}")
        if ".." in pathlib.PurePath(name).parts:
            bad.append(f"{path}: {name} leaves its folder")
        for library, users in LIBRARIES.items():
            if name.startswith(library) and layer not in users:
                bad.append(f"{path}: <{name}> is for {', '.join(users)} only")
    tap.none_of(f"{layer} may include {', '.join(sorted(allowed))}", bad)


def check_names():
    seen = {}
    bad = []
    for path in sorted(SOURCE.rglob("*.h")):
        if path.name in seen:
            bad.append(f"{path.relative_to(TOP)} and {seen[path.name].relative_to(TOP)}")
        seen[path.name] = path
    tap.none_of("headers of one name", bad)


def check_folders():
    folders = {path.name for path in SOURCE.iterdir() if path.is_dir()}
    tap.none_of("folders that are no layer, or layers without a folder", folders ^ set(LAYERS))


cases = [(f"includes-of-{layer}", lambda layer=layer: check_layer(layer)) for layer in LAYERS]
tap.run([("every-folder-is-a-layer", check_folders), ("header-names", check_names), *cases])
