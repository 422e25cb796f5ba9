# SPDX-License-Identifier: GPL-3.0-or-later
"""The same conversations on every screen: in the dark, in Chinese, from right to left, in large letters, narrow, wide.

Opened by keys, whatever the language; the pictures are there to be looked at."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "tools"))

import desktop  # noqa: E402
import pyatspi  # noqa: E402
import tap  # noqa: E402
from bridge import Bridge  # noqa: E402
from desktop import Client, Display, wait_for  # noqa: E402
from sayings import list_of, notes, picture, text  # noqa: E402

FIELD = ("wheat-field", "麦田 · The Wheat Field")
WORDS = [
    "大家好，麦子熟了。",
    "The wheat is ripe, and the weather is said to hold until the weekend, so let us begin tomorrow.",
    "שלום לכולם, מחר מתחילים",
    "Who brings the sickles? 🌾 https://example.org/sickles",
]


def make_locale(folder, name):
    """A locale of the test's own: a system need not have it."""
    if not shutil.which("localedef") or not os.path.exists(f"/usr/share/i18n/locales/{name}"):
        raise tap.Skip(f"no localedef, or no source of {name}")
    command = ["localedef", "-i", name, "-f", "UTF-8", f"{folder}/{name}.UTF-8"]
    subprocess.run(command, check=True, timeout=120, stderr=subprocess.DEVNULL)
    return {"LOCPATH": folder, "LC_ALL": f"{name}.UTF-8", "LANGUAGE": name}


