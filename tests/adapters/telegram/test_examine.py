"""What the doctor finds out about Telegram, asked over real HTTP."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from adapters.telegram.examine import examine, webhook
from bot.chat.places import Place
from bot.doctor import Finding, Mark
from bot.domain.community import Venue
from tests.wire.telegram.server import FakeTelegram
from tests.wire.telegram.world import Chat

HOOK = "https://bareng.example"
CANARY = "123456:CANARYcanaryCANARYcanaryCANARYcanary"


@pytest.fixture
async def phone() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


async def ask(server: FakeTelegram, *groups: Chat, hook: str = "", token: str = "") -> list[Finding]:
    venues = [Venue(1, Place("telegram", str(group.id)), title="Kelas") for group in groups]
    address = server.base_url.removesuffix("/bot")
    return [each async for each in examine(token or server.token, address, hook, venues)]


def about(findings: list[Finding], words: str) -> Finding:
    (finding,) = [each for each in findings if words in each.what]
    return finding


async def test_a_healthy_bot_is_fine_in_every_point(phone: FakeTelegram) -> None:
    group = phone.world.add_chat("Kelas", bot="administrator")
    findings = await ask(phone, group)
    assert {finding.mark for finding in findings} == {Mark.OK}
    for words in ("@bareng_bot", "privacy mode is on", "Clock", "by polling", "group Kelas: all rights"):
        assert about(findings, words)
    phone.truth.assert_clean()


async def test_a_token_that_is_refused_is_a_failure_and_is_not_shown(phone: FakeTelegram) -> None:
    (finding,) = await ask(phone, token=CANARY)
    assert finding.mark is Mark.FAIL
    assert "not accepted" in finding.what
    assert "@BotFather" in finding.fix
    assert "canary" not in str(finding).lower()


async def test_a_bot_that_hears_everything_is_warned_of(phone: FakeTelegram) -> None:
    phone.world.privacy_mode = False
    finding = about(await ask(phone), "privacy mode is off")
    assert finding.mark is Mark.WARN
    assert "/setprivacy" in finding.fix


@pytest.mark.parametrize(
    ("status", "mark", "words"),
    [
        ("member", Mark.WARN, "lacks rights"),
        ("left", Mark.WARN, "cannot be looked at"),
        ("kicked", Mark.WARN, "cannot be looked at"),
        ("restricted", Mark.FAIL, "may not write"),
    ],
)
async def test_each_standing_in_a_group_is_told(phone: FakeTelegram, status: str, mark: Mark, words: str) -> None:
    boss = phone.world.add_person("Ani")
    group = phone.world.add_chat("Kelas", owner=boss)
    phone.people.set_bot(group, boss, status, can_send=status != "restricted")
    finding = about(await ask(phone, group), "group Kelas")
    assert finding.mark is mark
    assert words in finding.what
    assert finding.fix


async def test_a_missing_right_is_named(phone: FakeTelegram) -> None:
    group = phone.world.add_chat("Kelas", bot="administrator", bot_rights=("can_delete_messages",))
    finding = about(await ask(phone, group), "group Kelas")
    assert "pin messages, ban users" in finding.fix
    assert "delete messages" not in finding.fix


async def test_a_group_that_is_gone_does_not_hide_the_others(phone: FakeTelegram) -> None:
    group = phone.world.add_chat("Kelas", bot="administrator")
    lost = phone.world.chats.pop(phone.world.add_chat("Gone").id)
    assert [finding.mark for finding in (await ask(phone, lost, group))[-2:]] == [Mark.WARN, Mark.OK]


async def test_a_webhook_that_is_not_set_yet_is_told(phone: FakeTelegram) -> None:
    assert about(await ask(phone, hook=HOOK), "webhook is not set").mark is Mark.WARN


def test_a_failing_webhook_is_told_with_telegrams_own_words() -> None:
    info = {"url": f"{HOOK}/telegram/webhook", "pending_update_count": 7, "last_error_message": "Connection refused"}
    assert "Connection refused. 7 wait" in webhook(info, HOOK).what
    assert webhook(info | {"last_error_message": None}, HOOK + "/").mark is Mark.OK
    assert "although updates are polled" in webhook(info, "").what


@asynccontextmanager
async def answering(answer: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]) -> AsyncIterator[str]:
    """Somebody who gives this answer to every request."""
    runner = web.ServerRunner(web.Server(answer, access_log=None), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.mark.parametrize(
    ("status", "body", "words"),
    [
        (502, "<html>Bad gateway</html>", "cannot be reached (JSONDecodeError)"),
        (500, '{"ok": false, "description": "down"}', "answered 500 down"),
        (503, "[]", "answered 503 no JSON"),
    ],
)
async def test_a_telegram_that_is_down_is_a_failure_in_words(status: int, body: str, words: str) -> None:
    async def answer(_: web.BaseRequest) -> web.Response:
        return web.Response(status=status, text=body)

    async with answering(answer) as address:
        (finding,) = [each async for each in examine(CANARY, address, "", [])]
    assert finding.mark is Mark.FAIL
    assert words in finding.what
    assert "CANARY" not in str(finding)


async def test_an_address_where_nobody_listens_is_a_failure_in_words() -> None:
    (finding,) = [each async for each in examine(CANARY, "http://127.0.0.1:9", "", [])]
    assert finding.mark is Mark.FAIL
    assert "cannot be reached" in finding.what
    assert "base_url" in finding.fix
    assert "CANARY" not in str(finding)
