# SPDX-License-Identifier: GPL-3.0-or-later
"""Sleep, other networks and a program that was stopped: it is online again by itself. What was not seen stays unread."""

import os
import select
import signal
import socket
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "tools"))

import tap  # noqa: E402
from desktop import wait_for  # noqa: E402
from pains import ENTRY, FIELD, Scene, text  # noqa: E402
from system_bus import FULL, PORTAL, SystemBus  # noqa: E402

LOGIN_PAGE = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 25\r\nConnection: close\r\n\r\n"
    b"<h1>Log in, please</h1>\r\n"
)


class Wire:
    """What is between the program and the bot: it can fall silent, be cut, or answer for the bot itself."""

    def __init__(self, port):
        self.port = port
        self.links = []
        self.has_login_page = False
        self.asked = 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"ws://127.0.0.1:{self.listener.getsockname()[1]}/ws"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            self.asked += 1
            if self.has_login_page:
                threading.Thread(target=self._answer, args=(client,), daemon=True).start()
            else:
                link = Link(client, socket.create_connection(("127.0.0.1", self.port)))
                self.links.append(link)

    def _answer(self, client):
        with client:
            if client.recv(65536):
                client.sendall(LOGIN_PAGE)

    def fall_silent(self):
        """Nothing comes through any more what is open now, and neither end is told."""
        for link in self.links:
            link.silent = True

    def cut(self):
        for link in self.links:
            link.cut()

    def close(self):
        self.listener.close()
        self.cut()


class Link:
    def __init__(self, client, server):
        self.client, self.server = client, server
        self.silent = False
        threading.Thread(target=self._carry, daemon=True).start()

    def _carry(self):
        ends = {self.client: self.server, self.server: self.client}
        try:
            with self.client, self.server:
                while True:
                    for end in select.select(list(ends), [], [])[0]:
                        data = end.recv(65536)
                        if not data:
                            return
                        if not self.silent:
                            ends[end].sendall(data)
        except (OSError, ValueError):
            pass

    def cut(self):
        for end in (self.client, self.server):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass


def said(scene):
    """What the bot was told."""
    return [payload["message_segment"]["data"] for payload in scene.bridge.accepted]


def open_chat(scene):
    msg_id = scene.bridge.say(text("Good evening"))
    wait_for("the ACK", lambda: msg_id in scene.bridge.acknowledged)
    scene.me.select("^Chats$", "^麦麦, ")
    scene.shows("Good evening")


def test_after_sleep():
    """The link died in its sleep, and nobody said so: it is asked at once, not when it would be anyhow."""
    with Scene("sleep") as scene:
        bus = scene.add(SystemBus())
        scene.display.environment.update(bus.environment)
        wire = scene.add(Wire(scene.bridge.port))
        scene.start(wire.url)
        open_chat(scene)
        wire.fall_silent()
        scene.me.say("Good morning")
        bus.wake_up()
        woken = time.monotonic()
        wait_for("another connection", lambda: len(wire.links) == 2)
        # A link that says nothing is given 30 s else.
        assert time.monotonic() - woken < 20, time.monotonic() - woken
        scene.shows("Good morning.*Received by the server")
        wait_for("what was said meanwhile", lambda: "Good morning" in said(scene))
        assert said(scene).count("Good morning") == 1, said(scene)
        scene.me.find("push button", "Online")
        scene.display.picture("pains-awake")
        scene.bridge.say(text("Slept well?"))
        scene.shows("Slept well")


def test_another_network():
    """A page to log in answers for the bot: it says so, and is online without a click when that is over."""
    with Scene("network") as scene:
        bus = scene.add(SystemBus())
        scene.display.environment.update(bus.environment)
        wire = scene.add(Wire(scene.bridge.port))
        scene.start(wire.url)

        def arrive():
            wire.has_login_page = True
            bus.set_connectivity(PORTAL)

        scene.start_again(arrive)
        scene.me.find("label", "it is no API server")
        scene.display.picture("pains-login-page")
        wire.has_login_page = False
        bus.set_connectivity(FULL)
        scene.me.find("push button", "Online")
        scene.bridge.say(text("There you are"))
        scene.me.find("list item", "There you are")


def test_stopped():
    """The whole program stands still while its link is cut, as in a virtual machine that is put away."""
    with Scene("stopped") as scene:
        wire = scene.add(Wire(scene.bridge.port))
        scene.start(wire.url)
        open_chat(scene)
        scene.me.process.send_signal(signal.SIGSTOP)
        try:
            wire.cut()
            wait_for("the bot to be alone", lambda: not scene.bridge.connections)
        finally:
            scene.me.process.send_signal(signal.SIGCONT)
        scene.me.say("Still here")
        wait_for("what was said", lambda: "Still here" in said(scene))
        scene.shows("Still here.*Received by the server")
        scene.bridge.say(text("So am I"))
        scene.shows("So am I")


def test_unread():
    """What comes while one looks elsewhere stays unread, also over a restart; what one looks at is read."""
    with Scene("unread") as scene:
        scene.start()
        open_chat(scene)
        me = scene.me
        me.find("list item", "^麦麦, (?!.*unread)")

        # It is in view, but nobody looks at the window.
        files = scene.add_files()
        files.focus()
        scene.bridge.say(text("Over here"))
        scene.shows("Over here")
        me.find("list item", "^麦麦, .*Over here.*1 unread")
        scene.display.picture("pains-unread")
        scene.focus()
        me.find("list item", "^麦麦, .*Over here(?!.*unread)")

        # Out of view.
        for number in range(30):
            scene.bridge.say(text(f"Number {number} of many"))
        me.find("list item", "^麦麦, .*Number 29(?!.*unread)")
        me.click(me.find("text", ENTRY))
        scene.display.key("shift+Tab", "shift+Tab", "Home")
        scene.shows("Good evening")
        msg_id = scene.bridge.say(text("The last one"))
        wait_for("the ACK", lambda: msg_id in scene.bridge.acknowledged)
        me.find("list item", "^麦麦, .*The last one.*1 unread")
        assert not scene.place("The last one")

        # Never opened: still there after a restart, which opens the chat that was open, and that is read.
        msg_id = scene.bridge.say(text("To the field"), group=FIELD)
        wait_for("the ACK", lambda: msg_id in scene.bridge.acknowledged)
        scene.start_again()
        scene.shows("The last one")
        me.find("list item", "^麦麦, .*The last one(?!.*unread)")
        me.press("page tab", "^Groups$")
        me.find("list item", "^麦田, .*To the field.*1 unread")
        me.select("^Groups$", "^麦田, ")
        scene.shows("To the field")
        me.find("list item", "^麦田, .*To the field(?!.*unread)")


tap.run(tap.collect(globals()))
