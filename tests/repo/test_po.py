#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The translations say everything that the sources say now, whole and in one voice."""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import catalogue
import tap

TOP = pathlib.Path(sys.argv[1]).resolve()
LANGUAGES = ["zh_CN", "zh_TW"]

DIRECTIVE = re.compile(r"%(?:(\d+)\$)?([-+ #0']*\d*(?:\.\d+)?(?:hh|h|ll|l|z)?[a-zA-Z])")
STRFTIME = re.compile(r"%-?[a-zA-Z]")
HAN = "\u3400-\u9fff"
CLOSING = {".": "。", ":": "：", "?": "？", "…": "…", ",": "，", "!": "！"}

# A reader of one of them would stumble over the other's characters: each has a set that is its own.
CHARACTERS = {"zh_CN": "gb2312", "zh_TW": "big5"}

# One thing has one name: the English word, and what stands for it.
NAMES = {
    r"keyring": {"zh_CN": "密钥环", "zh_TW": "金鑰圈"},
    r"accounts?": {"zh_CN": "账号", "zh_TW": "帳號"},
    r"servers?": {"zh_CN": "服务器", "zh_TW": "伺服器"},
    r"stickers?": {"zh_CN": "表情包", "zh_TW": "貼圖"},
    r"messages?": {"zh_CN": "消息", "zh_TW": "訊息"},
    r"bots?": {"zh_CN": "机器人", "zh_TW": "機器人"},
    r"platforms?": {"zh_CN": "平台", "zh_TW": "平台"},
    r"certificates?": {"zh_CN": "证书", "zh_TW": "憑證"},
    r"profile": {"zh_CN": "配置", "zh_TW": "設定檔"},
    r"fingerprint": {"zh_CN": "指纹", "zh_TW": "指紋"},
    r"inspector": {"zh_CN": "检查器", "zh_TW": "檢查器"},
    r"bytes?": {"zh_CN": "字节", "zh_TW": "位元組"},
    r"notifications?": {"zh_CN": "通知", "zh_TW": "通知"},
}

# Other names for the same things, spellings, and the words of the other side of the strait.
STRANGERS = {
    "zh_CN": "群组 帐号 帐户 登陆 信息 钥匙串 伺服器 讯息 档案 贴图 你 「 」 缺省".split(),
    "zh_TW": (
        "群聊 賬 消息 信息 文件夾 用戶(?!端) 服務器 網絡 默認 登錄 設置 密鑰 金鑰環 鑰匙圈 連接(?!埠) 表情包 保存 "
        "粘貼 字節 程序 軟件 視頻 屏幕 支持 臺 首選項 協議 證書 地址 客戶端 配置 歸檔 發送 後台 查找 質量 幀 "
        "線程 內存 硬盤 數據 你 “ ” 端口 列表 打開 選中 群(?!組)"
    ).split(),
}

# Verbs that could be nouns, parts of sentences: what is meant has to be said.
AMBIGUOUS = (
    "all Code Dark file From Label Light Load None ok Pause Position Received Sent Smaller State To "
    "Unknown Upgrade Valid What Written You N"
).split()


def files():
    lines = (TOP / "po" / "POTFILES").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def need(program):
    if not shutil.which(program):
        raise tap.Skip(f"no {program}")


def fresh():
    """Returns what is to be translated now, from the sources themselves."""
    need("xgettext")
    with tempfile.TemporaryDirectory(prefix="wheatear-po-") as folder:
        path = pathlib.Path(folder) / "fresh.pot"
        catalogue.extract(TOP, files(), path)
        return catalogue.read(path)[1]


def path_of(language):
    return TOP / "po" / f"{language}.po"


def pairs(language):
    """Returns each string with its translation: entry, translation."""
    _header, entries = catalogue.read(path_of(language))
    return [(entry, words) for entry in entries for words in entry.words.values()]


def complain(what, found):
    tap.none_of(what, [f"{language}: {text!r} → {words!r}" for language, text, words in found])


def everywhere(is_bad):
    """Returns the translations, of both languages, for which the function says so."""
    return [
        (language, entry.text, words)
        for language in LANGUAGES
        for entry, words in pairs(language)
        if is_bad(language, entry, words)
    ]


def test_headers():
    for language in LANGUAGES:
        header, _entries = catalogue.read(path_of(language))
        fields = dict(line.split(": ", 1) for line in header.splitlines() if ": " in line)
        assert fields["Language"] == language, fields
        assert fields["Content-Type"] == "text/plain; charset=UTF-8", fields
        assert fields["Plural-Forms"] == "nplurals=1; plural=0;", fields
        assert fields["Last-Translator"] == "Wheatear authors", fields


