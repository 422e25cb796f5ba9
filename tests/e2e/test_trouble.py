# SPDX-License-Identifier: GPL-3.0-or-later
"""What the programs say and do when the disk or the file of the messages fails them: nothing is lost, and no processor kept busy."""

import contextlib
import hashlib
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "tools"), os.path.join(HERE, "..", "interop")]

import tap  # noqa: E402
from desktop import BUILD, DEADLINE, Client, Display, program, wait_for  # noqa: E402
from programs import Peer  # noqa: E402

SHIM = os.path.join(BUILD, "tests", "e2e", "failing-disk.so")
PLATFORM = "desk"
ALICE_KEY, BOB_KEY = "alice-key-1", "bob-key-2"
SEND = ("--account", "Home", "--to", BOB_KEY, "a message")


class Guide:
    """The server of the interoperability tests: it tells each ACK."""

    @staticmethod
    def get_command(_role):
        return [sys.executable, os.path.join(HERE, "..", "interop", "peer_server.py")]

    @staticmethod
    def get_environment():
        return None


def make_message(text):
    return {
        "ver": 1,
        "msg_id": f"msg_{uuid.uuid4()}",
        "type": "sys_std",
        "meta": {"sender_user": "bob", "platform": PLATFORM, "timestamp": time.time()},
        "payload": {
            "message_info": {
                "platform": PLATFORM,
                "message_id": f"inner_{uuid.uuid4()}",
                "time": time.time(),
                "sender_info": {
                    "user_info": {
                        "platform": PLATFORM,
                        "user_id": "bob-id",
                        "user_nickname": "Bob",
                    }
                },
            },
            "message_segment": {"type": "text", "data": text},
            "message_dim": {"api_key": ALICE_KEY, "platform": PLATFORM},
        },
    }


class Disk:
    """The disk under a profile, as one program sees it."""

    def __init__(self, folder):
        self.switch = folder + ".switch"
        self.environment = {
            "LD_PRELOAD": SHIM,
            "WHEATEAR_DISK_FOLDER": folder,
            "WHEATEAR_DISK_SWITCH": self.switch,
            # Where the sanitizer is, it wants to be first.
            "ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":verify_asan_link_order=0",
        }

    def set(self, trouble):
        if trouble:
            with open(self.switch, "w") as file:
                file.write(trouble)
        else:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(self.switch)


class Profile:
    """A folder with Alice's account in it."""

    def __init__(self, url):
        self.folder = os.path.realpath(tempfile.mkdtemp(prefix="wheatear-trouble-"))
        self.disk = Disk(self.folder)
        self.database = os.path.join(self.folder, "wheatear.db")
        status, text = self.run(
            *("account", "add", "--url", url, "--platform", PLATFORM, "--user-id", "alice-id"),
            *("--nickname", "Alice", "--key-env", "KEY", "--target-env", "TARGET", "Home"),
        )
        assert status == 0, text

    def run(self, *arguments, failing=False):
        """Runs wheatear-cli on it; returns its exit status and all that it says."""
        environment = dict(os.environ, KEY=ALICE_KEY, TARGET=BOB_KEY)
        if failing:
            environment.update(self.disk.environment)
        result = subprocess.run(
            [program("wheatear-cli"), *arguments, "--profile", self.folder],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=DEADLINE,
        )
        assert not re.search(r"WARNING|CRITICAL", result.stdout), result.stdout
        return result.returncode, result.stdout

    def query(self, sql):
        with contextlib.closing(sqlite3.connect(self.database)) as database:
            return database.execute(sql).fetchone()[0]

    def digest(self):
        """What the files of the messages are, byte for byte."""
        return {
            name: hashlib.sha256(open(os.path.join(self.folder, name), "rb").read()).hexdigest()
            for name in sorted(os.listdir(self.folder))
            if name.startswith("wheatear.db") and not name.endswith("-shm")
        }


class Scene:
    """A server, a profile with an account, and a display to show windows on."""

    def __enter__(self):
        self.server = Peer(
            Guide, "server", "0", "1000", f"{ALICE_KEY}=alice", f"{BOB_KEY}=bob"
        )
        port = self.server.wait_for("listening")["port"]
        self.profile = Profile(f"ws://127.0.0.1:{port}/ws")
        self.disk = self.profile.disk
        self.display = Display()
        self.display.environment.update(self.disk.environment)
        self.windows = []
        return self

    def __exit__(self, kind, value, trace):
        self.disk.set(None)
        if kind is not None:
            self.display.picture("failed-trouble")
        ends = [self.end(window) for window in self.windows]
        self.server.close()
        self.display.close()
        shutil.rmtree(self.profile.folder, ignore_errors=True)
        if kind is None:
            tap.none_of("warnings of the programs", [line for end in ends for line in end[1]])

    def end(self, window):
        """Quits where it still runs; returns the exit status and the warnings."""
        if window.process.returncode is None:
            window.close()
        return window.process.returncode, window.warnings()

    def open(self):
        window = Client(self.display, ["--profile", self.profile.folder])
        self.windows.append(window)
        return window

    def receive(self, text):
        """Has the server send Alice a message; returns its msg_id."""
        message = make_message(text)
        self.server.write(json.dumps({"to": "alice", "envelope": message}))
        return message["msg_id"]

    def have_history(self, count=3):
        """Messages that were there before the trouble."""
        window = self.open()
        self.server.wait_for("client", user="alice")
        for number in range(count):
            self.server.wait_for("ack", of=self.receive(f"before {number}"))
        return window


