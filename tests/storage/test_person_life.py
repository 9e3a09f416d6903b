"""A month of a group's life in every table: who goes, who becomes one with another, and what is left row by row."""

from collections import Counter
from datetime import timedelta

import msgspec
from sqlalchemy import Connection, select

from bot.domain.people import FORMER
from bot.domain.points import ALL_TIME, Reason
from bot.domain.privacy import Kind
from bot.domain.union import Union
from storage import tables
from storage.link import Link
from storage.person.registry import HOLDINGS, Erased
from storage.person.row import rows_of, rows_with
from storage.store import DatabaseStore
from tests.storage.history import Life, life
from tests.storage.sample import NOW
from tests.storage.step import on
from tests.storage.test_person import LEDGER, dump


async def lived(store: DatabaseStore) -> Life:
    async with store.begin() as unit:
        return await life(unit, "telegram", "-100", 1)


async def sums(address: str) -> Counter[tuple[int, str]]:
    """The points of the whole group by month and kind."""

    def read(connection: Connection) -> Counter[tuple[int, str]]:
        found: Counter[tuple[int, str]] = Counter()
        for row in connection.execute(select(tables.total)):
            found[row.month, row.reason] += row.points
        return found

    return await on(address, read)


async def test_everybody_of_a_month_can_go(store: DatabaseStore, address: str) -> None:
    group = await lived(store)
    before = await sums(address)
    assert not _unfilled(await dump(address)), "else this test shows nothing"
    async with store.begin() as unit:
        for person in group.people:
            await unit.privacy.erase(person)
        await unit.privacy.finish()
    async with store.begin() as unit:
        link: Link = unit.privacy._link
        for person in group.people:
            for holding in HOLDINGS:
                if holding.erased is Erased.DELETED:
                    assert not await rows_of(link, holding, person), holding.table.name
        assert set((await unit.people.names(group.people)).values()) == {FORMER}
        # What is left must still be read by those who read it.
        for number in range(1, 6):
            await unit.questions.get(group.id, number)
            await unit.questions.answers(group.id, number)
            await unit.suggestions.get(group.id, number)
            await unit.sanctions.get(group.id, number)
            await unit.library.get(group.id, number)
            await unit.board.get(group.id, number)
            await unit.holds.get(group.id, number)
            await unit.knocks.get(group.id, number)
            await unit.proposals.get(group.id, number)
            await unit.reports.get(group.id, number)
    assert await sums(address) == before
    left = {name: rows for name, rows in (await dump(address)).items() if not name.startswith("search_")}
    assert not [name for name, rows in left.items() if any("Orang -100" in row for row in rows)]


async def test_everybody_of_a_month_can_be_one_with_another_and_two_again(store: DatabaseStore, address: str) -> None:
    group = await lived(store)
    before, points = await dump(address), await sums(address)
    for one, other in zip(group.people, group.people[1:], strict=False):
        async with store.begin() as unit:
            union = await unit.unions.add(Union(0, one, other, NOW, True, True))
            await unit.unions.join(union, NOW)
            link: Link = unit.unions._link
            for holding in HOLDINGS:
                if not holding.fixed:
                    assert not await rows_with(link, holding, other), holding.table.name
            assert not any((await unit.ledger.sums(group.id, other, ALL_TIME)).values())
        # Thanks of the two for each other are none any more, and are the only thing that is missing.
        kept = await sums(address)
        lost = +points - +kept
        assert not +kept - +points
        assert {reason for _, reason in lost} <= {Reason.THANKS.value}
        async with store.begin() as unit:
            await unit.unions.part(union, NOW + timedelta(days=1))
        after = await dump(address)
        for name in set(after) - LEDGER:
            assert after[name] == before[name], (one, other, name)
        assert +(await sums(address)) == +points


async def test_an_export_can_be_written_down(store: DatabaseStore) -> None:
    group = await lived(store)
    async with store.begin() as unit:
        found = await unit.privacy.belongings(group.people[0])
    assert len(found) == len(Kind)
    assert msgspec.json.encode(found)


def _unfilled(rows: dict[str, list[str]]) -> set[str]:
    """Tables of the registry without any row, but those of other tests."""
    apart = {"joining", "joining_row", "entry_past", "leaving", "exported", "person_union", "person_union_row"}
    elsewhere = {"draft", "vote", "link_code", "link_try", "practice"}
    return {each.table.name for each in HOLDINGS if not rows[each.table.name]} - apart - elsewhere
