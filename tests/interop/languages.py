# SPDX-License-Identifier: GPL-3.0-or-later
"""The languages of the foreign peers: what each needs, and how its programs are built and started."""

import glob
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
# Seconds for a compiler that fills its cache, on a slow machine.
BUILD_DEADLINE = 180


def source(name):
    return os.path.join(HERE, name)


class Language:
    """Programs that run from their source."""

    # The peers that there are; a language without a server has no test with one.
    roles = ("client", "server")
    # The ways its server can refuse a key.
    refusals = ("reason", "1008", "401")
    environment = {}

    def get_needs(self):
        """Returns pairs of what is needed and a command that fails without it."""
        raise NotImplementedError

    def find_lack(self):
        """Returns the first need that is not installed, or None."""
        for name, command in self.get_needs():
            try:
                status = self.call(command).returncode
            except FileNotFoundError:
                status = None
            if status != 0:
                return name
        return None

    def call(self, command):
        return subprocess.run(
            command,
            env=self.get_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=BUILD_DEADLINE,
        )

    def get_environment(self):
        return {**os.environ, **self.environment}

    def get_command(self, role):
        """Returns the words that start a peer, before its arguments."""
        raise NotImplementedError


class Python(Language):
    def get_needs(self):
        return [("python3-websockets", [sys.executable, "-c", "import websockets.legacy.server"])]

    def get_command(self, role):
        return [sys.executable, "-W", "ignore", source(f"peer_{role}.py")]


class Node(Language):
    # Debian's modules, for a Node that is not Debian's.
    environment = {"NODE_PATH": "/usr/share/nodejs:/usr/lib/nodejs"}
    node = shutil.which("node") or shutil.which("nodejs") or "node"

    def get_needs(self):
        return [("Node", [self.node, "-e", ""]), ("node-ws", [self.node, "-e", "require('ws')"])]

    def get_command(self, role):
        return [self.node, source(f"peer_{role}.js")]


class Compiled(Language):
    """Programs that are compiled when the first of their role starts, away from the sources."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="wheatear-interop-")
        self.built = set()

    def get_path(self, name):
        return os.path.join(self.folder.name, name)

    def get_compiler(self, role):
        """Returns the command that builds a role."""
        raise NotImplementedError

    def get_program(self, role):
        """Returns the command that runs what was built."""
        raise NotImplementedError

    def get_command(self, role):
        if role not in self.built:
            done = self.call(self.get_compiler(role))
            assert done.returncode == 0, f"the {role} cannot be compiled: {done.stdout}"
            self.built.add(role)
        return self.get_program(role)


class Go(Compiled):
    def get_environment(self):
        return {
            **os.environ,
            # The distribution's libraries, and nothing from the network.
            "GOPATH": "/usr/share/gocode",
            "GO111MODULE": "off",
            "GOFLAGS": "",
            "GOCACHE": self.get_path("cache"),
        }

    def get_needs(self):
        library = "github.com/gorilla/websocket"
        return [("Go", ["go", "version"]), ("gorilla/websocket", ["go", "list", library])]

    def get_compiler(self, role):
        return [
            "go", "build", "-o", self.get_path(role), source("peer.go"), source(f"peer_{role}.go")
        ]  # fmt: skip

    def get_program(self, role):
        return [self.get_path(role)]


class Java(Compiled):
    # See PeerServer.java.
    refusals = ("reason", "1008")

    @property
    def class_path(self):
        """Returns one's own CLASSPATH, and the distribution's jars."""
        jars = ["Java-WebSocket.jar", "gson.jar", "slf4j*-api.jar"]
        found = [path for jar in jars for path in glob.glob(f"/usr/share/java/{jar}")]
        # The later interface of slf4j before the earlier.
        parts = [os.environ.get("CLASSPATH"), self.folder.name, *sorted(found, reverse=True)]
        return os.pathsep.join(filter(None, parts))

    def get_needs(self):
        find = ["javap", "-cp", self.class_path]
        return [
            ("the JDK", ["javac", "-version"]),
            ("Java-WebSocket", [*find, "org.java_websocket.WebSocket"]),
            ("slf4j, which Java-WebSocket needs,", [*find, "org.slf4j.Logger"]),
            ("gson", [*find, "com.google.gson.Gson"]),
        ]

    def get_compiler(self, role):
        sources = [source("Peer.java"), source(f"Peer{role.title()}.java")]
        return [
            "javac", "-Xlint:all", "-Werror", "-cp", self.class_path, "-d", self.folder.name, *sources
        ]  # fmt: skip

    def get_program(self, role):
        return ["java", "-cp", self.class_path, f"Peer{role.title()}"]


class CSharp(Compiled):
    # See peer_client.cs.
    roles = ("client",)

    def get_needs(self):
        nothing = self.get_path("nothing.cs")
        with open(nothing, "w", encoding="utf-8"):
            pass
        library = ["mcs", "-target:library", f"-out:{self.get_path('nothing.dll')}", nothing]
        return [
            ("Mono", ["mono", "--version"]),
            ("Mono's mcs", library),
            ("Mono's System.Json", [*library, "-r:System.Json"]),
        ]

    def get_compiler(self, role):
        output = f"-out:{self.get_path(role)}.exe"
        return ["mcs", "-warnaserror", "-r:System.Json", output, source(f"peer_{role}.cs")]

    def get_program(self, role):
        return ["mono", self.get_path(role) + ".exe"]


LANGUAGES = {"python": Python, "node": Node, "go": Go, "java": Java, "csharp": CSharp}
