"""What the doctor tells the operator about a Discord token."""

from collections.abc import Sequence

import pytest

from adapters.discord.examine import examine
from bot.chat.places import Place
from bot.doctor import Finding, Mark
from bot.domain.community import Venue
from tests.wire.discord import FakeDiscord
from tests.wire.discord.state import ADMINISTRATOR, CREATE_PUBLIC_THREADS, SEND_MESSAGES
from tests.wire.faults import Fault, Kind, Match


async def found(server: FakeDiscord, token: str = "", venues: Sequence[Venue] = ()) -> list[Finding]:
    return [finding async for finding in examine(token or server.token, server.api, venues)]


def about(findings: list[Finding], words: str) -> Finding:
    return next(finding for finding in findings if words in finding.what)


async def test_a_good_token_is_told_with_the_rights_in_each_server() -> None:
    async with FakeDiscord() as server:
        server.state.add_guild("Kelas").bot_permissions &= ~CREATE_PUBLIC_THREADS
        server.state.add_guild("Bebas").bot_permissions = ADMINISTRATOR
        server.state.add_guild("Bisu").bot_permissions &= ~SEND_MESSAGES
        findings = await found(server)
        server.assert_clean()
    assert findings[0] == Finding(Mark.OK, "Discord: the token is good, the bot is bareng.")
    assert about(findings, "Clock").mark is Mark.OK
    assert about(findings, "1000 of 1000").mark is Mark.OK
    assert "Timeout Members, Create Public Threads" in about(findings, "Kelas").fix
    assert about(findings, "Bebas").mark is Mark.OK
    assert about(findings, "Bisu").mark is Mark.FAIL


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        (0, "no privileged intent is needed"),
        (1 << 18, "what people write is read (Message Content)"),
        (1 << 15, "who comes into a server is noticed (Server Members)"),
        (1 << 14 | 1 << 19, "is read (Message Content), who comes into a server is noticed (Server Members)"),
    ],
)
async def test_it_is_told_what_the_intents_let_the_bot_notice(flags: int, told: str) -> None:
    async with FakeDiscord() as server:
        server.state.application_flags = flags
        assert told in "".join(finding.what for finding in await found(server))


async def test_few_starts_no_server_and_a_lost_group_are_something_to_do() -> None:
    async with FakeDiscord() as server:
        server.gateway.identifies_left = 3
        findings = await found(server, venues=[Venue(1, Place("discord", "5", "6"), "Hilang")])
    assert [finding.mark for finding in findings[-3:]] == [Mark.WARN] * 3
    assert "Hilang: the bot is not in it" in findings[-1].what


async def test_a_bad_token_is_asked_about_once() -> None:
    async with FakeDiscord() as server:
        findings = await found(server, "wrong")
        assert server.rest.invalid == 1
    assert [finding.mark for finding in findings] == [Mark.FAIL]
    assert "developer portal" in findings[0].fix


async def test_an_outage_and_a_silent_network_are_told_apart() -> None:
    async with FakeDiscord() as server:
        server.faults.add(Fault(Kind.SERVER_ERROR, status=503), Match("GET /applications/@me"))
        outage = await found(server)
        server.faults.clear()
        server.faults.add(Fault(Kind.HTML), Match("GET /applications/@me"))
        page = await found(server)
    silent = await found(server)
    assert "answered 503" in outage[0].what
    assert "cannot be reached" in page[0].what
    assert "cannot be reached" in silent[0].what


async def test_the_token_is_in_no_finding() -> None:
    async with FakeDiscord() as server:
        words = "".join(map(str, await found(server)))
        assert server.token not in words
