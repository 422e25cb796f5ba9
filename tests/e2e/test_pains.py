# SPDX-License-Identifier: GPL-3.0-or-later
"""What users of such clients complain about, and what is not a scene elsewhere; docs/testing.md has them all."""

import base64
import os
import re
import select
import socket
import subprocess
import sys
import tempfile
import threading

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "tools"))

import tap  # noqa: E402
from bridge import Bridge  # noqa: E402
from desktop import Client, Display, Server, wait_for  # noqa: E402

KEY = "sk-wheat-3f9c1d77aa"
ASSETS = os.path.join(os.path.dirname(__file__), "..", "..", "src", "server", "demo")


class Scene:
    """A window; what else it needs is closed with it."""

    def __init__(self, name, **environment):
        self.name = name
        self.display = Display()
        self.display.environment.update(environment)
        self.me = Client(self.display)
        self.others = []

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None:
            self.display.picture(f"failed-{self.name}")
        warnings = self.me.close()
        for other in self.others:
            other.close()
        self.display.close()
        if kind is None:
            tap.none_of("warnings of the program", warnings)

    def add(self, other):
        self.others.append(other)
        return other

    def sign_in(self, url):
        self.me.add_account(url, KEY, "me-id", "Me")

    def shows(self, pattern):
        wait_for(
            f"a message like “{pattern}”",
            lambda: any(re.search(pattern, row) for row in self.me.rows()),
        )


def text(words):
    return {"type": "seglist", "data": [{"type": "text", "data": words}]}


class Proxy:
    """An HTTP proxy that knows CONNECT only, remembers to where, and the one place where all names lead."""

    def __init__(self, port):
        self.asked = []
        self.port = port
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._tunnel, args=(client,), daemon=True).start()

    def _tunnel(self, client):
        head = b""
        while b"\r\n\r\n" not in head:
            more = client.recv(4096)
            if not more:
                return
            head += more
        method, target, _ = head.split(b"\r\n")[0].decode("ascii").split(" ")
        self.asked.append((method, target))
        if method != "CONNECT":
            client.sendall(b"HTTP/1.1 405 Method Not Allowed\r\n\r\n")
            client.close()
            return
        with client, socket.create_connection(("127.0.0.1", self.port)) as server:
            client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            ends = {client: server, server: client}
            while True:
                for end in select.select(list(ends), [], [])[0]:
                    data = end.recv(65536)
                    if not data:
                        return
                    ends[end].sendall(data)

    def close(self):
        self.listener.close()


def test_proxy():
    """The desktop's proxy is used, also for a name that nobody but the proxy knows."""
    bridge = Bridge()
    proxy = Proxy(bridge.port)
    environment = {"http_proxy": proxy.url, "no_proxy": "", "GIO_USE_PROXY_RESOLVER": "libproxy"}
    with Scene("proxy", **environment) as scene:
        scene.add(proxy)
        scene.add(bridge)
        scene.sign_in("ws://bot.wheat.test:8090/ws")
        wait_for("the connection", lambda: bridge.connections)
        assert proxy.asked == [("CONNECT", "bot.wheat.test:8090")], proxy.asked
        bridge.say(text("through the proxy"))
        scene.me.find("list item", "through the proxy")


def make_certificate(folder):
    key, certificate = os.path.join(folder, "key.pem"), os.path.join(folder, "certificate.pem")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=wheat.local"]
        + ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate],
        check=True,
        capture_output=True,
    )
    return key, certificate


