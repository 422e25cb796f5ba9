# SPDX-License-Identifier: GPL-3.0-or-later
"""A client as the guide describes one, on python3-websockets.

Arguments: URL KEY PLATFORM header|query. Reads envelopes to send as JSON lines, prints what happens
as JSON lines, and ends when its input does.
"""

import asyncio
import json
import sys
import time
import urllib.parse
import uuid

# The interface that every version since 9 has.
from websockets.legacy.client import connect

MOST_BYTES = 104857600


def tell(event, **members):
    print(json.dumps({"event": event, **members}), flush=True)


async def read_lines():
    reader = asyncio.StreamReader(limit=MOST_BYTES)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        yield line.decode()


async def receive(socket):
    async for text in socket:
        envelope = json.loads(text)
        if envelope["type"] == "sys_ack":
            tell("ack", of=envelope["meta"]["acked_msg_id"], status=envelope["payload"]["status"])
            continue
        acknowledgement = {
            "ver": 1,
            "msg_id": f"ack_{uuid.uuid4()}",
            "type": "sys_ack",
            "meta": {"uuid": "peer", "acked_msg_id": envelope["msg_id"], "timestamp": time.time()},
            "payload": {"status": "received", "client_timestamp": time.time()},
        }
        await socket.send(json.dumps(acknowledgement))
        tell("message", msg_id=envelope["msg_id"], payload=envelope["payload"])
    tell("close", code=socket.close_code, reason=socket.close_reason)


async def send(socket):
    async for line in read_lines():
        await socket.send(line)
    await socket.close()


async def main(url, key, platform, way):
    headers = {}
    if way == "header":
        headers = {"x-apikey": key, "x-platform": platform}
    else:
        url += "?" + urllib.parse.urlencode({"api_key": key, "platform": platform})
    async with connect(url, extra_headers=headers, max_size=MOST_BYTES) as socket:
        tell("open")
        sending = asyncio.create_task(send(socket))
        try:
            await receive(socket)
        finally:
            sending.cancel()


asyncio.run(main(*sys.argv[1:]))
