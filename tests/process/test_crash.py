"""kill -9 at the worst moments: every answer is counted once, and cards are not multiplied."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.process.town import Town, eventually, eventually_in, town
from tests.wire.discord.people import answered
from tests.wire.faults import Fault, Kind, Match

CARD = "Kuis harian ·"

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    """Two groups that went through the onboarding."""
    async with town(tmp_path) as made:
        await made.settle_in()
        yield made


async def test_an_answer_survives_a_kill_between_its_commit_and_its_reply(place: Town) -> None:
    await place.plan_quiz(2)
    card = (await eventually(lambda: place.telegram_messages(CARD)))[0]
    poster = (await eventually(lambda: place.discord_messages(CARD)))[0]
    first, *others = place.members
    place.telegram.faults.add(Fault(Kind.BLACKHOLE), Match("answerCallbackQuery"))
    place.telegram.people.press(first, place.group, card["message_id"], "1A")

    async def committed() -> bool:
        return (await place.answers("telegram"))[0] == 1

    await eventually_in(committed)
    await place.process.kill()
    place.telegram.faults.clear()
    await place.process.start()
    again = place.telegram.people.press(first, place.group, card["message_id"], "1B")
    await eventually(lambda: again.answers)
    assert "sudah" in str(again.answers[0]), "the first tap stands, and is shown again"
    for person in (first, *others):
        for button in ("1A", "2A"):
            press = place.telegram.people.press(person, place.group, card["message_id"], button)
            await eventually(lambda press=press: press.answers)  # type: ignore[misc]
    await place.discord.client_arrived(30)
    for friend in place.friends:
        for button in ("1A", "2B"):
            await answered(await place.discord.people.press(friend, poster, button))
    assert await place.answers("telegram") == {0: 3, 1: 3}
    assert await place.answers("discord") == {0: 3, 1: 3}
    assert await place.points("telegram") == [1, 1, 1]
    assert await place.points("discord") == [1, 1, 1]
    assert await place.process.stop() == 0
    place.discord.assert_clean()
    assert place.telegram.truth.violations == []


async def test_a_kill_in_the_middle_of_the_posting_leaves_one_card_or_on_telegram_two(place: Town) -> None:
    slow = Fault(Kind.BLACKHOLE, effect=True)
    place.telegram.faults.add(slow, Match("sendMessage", key="Kuis harian"), times=1)
    place.discord.faults.add(slow, Match("POST /channels/*/messages", key="Kuis harian"), times=1)
    await place.plan_quiz(2)
    await eventually(lambda: place.telegram_messages(CARD))
    await eventually(lambda: place.discord_messages(CARD))
    await place.process.kill()
    await place.process.start()
    await eventually(lambda: place.telegram_messages(CARD)[1:])

    async def ended() -> bool:
        async with place.store.read() as unit:
            due = await unit.jobs.next_due()
        return due is not None and due > datetime.now(UTC) + timedelta(minutes=5)

    await eventually_in(ended)
    assert len(place.telegram_messages(CARD)) == 2
    assert "perhaps_sent_twice" in place.process.log
    assert len(place.discord_messages(CARD)) == 1


async def test_it_stops_cleanly_and_leaks_no_secret(place: Town) -> None:
    assert await place.process.stop() == 0
    assert place.telegram.token not in place.process.log
    assert place.discord.token not in place.process.log
