"""Runs the fake Bot API server as its own process: `python -m tests.wire.telegram --port 8081`."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal
import sys

from tests.wire.telegram.server import FakeTelegram
from tests.wire.telegram.site import TOKEN


async def serve(port: int, token: str, *, ephemeral: bool) -> None:
    """Serve until SIGTERM or SIGINT; prints the address first."""
    done = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, done.set)
    async with FakeTelegram(token, port=port, ephemeral=ephemeral) as server:
        sys.stdout.write(f"http://127.0.0.1:{server.port}\n")  # the starter reads the address
        sys.stdout.flush()
        await done.wait()


def main() -> None:
    """Read the options and serve."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, default=0, help="0 takes a free one")
    options.add_argument("--token", default=TOKEN)
    options.add_argument("--ephemeral", action="store_true", help="behave as Bot API 10.3")
    given = options.parse_args()
    run = asyncio.run
    with contextlib.suppress(ImportError):
        import uvloop

        run = uvloop.run
    run(serve(given.port, given.token, ephemeral=given.ephemeral))


if __name__ == "__main__":
    main()
