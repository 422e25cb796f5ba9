# SPDX-License-Identifier: GPL-3.0-or-later
"""list_deprecations.py LOG FILE: what a compiler's log calls deprecated, and where it is used.

Writes all of it to FILE, and a line for each name to the standard output."""

import collections
import os
import re
import sys

WARNING = re.compile(r"^(?P<file>[^:\s]+):(?P<line>\d+):\d+: warning: .(?P<name>\w+). is deprecated(?:: (?P<advice>.*?))? \[")
COLOUR = re.compile(r"\x1b\[[0-9;]*[mK]")


def read(log):
    """Each deprecated name with its advice, and the places that use it."""
    advice, places = {}, collections.defaultdict(set)
    with open(log, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            match = WARNING.match(COLOUR.sub("", line))
            if match:
                path = os.path.normpath(match["file"]).removeprefix("../")
                advice[match["name"]] = match["advice"] or ""
                places[match["name"]].add((path, int(match["line"])))
    return advice, places


def main(log, target):
    advice, places = read(log)
    uses = sum(len(found) for found in places.values())
    with open(target, "w", encoding="utf-8") as file:
        for name in sorted(places):
            file.write(f"{name}: {advice[name]}".rstrip() + "\n")
            file.writelines(f"    {path}:{line}\n" for path, line in sorted(places[name]))
    for name in sorted(places, key=lambda name: (-len(places[name]), name)):
        files = {path for path, line in places[name]}
        print(f"deprecated: {name}, {len(places[name])} times in {len(files)} files. {advice[name]}".rstrip())
    print(f"deprecated: {len(places)} names, {uses} uses; where: {target}")


main(*sys.argv[1:])
