# SPDX-License-Identifier: GPL-3.0-or-later
"""A server as the guide describes one, on python3-websockets.

Arguments: PORT (0: a free one), how to refuse a key (reason, 1008 or 401), KEY=USER... Sends the
envelopes it reads as JSON lines `{"to": user, "envelope": {}}`, prints what happens as JSON lines,
and ends when its input does.
"""

import asyncio
import http
import json
import sys
import time
import urllib.parse
import uuid

# The interface that every version since 9 has.
from websockets.legacy.server import serve

MOST_BYTES = 104857600


def tell(event, **members):
    print(json.dumps({"event": event, **members}), flush=True)


class Server:
    def __init__(self, refusal, users):
        self.refusal = refusal
        self.users = users
        self.sockets = {}

    @staticmethod
    def read_credentials(path, headers):
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(path).query))
        way = "query" if "api_key" in query else "header"
        key = query.get("api_key") or headers.get("x-apikey", "")
        platform = query.get("platform") or headers.get("x-platform", "unknown")
        return way, key, platform

    async def look_at_upgrade(self, path, headers):
        key = self.read_credentials(path, headers)[1]
        if self.refusal == "401" and key not in self.users:
            return http.HTTPStatus.UNAUTHORIZED, [], b"no\n"
        return None

    async def serve(self, socket):
        way, key, platform = self.read_credentials(socket.path, socket.request_headers)
        user = self.users.get(key)
        if user is None:
            if self.refusal == "1008":
                await socket.close(1008, "policy")
            else:
                await socket.close(1000, "Authentication failed: 认证失败")
            return
        identity = (user, platform)
        self.sockets.setdefault(identity, set()).add(socket)
        tell("client", user=user, platform=platform, way=way)
        try:
            async for text in socket:
                await self.receive(socket, user, json.loads(text))
        finally:
            self.sockets[identity].discard(socket)
            tell("gone", user=user, code=socket.close_code)

    async def receive(self, socket, user, envelope):
        if envelope["type"] == "sys_ack":
            tell("ack", user=user, of=envelope["meta"]["acked_msg_id"])
            return
        acknowledgement = {
            "ver": 1,
            "msg_id": str(uuid.uuid4()),
            "type": "sys_ack",
            "meta": {
                "uuid": socket.request_headers.get("x-uuid", "none"),
                "acked_msg_id": envelope["msg_id"],
                "timestamp": time.time(),
            },
            "payload": {"status": "received", "server_timestamp": time.time()},
        }
        await socket.send(json.dumps(acknowledgement))
        tell("message", user=user, msg_id=envelope["msg_id"], payload=envelope["payload"])
        target = envelope["payload"]["message_dim"]
        relayed = dict(envelope, meta=dict(envelope["meta"], sender_user="server"))
        identity = (self.users.get(target["api_key"]), target["platform"])
        for other in set(self.sockets.get(identity, ())):
            await other.send(json.dumps(relayed))

    async def send(self, order):
        for (user, _platform), sockets in self.sockets.items():
            for socket in set(sockets) if user == order["to"] else ():
                await socket.send(json.dumps(order["envelope"]))


async def read_lines():
    reader = asyncio.StreamReader(limit=MOST_BYTES)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        yield line


async def main(port, refusal, *users):
    server = Server(refusal, dict(user.split("=", 1) for user in users))
    async with serve(
        server.serve,
        "127.0.0.1",
        int(port),
        process_request=server.look_at_upgrade,
        max_size=MOST_BYTES,
    ) as listener:
        tell("listening", port=listener.sockets[0].getsockname()[1])
        async for line in read_lines():
            await server.send(json.loads(line))


asyncio.run(main(*sys.argv[1:]))
