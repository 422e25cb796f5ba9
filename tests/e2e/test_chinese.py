# SPDX-License-Identifier: GPL-3.0-or-later
"""The program in Chinese, of the mainland and of Taiwan: a conversation, and each window wide and narrow."""

import os
import re
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "tools"))

import locales  # noqa: E402
import pyatspi  # noqa: E402
import tap  # noqa: E402
from desktop import Client, Display, wait_for  # noqa: E402

HEIGHT = 800
ROLES = ("label", "push button", "toggle button", "page tab", "menu item", "check box", "heading", "list item")

HAN = re.compile("[\u3400-\u9fff]")

# Names that are not translated, and signs.
AS_IT_IS = re.compile(
    r"^$|^(Gtk|Adw|Wt)[A-Z]|^[\W\d_]*$|^\W*[A-Z]\w{0,2}$|^(qq|maimai)$|^[\d.,]+\s(\w?B|bytes)$"
    r"|Wheat|Mai|field-notes|JSON|Ping|SHA-256|TLS|^ID$|^API|ws://|libadwaita|demo"
)

WORDS = {
    "zh_CN": {
        "demo": "麦穗演示",
        "messages": "消息",
        "you": "您",
        "send": "发送",
        "written": "^(消息|聊天|群聊)",
        "chats": "聊天",
        "today": "今天",
        "preferences": "首选项",
        "pages": ["常规", "聊天", "通知", "账号", "存储"],
        "add": "添加账号",
        "inspector": "检查器",
        "shortcuts": "键盘快捷键",
        "welcome": "添加服务器",
        "address": "地址",
        "delete": "在本机删除",
        "back": "返回列表",
        "to": "发给 ",
        "search": "搜索",
    },
    "zh_TW": {
        "demo": "麥穗示範",
        "messages": "訊息",
        "you": "您",
        "send": "傳送",
        "written": "^(訊息|聊天|群組)",
        "chats": "聊天",
        "today": "今天",
        "preferences": "偏好設定",
        "pages": ["一般", "聊天", "通知", "帳號", "儲存空間"],
        "add": "新增帳號",
        "inspector": "檢查器",
        "shortcuts": "鍵盤快捷鍵",
        "welcome": "新增伺服器",
        "address": "位址",
        "delete": "在本機刪除",
        "back": "返回清單",
        "to": "發給 ",
        "search": "搜尋",
    },
}
SAID = {"zh_CN": "你好，麦麦！今天的麦田真美。", "zh_TW": "你好，麥麥！今天的麥田真美。"}


class ChineseDisplay(Display):
    """Its windows have Chinese titles."""

    def find_window(self, pid):
        command = ["xdotool", "search", "--onlyvisible", "--pid", str(pid), "--name", "麦穗|麥穗|Wheatear"]
        output = subprocess.check_output(command, env=self.environment, text=True, timeout=60)
        return output.split()[0]

    def fit(self, name, width, height):
        """Gives the window with this title a size, and waits until it has it."""
        found = ["search", "--sync", "--onlyvisible", "--name", name]
        self.xdotool(*found, "windowsize", str(width), str(height), "windowmove", "0", "0")


class Scene(Client):
    """The program in a language; at the end, no warning was given."""

    def __init__(self, language, size, arguments):
        self.language, self.words = language, WORDS[language]
        self.folder = tempfile.TemporaryDirectory(prefix="wheatear-chinese-")
        self.size = size
        display = ChineseDisplay(f"{size}x{HEIGHT}x24")
        self.ready = os.path.join(self.folder.name, "ready")
        display.environment.update(locales.make(self.folder.name, language), WHEATEAR_DEMO_READY_FILE=self.ready)
        super().__init__(display, arguments)

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None:
            self.display.picture("failed-chinese")
        warnings = self.close()
        self.display.close()
        self.folder.cleanup()
        if kind is None:
            tap.none_of("warnings of the program", warnings)

    def rows(self):
        timeline = self._look("list", f"^{self.words['messages']}", None)
        if timeline is None:
            return []
        return [row.name for row in timeline if row and row.getRoleName() == "list item"]

    def say(self, text):
        """Writes as an input method does: whole words at once."""
        self.find("text", f"^{self.words['messages']}|{self.words['to']}").queryEditableText().setTextContents(text)
        self.press("push button", f"^{self.words['send']}$")

    def open(self, key, title, name):
        """Opens a window by its key, and takes its picture."""
        self.display.key(key)
        window = self.window(title)
        self.display.fit(f"^{title}$", min(self.size, 1000), HEIGHT)
        self.expect_chinese(window)
        self.picture(name)
        return window

    def picture(self, name):
        time.sleep(0.4)  # what slides in has arrived: for the picture only
        self.display.picture(f"chinese-{self.language}-{name}-{self.size}")

    def walk_words(self, node):
        """All that is shown, but for what people have written."""
        yield node
        if node.getRoleName() == "list" and re.search(self.words["written"], node.name or ""):
            return
        for index in range(node.childCount):
            child = node[index]
            if child and child.getState().contains(pyatspi.STATE_VISIBLE):
                yield from self.walk_words(child)

    def expect_chinese(self, root=None):
        """Nothing of ours that is shown is left in English."""
        self.forget()
        left = {
            node.name
            for node in self.walk_words(root or self.app)
            if node.getRoleName() in ROLES and not HAN.search(node.name or "") and not AS_IT_IS.search(node.name or "")
        }
        tap.none_of("left in English", sorted(left))


