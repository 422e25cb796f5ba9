#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documentation is true: its links, files, options, errors, libraries and tests exist, and its commands work."""

import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

import tap

SOURCE = pathlib.Path(sys.argv[1]).resolve()
BUILD = pathlib.Path(sys.argv[2]).resolve()
PROGRAMS = ("wheatear-cli", "wheatear-server", "wheatear")
PAGES = sorted(
    path
    for path in [*SOURCE.glob("*.md"), *SOURCE.glob("docs/*.md"), *SOURCE.glob("docs/man/*.md")]
    if path.is_file()
)

# What is not run here, and why. Each pattern is that of a line in a fenced block.
ELSEWHERE = {
    r"\./run(\s|$)": "it runs these tests itself",
    r"sudo |apt-get ": "it changes the system",
    r"meson (setup|compile|install|dist|test) |tests/tools/in-session ": "packages, and every run of the tests",
    r"ninja ": "it builds; packages runs it with --long",
    r"flatpak(-builder)? |flatpak/": "./run test --flatpak",
    r"(build/src/)?wheatear( |$)": "a window: the scenes do it",
    r"gapplication |xdg-open |gio open ": "it needs an installation: the scenes do it",
}


def call(*command, timeout=60, **more):
    return subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=timeout,
        **more,
    )


def read(path):
    return (SOURCE / path).read_text("utf-8")


def name_of(page):
    return page.relative_to(SOURCE)


def without_code(text):
    return re.sub(r"`[^`\n]*`", "", re.sub(r"^ *```.*?^ *```$", "", text, flags=re.DOTALL | re.MULTILINE))


def blocks(text, language="sh"):
    """The fenced blocks of a language, without their indentation."""
    for indent, block in re.findall(rf"^( *)```{language}\n(.*?)^ *```$", text, re.DOTALL | re.MULTILINE):
        yield [line[len(indent):] for line in block.splitlines()]


def anchors(page):
    """What a heading is called in a link."""
    for heading in re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE):
        yield re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_links():
    """Pages, places in them, and pictures exist."""
    broken = []
    for page in PAGES:
        for target in re.findall(r"\]\(([^)\s]+)\)", without_code(page.read_text("utf-8"))):
            if target.startswith(("http://", "https://")):
                continue
            path, _, anchor = target.partition("#")
            other = (page.parent / path).resolve() if path else page
            if not other.exists() or (anchor and anchor not in anchors(other)):
                broken.append(f"{name_of(page)}: {target}")
    tap.none_of("links to nowhere", broken)


def test_screenshots():
    """Both READMEs show the window, light and dark."""
    for page in ("README.md", "README.zh_CN.md"):
        for picture in ("chat.png", "chat-dark.png"):
            assert f"docs/screenshots/{picture}" in read(page), f"{page} without {picture}"
    for picture in (SOURCE / "docs" / "screenshots").glob("*.png"):
        assert picture.read_bytes().startswith(b"\x89PNG"), picture