def test_self_signed():
    """A certificate of one's own: what is wrong is said in words, and it can be trusted, it alone."""
    with tempfile.TemporaryDirectory() as folder, Scene("self-signed") as scene:
        key, certificate = make_certificate(folder)
        server = scene.add(
            Server("--key", f"{KEY}=me", "--tls-key", key, "--tls-certificate", certificate, scheme="wss")
        )
        me = scene.me
        me.press("push button", "Add a Server")
        dialog = me.window("Add an Account")
        me.fill_in("^Address$", server.url, dialog)
        me.fill_in("^API Key$", KEY, dialog)
        me.fill_in("^Your User Id$", "me-id", dialog)
        me.press("push button", "Save", dialog)
        me.find("label", "certificate")
        scene.display.picture("certificate-refused")
        me.press("push button", "Certificate")
        me.find("label", "SHA-256")
        scene.display.picture("certificate-question")
        me.press("push button", "Trust This Certificate")
        me.find("push button", "Online")


def height_of(scene, pattern):
    """How high the row of a message is."""
    for row in scene.me.find("list", "^Messages"):
        if row and re.search(pattern, row.name or ""):
            return row.queryComponent().getExtents(1).height
    raise AssertionError(f"no row like “{pattern}”")


def test_emoji():
    """Emoji are there, in colour, and as high as the text beside them."""
    with Scene("emoji") as scene:
        bridge = scene.add(Bridge())
        scene.sign_in(bridge.url)
        wait_for("the connection", lambda: bridge.connections)
        bridge.say(text("first"))
        scene.me.select("^Chats$", "麦麦, ")
        bridge.say(text("plain words"))
        bridge.say(text("words 🌾 👩‍🌾 ❤️ and 🇨🇳"))
        bridge.say(text("last"))
        scene.shows("last")
        plain, mixed = height_of(scene, "plain words"), height_of(scene, "words 🌾")
        assert mixed <= plain * 1.5, (plain, mixed)
        picture = scene.display.picture("emoji")
        # Red of the heart and the flag: no font without colours has it.
        count = subprocess.check_output(
            ["convert", picture, "-fill", "black", "+opaque", "#ee1c25", "-format", "%k", "info:"], text=True
        )
        colours = subprocess.check_output(["convert", picture, "-unique-colors", "txt:-"], text=True)
        reds = re.findall(r"\((\d+),(\d+),(\d+)", colours)
        assert any(int(r) > 200 and int(g) < 70 and int(b) < 90 for r, g, b in reds), count


def test_large_payload():
    """A picture of twenty megabytes neither ends the connection nor the window."""
    with Scene("large") as scene, open(os.path.join(ASSETS, "wheat-field.png"), "rb") as file:
        bridge = scene.add(Bridge())
        scene.sign_in(bridge.url)
        first = wait_for("the connection", lambda: list(bridge.connections))
        # What follows a picture's end no decoder reads, but everything else has to carry it.
        contents = file.read() + os.urandom(20 * 1024 * 1024)
        msg_id = bridge.say({"type": "image", "data": base64.b64encode(contents).decode("ascii")})
        wait_for("its ACK", lambda: msg_id in bridge.acknowledged)
        scene.me.select("^Chats$", "麦麦, ")
        scene.me.find("image", "Picture, 640 × 400")
        bridge.say(text("and on it goes"))
        scene.shows("and on it goes")
        assert list(bridge.connections) == first


def files_with(folder, secret):
    """The files below a folder that hold it."""
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            with open(path, "rb") as file:
                if secret.encode("ascii") in file.read():
                    yield os.path.relpath(path, folder)


def test_secrets():
    """The key is where the keys are, and nowhere else: no database, no log, no draft, no setting."""
    with Scene("secrets", G_MESSAGES_DEBUG="all") as scene:
        bridge = scene.add(Bridge())
        scene.sign_in(bridge.url)
        bridge.say(text("hello"))
        scene.me.select("^Chats$", "麦麦, ")
        scene.me.say("hello, too")
        wait_for("my message at the bridge", lambda: bridge.accepted)
        # A profile in a folder of its own has no keyring: one file, which only its owner can read.
        assert set(files_with(scene.me.profile, KEY)) == {"secrets.ini"}, list(
            files_with(scene.me.profile, KEY)
        )
        scene.me.log.seek(0)
        assert KEY not in scene.me.log.read()


tap.run(tap.collect(globals()))