class Stage:
    """A profile with conversations in it, to be opened again and again."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="wheatear-looks-")
        self.profile = os.path.join(self.folder.name, "profile")
        self.bridge = Bridge()

    def fill(self):
        display = Display()
        me = Client(display, ["--profile", self.profile])
        try:
            me.find("push button", "Add a Server")
            display.picture("looks-welcome")
            me.add_account(self.bridge.url, "a-key", "me-id", "我")
            wait_for("the connection", lambda: self.bridge.connections)
            for words in WORDS:
                self.bridge.say(text(words), group=FIELD)
            self.bridge.say(text(WORDS[1]))
            me.find("list item", "^麦麦, ")
            me.press("page tab", "^Groups")
            me.select("^Groups$", "^麦田 ")
            self.bridge.say(list_of(text("麦子熟了"), picture()), group=FIELD)
            self.bridge.say(notes(), group=FIELD)
            wait_for("the file", lambda: any("field-notes" in row for row in me.rows()))
            me.say("Me too! 我也来。")
            wait_for("the ACK", lambda: any(re.search("Me too.*Received", row) for row in me.rows()))
        finally:
            warnings = me.close()
            display.close()
        tap.none_of("warnings of the program", warnings)

    def close(self):
        self.bridge.close()
        self.folder.cleanup()


STAGE = Stage()


def has_words(me, words):
    me.forget()
    return any(re.search(words, node.name or "") for node in me.walk())


def snap(me, name):
    time.sleep(0.4)  # what slides or fades has come to rest: for the picture only
    me.display.picture(name)


def is_within(me, width):
    window = me.app[0].queryComponent().getExtents(pyatspi.XY_WINDOW)
    return window.width <= width


def show_surfaces(me, name, width):
    """List, chat, group, details, search bar and search everywhere. A window grows with what it has no room for."""
    display = me.display

    def show(surface):
        snap(me, f"looks-{name}-{surface}")
        wait_for(f"{surface} in a window of {width}", lambda: is_within(me, width), 10)

    wait_for("the list", lambda: has_words(me, "麦"))
    show("list")
    display.key("alt+1", "ctrl+k", "Down", "Return")
    wait_for("the chat", lambda: has_words(me, "^麦麦(: |：)The wheat is ripe"))
    show("chat")
    display.key("alt+Left", "alt+2", "ctrl+k", "Down", "Return")
    wait_for("the group", lambda: has_words(me, "field-notes.txt"))
    show("group")
    display.key("F9")
    wait_for("the details", lambda: has_words(me, "wheat-field"))
    show("details")
    display.key("F9", "ctrl+f")
    display.type("wheat")
    show("search-chat")
    display.key("Escape", "ctrl+shift+f")
    display.type("wheat")
    wait_for("the hits", lambda: has_words(me, "The wheat is ripe"))
    show("search")
    display.key("Escape", "Escape")


def make_narrow(me, index):
    """The dialog that has the keyboard, as narrow as a telephone."""
    display = me.display

    def look():
        number = subprocess.check_output(
            ["xdotool", "getactivewindow"], env=display.environment, text=True, timeout=60
        ).strip()
        display.xdotool("windowsize", number, "360", "640")
        me.forget()
        return me.app[index].queryComponent().getExtents(pyatspi.XY_WINDOW).width <= 360

    wait_for(f"“{me.app[index].name}” to be narrow", look)


def show_dialogs(me, name, narrow=False):
    """New chat, preferences and inspector."""
    display = me.display
    for keys, dialog in (("ctrl+n", "new-chat"), ("ctrl+comma", "preferences"), ("ctrl+shift+i", "inspector")):
        before = me.app.childCount
        display.key(keys)
        wait_for(dialog, lambda: me.app.childCount > before)
        if narrow:
            make_narrow(me, before)
        snap(me, f"looks-{name}-{dialog}")
        display.key("Escape" if dialog != "inspector" else "ctrl+w")
        wait_for(f"the end of {dialog}", lambda: me.app.childCount == before)


def look(name, size="1280x860x24", window=(1160, 800), dialogs=True, resources=None, **environment):
    if not os.path.exists(STAGE.profile):
        STAGE.fill()
    display = Display(size)
    display.environment.update(environment)
    if resources:
        display.run("xprop", "-root", "-format", "RESOURCE_MANAGER", "8s", "-set", "RESOURCE_MANAGER", resources)
    me = Client(display, ["--profile", STAGE.profile])
    done = False
    try:
        # A profile keeps the size that its window had.
        number = wait_for("the window", lambda: display.find_window(me.process.pid))

        def fits():
            # What folds needs less room afterwards.
            display.xdotool("windowsize", number, *map(str, window))
            return is_within(me, window[0])

        wait_for("the size", fits)
        show_surfaces(me, name, window[0])
        if dialogs:
            show_dialogs(me, name, narrow=window[0] <= 360)
        done = True
    finally:
        if not done:
            display.picture(f"failed-looks-{name}")
        warnings = me.close()
        display.close()
    tap.none_of("warnings of the program", warnings)


def test_light():
    look("light")


def test_dark():
    look("dark", ADW_DEBUG_COLOR_SCHEME="prefer-dark")


def test_high_contrast():
    look("high-contrast", ADW_DEBUG_HIGH_CONTRAST="1")


def test_narrow():
    look("narrow", window=(360, 640))


def test_chinese():
    with tempfile.TemporaryDirectory() as folder:
        look("chinese", **make_locale(folder, "zh_CN"))


def translate(folder):
    """GTK turns a window round only where its program speaks the language, too: a copy of it that says so."""
    messages = f"{folder}/po/he/LC_MESSAGES"
    for path in (f"{folder}/src", f"{folder}/meson-info", messages):
        os.makedirs(path)
    shutil.copy(desktop.program("wheatear"), f"{folder}/src")
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    command = ["msgfmt", "-o", f"{messages}/wheatear.mo", "-"]
    subprocess.run(command, input=header, text=True, check=True, timeout=60)
    return folder


def test_right_to_left():
    build = desktop.BUILD
    with tempfile.TemporaryDirectory() as folder:
        environment = make_locale(folder, "he_IL")
        desktop.BUILD = translate(folder)
        try:
            look("rtl", **environment)
        finally:
            desktop.BUILD = build


def test_large_text():
    look("large", resources="Xft.dpi: 192")


def test_narrow_and_large():
    """Letters of twice the size on a telephone: nothing is wider than the window."""
    look("narrow-large", window=(360, 640), resources="Xft.dpi: 192")


def show_account(me):
    me.press("push button", "Add a Server$")
    me.window("Add an Account")
    make_narrow(me, 1)
    snap(me, "looks-narrow-large-account")


def test_account_narrow_and_large():
    """The form to begin with, in the same size, with a profile that has nothing yet."""
    display = Display()
    display.run("xprop", "-root", "-format", "RESOURCE_MANAGER", "8s", "-set", "RESOURCE_MANAGER", "Xft.dpi: 192")
    me = Client(display)
    try:
        me.resize(360, 640)
        snap(me, "looks-narrow-large-welcome")
        show_account(me)
    finally:
        warnings = me.close()
        display.close()
    tap.none_of("warnings of the program", warnings)


def test_wide():
    look("4k", size="3840x2160x24", window=(3840, 2160), dialogs=False)


def test_end():
    """Ends what all of them used."""
    STAGE.close()


tap.run(tap.collect(globals()))