def help_of(program, command=None):
    """What one of the programs says, with all of its parts where no command is named."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": ""}
    commands = [[command]] if command else [[]]
    if program == "wheatear-cli" and not command:
        commands += [[name] for name in "send listen doctor history search export generate".split()]
    if command == "account" or not command and program == "wheatear-cli":
        commands += [["account", action] for action in ("add", "list", "remove")]
    said = [call(BUILD / "src" / program, *words, "--help", env=environment) for words in commands]
    assert all(done.returncode == 0 for done in said), f"{program} {command}"
    return "".join(done.stdout for done in said)


def test_options():
    """Every option that a page gives to one of the programs is known to it."""
    helps, unknown = {}, []
    for page in PAGES:
        text = page.read_text("utf-8").replace("\\\n", " ")
        for program, rest in re.findall(r"(?<![\w.-])(wheatear(?:-cli|-server)?) ([^`\n|)]*)", text):
            words = rest.split(" # ")[0].split()
            options = [word.split("=")[0] for word in words if word.startswith("--") and len(word) > 2]
            command = words[0] if program == "wheatear-cli" and words and words[0].isalpha() else None
            for option in options:
                if option in ("--help", "--version"):
                    continue
                key = (program, command)
                helps[key] = helps.get(key) or help_of(*key)
                if option not in re.findall(r"--[a-z-]+", helps[key]):
                    unknown.append(f"{name_of(page)}: {program} {rest}")
    tap.none_of("options that no program has", unknown)


def words_of(path):
    """The sentences for people in a source: strings that C joins, translated."""
    text = read(path)
    for literals in re.findall(r'_ ?\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\)', text):
        yield "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', literals))


def as_pattern(sentence):
    """A sentence, with anything where C puts something in, and in any wrapping."""
    parts = re.split(r"%[a-z]", sentence)
    return r".+?".join(re.escape(part).replace(r"\ ", r"\s+") for part in parts)


def test_errors():
    """The guide has every sentence that says why there is no connection, and what an address must not be."""
    guide = read("docs/guide.md")
    diagnosis = read("src/net/wt-diagnosis-text.c")
    remedies = diagnosis[diagnosis.index("get_network_remedy"):]
    said = [
        sentence
        for sentence in words_of("src/net/wt-diagnosis-text.c")
        if sentence != "Nothing is wrong." and sentence not in "".join(re.findall(r'"(.*?)"', remedies))
    ]
    assert len(said) > 30, said
    said += words_of("src/net/wt-endpoint-url.c")
    said += words_of("src/net/wt-endpoint.c")
    said += words_of("src/net/wt-link.c")
    tap.none_of("not in the guide", (sentence for sentence in said if not re.search(as_pattern(sentence), guide)))


def test_files_of_the_architecture():
    """Files, types and functions that the pages name exist."""
    tracked = {path.name for part in ("src", "tests", "data", "docs", "flatpak") for path in (SOURCE / part).rglob("*")}
    sources = "".join(path.read_text("utf-8") for path in (SOURCE / "src").rglob("*.[ch]"))
    missing = []
    for page in ("docs/architecture.md", "docs/wire.md", "docs/timeline.md", "docs/testing.md", "CONTRIBUTING.md"):
        code = re.findall(r"`([^`\n]+)`", read(page))
        for word in code:
            if re.fullmatch(r"wt-[a-z0-9-]+\.[ch]", word) and word not in tracked:
                missing.append(f"{page}: {word}")
            if re.fullmatch(r"(src|tests|data|docs|po|flatpak)/[\w./-]+", word) and not (SOURCE / word).exists():
                missing.append(f"{page}: {word}")
            if re.fullmatch(r"Wt[A-Za-z]+|wt_[a-z_]+ ?\(\)", word):
                if not re.search(rf"\b{re.escape(word.rstrip(' ()'))}\b", sources) and "test" not in word:
                    missing.append(f"{page}: {word}")
    tap.none_of("named, and not there", missing)


def test_layers_of_the_architecture():
    """Every folder of the sources is a layer that the page describes, and the other way round."""
    text = read("docs/architecture.md")
    rows = text[text.index("| layer |"):].split("\n\n")[0]
    described = set(re.findall(r"^\| ([a-z]+) \|", rows, re.MULTILINE)) - {"layer"}
    folders = {path.name for path in (SOURCE / "src").iterdir() if path.is_dir()}
    assert described | {"cli"} == folders | {"cli"}, described ^ folders


def test_dependencies():
    """The list of libraries, with floors, is the one that is built with."""
    built = set(re.findall(r"dependency\('([^']+)', version: '>= ([\d.]+)'", read("meson.build")))
    listed = set()
    for names, floor in re.findall(r"^\|[^|`]*((?:`[^`]+`[, ]*)+)[^|]*\| ([\d.]+) \|", read("docs/architecture.md"), re.MULTILINE):
        listed |= {(name, floor) for name in re.findall(r"`([^`]+)`", names)}
    # At run time only: nothing is linked.
    listed = {(name, floor) for name, floor in listed if not name.startswith("gst")}
    assert built == listed, f"only built: {built - listed}; only listed: {listed - built}"


def introspect(what):
    done = call("meson", "introspect", what, BUILD)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def tests_with_sources():
    """What each test's own program is made of; of one in Python nothing."""
    sources = {}
    for target in introspect("--targets"):
        files = [pathlib.Path(name) for part in target["target_sources"] for name in part.get("sources", [])]
        text = "".join(path.read_text("utf-8") for path in files if path.suffix == ".c")
        sources.update((name, text) for name in target["filename"])
    return {test["name"]: sources.get(test["cmd"][0], "") for test in introspect("--tests")}


