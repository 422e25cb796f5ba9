# SPDX-License-Identifier: GPL-3.0-or-later
"""The bot of the scenes, which also notes when something came."""

import sys
import time

from profiles import TOP

sys.path.insert(0, str(TOP / "tests" / "e2e"))

from bridge import Bridge  # noqa: E402
from program import wait_for  # noqa: E402


class Bot(Bridge):
    """Speaks to whoever is connected, until it is closed."""

    def __init__(self):
        self.arrivals = []
        super().__init__()

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        self.close()

    async def _take(self, socket, platform, envelope):
        if envelope["type"] != "sys_ack":
            self.arrivals.append(time.monotonic_ns())
        await super()._take(socket, platform, envelope)

    def wait_for_clients(self, count=1):
        wait_for("the connection", lambda: len(self.connections) >= count)

    def tell(self, segment):
        """Says it, and waits until it is stored."""
        number = self.say(segment)
        wait_for("the ACK", lambda: number in self.acknowledged)

    def write(self, text):
        self.tell({"type": "text", "data": text})
