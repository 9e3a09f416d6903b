"""Whatever happens in whatever order: sums are those of the entries, entries never change, an undo counts once."""

import asyncio
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from bot.domain.community import Community
from bot.domain.points import POOL, Entry, Reason, fix, undo
from storage.store import DatabaseStore
from tests.storage.sample import NOW, Group, entry, people

MONTHS = (202610, 202611, 202612)
KINDS = (Reason.QUIZ, Reason.ROUND, Reason.THANKS)


class Life:
    """A group whose members give, take back and correct at random."""

    def __init__(self, store: DatabaseStore, group: Group, crowd: list[int], rng: Random) -> None:
        self.store = store
        self.group = group
        self.community = Community(group.id, "Kelas", NOW)
        self.crowd = crowd
        self.rng = rng
        self.seen: dict[str, Entry] = {}
        self.numbers = 0

    def made(self) -> Entry:
        """An award, an award between people, a corrected key, a correction by hand, or an undo of any of these."""
        rng = self.rng
        if self.seen and rng.random() < 0.35:
            before = rng.choice(sorted(self.seen.values(), key=lambda each: each.cause))
            return undo(before, NOW + timedelta(minutes=rng.randrange(60)), "Asia/Jakarta", by=rng.choice(self.crowd))
        person, other = rng.sample(self.crowd, 2)
        one = entry(self.group.id, person, rng.randrange(12), rng.choice((1, 2, 5)), rng.choice(MONTHS))
        one = replace(one, reason=(kind := rng.choice(KINDS)), cause=f"{kind}:{one.cause}")
        match rng.randrange(4):
            case 0:
                return replace(one, source=other, by=other, note="'; --")
            case 1:
                return replace(one, cause=f"rekey:{one.cause}", amount=rng.choice((1, -1)))
            case 2:
                self.numbers += 1
                return replace(
                    fix(self.community, person, kind, -3, self.numbers, NOW, by=other, note="dua kali"),
                    month=one.month,
                )
            case _:
                return one

    async def act(self) -> None:
        """One unit with a few entries of one person after another; some fail and leave nothing."""
        fails, made = self.rng.random() < 0.25, [self.made() for _ in range(self.rng.randint(1, 3))]
        # As features do: a unit is about one person, or about several in the order of their numbers.
        made.sort(key=lambda each: (each.person, each.reason))
        try:
            async with self.store.begin() as unit:
                few = made[: 1 if any(each.source for each in made) else 3]
                recorded = [one for one in few if await unit.ledger.record(one)]
                if fails:
                    raise LookupError
        except LookupError:
            return
        for one in recorded:
            assert one.cause not in self.seen, "a cause counted twice"
            self.seen[one.cause] = one


def moved(entries: Iterable[Entry]) -> Counter[tuple[int, int, Reason]]:
    """What the entries move, by account, season (0: all) and kind."""
    sums = Counter[tuple[int, int, Reason]]()
    for one in entries:
        for month in (0, one.month):
            sums[one.person, month, one.reason] += one.amount
            sums[one.source, month, one.reason] -= one.amount
    return sums


def counted(entries: Iterable[Entry]) -> Counter[tuple[int, int, Reason]]:
    """How many contributions the entries add, in the same way."""
    return moved(replace(one, amount=one.times) for one in entries)


async def kept(store: DatabaseStore, group: Group, crowd: list[int]) -> list[Entry]:
    """All entries, after checking that every sum is theirs and that all accounts together have nothing."""
    async with store.read() as unit:
        entries = list(await unit.ledger.since(group.id, NOW - timedelta(days=99)))
        sums, times = moved(entries), counted(entries)
        for person in crowd:
            for month in (0, *MONTHS):
                held = await unit.ledger.sums(group.id, person, month)
                often = await unit.ledger.times(group.id, person, month)
                for kind in Reason:
                    assert held.get(kind, 0) == sums[person, month, kind]
                    assert often.get(kind, 0) == times[person, month, kind]
        people_have = sum([sum((await unit.ledger.sums(group.id, person, 0)).values()) for person in crowd])
    pool = sum(sums[POOL, 0, kind] for kind in Reason)
    assert people_have + pool == 0
    return entries


@pytest.mark.parametrize("seed", range(4))
async def test_sums_are_those_of_entries_that_never_change(
    store: DatabaseStore, ours: Group, theirs: Group, seed: int
) -> None:
    rng = Random(seed)
    crowd = await people(store, ours.id, 4)
    life, other = Life(store, ours, crowd, rng), Life(store, theirs, crowd, rng)
    before: dict[str, Entry] = {}
    for _ in range(5):
        await asyncio.gather(*(one.act() for one in (life, other) for _ in range(15)))
        entries = await kept(store, ours, crowd)
        await kept(store, theirs, crowd)
        found = {one.cause: one for one in entries}
        assert len(found) == len(entries)
        assert found == life.seen, "what was told as recorded is there, as it was given, and nothing else"
        assert before.items() <= found.items(), "no entry was changed"
        before = found
    assert any(one.cause.startswith("undo:") for one in before.values())
    assert any(one.source for one in before.values())
    for one in before.values():
        if f"undo:{one.cause}" in before:
            async with store.begin() as unit:
                assert not await unit.ledger.record(undo(one, NOW, "UTC", note="sekali lagi"))
    assert {one.cause: one for one in await kept(store, ours, crowd)} == before


async def test_two_who_give_to_each_other_at_once_wait_for_nobody(store: DatabaseStore, ours: Group) -> None:
    one, two = await people(store, ours.id, 2)

    async def gives(giver: int, taker: int, number: int) -> None:
        made = replace(entry(ours.id, taker, number), cause=f"gift:{number}:{giver}", source=giver, by=giver)
        async with store.begin() as unit:
            assert await unit.ledger.record(made)

    both = [gives(one, two, number) for number in range(20)] + [gives(two, one, number) for number in range(20)]
    await asyncio.wait_for(asyncio.gather(*both), 20)
    assert len(await kept(store, ours, [one, two])) == 40
    async with store.read() as unit:
        assert await unit.ledger.sums(ours.id, one, 0) == {Reason.QUIZ: 0}


async def test_an_undo_that_comes_at_once_counts_once(store: DatabaseStore, ours: Group) -> None:
    made = entry(ours.id, ours.ani.id, amount=5)

    async def takes_back(number: int) -> bool:
        async with store.begin() as unit:
            return await unit.ledger.record(undo(made, NOW, "Asia/Jakarta", by=number))

    async with store.begin() as unit:
        await unit.ledger.record(made)
    assert sum(await asyncio.gather(*(takes_back(number) for number in range(10)))) == 1
    async with store.read() as unit:
        assert await unit.ledger.sums(ours.id, ours.ani.id, 0) == {Reason.QUIZ: 0}
        assert await unit.ledger.times(ours.id, ours.ani.id, 202611) == {Reason.QUIZ: 0}
