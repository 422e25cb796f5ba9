# SPDX-License-Identifier: GPL-3.0-or-later
"""Dates and clocks as the locales have them, and as the desktop wants the clock."""

import os
import subprocess
import sys
import tempfile

import locales
import tap

SAY_DATES, CATALOGUES = sys.argv[1:3]
FOLDER = tempfile.TemporaryDirectory(prefix="wheatear-locales-")


def say(language, *clock):
    """Returns a list of what is said of each moment: in a list, above messages, the clock, in full."""
    environment = dict(os.environ, TZ="Asia/Shanghai", **locales.make(FOLDER.name, language))
    done = subprocess.run(
        [SAY_DATES, CATALOGUES, *clock], env=environment, capture_output=True, encoding="UTF-8", timeout=60
    )
    assert done.returncode == 0, (language, done.returncode, done.stderr)
    # Some locales part the time from AM and PM by a space that does not break.
    return [line.replace("\u202f", " ").replace("\xa0", " ").split("|") for line in done.stdout.splitlines()]


def expect(said, expected):
    tap.none_of("said otherwise", [pair for pair in zip(said, expected, strict=True) if pair[0] != pair[1]])


# There is no German catalogue: English words, in which German names of days and months stand.
def test_german():
    expect(
        say("de_DE"),
        [
            ["22:05", "Today", "22:05", "Montag 3 März 2025, 22:05:09"],
            ["Yesterday", "Yesterday", "22:05", "Sonntag 2 März 2025, 22:05:09"],
            ["Sa", "Samstag 1 März", "22:05", "Samstag 1 März 2025, 22:05:09"],
            ["1 Feb", "Samstag 1 Februar", "22:05", "Samstag 1 Februar 2025, 22:05:09"],
            ["28 Jan 2024", "Sonntag 28 Januar 2024", "22:05", "Sonntag 28 Januar 2024, 22:05:09"],
        ],
    )


def test_chinese():
    expect(
        say("zh_CN"),
        [
            ["22:05", "今天", "22:05", "2025年3月3日 星期一 22:05:09"],
            ["昨天", "昨天", "22:05", "2025年3月2日 星期日 22:05:09"],
            ["星期六", "3月1日 星期六", "22:05", "2025年3月1日 星期六 22:05:09"],
            ["2月1日", "2月1日 星期六", "22:05", "2025年2月1日 星期六 22:05:09"],
            ["2024年1月28日", "2024年1月28日 星期日", "22:05", "2024年1月28日 星期日 22:05:09"],
        ],
    )


def test_american():
    expect(
        say("en_US"),
        [
            ["10:05 PM", "Today", "10:05 PM", "Monday 3 March 2025, 10:05:09 PM"],
            ["Yesterday", "Yesterday", "10:05 PM", "Sunday 2 March 2025, 10:05:09 PM"],
            ["Sat", "Saturday 1 March", "10:05 PM", "Saturday 1 March 2025, 10:05:09 PM"],
            ["1 Feb", "Saturday 1 February", "10:05 PM", "Saturday 1 February 2025, 10:05:09 PM"],
            ["28 Jan 2024", "Sunday 28 January 2024", "10:05 PM", "Sunday 28 January 2024, 10:05:09 PM"],
        ],
    )


def test_chosen():
    """The desktop goes before the locale; where the locale has no word for the half of the day, one is said all the same."""
    clocks = {
        ("en_US", "24"): "22:05",
        ("de_DE", "12"): "10:05 PM",
        ("zh_CN", "12"): "下午10:05",
    }
    for (language, clock), expected in clocks.items():
        assert say(language, clock)[0][2] == expected, (language, say(language, clock)[0])


tap.run(tap.collect(globals()))
