#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a manual page from what a program's --help says and the rest of it in Markdown.

make_man.py PROGRAM MARKDOWN METAINFO PAGE

The Markdown begins with `# name - what it is`; `<!-- options -->` stands where the options and commands go. Besides
it knows paragraphs, `##` headings, `- ` lists, fenced blocks, `code`, **bold** and *italic*.
"""

import os
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree

# A line of --help: what is typed, two spaces or more, and what it does.
ENTRY = re.compile(r"^ {1,4}(\S(?:.*?\S)?)(?: {2,}(\S.*))?$")


def ask(program, *command):
    """What PROGRAM COMMAND --help prints, in English."""
    environment = {
        **os.environ,
        "LC_ALL": "C.UTF-8",
        "LANGUAGE": "",
        # What a sanitizer thinks of the libraries is not asked here.
        "ASAN_OPTIONS": "detect_leaks=0",
    }
    done = subprocess.run(
        [program, *command, "--help"], env=environment, capture_output=True, text=True, timeout=60
    )
    if done.returncode != 0:
        sys.exit(f"make_man.py: {program} {' '.join(command)} --help: {done.stderr}")
    return done.stdout


def parse_entries(lines):
    """The entries of a group; what is indented more goes on with the one before."""
    entries = []
    for line in lines:
        match = ENTRY.match(line)
        if match:
            entries.append([match[1], match[2] or ""])
        elif entries:
            entries[-1][1] = f"{entries[-1][1]} {line.strip()}".strip()
    return entries


def parse_help(text):
    """Returns the usage, the paragraphs, and the groups: pairs of a title and entries."""
    usage, paragraphs, groups = "", [], []
    for block in re.split(r"\n{2,}", text.strip("\n")):
        lines = block.split("\n")
        if lines[0] == "Usage:":
            usage = lines[1].strip()
        elif lines[0].endswith(":") and len(lines) > 1 and lines[1].startswith(" "):
            groups.append((lines[0].rstrip(":"), parse_entries(lines[1:])))
        elif lines[0].startswith("  "):
            groups.append(("", parse_entries(lines)))
        else:
            paragraphs.append(" ".join(lines))
    return usage, paragraphs, groups


def escape(text):
    """Text that roff does not take for its own, in ASCII."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga")
    text = text.replace("~", "\\(ti").replace("^", "\\(ha")
    return "".join(c if ord(c) < 128 else f"\\[u{ord(c):04X}]" for c in text)


def line_of(text):
    """A line of text: none that begins with a control character."""
    return f"\\&{text}" if text.startswith((".", "\\(aq")) else text


def inline(text):
    """Markdown within a paragraph."""
    out = []
    for part in re.split(r"(`[^`]+`|\*\*[^*]+\*\*|\*[^*]+\*)", text):
        if part.startswith(("`", "**")):
            out.append(f"\\fB{escape(part.strip('`') if part[0] == '`' else part.strip('*'))}\\fR")
        elif part.startswith("*") and len(part) > 1:
            out.append(f"\\fI{escape(part.strip('*'))}\\fR")
        else:
            out.append(escape(part))
    return line_of("".join(out))


def put_entries(entries):
    for typed, meaning in entries:
        yield ".TP"
        yield f"\\fB{escape(typed)}\\fR"
        yield line_of(escape(meaning)) if meaning else "\\&"


def put_help(program, command=()):
    """What --help lists: options in their groups, then each command with its own."""
    _, _, groups = parse_help(ask(program, *command))
    commands = []
    for title, entries in groups:
        if title and not command:
            yield f'.SS "{escape(title)}"'
        if not title:
            commands += [name for name, _ in entries if not name.startswith("-")]
            entries = [entry for entry in entries if entry[0].startswith("-")]
        yield from put_entries(entries)
    for name in commands:
        yield from put_command(program, (*command, name))


def put_command(program, command):
    usage, paragraphs, _ = parse_help(ask(program, *command))
    yield f'.SS "{escape(" ".join(command))}"'
    yield f"\\fB{escape(usage)}\\fR"
    for paragraph in paragraphs:
        if "--help" not in paragraph:
            yield ".PP"
            yield line_of(escape(paragraph))
    yield from put_help(program, command)


def split_blocks(text):
    """The blocks between empty lines; a fenced one may have some of its own."""
    block, fenced = [], False
    for line in text.split("\n"):
        if line.startswith("```"):
            fenced = not fenced
        if line or fenced:
            block.append(line)
        elif block:
            yield "\n".join(block)
            block = []
    if block:
        yield "\n".join(block)


def put_markdown(text, program):
    for block in split_blocks(text):
        if block == "<!-- options -->":
            yield ".SH OPTIONS"
            yield from put_help(program)
        elif block.startswith("## "):
            yield f'.SH "{escape(block[3:].upper())}"'
        elif block.startswith("```"):
            yield ".PP"
            yield ".nf"
            for line in block.split("\n")[1:-1]:
                yield line_of(escape(line)) or "\\&"
            yield ".fi"
        elif block.startswith("- "):
            for item in re.split(r"\n- ", block[2:]):
                yield '.IP \\(bu 2'
                yield inline(" ".join(item.split()))
        elif not block.startswith("<!--"):
            yield ".PP"
            yield inline(" ".join(block.split()))


def put_page(program, source, metainfo):
    title, rest = re.match(r"(?:<!--.*?-->\s*)?# (.*?)\n(.*)", source, re.DOTALL).groups()
    name = title.split(" ")[0]
    release = xml.etree.ElementTree.fromstring(metainfo).find("releases/release")
    usage, _, _ = parse_help(ask(program))
    yield '.\\" SPDX-License-Identifier: GPL-3.0-or-later'
    yield '.\\" Made from --help; see docs/man in the sources.'
    version = f"Wheatear {release.get('version')}"
    yield f'.TH {name.upper()} 1 {release.get("date")} "{version}" "User Commands"'
    yield ".SH NAME"
    yield escape(title)
    yield ".SH SYNOPSIS"
    yield f"\\fB{escape(usage)}\\fR"
    yield from put_markdown(rest, program)


def without_empty_paragraphs(lines):
    """A heading begins a paragraph already."""
    before = ""
    for line in lines:
        if line != ".PP" or not before.startswith((".SH", ".SS")):
            yield line
        before = line


def main():
    program, source, metainfo, page = sys.argv[1:]
    lines = put_page(
        program,
        pathlib.Path(source).read_text("utf-8"),
        pathlib.Path(metainfo).read_text("utf-8"),
    )
    text = "\n".join(without_empty_paragraphs(lines))
    pathlib.Path(page).write_text(f"{text}\n", "ascii")


main()
