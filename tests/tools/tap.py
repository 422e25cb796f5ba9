# SPDX-License-Identifier: GPL-3.0-or-later
"""The little of TAP that the tests in Python need."""

import inspect
import sys
import traceback


class Skip(Exception):
    """Raised by a case that cannot run here; its text says why."""


def run(cases):
    """Runs pairs of a name and a function, each a case that fails by raising, and exits."""
    sys.stdout.reconfigure(errors="backslashreplace", line_buffering=True)
    print(f"1..{len(cases)}")
    failed = False
    for number, (name, function) in enumerate(cases, 1):
        try:
            function()
        except Skip as reason:
            print(f"ok {number} {name} # SKIP {reason}")
        except Exception:  # a case may fail in any way
            failed = True
            for line in traceback.format_exc().splitlines():
                print(f"# {line}")
            print(f"not ok {number} {name}")
        else:
            print(f"ok {number} {name}")
    sys.exit(1 if failed else 0)


def collect(namespace):
    """Returns the cases of a module: its functions named test_*, in their order."""
    found = [
        (name[len("test_"):].replace("_", "-"), function)
        for name, function in namespace.items()
        if name.startswith("test_") and inspect.isfunction(function)
    ]
    return sorted(found, key=lambda case: case[1].__code__.co_firstlineno)


def none_of(what, found):
    """Fails with the list when there is anything in it."""
    found = list(found)
    if found:
        raise AssertionError(f"{what}:\n  " + "\n  ".join(str(item) for item in found))
