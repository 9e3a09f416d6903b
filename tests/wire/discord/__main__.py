"""The fake Discord as its own process: `python -m tests.wire.discord --port 8900`."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import signal

from tests.wire.discord.control import Control
from tests.wire.discord.server import TOKEN, FakeDiscord


async def serve(arguments: argparse.Namespace) -> None:
    """Run until SIGTERM or SIGINT; the first line of output is the port."""
    server = FakeDiscord(token=arguments.token, port=arguments.port, validate=not arguments.no_validation)
    Control(server)
    await server.start()
    print(server.port, flush=True)  # noqa: T201 - this is how the parent learns it
    over = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, over.set)
    await over.wait()
    await server.stop()


def main() -> None:
    """Read the options and serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--no-validation", action="store_true")
    run = asyncio.run
    with contextlib.suppress(ImportError):
        import uvloop

        run = uvloop.run
    run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
