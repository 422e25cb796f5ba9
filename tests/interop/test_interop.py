# SPDX-License-Identifier: GPL-3.0-or-later
"""Our server and our client with peers on other libraries. Argument: the language of these."""

import contextlib
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "tools"))

import tap  # noqa: E402
from guide import (  # noqa: E402
    FILE,
    FILE_NAME,
    GROUP,
    KINDS,
    PICTURE,
    TEXT,
    digest,
    encode,
    make_envelope,
)
from languages import LANGUAGES  # noqa: E402
from programs import Client, PeerClient, PeerServer, Server  # noqa: E402

LANGUAGE = LANGUAGES[sys.argv[1]]()
ALICE_KEY = "alice-key 钥匙&1"
BOB_KEY = "bob-key-2"
USERS = [f"{ALICE_KEY}=alice", f"{BOB_KEY}=bob"]
DESK = "desk"
FIELD = "field"


@contextlib.contextmanager
def our_server():
    options = [word for user in USERS for word in ("--key", user)]
    with closing(Server(*options)) as server:
        yield server


@contextlib.contextmanager
def closing(*things):
    """Closes all of them; what is wrong then only counts when nothing else was."""
    try:
        yield things[0] if len(things) == 1 else things
    except BaseException:
        for thing in things:
            with contextlib.suppress(Exception):
                thing.close()
        raise
    for thing in things:
        thing.close()


def bob_to_alice(kind, meta_sender=BOB_KEY):
    return make_envelope(kind, FIELD, "bob-id", "Bob", (ALICE_KEY, DESK), meta_sender)


def alice_client(url, **options):
    # The key has letters that cannot travel in a header.
    return Client(url, ALICE_KEY, DESK, "alice-id", "Alice", auth="query", **options)


def write_file(client, name, data):
    path = os.path.join(client.folder, name)
    with open(path, "wb") as file:
        file.write(data)
    return path


def check_received(client):
    """What Bob sent, one of each kind in their order, is what the client stored."""
    stored = client.get_history("bob-id")
    segments = [message["segment"]["segment"] for message in stored]

    assert [segment["type"] for segment in segments] == ["text", "image", "file", "at", "face"]
    assert all(message["author"]["user_id"] == "bob-id" for message in stored)
    assert all(message["author"]["nickname"] == "Bob" for message in stored)
    text, picture, file, at, face = segments
    assert text["text"] == TEXT, text
    assert picture["media"]["blob"] == digest(PICTURE), picture
    assert picture["media"]["mime_type"] == "image/png", picture
    assert file["media"]["blob"] == digest(FILE), file
    assert file["media"]["name"] == FILE_NAME, file
    assert "alice-id" in repr(at), at
    assert "14" in repr(face), face

    (message,) = client.get_history(GROUP["group_id"])
    assert message["conversation"]["kind"] == "group", message
    assert message["conversation"]["title"] == GROUP["group_name"], message
    assert message["author"]["user_id"] == "bob-id", message
    assert message["text"] == "in the group", message


def send_everything(client):
    """Sends all that the command can, in their order; each is acknowledged."""
    picture = write_file(client, "picture.png", PICTURE)
    file = write_file(client, FILE_NAME, FILE)
    group = ("--group", GROUP["group_id"], "--group-name", GROUP["group_name"])

    client.send(BOB_KEY, FIELD, TEXT)
    client.send(BOB_KEY, FIELD, "--image", picture)
    client.send(BOB_KEY, FIELD, "--file", file)
    client.send(BOB_KEY, FIELD, *group, "in the group")
    client.send(BOB_KEY, FIELD, "--image", picture, "--file", file, "three in one")


def check_sent(payloads, dialect):
    """These payloads are what send_everything() sends."""
    infos = [payload["message_info"] for payload in payloads]
    text, picture, file, group, three = [payload["message_segment"] for payload in payloads]

    for payload, info in zip(payloads, infos):
        assert payload["message_dim"] == {"api_key": BOB_KEY, "platform": FIELD}, payload
        assert info["platform"] == DESK, info
        assert info["message_id"] and info["time"] > 0, info
        user = info["sender_info"]["user_info"]
        assert (user["platform"], user["user_id"], user["user_nickname"]) == (
            DESK,
            "alice-id",
            "Alice",
        ), user
    assert text == {"type": "text", "data": TEXT}, text
    assert picture == {"type": "image", "data": encode(PICTURE)}, picture["type"]
    check_file(file, infos[2], dialect)
    assert group == {"type": "text", "data": "in the group"}, group
    assert infos[3]["sender_info"]["group_info"] == dict(GROUP, platform=DESK), infos[3]
    assert three["type"] == "seglist", three["type"]
    parts = {part["type"]: part["data"] for part in three["data"]}
    assert sorted(parts) == ["file", "image", "text"], sorted(parts)
    assert parts["text"] == "three in one", parts["text"]
    assert parts["image"] == encode(PICTURE)


def check_file(segment, info, dialect):
    assert segment["type"] == "file", segment["type"]
    if dialect == "guide":
        assert segment["data"] == encode(FILE)
        assert info["additional_config"]["file_name"] == FILE_NAME, info
        return
    data = dict(segment["data"])
    assert data.pop("base64") == encode(FILE)
    assert data["name"] == FILE_NAME, data
    assert int(data["size"]) == len(FILE), data


def get_payloads(peer):
    return [line["payload"] for line in peer.lines if line["event"] == "message"]