def test_pains():
    """Each test that the page on testing names exists."""
    programs = tests_with_sources()
    text = read("docs/testing.md")
    rows = re.findall(r"^\|.*\|.*\| (`.*) \|$", text[text.index("| complaint |"):], re.MULTILINE)
    assert len(rows) == 27, len(rows)
    missing = []
    for name in re.findall(r"`([^`]+)`", "".join(rows)):
        program, _, case = name.partition(": ")
        if program not in programs:
            missing.append(name)
        elif program.startswith("e2e-") and case:
            scene = read(f"tests/e2e/test_{program[4:]}.py")
            if f"def test_{case}(" not in scene:
                missing.append(name)
        elif case and not re.search(rf'["/]{re.escape(case)}"', programs[program]):
            missing.append(name)
    tap.none_of("no such test", missing)


def test_lanes():
    """The options of `./run test` that the page lists are those that it has."""
    said = call(SOURCE / "run", "help").stdout
    lanes = set(re.findall(r"`\./run test (--[a-z0-9-]+)", read("docs/testing.md")))
    tap.none_of("unknown to ./run", (lane for lane in lanes - {"--suite", "--list"} if lane not in said))


class Servers:
    """Those that a page starts; each on a free port, ended with the page."""

    def __init__(self, folder):
        self.folder = folder
        self.running = []

    def start(self, *arguments):
        process = subprocess.Popen(
            [BUILD / "src" / "wheatear-server", "--port", "0", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=self.folder,
        )
        self.running.append(process)
        # It says so, or ends.
        line = process.stdout.readline()
        match = re.search(r"ws://\S+", line)
        assert match, f"wheatear-server {arguments}: {line}"
        return match[0]

    def close(self):
        for process in self.running:
            process.terminate()
            process.wait(30)
            process.stdout.close()


def commands_in(page):
    for lines in blocks(page.read_text("utf-8")):
        for line in "\n".join(lines).replace("\\\n", " ").split("\n"):
            line = re.sub(r"(^|\s)#.*", "", line).strip()
            if line:
                yield line


def run_page(page, folder):
    """Runs what a page says to type; returns what failed."""
    (folder / "KEY").write_text("a long secret\n", "utf-8")
    servers, failed, count = Servers(folder), [], 0
    environment = {
        **os.environ,
        "HOME": str(folder),
        **{f"XDG_{kind}_HOME": str(folder / kind.lower()) for kind in ("DATA", "CONFIG", "CACHE", "STATE")},
        # No keyring of anybody's.
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent",
    }
    try:
        url = servers.start("--bot", "echo")
        for line in commands_in(page):
            if any(re.match(pattern, line) for pattern in ELSEWHERE):
                continue
            words = shlex.split(re.sub(r"^build/src/", "", line))
            assert words[0] in PROGRAMS, f"{name_of(page)}: nobody runs “{line}”"
            count += 1
            if words[0] == "wheatear-server":
                servers.start(*words[1:])
                continue
            words = [re.sub(r"^wss?://\S+$", url, word) for word in words]
            done = call(BUILD / "src" / words[0], *words[1:], cwd=folder, env=environment)
            if done.returncode != 0:
                failed.append(f"{name_of(page)}: {line}\n{done.stdout}{done.stderr}")
    finally:
        servers.close()
    return count, failed


def test_commands():
    """What the pages say to type works, but for what is run elsewhere."""
    count, failed = 0, []
    for page in PAGES:
        with tempfile.TemporaryDirectory(prefix="wheatear-docs.") as folder:
            done, wrong = run_page(page, pathlib.Path(folder))
        count += done
        failed += wrong
    assert count >= 8, f"only {count} commands were found"
    tap.none_of("does not work", failed)


tap.run(tap.collect(globals()))
