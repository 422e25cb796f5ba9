# SPDX-License-Identifier: GPL-3.0-or-later
"""Two people with a window each, and the guide's server between them."""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "tools"))

import tap  # noqa: E402
from desktop import Client, Display, Server, wait_for  # noqa: E402

KEYS = ["--key", "alice-key-1=alice", "--key", "bob-key-2=bob"]
ALICE = ("alice-key-1", "alice-id", "Alice")
BOB = ("bob-key-2", "bob-id", "Bob")


class Scene:
    """A server, Alice and Bob, each on a screen of their own; everything is ended at the end."""

    def __enter__(self):
        self.server = Server(*KEYS)
        self.displays = [Display(), Display()]
        self.alice = Client(self.displays[0])
        self.bob = Client(self.displays[1])
        return self

    def __exit__(self, kind, value, trace):
        if kind is not None:
            for name, display in zip(("alice", "bob"), self.displays):
                display.picture(f"failed-{name}")
        warnings = self.alice.close() + self.bob.close()
        self.server.close()
        for display in self.displays:
            display.close()
        if kind is None:
            tap.none_of("warnings of the programs", warnings)

    def sign_in(self):
        self.alice.add_account(self.server.url, *ALICE)
        self.bob.add_account(self.server.url, *BOB)

    def open_chat(self):
        """Alice opens a chat with Bob."""
        self.alice.open_chat(*BOB)


def shows(client, pattern):
    import re

    wait_for(
        f"a message like “{pattern}”",
        lambda: any(re.search(pattern, row) for row in client.rows()),
    )


def test_direct_chat():
    with Scene() as scene:
        alice, bob = scene.alice, scene.bob
        alice.display.picture("welcome")
        scene.sign_in()
        scene.open_chat()

        alice.say("Hello Bob, this is Alice.")
        shows(alice, r"Hello Bob, this is Alice\..*Received by the server")

        bob.find("list item", r"^Alice, .*Hello Bob.*1 unread")
        bob.select("^Chats$", "^Alice, ")
        shows(bob, r"^Alice: Hello Bob, this is Alice\.")
        # What was seen is read: the count goes.
        bob.find("list item", r"^Alice, (?!.*unread)")

        # Bob never entered Alice's key: the answer goes where the message came from.
        bob.say("Hello Alice!")
        shows(bob, r"Hello Alice!.*Received by the server")
        shows(alice, r"^Bob: Hello Alice!")

        # Markup and line breaks are text.
        alice.say("a <b>bold</b> claim & more")
        shows(bob, r"a <b>bold</b> claim & more")
        alice.display.picture("chat")


def test_group():
    with Scene() as scene:
        alice, bob = scene.alice, scene.bob
        scene.sign_in()
        alice.display.key("ctrl+shift+n")
        dialog = alice.window("New Group")
        alice.fill_in("Group.* Id", "field-1", dialog)
        alice.fill_in("^Name$", "Wheat Field", dialog)
        alice.fill_in("API Key$", "bob-key-2", dialog)
        alice.press("push button", "Open", dialog)
        alice.wait_for_composer()
        alice.say("Good morning, field!")
        shows(alice, r"Good morning, field!.*Received by the server")

        bob.press("page tab", "^Groups$")
        bob.find("list item", r"^Wheat Field, Alice: Good morning, field!")
        bob.select("^Groups$", "^Wheat Field, ")
        shows(bob, r"^Alice: Good morning, field!")
        bob.say("Morning!")
        shows(alice, r"^Bob: Morning!")
        bob.display.picture("group")


def test_nothing_is_lost():
    """Ten messages unacknowledged, the server down, the client killed: all ten arrive once, in order."""
    with Scene() as scene:
        alice, bob = scene.alice, scene.bob
        scene.sign_in()
        scene.open_chat()
        alice.say("before")
        shows(bob_after_opening(bob), r"^Alice: before")

        scene.server.kill()
        for number in range(10):
            alice.say(f"number {number}")
        shows(alice, r"number 9.*Waiting to be sent")
        alice.display.picture("waiting")
        alice.kill()
        assert not alice.warnings(), alice.warnings()

        # The server keeps nothing for who is away: Bob has to be back before Alice.
        bob.find("push button", "Accounts(?!.*Online)")
        scene.server = Server(*KEYS, port=scene.server.port)
        bob.find("push button", "Online")
        alice.start()
        alice.select("^Chats$", "^Bob, ")
        shows(alice, r"number 9.*Received by the server")
        shows(bob, r"^Alice: number 9")
        for client, pattern in ((alice, "number"), (bob, "Alice: number")):
            said = [row for row in client.rows() if pattern in row]
            assert [f"number {n}" in row for n, row in enumerate(said)] == [True] * 10, said
        assert all("Received by the server" in row for row in alice.rows()), alice.rows()


def bob_after_opening(bob):
    bob.select("^Chats$", "^Alice, ")
    return bob


def test_wrong_key_is_said():
    with Scene() as scene:
        alice = scene.alice
        alice.press("push button", "Add a Server")
        dialog = alice.window("Add an Account")
        alice.fill_in("^Address$", scene.server.url, dialog)
        alice.fill_in("^API Key$", "not-the-key", dialog)
        alice.fill_in("^Your User Id$", "alice-id", dialog)
        alice.press("push button", "Save", dialog)
        alice.find("label", "does not accept the API key")
        alice.display.picture("wrong-key")


tap.run(tap.collect(globals()))