def test_peers_on_our_server():
    with our_server() as server:
        with closing(
            PeerClient(LANGUAGE, server.url, BOB_KEY, FIELD, "header"),
            PeerClient(LANGUAGE, server.url, ALICE_KEY, DESK, "query"),
        ) as (bob, alice):
            bob.wait_for("open")
            alice.wait_for("open")
            for kind in KINDS:
                envelope = bob_to_alice(kind)
                bob.send(envelope)
                alice.wait_for("message", payload=envelope["payload"])
                server.wait_for_ack("alice", envelope)
                answer = make_envelope(kind, DESK, "alice-id", "Alice", (BOB_KEY, FIELD), ALICE_KEY)
                alice.send(answer)
                bob.wait_for("message", payload=answer["payload"])
                server.wait_for_ack("bob", answer)
            assert alice.count("message") == bob.count("message") == len(KINDS)


def test_repeat_on_our_server():
    with our_server() as server:
        with closing(
            PeerClient(LANGUAGE, server.url, BOB_KEY, FIELD),
            PeerClient(LANGUAGE, server.url, ALICE_KEY, DESK, "query"),
        ) as (bob, alice):
            bob.wait_for("open")
            alice.wait_for("open")
            envelope = bob_to_alice("text")
            for _ in range(3):
                bob.send(envelope)
            bob.send(bob_to_alice("face"))
            alice.wait_for("message", 2)
            types = [payload["message_segment"]["type"] for payload in get_payloads(alice)]
            assert types == ["text", "face"], types


def test_wrong_key_on_our_server():
    with our_server() as server:
        for way in ("header", "query"):
            with closing(PeerClient(LANGUAGE, server.url, "no-key", DESK, way)) as peer:
                closed = peer.wait_for("close")
                assert closed["code"] == 1000, closed
                assert closed["reason"].startswith("Authentication failed: "), closed


def test_peer_writes_our_client():
    with our_server() as server:
        with closing(
            alice_client(server.url), PeerClient(LANGUAGE, server.url, BOB_KEY, FIELD)
        ) as (alice, bob):
            bob.wait_for("open")
            alice.listen()
            for kind in KINDS:
                envelope = bob_to_alice(kind)
                bob.send(envelope)
                server.wait_for_ack("alice", envelope)
            alice.wait_for("in the group")
            check_received(alice)


def test_our_client_writes_peer():
    for dialect in ("guide", "maibot"):
        with our_server() as server:
            with closing(
                alice_client(server.url, dialect=dialect),
                PeerClient(LANGUAGE, server.url, BOB_KEY, FIELD),
            ) as (alice, bob):
                bob.wait_for("open")
                send_everything(alice)
                bob.wait_for("message", 5)
                check_sent(get_payloads(bob), dialect)


def test_peer_server_takes_our_client():
    for dialect in ("guide", "maibot"):
        server = PeerServer(LANGUAGE, *USERS)
        with closing(server, alice_client(server.url, dialect=dialect)) as (_, alice):
            send_everything(alice)
            # It acknowledges before it tells.
            server.wait_for("message", 5)
            check_sent(get_payloads(server), dialect)
            assert server.count("client", user="alice", platform=DESK, way="query") == 5


def test_peer_server_takes_key_in_header():
    server = PeerServer(LANGUAGE, *USERS)
    bob = Client(server.url, BOB_KEY, FIELD, "bob-id", "Bob")
    with closing(server, bob):
        bob.send(ALICE_KEY, DESK, "hello")
        server.wait_for("client", user="bob", platform=FIELD, way="header")


def test_peer_server_writes_our_client():
    server = PeerServer(LANGUAGE, *USERS)
    with closing(alice_client(server.url), server) as (alice, _):
        alice.listen()
        for kind in KINDS:
            envelope = bob_to_alice(kind, meta_sender="server")
            # The repeats are acknowledged as well, and not shown.
            for _ in range(2):
                server.push("alice", envelope)
        alice.wait_for("in the group")
        check_received(alice)


def test_our_clients_meet_on_peer_server():
    server = PeerServer(LANGUAGE, *USERS)
    bob = Client(server.url, BOB_KEY, FIELD, "bob-id", "Bob")
    with closing(bob, alice_client(server.url), server) as (_, alice, _server):
        bob.listen()
        send_everything(alice)
        bob.wait_for("three in one")
        kinds = [message["segment"]["segment"]["type"] for message in bob.get_history("alice-id")]
        assert kinds == ["text", "image", "file", "seglist"], kinds
        (message,) = bob.get_history(GROUP["group_id"])
        assert message["text"] == "in the group", message


def test_peer_server_comes_back():
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(closing(PeerServer(LANGUAGE, *USERS)))
        alice = stack.enter_context(closing(alice_client(server.url)))
        alice.listen()
        for times, end in ((2, "close"), (3, "kill")):
            getattr(server, end)()
            server = PeerServer(LANGUAGE, *USERS, port=server.port)
            stack.enter_context(closing(server))
            alice.wait_until_online(times)
            server.push("alice", bob_to_alice("text", meta_sender="server"))
        assert len(alice.get_history("bob-id")) == 2


def test_peer_server_refuses_key():
    for refusal in LANGUAGE.refusals:
        server = PeerServer(LANGUAGE, *USERS, refusal=refusal)
        client = Client(server.url, "no-key", DESK, "alice-id", "Alice")
        with closing(server, client):
            done = client.try_to_send(BOB_KEY, FIELD, "hello")
            assert done.returncode == 1, (refusal, done.returncode)
            assert "does not accept the API key" in done.stderr, (refusal, done.stderr)
            assert server.count("message") == 0


def skip():
    raise tap.Skip(f"{LACK} is not installed")


def is_for(name, roles):
    return "server" in roles or "peer-server" not in name


LACK = LANGUAGE.find_lack()
CASES = [case for case in tap.collect(globals()) if is_for(case[0], LANGUAGE.roles)]
tap.run([(name, skip if LACK else case) for name, case in CASES])
