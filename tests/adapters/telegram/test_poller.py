"""Fetching: nothing is acknowledged before its commit, and nothing that is broken stops the rest."""

import asyncio
import time
from pathlib import Path

import pytest

from adapters.telegram import poller
from adapters.telegram.adapter import Telegram
from bot.chat.errors import TokenRefused, Unavailable
from bot.chat.events import Incoming
from bot.said import Answerer
from tests.adapters.telegram.feature import TAPS
from tests.adapters.telegram.stage import Stage, staged
from tests.bot.nasty import bad_inputs
from tests.wire.faults import Fault, Kind, Match


async def test_three_people_tap_and_each_tap_counts_once(stage: Stage) -> None:
    card = await stage.panel()
    for person in (stage.ada, stage.ben, stage.citra):
        await stage.press(person, "Tap", card)
    assert [value for _, value in TAPS] == [1, 1, 1]
    assert len({person for person, _ in TAPS}) == 3


@pytest.mark.parametrize("kind", [Kind.DUPLICATE, Kind.REORDER, Kind.DROP_ACK])
async def test_an_update_that_comes_twice_or_out_of_order_counts_once(stage: Stage, kind: Kind) -> None:
    card = await stage.panel()
    stage.server.faults.add(Fault(kind), Match("update:callback_query"), times=1)
    presses = [stage.server.people.press(person, stage.group, card, "Tap") for person in (stage.ada, stage.ben)]
    await stage.until(lambda: all(press.answers for press in presses))
    await stage.settled()
    assert len(TAPS) == len({person for person, _ in TAPS}) == 2


async def test_one_broken_update_is_set_aside_and_the_next_is_handled(stage: Stage) -> None:
    stage.server.updates.emit_raw({"update_id": stage.server.updates.last_id + 1, "message": {"chat": "broken"}})
    stage.server.updates.last_id += 1
    stage.server.people.say(stage.ben, stage.group, "/panel")
    await stage.until(lambda: stage.texts(stage.group))
    assert stage.telegram.reception.count.set_aside == 1