def converse(scene):
    """A conversation: the answer comes, and the day has its Chinese name."""
    words = scene.words
    wait_for("the demo's conversation", lambda: os.path.exists(scene.ready))
    scene.display.fit(words["demo"], scene.size, HEIGHT)
    if scene.size < 500:
        scene.picture("group")
        scene.press("push button", f"^{words['back']}")
        scene.find("list item", "Wheat Field")
        time.sleep(1)  # it slides: for the picture only
        scene.picture("list")
    else:
        scene.find("label", f"^{words['today']}$")
        scene.picture("group")
        scene.expect_chinese()
    scene.press("page tab", f"^{words['chats']}")
    scene.select(f"^{words['chats']}$", "Maimai")
    scene.say(SAID[scene.language])
    wait_for(
        "the answer",
        lambda: [row for row in scene.rows() if SAID[scene.language] in row and row.startswith(words["you"])]
        and not scene.rows()[-1].startswith(words["you"]),
    )
    scene.picture("chat")


def look_around(scene):
    words = scene.words
    scene.display.key("F9")
    scene.find("push button", f"^{words['delete']}")
    scene.picture("details")
    scene.expect_chinese()
    scene.display.key("F9")
    scene.display.key("ctrl+shift+f")
    scene.find("entry", f"^{words['search']}")
    scene.picture("search")
    scene.expect_chinese()
    scene.display.key("Escape")


def look_at_windows(scene):
    words = scene.words
    title = words["preferences"]
    window = scene.open("ctrl+comma", title, "preferences")
    for number, name in enumerate(words["pages"] if scene.size > 500 else [], 1):
        scene.press("page tab", f"^{name}$", window)
        scene.picture(f"preferences-{number}")
        scene.expect_chinese(window)
    scene.display.key("Escape")
    wait_for("its end", lambda: not [child for child in scene.app if child and child.name == title])


def look_at_tools(scene):
    """The shortcuts, whose window has a title of GTK's, and the inspector."""
    scene.display.key("F1")
    scene.find("label", f"^{scene.words['shortcuts']}$")
    scene.picture("shortcuts")
    scene.display.key("Escape")
    scene.open("ctrl+shift+i", scene.words["inspector"], "inspector")


def run(language, size):
    with Scene(language, size, ["--demo"]) as scene:
        converse(scene)
        if size > 500:
            look_around(scene)
        look_at_windows(scene)
        if size > 500:
            look_at_tools(scene)


def test_simplified():
    run("zh_CN", 1000)


def test_simplified_narrow():
    run("zh_CN", 360)


def test_traditional():
    run("zh_TW", 1000)


def test_traditional_narrow():
    run("zh_TW", 360)


def test_first_steps():
    """The welcome, and the form of an account, which says what is wrong with an address."""
    for language, size in (("zh_CN", 1000), ("zh_CN", 360), ("zh_TW", 1000), ("zh_TW", 360)):
        with Scene(language, size, None) as scene:
            scene.find("push button", f"^{scene.words['welcome']}")
            scene.picture("welcome")
            scene.press("push button", f"^{scene.words['welcome']}")
            dialog = scene.window(scene.words["add"])
            scene.fill_in(f"^{scene.words['address']}$", "http://192.168.1.5:18040", dialog)
            wait_for("what is wrong with it", lambda: scene.has("label", "^.*(网页|網頁).*wss://"))
            scene.picture("account")
            scene.expect_chinese(dialog)


tap.run(tap.collect(globals()))