def test_compiler_is_content():
    need("msgfmt")
    for language in LANGUAGES:
        done = subprocess.run(
            ["msgfmt", "--check", "--check-accelerators=_", "-o", "/dev/null", path_of(language)],
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0 and not done.stderr, done.stderr


def test_nothing_is_missing():
    """Every string of the sources is there, and none that the sources have no more."""
    wanted = {entry.key: entry.plural for entry in fresh()}
    for language in LANGUAGES:
        text = path_of(language).read_text("utf-8")
        assert "\n#~" not in text, f"{language} keeps obsolete strings"
        found = {entry.key: entry for entry in catalogue.read(path_of(language))[1]}
        tap.none_of(f"not in {language}", sorted(map(repr, wanted.keys() - found.keys())))
        tap.none_of(f"only in {language}", sorted(map(repr, found.keys() - wanted.keys())))
        tap.none_of(
            f"not whole in {language}",
            [
                repr(key)
                for key, entry in found.items()
                if "fuzzy" in entry.flags
                or not all(entry.words.values())
                or entry.plural != wanted[key]
                or ("msgstr[0]" in entry.words) != (entry.plural is not None)
            ],
        )


def directives(text):
    """Returns the directives by their place, whatever their order in the text."""
    found = DIRECTIVE.findall(text.replace("%%", ""))
    return {int(place or index): kind for index, (place, kind) in enumerate(found, 1)}


def test_directives():
    def is_bad(_language, entry, words):
        if "c-format" in entry.flags:
            return directives(words) != directives(entry.plural or entry.text)
        # A date may be put together in another way, but not out of words alone.
        return bool(STRFTIME.search(entry.text)) != bool(STRFTIME.search(words))

    complain("other directives", everywhere(is_bad))


def test_edges():
    """Spaces at the ends, line breaks and the last sign are as in the original."""

    def is_bad(_language, entry, words):
        text = entry.text
        if re.match(r"\s*", text)[0] != re.match(r"\s*", words)[0]:
            return True
        if text.count("\n") != words.count("\n"):
            return True
        # A full-width colon brings its own space.
        tail = re.search(r"\s*$", text)[0] if not text.endswith((": ", ", ")) else ""
        if tail != re.search(r"\s*$", words)[0]:
            return True
        sign = text.rstrip()[-1:]
        return sign in CLOSING and text != sign + " " and not words.rstrip().endswith((CLOSING[sign], sign + "%s"))

    complain("other ends", [bad for bad in everywhere(is_bad) if bad[1] not in (", ",)])


def test_accelerators():
    """A key to press stays the same letter, in brackets behind the words and before the dots."""

    def is_bad(_language, entry, words):
        key = re.search(r"(?<![\w\"])_(\w)|(?<=\w)_(\w)(?=\w*…?$)", entry.text)
        if "_" not in entry.text or " " in entry.text and "maim_message" in entry.text:
            return False
        letter = (key[1] or key[2]).upper() if key and "_api" not in entry.text else None
        if letter is None or not re.search(f"[{HAN}]", words) or "enable" in entry.text:
            return False
        return not re.search(rf"\(_{letter}\)…?$", words)

    complain("other keys", everywhere(is_bad))


def test_typography():
    """A space between Chinese and Latin; signs as wide as the characters around them."""

    def is_bad(_language, entry, words):
        text = re.sub(r"\(_\w\)|\w+://\S*", "≡", DIRECTIVE.sub("≡", words))
        if text.startswith("chat;") or STRFTIME.search(entry.text) and "c-format" not in entry.flags:
            return False
        return bool(
            re.search(f"[{HAN}][A-Za-z0-9]|[A-Za-z0-9][{HAN}]", text)
            or re.search(rf"[{HAN}][,;:?!()]|[,;:?!][{HAN}]|[{HAN}]\.(?!\w)", text)
            or re.search("\\.\\.\\.|  |[，。：；！？、] ", text)
        )

    complain("not as Chinese is set", everywhere(is_bad))


def test_characters():
    def is_bad(language, _entry, words):
        try:
            re.sub(f"[^{HAN}]", "", words).encode(CHARACTERS[language])
        except UnicodeEncodeError:
            return True
        return False

    complain("characters of the other script", everywhere(is_bad))


def test_one_name_for_one_thing():
    """Where a word is part of a command, it stays as it is."""

    def is_bad(language, entry, words):
        return any(
            re.search(rf"\b{pattern}\b", entry.text, re.IGNORECASE)
            and names[language] not in words
            and not re.search(rf"\b{pattern}\b", words, re.IGNORECASE)
            and re.search(f"[{HAN}]", words)
            for pattern, names in NAMES.items()
        )

    complain("another name for it", everywhere(is_bad))


def test_no_strangers():
    def is_bad(language, _entry, words):
        return any(re.search(stranger, words) for stranger in STRANGERS[language])

    complain("a word that is not used here", everywhere(is_bad))


def test_translators_are_told():
    """Nobody can translate “%s: %s”, or “Light”, who does not know what it is."""
    tap.none_of(
        "without a context or a comment",
        [
            f"{entry.text!r} in {', '.join(entry.files)}"
            for entry in fresh()
            if not entry.context
            and not entry.comment
            and (entry.text in AMBIGUOUS or not re.search(r"[A-Za-z]{2}", DIRECTIVE.sub("", entry.text)))
        ],
    )


tap.run(tap.collect(globals()))
