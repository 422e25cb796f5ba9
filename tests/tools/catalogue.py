# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads catalogues of translations, and gathers a fresh one from the sources."""

import ast
import dataclasses
import os
import re
import subprocess

# What meson's preset “glib” gives xgettext.
KEYWORDS = (
    "_ N_ C_:1c,2 NC_:1c,2 g_dcgettext:2 g_dngettext:2,3 g_dpgettext2:2c,3 ngettext:1,2"
).split()
FLAGS = (
    "N_:1:pass-c-format C_:2:pass-c-format NC_:2:pass-c-format g_dngettext:2:pass-c-format "
    "g_strdup_printf:1:c-format g_string_printf:2:c-format g_string_append_printf:2:c-format "
    "g_error_new:3:c-format g_set_error:4:c-format"
).split()

FIELD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?) (".*")')


@dataclasses.dataclass
class Entry:
    """One string of a catalogue."""

    context: str = None
    text: str = None
    plural: str = None
    comment: str = ""
    flags: set = dataclasses.field(default_factory=set)
    words: dict = dataclasses.field(default_factory=dict)
    files: list = dataclasses.field(default_factory=list)

    @property
    def key(self):
        return (self.context, self.text)

    def add(self, field, words):
        if field == "msgctxt":
            self.context = (self.context or "") + words
        elif field == "msgid":
            self.text = (self.text or "") + words
        elif field == "msgid_plural":
            self.plural = (self.plural or "") + words
        else:
            self.words[field] = self.words.get(field, "") + words


def _read_entry(block):
    entry, field = Entry(), None
    for line in block.splitlines():
        match = FIELD.fullmatch(line)
        if line.startswith("#,"):
            entry.flags |= {flag.strip() for flag in line[2:].split(",")}
        elif line.startswith("#."):
            entry.comment += line[2:]
        elif line.startswith("#:"):
            entry.files += line[2:].split()
        elif match:
            field = match[1]
            entry.add(field, ast.literal_eval(match[2]))
        elif line.startswith('"'):
            entry.add(field, ast.literal_eval(line))
    return entry


def read(path):
    """Returns the header and the entries of a catalogue; what is obsolete is left out."""
    with open(path, encoding="utf-8") as file:
        blocks = re.split(r"\n\n+", file.read())
    entries = [entry for entry in map(_read_entry, blocks) if entry.text is not None]
    header = next((entry for entry in entries if entry.text == ""), Entry(words={"msgstr": ""}))
    return header.words["msgstr"], [entry for entry in entries if entry.text != ""]


def extract(top, files, path):
    """Writes the catalogue of what the sources have to be translated now."""
    command = ["xgettext", "--from-code=UTF-8", "--add-comments", "--package-name=wheatear", "-o", path]
    command += [f"--keyword={word}" for word in KEYWORDS] + [f"--flag={flag}" for flag in FLAGS]
    done = subprocess.run(
        [*command, *files],
        cwd=top,
        capture_output=True,
        text=True,
        env=dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE=""),
    )
    if done.returncode != 0:
        raise AssertionError(done.stderr)
