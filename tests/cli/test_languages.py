#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every program, and what the desktop shows of it, speaks the languages of po/."""

import os
import re
import subprocess
import sys
import tempfile

import locales
import tap

WHEATEAR, CLI, SERVER, DESKTOP, METAINFO = sys.argv[1:6]

HAN = re.compile("[\u3400-\u9fff]")
FOLDER = tempfile.TemporaryDirectory(prefix="wheatear-locales-")


def run(language, program, *arguments):
    """Returns the status, and what a program says on both of its outputs."""
    environment = dict(os.environ, **locales.make(FOLDER.name, language))
    environment.pop("DISPLAY", None)
    environment.pop("WAYLAND_DISPLAY", None)
    done = subprocess.run(
        [program, *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    return done.returncode, done.stdout, done.stderr


def lines_of_options(text):
    """Returns what is said about each option of a --help, but of --help itself: those are GLib's words."""
    lines = re.findall(r"^  (?:-\w, )?(--\S+)  +(.*)$", text, re.MULTILINE)
    return {option: words for option, words in lines if not option.startswith(("--help", "--gapplication"))}


def expect_help(program, *arguments):
    for language in ("zh_CN", "zh_TW"):
        status, said, wrong = run(language, program, *arguments, "--help")
        assert status == 0 and not wrong, (language, status, wrong)
        options = lines_of_options(said)
        assert options or "account" in said, said
        tap.none_of(
            f"not in {language}",
            [f"{option} {words}" for option, words in options.items() if not HAN.search(words)],
        )
        assert HAN.search(said), said


def test_window():
    expect_help(WHEATEAR)


def test_cli():
    expect_help(CLI)
    for command in ("send", "listen", "doctor", "history", "search", "export", "generate"):
        expect_help(CLI, command)
    for command in ("add", "list", "remove"):
        expect_help(CLI, "account", command)


def test_server():
    expect_help(SERVER)


def test_errors():
    status, _said, wrong = run("zh_CN", CLI, "frobnicate")
    assert status != 0 and "没有“frobnicate”这个命令。" in wrong, wrong
    status, _said, wrong = run("zh_TW", CLI, "frobnicate")
    assert status != 0 and "沒有「frobnicate」這個命令。" in wrong, wrong
    status, _said, wrong = run("zh_CN", SERVER, "--path", "nowhere")
    assert status == 2 and "“nowhere”不是路径" in wrong, wrong


def test_desktop_entry():
    with open(DESKTOP, encoding="utf-8") as file:
        text = file.read()
    for line in ("Name[zh_CN]=麦穗", "Name[zh_TW]=麥穗", "GenericName[zh_CN]=聊天"):
        assert line + "\n" in text, text
    for language in ("zh_CN", "zh_TW"):
        assert re.search(rf"^Keywords\[{language}\]=.*MaiBot;.*聊天;$|^Keywords\[{language}\]=.*聊天;.*;$", text, re.M)


def test_metainfo():
    with open(METAINFO, encoding="utf-8") as file:
        text = file.read()
    for language, words in (("zh_CN", "与机器人和人聊天"), ("zh_TW", "與機器人和人聊天")):
        # Newer gettexts name the script, too.
        tag = language.replace("_", "[-_](?:Han[st]-)?")
        assert re.search(rf'<summary xml:lang="{tag}">{words}</summary>', text), text


tap.run(tap.collect(globals()))