def assert_idle(window, seconds=1.0):
    """It does next to nothing, over a span."""

    def spent():
        with open(f"/proc/{window.process.pid}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    # What is being drawn still is no loop.
    for _attempt in range(5):
        before = spent()
        time.sleep(seconds)
        share = (spent() - before) / seconds
        if share < 0.2:
            return
    raise AssertionError(f"the program keeps {share:.0%} of a processor busy")


def shows(window, pattern):
    wait_for(
        f"a message like “{pattern}”",
        lambda: any(re.search(pattern, row) for row in window.rows()),
    )


def has_failed(scene, title, advice, picture):
    """A window that cannot open the profile says so; returns it."""
    window = scene.open()
    window.find("label", title)
    window.find("label", advice)
    window.find("push button", "Try Again")
    assert_idle(window)
    scene.display.picture(picture)
    return window


def assert_cli_fails(scene, *patterns, failing=False):
    status, text = scene.profile.run("account", "list", failing=failing)
    assert status == 1, (status, text)
    assert len(text.splitlines()) == 1, text
    for pattern in patterns:
        assert re.search(pattern, text), (pattern, text)


def test_full_disk():
    """What comes is not acknowledged before it is stored, what is typed stays, and both go on by themselves."""
    with Scene() as scene:
        window = scene.have_history()
        window.select("^Chats$", "^Bob, ")
        shows(window, "before 2")

        scene.disk.set("full")
        waiting = [scene.receive(f"while full {number}") for number in range(3)]
        window.find("label", "^The Disk Is Full$")
        window.find("label", "Free some space: it goes on by itself")
        window.say("kept by me")
        wait_for("the text to come back", lambda: "kept by me" in composer_text(window))
        assert_idle(window, 2.0)
        scene.display.picture("disk-full")
        assert not any(scene.server.count("ack", of=msg_id) for msg_id in waiting)
        assert scene.profile.query("SELECT count(*) FROM message") == 3

        # As a person frees some space.
        scene.disk.set(None)
        for msg_id in waiting:
            scene.server.wait_for("ack", of=msg_id)
        shows(window, "while full 2")
        wait_for("the bar to go", lambda: not window.has("label", "^The Disk Is Full$"))
        window.click(window.find("text", "^Message( to .*)?$"))
        scene.display.key("Return")
        said = scene.server.wait_for("message", user="alice")
        assert said["payload"]["message_segment"]["data"] == "kept by me", said
        shows(window, "kept by me.*Received by the server")
        scene.display.picture("disk-full-over")
        assert [scene.server.count("ack", of=msg_id) for msg_id in waiting] == [1, 1, 1]
        assert scene.profile.query("SELECT count(*) FROM message") == 7
        assert scene.end(window)[0] == 0


def composer_text(window):
    text = window.find("text", "^Message( to .*)?$").queryText()
    return text.getText(0, text.characterCount)


def test_full_disk_at_the_start():
    with Scene() as scene:
        os.unlink(scene.profile.database)
        scene.disk.set("full")
        window = has_failed(scene, "^The Disk Is Full$", "Free some space and try again", "full-start")
        status, text = scene.profile.run("send", *SEND, failing=True)
        assert status == 1 and re.search("disk is full.*Free some space", text), (status, text)
        scene.disk.set(None)
        window.press("push button", "Try Again")
        window.find("push button", "Add a Server")


def test_read_only():
    """Neither window nor terminal writes; what only reads still does, the log of a crash included."""
    with Scene() as scene:
        window = scene.have_history()
        window.kill()
        assert os.path.getsize(scene.profile.database + "-wal") > 0
        before = scene.profile.digest()
        scene.disk.set("read-only")
        window = has_failed(
            scene, "^Your Messages Cannot Be Written$", "Change its permissions", "read-only"
        )
        status, text = scene.profile.run("history", "Bob", failing=True)
        assert status == 0 and "before 2" in text, (status, text)
        status, text = scene.profile.run("send", *SEND, failing=True)
        assert status == 1 and "cannot be written" in text, (status, text)
        assert scene.profile.digest() == before

        # Without what SQLite needs to read a log, it is said what to do.
        shared = scene.profile.database + "-shm"
        os.rename(shared, shared + ".away")
        assert_cli_fails(scene, "not closed in good order", "copy it", failing=True)
        os.rename(shared + ".away", shared)

        scene.disk.set(None)
        window.press("push button", "Try Again")
        window.find("list item", "^Bob, .*before 2")
        assert scene.end(window)[0] == 0

        # Closed in good order it has no log, and none can be made.
        scene.disk.set("read-only")
        assert not os.path.exists(scene.profile.database + "-wal")
        status, text = scene.profile.run("history", "Bob", failing=True)
        assert status == 0 and "before 2" in text, (status, text)


def test_locked():
    """Another program has it: at the start, and while the window is open."""
    with Scene() as scene:
        with contextlib.closing(
            sqlite3.connect(scene.profile.database, isolation_level=None)
        ) as holder:
            holder.execute("PRAGMA locking_mode = EXCLUSIVE")
            holder.execute("BEGIN EXCLUSIVE")
            window = has_failed(
                scene, "^Your Messages Are in Use$", "Close it and try again", "locked"
            )
            assert_cli_fails(scene, "Another program holds", "Close it")
        window.press("push button", "Try Again")
        window.find("push button", "Online")

        with contextlib.closing(
            sqlite3.connect(scene.profile.database, isolation_level=None)
        ) as holder:
            holder.execute("BEGIN EXCLUSIVE")
            waiting = scene.receive("while locked")
            window.find("label", "Another program holds the file")
            assert_idle(window)
            scene.display.picture("locked-later")
            assert scene.server.count("ack", of=waiting) == 0
            holder.execute("ROLLBACK")
        scene.server.wait_for("ack", of=waiting)
        window.find("list item", "^Bob, .*while locked")
        wait_for("the bar to go", lambda: not window.has("label", "Another program holds"))

        # A second window would take the first one's place at the server.
        second = has_failed(
            scene, "^Your Messages Are in Use$", "Another window shows this profile", "second-window"
        )
        assert scene.end(window)[0] == 0
        second.press("push button", "Try Again")
        second.find("push button", "Online")


def test_corrupt_header():
    with Scene() as scene:
        with open(scene.profile.database, "r+b") as file:
            file.write(b"This was a database.")
        before = scene.profile.digest()
        window = has_failed(
            scene, "^Your Messages Cannot Be Read$", "wheatear.db.*safe place.*backup", "corrupt"
        )
        window.find("push button", "Open Folder")
        assert_cli_fails(scene, "damaged", "safe place")
        assert scene.profile.digest() == before

        # Set aside, as it is told to: a new one is begun, and the old one is still there.
        os.rename(scene.profile.database, scene.profile.database + ".aside")
        window.press("push button", "Try Again")
        wait_for("a new database", lambda: os.path.exists(scene.profile.database))
        assert scene.end(window)[0] == 0
        assert scene.profile.digest()["wheatear.db.aside"] == before["wheatear.db"]


def test_corrupt_page():
    """A damaged page in the middle: it opens, and says that not everything can be read."""
    with Scene() as scene:
        window = scene.have_history(30)
        assert scene.end(window)[0] == 0
        root = scene.profile.query("SELECT rootpage FROM sqlite_schema WHERE name = 'message'")
        size = scene.profile.query("PRAGMA page_size")
        with open(scene.profile.database, "r+b") as file:
            file.seek((root - 1) * size)
            file.write(b"\xff" * size)
        window = scene.open()
        window.select("^Chats$", "^Bob, ")
        window.find("label", "is damaged: some of them cannot be shown")
        assert_idle(window)
        scene.display.picture("corrupt-page")
        waiting = scene.receive("too late")
        status, text = scene.profile.run("history", "Bob")
        assert status == 1 and "damaged" in text and "backup" in text, (status, text)
        assert_idle(window)
        assert scene.server.count("ack", of=waiting) == 0
        assert scene.end(window)[0] == 0


def test_newer():
    with Scene() as scene:
        version = scene.profile.query("PRAGMA user_version")
        with contextlib.closing(sqlite3.connect(scene.profile.database)) as database:
            database.execute(f"PRAGMA user_version = {version + 1}")
        before = scene.profile.digest()
        window = has_failed(
            scene, "^Your Messages Belong to a Newer Wheatear$", "Update Wheatear", "newer"
        )
        assert_cli_fails(scene, "newer version", "Update")
        assert scene.end(window)[0] == 1
        assert scene.profile.digest() == before


tap.run(tap.collect(globals()))
