# SPDX-License-Identifier: GPL-3.0-or-later
"""A bot's bridge as strict as MaiBot's (docs/wire.md): it acknowledges everything, and drops the whole of a
message that has anything in it which it does not know. It also serves files by HTTP, at the same port."""

import asyncio
import base64
import binascii
import http
import json
import threading
import time
import uuid

import websockets

# The newer ones have another, which older ones do not have.
from websockets.legacy.server import serve

NEVER = {
    "platform_io_account_id",
    "account_id",
    "self_id",
    "bot_account",
    "platform_io_scope",
    "route_scope",
    "adapter_scope",
    "connection_id",
}


class Dropped(Exception):
    """Why a message was dropped."""


def need(condition, why):
    if not condition:
        raise Dropped(why)


def check_bare_base64(data, what):
    need(isinstance(data, str) and data, f"{what} is no string")
    try:
        base64.b64decode(data, validate=True)
    except binascii.Error as error:
        raise Dropped(f"{what} is not bare base64: {error}") from error


def check_at(data):
    if isinstance(data, str):
        need(data, "at: empty")
        return
    need(isinstance(data, dict), "at: neither string nor object")
    names = ("target_user_id", "qq", "user_id", "id")
    need(any(isinstance(data.get(name), str) and data[name] for name in names), "at: no id")


def check_file(data):
    need(isinstance(data, dict), "file: no object")
    names = ("name", "file", "file_name", "filename")
    need(any(isinstance(data.get(name), str) and data[name] for name in names), "file: no name")
    if "base64" in data:
        check_bare_base64(data["base64"], "file.base64")


def check_segment(segment, place=0, in_list=False):
    need(isinstance(segment, dict), "a segment is no object")
    kind, data = segment.get("type"), segment.get("data")
    if kind == "text":
        need(isinstance(data, str), "text: no string")
    elif kind in ("image", "emoji", "voice"):
        check_bare_base64(data, kind)
    elif kind == "file":
        check_file(data)
    elif kind == "at":
        check_at(data)
    elif kind == "reply":
        need(isinstance(data, str) and data, "reply: no string")
        need(place == 0, "reply: not the first")
    elif kind == "seglist":
        need(not in_list, "seglist: in a seglist")
        need(isinstance(data, list) and data, "seglist: no list")
        for index, child in enumerate(data):
            check_segment(child, index, True)
    elif kind == "dict":
        need(isinstance(data, dict), "dict: no object")
    else:
        raise Dropped(f"{kind}: not known")


def check_payload(payload, platform):
    info = payload.get("message_info") or {}
    need(isinstance(info.get("time"), (int, float)) and info["time"], "time")
    need(isinstance(info.get("message_id"), str) and info["message_id"], "message_id")
    need(info.get("platform") == platform, "platform")
    sender = info.get("sender_info") or {}
    user = sender.get("user_info")
    need(isinstance(user, dict), "sender_info.user_info")
    for name in ("user_id", "platform", "user_nickname"):
        need(isinstance(user.get(name), str) and user[name], f"user_info.{name}")
    group = sender.get("group_info")
    if group:
        need(isinstance(group.get("group_name"), str) and group["group_name"], "group_name")
    need(isinstance(payload.get("message_dim"), dict), "message_dim")
    need(not NEVER & set(info.get("additional_config") or {}), "additional_config")
    check_segment(payload.get("message_segment"))


class Bridge:
    """Runs in a thread of its own until it is closed."""

    def __init__(self, bot_id="10001", bot_name="麦麦"):
        self.bot_id, self.bot_name = bot_id, bot_name
        self.connections = {}
        self.accepted, self.dropped, self.acknowledged = [], [], set()
        self.files, self.requests = {}, []
        self.loop = asyncio.new_event_loop()
        ready = threading.Event()
        self.thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self.thread.start()
        ready.wait()

    @property
    def url(self):
        return f"ws://127.0.0.1:{self.port}/ws"

    def link(self, name):
        return f"http://127.0.0.1:{self.port}/{name}"

    def close(self):
        self.loop.call_soon_threadsafe(self.stop.set)
        self.thread.join(10)

    def say(self, segment, to=None, group=None, as_maibot=True):
        """Sends a segment to whoever is connected; returns its msg_id."""
        message = self._make(segment, to, group, as_maibot)
        future = asyncio.run_coroutine_threadsafe(self._send(message), self.loop)
        future.result(30)
        return message["msg_id"]

    # In the thread

    def _run(self, ready):
        asyncio.set_event_loop(self.loop)
        self.loop.run_until_complete(self._serve(ready))

    async def _serve(self, ready):
        self.stop = asyncio.Event()
        async with serve(
            self._talk,
            "127.0.0.1",
            0,
            max_size=104857600,
            process_request=self._answer,
            ping_interval=None,
        ) as server:
            self.port = server.sockets[0].getsockname()[1]
            ready.set()
            await self.stop.wait()

    async def _answer(self, path, headers):
        """A request that is no upgrade is one for a file."""
        if path.startswith("/ws"):
            return None
        self.requests.append((path, dict(headers)))
        found = self.files.get(path.lstrip("/"))
        if found is None:
            return http.HTTPStatus.NOT_FOUND, [], b""
        kind, contents = found
        return http.HTTPStatus.OK, [("Content-Type", kind)], contents

    async def _talk(self, socket, _path=None):
        platform = socket.request_headers.get("x-platform", "")
        self.connections[socket] = platform
        try:
            async for frame in socket:
                await self._take(socket, platform, json.loads(frame))
        except websockets.ConnectionClosed:
            pass
        finally:
            del self.connections[socket]

    async def _take(self, socket, platform, envelope):
        if envelope["type"] == "sys_ack":
            self.acknowledged.add(envelope["meta"]["acked_msg_id"])
            return
        now = time.time()
        acknowledgement = {
            "ver": 1,
            "msg_id": str(uuid.uuid4()),
            "type": "sys_ack",
            "meta": {"uuid": "", "acked_msg_id": envelope["msg_id"], "timestamp": now},
            "payload": {"status": "received", "server_timestamp": now},
        }
        await socket.send(json.dumps(acknowledgement))
        try:
            check_payload(envelope["payload"], platform)
        except Dropped as reason:
            self.dropped.append((str(reason), envelope["payload"]))
        else:
            self.accepted.append(envelope["payload"])

    def _make(self, segment, to, group, as_maibot):
        bot = {
            "platform": next(iter(self.connections.values()), ""),
            "user_id": self.bot_id,
            "user_nickname": self.bot_name,
            "user_cardname": None,
        }
        info = {
            "platform": bot["platform"],
            "message_id": f"send_api_{time.time_ns() // 1000000}",
            "time": time.time(),
            "format_info": None,
            "template_info": None,
        }
        party = {"user_info": bot}
        if group:
            party["group_info"] = {"platform": bot["platform"], "group_id": group[0], "group_name": group[1]}
        if as_maibot:
            # Its replies name themselves as the receiver.
            info["receiver_info"] = party
            info["additional_config"] = {"platform_io_account_id": self.bot_id}
            if to:
                info["additional_config"]["platform_io_target_user_id"] = to
        else:
            info["sender_info"] = party
        return {
            "ver": 1,
            "msg_id": str(uuid.uuid4()),
            "type": "sys_std",
            "meta": {"sender_user": "server", "target_user": "t", "timestamp": time.time()},
            "payload": {
                "message_info": info,
                "message_segment": segment,
                "message_dim": {"api_key": "k", "platform": bot["platform"]},
            },
        }

    async def _send(self, message):
        text = json.dumps(message)
        for socket in list(self.connections):
            await socket.send(text)
