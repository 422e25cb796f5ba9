# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts the built programs and their foreign peers, and waits, not for ever, for what they say."""

import json
import os
import re
import subprocess
import tempfile
import threading
import time

import tap

DEADLINE = 30
BUILD = os.environ["WHEATEAR_BUILD"]
COMPLAINT = re.compile(r"WARNING|CRITICAL|ERROR|runtime error")


def program(name):
    return os.path.join(BUILD, "src", name)


class Lines:
    """A program whose output is gathered line by line, standard error under standard output."""

    def __init__(self, command, environment=None, parse=str):
        self.parse = parse
        self.lines = []
        self.ended = False
        self.changed = threading.Condition()
        self.process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            with self.changed:
                self.lines.append(self.parse(line.rstrip("\n")))
                self.changed.notify_all()
        with self.changed:
            self.ended = True
            self.changed.notify_all()

    def write(self, text):
        self.process.stdin.write(text + "\n")
        self.process.stdin.flush()

    def wait_until(self, what, function):
        """Returns what function makes of the lines as soon as that is true."""
        end = time.monotonic() + DEADLINE
        with self.changed:
            while True:
                found = function(self.lines)
                if found:
                    return found
                left = end - time.monotonic()
                if self.ended or left <= 0:
                    why = "the program ended" if self.ended else f"{DEADLINE} s went by"
                    raise AssertionError(f"{why} before: {what}; it said {shorten(self.lines)}")
                self.changed.wait(left)

    def wait_for_end(self):
        """Lets it end by itself."""
        status = self.process.wait(DEADLINE)
        self.reader.join(DEADLINE)
        return status

    def close(self):
        """Ends it, gently where it listens."""
        if not self.process.stdin.closed:
            try:
                self.process.stdin.close()
            except BrokenPipeError:
                pass
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self):
        self.process.kill()
        self.process.wait(DEADLINE)


def shorten(value):
    text = repr(value)
    return text if len(text) <= 2000 else f"{text[:1000]} … {text[-1000:]}"


class Peer(Lines):
    """One of the peers that follow the guide: its lines are events."""

    def __init__(self, language, role, *arguments):
        super().__init__(
            [*language.get_command(role), *arguments],
            language.get_environment(),
            self.parse_event,
        )

    @staticmethod
    def parse_event(line):
        try:
            return json.loads(line)
        except ValueError:
            return {"event": "trouble", "text": line}

    def wait_for(self, event, count=1, **members):
        """Returns the last of so many events of a kind with these members."""

        def find(lines):
            wanted = dict(members, event=event)
            found = [line for line in lines if wanted.items() <= line.items()]
            return found[count - 1] if len(found) >= count else None

        return self.wait_until(f"{count} of {event} {shorten(members)}", find)

    def count(self, event, **members):
        wanted = dict(members, event=event)
        with self.changed:
            return sum(wanted.items() <= line.items() for line in self.lines)


class PeerClient(Peer):
    """A foreign client."""

    def __init__(self, language, url, key, platform, way="header"):
        super().__init__(language, "client", url, key, platform, way)

    def send(self, envelope):
        """Sends it and waits for its ACK."""
        before = self.count("ack", of=envelope["msg_id"])
        self.write(json.dumps(envelope))
        self.wait_for("ack", before + 1, of=envelope["msg_id"], status="received")


class PeerServer(Peer):
    """A foreign server."""

    def __init__(self, language, *users, port=0, refusal="reason"):
        super().__init__(language, "server", str(port), refusal, *users)
        self.port = self.wait_for("listening")["port"]
        self.url = f"ws://127.0.0.1:{self.port}/ws"

    def push(self, user, envelope):
        """Sends it and waits for its ACK."""
        before = self.count("ack", of=envelope["msg_id"])
        self.write(json.dumps({"to": user, "envelope": envelope}))
        self.wait_for("ack", before + 1, of=envelope["msg_id"], user=user)


