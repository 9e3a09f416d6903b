"""A live round with five hundred people on both platforms at once: every answer once, and the same result for all."""

import asyncio
import re
from collections import Counter
from random import Random

from bot.domain.items import Item, ItemText
from bot.domain.points import Reason
from tests.process.crowd import Crowd, crowd, until
from tests.wire.discord.people import answered

PEOPLE = 250
"""On each platform."""

ITEMS = tuple(
    Item(1, 0, {"id": ItemText(f"Soal {number}: {number} + 1 = ?", tuple(str(number + n) for n in range(4)))}, (1,))
    for number in range(2)
)
LETTERS = "ABCD"

Given = dict[tuple[str, int], str]
"""The letter that each person chose first, by platform and number."""


async def rush(fair: Crowd, chance: Random) -> None:
    """Everybody taps within three seconds; some tap again or change their mind, and the first tap stands."""
    card, stands = fair.tg_card["message_id"], fair.dc_card

    async def tap(platform: str, who: int, letter: str, wait: float) -> None:
        await asyncio.sleep(wait)
        if platform == "telegram":
            press = fair.telegram.people.press(fair.here[who], fair.group, card, letter)
            await until(lambda: press.answers, 30)
        else:
            await answered(await fair.discord.people.press(fair.there[who], stands, letter), 30)

    async def person(platform: str, who: int) -> None:
        wait = chance.random() * 2.5
        for letter in chance.choices(LETTERS, k=chance.choice((1, 1, 1, 2, 3))):
            await tap(platform, who, letter, wait)
            wait = 0

    await asyncio.gather(*(person(platform, who) for platform in ("telegram", "discord") for who in range(PEOPLE)))


def first_choices(fair: Crowd, payloads: dict[str, str], since: tuple[int, int]) -> Given:
    """What each person tapped first, as the servers' own logs tell."""
    given: Given = {}
    for press in list(fair.telegram.world.presses.values())[since[0] :]:
        letter = payloads.get(press.data)
        if letter:
            given.setdefault(("telegram", press.person), letter)
    for entry in fair.discord.truth.find("event", "INTERACTION_CREATE")[since[1] :]:
        if letter := payloads.get(entry.detail.get("custom_id") or ""):
            given.setdefault(("discord", int(entry.detail["person"])), letter)
    return given


def payloads(fair: Crowd) -> dict[str, str]:
    """The letters by what their buttons carry, which is the same on both platforms."""
    rows = fair.tg_card["reply_markup"]["inline_keyboard"]
    found = {b["callback_data"]: b["text"] for row in rows for b in row if b["text"] in LETTERS}
    return found | {b["custom_id"]: b["label"] for b in fair.dc_card.buttons if b["label"] in LETTERS}


def on_telegram(text: str) -> dict[str, int]:
    """The distribution as the card shows it: the letter, and below it a bar and the count."""
    return {letter: int(count) for letter, count in re.findall(r"([A-D])\. [^\n]*\n[▓░]+ (\d+)", text)}


def on_discord(text: str) -> dict[str, int]:
    """The same: a bar, the count, the letter."""
    return {letter: int(count) for count, letter in re.findall(r"` (\d+) · (?:✓ )?([A-D])\.", text)}


async def test_five_hundred_answers_are_each_counted_once(sqlite_address: str) -> None:
    chance = Random(12)
    async with crowd(sqlite_address, PEOPLE, PEOPLE, ITEMS) as fair:
        await fair.open_round(2, "60 dtk")
        right = Counter[tuple[str, int]]()
        for position in range(2):
            await until(fair.shows(f"soal {position + 1} dari 2"))
            await until(lambda: len(payloads(fair)) >= len(LETTERS))
            since = len(fair.telegram.world.presses), fair.discord.truth.count("event", "INTERACTION_CREATE")
            meaning = payloads(fair)
            await rush(fair, chance)
            given = first_choices(fair, meaning, since)
            assert len(given) == 2 * PEOPLE
            expected = Counter(given.values())
            right.update(who for who, letter in given.items() if letter == "B")
            await fair.steer("Tampilkan hasil")
            await until(fair.shows("500 orang menjawab"))
            assert on_telegram(fair.tg_card["text"]) == expected
            assert on_discord(fair.dc_card.text) == expected
            async with fair.store.read() as unit:
                tally = await unit.quizzes.tally(fair.community, 1)
            assert {LETTERS[int(key)]: count for key, count in tally.given[position].items()} == expected
            await asyncio.sleep(3)
            await fair.steer("Berikutnya")
        await until(fair.shows("hasil"))
        assert fair.shows("500 orang ikut")()
        assert fair.shows(f"{round(100 * sum(right.values()) / 1000)}% dari semua")()
        best = sum(count == 2 for count in right.values())
        assert fair.shows(f"{best - 5} lainnya: 2")()
        async with fair.store.read() as unit:
            assert len(await unit.rounds.players(fair.community, 1)) == 2 * PEOPLE
            leaders = await unit.ledger.top(fair.community, 0, Reason.ROUND, 1000)
        assert Counter(leader.points for leader in leaders) == Counter(1 + (right[who] > 0) for who in given)
        assert len([m for m in fair.group.messages.values() if m["from"]["is_bot"]]) == 1, "one card"
