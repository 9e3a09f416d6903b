"""kill -9 in the middle of a live round: it goes on by itself on the same card, and every answer is counted once."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.domain.quiz import Tally
from tests.process.town import Town, eventually, town
from tests.wire.telegram.world import Chat, Person, Press

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
async def place(tmp_path: Path) -> AsyncIterator[Town]:
    """Two groups that went through the onboarding, with two items each; the boss has written to the bot before."""
    async with town(tmp_path) as made:
        await made.settle_in()
        await made.plan_quiz(3600)
        made.telegram.people.start(made.boss)
        await eventually(lambda: len(made.telegram.world.private_chat(made.boss).messages) > 1)
        yield made


def cards(place: Town) -> list[dict[str, Any]]:
    return place.telegram_messages("Kuis bareng")


def press(place: Town, person: Person, label: str, chat: Chat | None = None) -> Press:
    """Press a button of the card, or of the newest message in that chat."""
    where = chat or place.group
    shown = list(where.messages.values())[-1] if chat else cards(place)[0]
    return place.telegram.people.press(person, where, shown["message_id"], label)


async def presses(place: Town, person: Person, label: str, chat: Chat | None = None) -> str:
    made = press(place, person, label, chat)
    await eventually(lambda: made.answers)
    return str(made.answers[0])


async def shows(place: Town, *words: str) -> None:
    def look() -> bool:
        return any(all(word in card["text"] for word in words) for card in cards(place))

    await eventually(look, 40)


async def tally(place: Town) -> Tally:
    community = await place.community("telegram")
    async with place.store.read() as unit:
        return await unit.quizzes.tally(community.id, 1)


async def test_a_round_goes_on_after_a_kill_and_counts_every_answer_once(place: Town) -> None:
    private = place.telegram.world.private_chat(place.boss)
    place.telegram.people.say(place.boss, place.group, "/quiz 2")
    await eventually(lambda: "Buka untuk grup" in str(private.messages))
    for label in ("15 dtk", "Buka untuk grup"):
        await presses(place, place.boss, label, private)
    await shows(place, "orang sudah ikut")
    await presses(place, place.boss, "Mulai")
    await shows(place, "soal 1 dari 2", "Waktunya")
    first, *others = place.members
    await presses(place, first, "A")
    for person in others:
        press(place, person, "A")
    await place.process.kill()
    await place.process.start()
    for person in place.members:
        told = await presses(place, person, "B")
        assert "A" in told, "the first tap stands, also where nobody had been told"
    assert (await tally(place)).given[0] == {"0": 3}
    await presses(place, place.boss, "Tampilkan hasil")
    await place.process.kill()
    await place.process.start()
    await shows(place, "3 orang menjawab")
    await presses(place, place.boss, "Berikutnya")
    await shows(place, "soal 2 dari 2", "Waktunya")
    assert "B" in await presses(place, first, "B")
    await presses(place, place.boss, "Tampilkan hasil")
    await shows(place, "Kuis bareng · hasil", "3 orang ikut")
    assert (await tally(place)).given == {0: {"0": 3}, 1: {"1": 1}}
    assert len(cards(place)) == 1
    assert await place.process.stop() == 0
    assert place.telegram.truth.violations == []
