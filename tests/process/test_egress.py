"""A running bot goes nowhere that a user says, and knows nothing of the link checker unless that is on."""

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.jobs import Job, State
from bot.features.library.check import CHECK
from storage.store import DatabaseStore
from tests.process.town import eventually_in
from tests.world import opened

WATCHED = """
import atexit, sys
sys.modules["uvloop"] = None  # what it opens passes by Python's audit
seen = open("seen", "a", buffering=1)

def watch(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        print("goes to", arguments[1], file=seen)
        raise PermissionError("nobody leaves this test")
    if event in ("socket.getaddrinfo", "socket.gethostbyname") and arguments[0] not in (None, "127.0.0.1"):
        print("looks up", arguments[0], file=seen)
        raise PermissionError("nobody leaves this test")

def tell():
    for name in sorted(sys.modules):
        if name.startswith(("adapters.link", "bot.features.library.check", "adapters.clock")):
            print("knows", name, file=seen)

sys.addaudithook(watch)
atexit.register(tell)
from bot.__main__ import main
main()
"""


async def runs(folder: Path, address: str, check_links: str) -> tuple[State, list[str]]:
    """What became of a link that is to be tried, and what a bot on that database did until then."""
    async with opened(address) as world:
        await world.citra.says("/share http://school.example/page Tentang sel #biologi")
        async with world.store.begin() as unit:
            await unit.jobs.put(Job(1, f"{CHECK}:1", CHECK, 1, datetime.now(UTC)))
    around = {name: value for name, value in os.environ.items() if not name.startswith("BARENG_")}
    settings = {"BARENG_DATABASE__URL": address, "BARENG_LIBRARY__CHECK_LINKS": check_links}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", WATCHED, "run", "--port", "0"),
        cwd=folder,
        env={**around, **settings, "XDG_RUNTIME_DIR": str(folder)},
        stdout=asyncio.subprocess.DEVNULL,
    )
    store = DatabaseStore(address)

    async def ended() -> State | None:
        async with store.read() as unit:
            job = await unit.jobs.get(1, f"{CHECK}:1")
        return job.state if job and job.state in (State.DONE, State.DROPPED, State.FAILED) else None

    try:
        state = await eventually_in(ended)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 10) == 0
    finally:
        await store.close()
        if process.returncode is None:
            process.kill()
    return state, (folder / "seen").read_text().splitlines()


async def test_with_the_link_checker_off_nothing_of_it_is_there(tmp_path: Path, sqlite_address: str) -> None:
    state, seen = await runs(tmp_path, sqlite_address, "")
    assert state is State.DROPPED
    assert seen == ["knows adapters.clock"]


@pytest.mark.parametrize("word", ["true", "on"])
async def test_with_it_on_it_looks_up_the_name_and_nothing_else(tmp_path: Path, sqlite_address: str, word: str) -> None:
    state, seen = await runs(tmp_path, sqlite_address, word)
    assert state is State.DONE
    assert [line for line in seen if not line.startswith("knows")] == ["looks up school.example"]
    assert "knows adapters.link.probe" in seen
