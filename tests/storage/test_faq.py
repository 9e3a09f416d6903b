"""What a group answers again and again."""

import asyncio
from dataclasses import replace
from typing import Any

from bot.domain.faq import Faq
from storage.store import DatabaseStore
from tests.storage.sample import NOW, Group
from tests.storage.test_question import ODD


def faq(community: int, *names: str, **changes: Any) -> Faq:
    return replace(Faq(community, 0, names or ("ujian",), "Senin.", 1, NOW), **changes)


async def test_all_of_it_is_kept_and_counted_in_each_group_by_itself(
    store: DatabaseStore, ours: Group, theirs: Group
) -> None:
    async with store.begin() as unit:
        for group in (ours, theirs):
            made = faq(group.id, ODD, "习", text=ODD, credit=(3, 4), question=7)
            assert await unit.faqs.add(made) == replace(made, id=1)
            assert await unit.faqs.get(group.id, 1) == replace(made, id=1)
        assert await unit.faqs.get(ours.id, 2) is None
        changed = replace(faq(ours.id, "kelas"), id=1)
        await unit.faqs.save(changed)
        assert await unit.faqs.get(ours.id, 1) == changed
        assert (await unit.faqs.get(theirs.id, 1)) != changed


async def test_they_come_by_their_main_names(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        assert await unit.faqs.all(ours.id) == []
        for names in (("ujian", "a"), ("Kelas",), ("jadwal",), ("Ölçü",)):
            await unit.faqs.add(faq(ours.id, *names))
        await unit.faqs.add(faq(theirs.id, "buku"))
        assert [each.name for each in await unit.faqs.all(ours.id)] == ["jadwal", "Kelas", "ujian", "Ölçü"]


async def test_the_number_of_a_removed_one_is_not_given_again(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        for group in (ours, theirs):
            await unit.faqs.add(faq(group.id))
        await unit.faqs.drop(ours.id, 1)
        assert await unit.faqs.get(ours.id, 1) is None
        assert await unit.faqs.all(ours.id) == []
        assert len(await unit.faqs.all(theirs.id)) == 1
        assert (await unit.faqs.add(faq(ours.id))).id == 2, "an old button must not mean another entry"


async def test_those_added_at_once_have_numbers_of_their_own(store: DatabaseStore, ours: Group) -> None:
    async def adds() -> int:
        async with store.begin() as unit:
            added = await unit.faqs.add(faq(ours.id))
            await asyncio.sleep(0.005)
            return added.id

    assert sorted(await asyncio.gather(*(adds() for _ in range(6)))) == list(range(1, 7))
