# SPDX-License-Identifier: GPL-3.0-or-later
"""bare_client.py URL: a client on python3-websockets that parses what comes, acknowledges it, and does nothing else."""

import asyncio
import json
import sys
import time
import uuid

# The interface that every version since 9 has.
from websockets.legacy.client import connect


async def main(url):
    headers = {"x-apikey": "k", "x-platform": "bench"}
    async with connect(url, extra_headers=headers, max_size=None, compression=None) as socket:
        print("online", flush=True)
        async for text in socket:
            envelope = json.loads(text)
            now = time.time()
            acknowledgement = {
                "ver": 1,
                "msg_id": str(uuid.uuid4()),
                "type": "sys_ack",
                "meta": {"uuid": "bench", "acked_msg_id": envelope["msg_id"], "timestamp": now},
                "payload": {"status": "received", "client_timestamp": now},
            }
            await socket.send(json.dumps(acknowledgement))


asyncio.run(main(sys.argv[1]))