@pytest.mark.parametrize("number", ["1", None, "x"])
async def test_an_update_without_a_readable_number_does_not_stop_the_loop(
    stage: Stage, number: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(poller, "FIRST_PAUSE", 0.01)
    stage.server.updates.emit_raw({"update_id": number, "message": {}})
    stage.server.people.say(stage.ben, stage.group, "/panel")
    await stage.until(lambda: stage.texts(stage.group))
    await stage.until(lambda: not stage.server.updates.waiting)


async def test_every_bad_update_passes_and_the_bot_still_answers(stage: Stage) -> None:
    for name, text in bad_inputs("update", "name", "command"):
        stage.server.people.say(stage.ben, stage.group, "/" + text[:3000], caption=name)
    stage.server.people.say(stage.ben, stage.group, "/panel")
    await stage.until(lambda: "Panel 1\n\ntext" in stage.texts(stage.group), 20)


async def test_the_offset_moves_only_after_the_commit(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(poller, "GRACE", 0.05)
    card = await stage.panel()
    gate = asyncio.Event()
    handle = stage.app.handle

    async def slow(event: Incoming, answer: Answerer) -> None:
        if event.sender.name == "Ada":
            await gate.wait()
        await handle(event, answer)

    monkeypatch.setattr(stage.app, "handle", slow)
    acknowledged = stage.server.truth.count("acknowledged")
    first = stage.server.people.press(stage.ada, stage.group, card, "Tap")
    second = stage.server.people.press(stage.ben, stage.group, card, "Tap")
    third = stage.server.people.press(stage.citra, stage.group, card, "Tap")
    await stage.until(lambda: second.answers and third.answers)
    assert not first.answers
    assert stage.server.truth.count("acknowledged") == acknowledged
    gate.set()
    await stage.until(lambda: first.answers)
    await stage.settled()
    assert len(TAPS) == 3


async def test_while_the_store_cannot_take_it_an_update_waits_and_is_handled_later(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = await stage.panel()
    handle, refusals = stage.app.handle, [1, 2]

    async def full(event: Incoming, answer: Answerer) -> None:
        if refusals:
            refusals.pop()
            raise Unavailable("disk full")
        await handle(event, answer)

    monkeypatch.setattr(stage.app, "handle", full)
    press = stage.server.people.press(stage.ben, stage.group, card, "Tap")
    await stage.until(lambda: press.answers)
    assert len(TAPS) == 1
    assert stage.telegram.reception.count.put_off == 2


async def test_an_update_that_the_store_never_took_comes_again_after_a_restart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path) as stage:
        card = await stage.panel()

        async def full(event: Incoming, answer: Answerer) -> None:
            raise Unavailable("disk full")

        with monkeypatch.context() as patch:
            patch.setattr(stage.app, "handle", full)
            press = stage.server.people.press(stage.ben, stage.group, card, "Tap")
            await stage.until(lambda: stage.telegram.reception.count.put_off)
            assert stage.running
            stage.running.cancel()
            await stage.telegram.stop()
        assert not press.answers
        again = Telegram(stage.app, stage.server.token, base_url=stage.server.base_url)
        await again.start()
        running = asyncio.create_task(again.run())
        await stage.until(lambda: press.answers)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await again.stop()
        stage.running = None
        assert len(TAPS) == 1


@pytest.mark.parametrize(
    "fault",
    [
        Fault(Kind.SERVER_ERROR, status=502),
        Fault(Kind.RESET_MID_RESPONSE, effect=True),
        Fault(Kind.TRUNCATED, effect=True),
        Fault(Kind.EMPTY),
        Fault(Kind.HTML),
        Fault(Kind.RATE_LIMIT, retry_after=0.1),
    ],
    ids=lambda fault: fault.kind,
)
async def test_trouble_while_fetching_passes(stage: Stage, fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(poller, "FIRST_PAUSE", 0.01)
    card = await stage.panel()
    stage.server.faults.add(fault, Match("getUpdates"), times=2)
    press = stage.server.people.press(stage.ben, stage.group, card, "Tap")
    await stage.until(lambda: press.answers)
    await stage.settled()
    assert len(TAPS) == 1


async def test_a_second_poller_is_named_once_and_neither_hammers(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Telegram(stage.app, stage.server.token, base_url=stage.server.base_url)
    await other.start()
    before = stage.server.truth.count("call", "getUpdates")
    running = asyncio.create_task(other.run())
    await asyncio.sleep(2.2)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await other.stop()
    assert stage.server.truth.count("call", "getUpdates") - before < 12
    assert 1 <= capsys.readouterr().out.count("token_in_use") <= 2


async def test_a_revoked_token_ends_the_loop(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        stage.server.faults.add(Fault(Kind.UNAUTHORISED), Match("getUpdates"))
        stage.server.people.say(stage.ben, stage.group, "/panel")
        assert stage.running
        with pytest.raises(TokenRefused):
            await stage.running
        stage.running = None
        await stage.telegram.stop()


async def test_a_wrong_token_is_said_at_the_start(stage: Stage) -> None:
    with pytest.raises(TokenRefused):
        await Telegram(stage.app, "123:wrong", base_url=stage.server.base_url).start()


async def test_starting_waits_for_a_server_that_is_not_there_yet(tmp_path: Path) -> None:
    async with staged(tmp_path, run=False) as stage:
        stage.server.faults.add(Fault(Kind.SERVER_ERROR), Match("getMe"), times=2)
        await stage.telegram.start()
        assert stage.telegram.reception.username == "bareng_bot"
        await stage.telegram.stop()


async def test_a_webhook_that_was_left_over_is_taken_away_before_polling(tmp_path: Path) -> None:
    async with staged(tmp_path, run=False) as stage:
        stage.server.webhook.url = "https://old.example/hook"
        await stage.telegram.start()
        assert stage.server.webhook.url == ""
        await stage.telegram.stop()


async def test_a_hanging_poll_is_broken_off_and_begun_anew(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    card = await stage.panel()
    monkeypatch.setattr(poller, "HANG", 0.3)
    stage.server.faults.add(Fault(Kind.BLACKHOLE), Match("getUpdates"), times=1)
    await stage.press(stage.ben, "Tap", card)  # ends the poll that still waits as before
    press = stage.server.people.press(stage.citra, stage.group, card, "Tap")
    await stage.until(lambda: press.answers)
    assert stage.server.truth.count("fault") == 1


async def test_after_a_quiet_week_lower_numbers_are_fetched_too(stage: Stage) -> None:
    card = await stage.panel()
    await stage.press(stage.ben, "Tap", card)
    stage.server.updates.last_id = 5
    await stage.press(stage.citra, "Tap", card)
    await stage.settled()
    assert len(TAPS) == 2


async def test_five_hundred_taps_are_answered_in_order_for_each_person(stage: Stage) -> None:
    card = await stage.panel()
    people = [stage.server.world.add_person(f"P{number}") for number in range(100)]
    begun = time.monotonic()
    presses = [stage.server.people.press(person, stage.group, card, "Tap") for _ in range(5) for person in people]
    await stage.until(lambda: all(press.answers for press in presses), 30)
    assert len(TAPS) == 500
    assert time.monotonic() - begun < 15


async def test_a_press_that_means_nothing_to_us_is_still_acknowledged(stage: Stage) -> None:
    card = await stage.panel()
    press = stage.server.people.press(stage.ben, stage.group, card, "data:")
    await stage.until(lambda: press.answers)
    assert press.answers == [{}]


async def test_a_fault_of_ours_sets_the_update_aside_and_the_next_is_handled(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("adapters.telegram.receive.read", lambda *_: 1 / 0)
        stage.server.people.say(stage.ben, stage.group, "/panel")
        await stage.until(lambda: stage.telegram.reception.count.set_aside)
    stage.server.people.say(stage.ben, stage.group, "/panel")
    await stage.until(lambda: stage.texts(stage.group))


async def test_health_knows_when_telegram_was_last_heard(stage: Stage) -> None:
    await stage.panel()
    assert 0 < time.monotonic() - stage.telegram.heard_at < 60