class Server(Lines):
    """wheatear-server on a free port."""

    def __init__(self, *options):
        super().__init__([program("wheatear-server"), "--port", "0", *options])
        self.url = self.wait_until(
            "its address",
            lambda lines: lines and re.fullmatch(r"listening (ws://127\.0\.0\.1:\d+/ws)", lines[0]),
        )[1]

    def wait_for_ack(self, user, envelope):
        """Waits until it has taken note of the ACK for what it brought to a user."""
        line = f"{user}: ACK for {envelope['msg_id']}"
        self.wait_until(line, lambda lines: any(said.endswith(line) for said in lines))

    def close(self):
        self.process.terminate()
        assert self.wait_for_end() == 0, f"the server ended with {self.process.returncode}"
        complaints = [line for line in self.lines if COMPLAINT.search(line)]
        tap.none_of("complaints of the server", complaints)


class Client:
    """wheatear-cli with a profile of its own."""

    def __init__(self, url, key, platform, user_id, nickname, dialect="maibot", auth="header"):
        # It goes with the object where nothing closes it.
        self.home = tempfile.TemporaryDirectory(prefix="wheatear-interop-")
        self.folder = self.home.name
        self.profile = os.path.join(self.folder, "profile")
        self.environment = dict(
            os.environ,
            HOME=self.folder,
            XDG_DATA_HOME=self.folder,
            XDG_CONFIG_HOME=self.folder,
            DBUS_SESSION_BUS_ADDRESS="unix:path=/nonexistent",
            WHEATEAR_TEST_KEY=key,
        )
        self.listener = None
        self.run(
            "account", "add", "--profile", self.profile, "--label", "me", "--url", url,
            "--key-env", "WHEATEAR_TEST_KEY", "--platform", platform, "--user-id", user_id,
            "--nickname", nickname, "--dialect", dialect, "--auth", auth,
        )  # fmt: skip

    def try_to(self, *arguments, secret=""):
        """Runs it to its end; returns its status and what it said."""
        return subprocess.run(
            [program("wheatear-cli"), *arguments],
            env=dict(self.environment, WHEATEAR_TEST_TARGET=secret),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=DEADLINE,
        )

    def run(self, *arguments, secret=""):
        done = self.try_to(*arguments, secret=secret)
        assert done.returncode == 0, f"{arguments[0]} ended with {done.returncode}: {done.stderr}"
        return done.stdout

    @property
    def account(self):
        return ("--profile", self.profile, "--account", "me")

    def try_to_send(self, key, platform, *arguments):
        target = ("--to-env", "WHEATEAR_TEST_TARGET", "--to-platform", platform)
        return self.try_to("send", *self.account, *target, *arguments, secret=key)

    def send(self, key, platform, *arguments):
        done = self.try_to_send(key, platform, *arguments)
        assert done.returncode == 0, f"sending failed with {done.returncode}: {done.stderr}"

    def listen(self):
        self.listener = Lines(
            [program("wheatear-cli"), "listen", *self.account, "--timeout", "120"], self.environment
        )
        self.wait_until_online(1)

    def wait_until_online(self, times):
        self.listener.wait_until(
            f"online for the {times}. time",
            lambda lines: sum("Online." in line for line in lines) >= times,
        )

    def wait_for(self, text):
        self.listener.wait_until(
            f"a message {text!r}", lambda lines: any(text in line for line in lines)
        )

    def get_history(self, conversation):
        """Returns the stored messages of a conversation, oldest first."""
        text = self.run("history", *self.account, "--limit", "0", "--json", conversation)
        return [json.loads(line) for line in text.splitlines()]

    def close(self):
        try:
            if self.listener is not None:
                self.end_listener()
        finally:
            self.home.cleanup()

    def end_listener(self):
        self.listener.process.terminate()
        status = self.listener.wait_for_end()
        assert status == 0, f"listen ended with {status}: {shorten(self.listener.lines)}"
        complaints = [line for line in self.listener.lines if COMPLAINT.search(line)]
        tap.none_of("complaints of the client", complaints)
