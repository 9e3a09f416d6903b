"""What members ask, and whose it is."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, text

from bot.domain.question import Answer, Closing, Question, State, Wish
from bot.domain.search import Entry
from bot.ports import Unit
from storage.store import DatabaseStore
from storage.tables import metadata
from tests.storage.sample import NOW, Group
from tests.storage.step import on

ODD = "$\\hat{x}$ <b>'\"` \U0001f9d1\u200d\U0001f393 '; DROP TABLE question --"
SECRET = 987_654_321


def question(community: int, **changes: Any) -> Question:
    made = Question(community, 0, "Apa itu turunan?", 1, NOW, NOW, tags=("fungsi", "limit"))
    return replace(made, **changes)


def whole(community: int) -> Question:
    return Question(
        community, 0, ODD, 7, NOW, NOW + timedelta(hours=1), False, ("a-b", "习"), State.CLOSED, Closing.WORDS, ODD, 9,
        3, True,
    )  # fmt: skip


async def fill(unit: Unit, community: int, *changes: dict[str, Any], owner: int = 1) -> list[Question]:
    return [await unit.questions.add(question(community, **change), owner) for change in changes]


async def test_all_of_it_is_kept_and_counted_in_each_group_by_itself(
    store: DatabaseStore, ours: Group, theirs: Group
) -> None:
    async with store.begin() as unit:
        for group in (ours, theirs):
            assert await unit.questions.add(whole(group.id), 7) == replace(whole(group.id), id=1)
        assert (await unit.questions.add(whole(ours.id), 7)).id == 2
    async with store.begin() as unit:
        assert await unit.questions.get(ours.id, 1) == replace(whole(ours.id), id=1)
        assert await unit.questions.hold(ours.id, 2) == replace(whole(ours.id), id=2)
        assert await unit.questions.get(theirs.id, 2) is None
        assert await unit.questions.hold(theirs.id, 2) is None


async def test_those_asked_at_once_have_numbers_of_their_own(store: DatabaseStore, ours: Group) -> None:
    async def asks() -> int:
        async with store.begin() as unit:
            added = await unit.questions.add(question(ours.id), 1)
            await asyncio.sleep(0.005)
            return added.id

    assert sorted(await asyncio.gather(*(asks() for _ in range(6)))) == list(range(1, 7))


async def test_two_changes_at_once_are_both_kept(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        (made,) = await fill(unit, ours.id, {})

    async def changes(**change: str) -> None:
        async with store.begin() as unit:
            held = await unit.questions.hold(ours.id, made.id)
            assert held
            await asyncio.sleep(0.05)
            await unit.questions.save(replace(held, **change))  # type: ignore[arg-type]

    await asyncio.gather(changes(note="dobel"), changes(text="Apa?"))
    async with store.read() as unit:
        assert await unit.questions.get(ours.id, made.id) == replace(made, note="dobel", text="Apa?")


async def test_whose_it_is_counts_in_its_group_alone(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    ani, budi = ours.ani.id, ours.budi.id
    async with store.begin() as unit:
        (made,) = await fill(unit, ours.id, {}, owner=ani)
        await fill(unit, theirs.id, {}, owner=budi)
        assert await unit.questions.is_owner(ours.id, made.id, ani)
        assert not await unit.questions.is_owner(ours.id, made.id, budi)
        assert not await unit.questions.is_owner(theirs.id, made.id, ani)
        assert not await unit.questions.is_owner(ours.id, 99, 0), "nobody owns what does not exist"
        assert await unit.questions.owner(ours.id, made.id) == ani
        assert await unit.questions.owner(theirs.id, 1) == budi
        assert await unit.questions.owner(ours.id, 99) == 0


async def test_the_owner_of_an_anonymous_question_stands_nowhere_else(
    store: DatabaseStore, address: str, ours: Group
) -> None:
    async with store.begin() as unit:
        made = await unit.questions.add(question(ours.id, author=0, anonymous=True), SECRET)
        await unit.questions.save(replace(made, state=State.CLOSED))
        given = await unit.questions.add_answer(Answer(ours.id, made.id, 0, "Laju.", 2, NOW))
        await unit.questions.vote(ours.id, made.id, given.number, 3, NOW)
        await unit.questions.help_with(ours.id, 4, "", NOW - timedelta(days=2))
        assert await unit.questions.call_helpers(ours.id, made.id, (), NOW, 3, NOW) == [4]
        await unit.searches.put(Entry(ours.id, "question", made.id, made.title, made.text, made.tags, NOW))
        assert await unit.questions.is_owner(ours.id, made.id, SECRET)
    assert await tables_with(address, str(SECRET)) == ["question_owner"]
    async with store.begin() as unit:
        await unit.questions.mute(ours.id, made.id, NOW)
    assert await tables_with(address, str(SECRET)) == ["question_mute", "question_owner"]


async def tables_with(address: str, words: str) -> list[str]:
    """The tables that have a row in which these words stand."""

    def look(connection: Connection) -> list[str]:
        rows = {name: connection.execute(text(f'SELECT * FROM "{name}"')).all() for name in metadata.tables}  # noqa: S608
        return sorted(name for name, some in rows.items() if any(words in str(tuple(row)) for row in some))

    return await on(address, look)


async def test_questions_of_a_time_are_counted_by_person(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        for minutes in (0, 30, 60):
            await fill(unit, ours.id, {"asked_at": NOW + timedelta(minutes=minutes), "author": 0}, owner=1)
        await fill(unit, ours.id, {}, owner=2)
        assert await unit.questions.asked_since(ours.id, 1, NOW) == 3
        assert await unit.questions.asked_since(ours.id, 1, NOW + timedelta(minutes=30)) == 2
        assert await unit.questions.asked_since(ours.id, 2, NOW + timedelta(minutes=1)) == 0
        assert await unit.questions.asked_since(theirs.id, 1, NOW) == 0


async def test_a_page_shows_the_newest_first(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        made = await fill(unit, ours.id, *({"state": state} for state in State))
        await fill(unit, theirs.id, {}, owner=3)
        assert await unit.questions.page(ours.id, Wish(), 0, 10) == made[::-1]
        assert await unit.questions.page(ours.id, Wish(), 1, 1) == [made[1]]
        assert await unit.questions.page(ours.id, Wish(owner=3), 0, 10) == []


async def test_a_wish_leaves_out_what_does_not_fit(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        await fill(unit, ours.id, {"tags": ("sel",)}, {"tags": ("sel", "gaya"), "state": State.ANSWERED}, owner=1)
        await fill(unit, ours.id, {"tags": ("gaya",)}, {"tags": ("sel",), "author": 0, "anonymous": True}, owner=2)
        await fill(unit, theirs.id, {"tags": ("sel",)}, owner=2)

        async def page(wish: Wish) -> list[int]:
            return [each.id for each in await unit.questions.page(ours.id, wish, 0, 10)]

        assert await page(Wish(State.OPEN)) == [4, 3, 1]
        assert await page(Wish(tag="sel")) == [4, 2, 1]
        assert await page(Wish(State.OPEN, "sel")) == [4, 1]
        assert await page(Wish(owner=2)) == [4, 3], "an anonymous one is shown to its owner"
        assert await page(Wish(State.OPEN, owner=1)) == [1]
        assert await page(Wish(tag="gaya", owner=1)) == [2]
        assert await page(Wish(State.ANSWERED, "gaya", 1)) == [2]
        assert await page(Wish(State.CLOSED)) == await page(Wish(tag="hukum")) == []


async def test_changed_topics_and_states_replace_the_old_ones(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        first, second = await fill(unit, ours.id, {}, {"tags": ("limit",)})
        assert await unit.questions.tags(ours.id) == ["limit", "fungsi"]
        changed = replace(first, tags=("baru", "baru"), state=State.ANSWERED)
        await unit.questions.save(changed)
        assert await unit.questions.tags(ours.id) == ["baru", "limit"]
        assert await unit.questions.page(ours.id, Wish(tag="fungsi"), 0, 9) == []
        assert await unit.questions.page(ours.id, Wish(State.ANSWERED, "baru"), 0, 9) == [changed]
        assert await unit.questions.page(ours.id, Wish(State.OPEN), 0, 9) == [second]
        assert await unit.questions.get(ours.id, first.id) == changed


async def test_topics_are_those_of_what_was_asked_last(
    store: DatabaseStore, ours: Group, theirs: Group, monkeypatch: Any
) -> None:
    monkeypatch.setattr("storage.question.LATELY", 2)
    async with store.begin() as unit:
        assert await unit.questions.tags(ours.id) == []
        await fill(unit, ours.id, {"tags": ("lama",)}, {"tags": ("sel",)}, {"tags": ("gaya", "sel")})
        await fill(unit, theirs.id, {"tags": ("hukum",)})
        assert await unit.questions.tags(ours.id) == ["sel", "gaya"]


async def test_some_come_in_the_order_of_their_numbers(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        first, _, third = await fill(unit, ours.id, {}, {}, {})
        await fill(unit, theirs.id, {})
        assert await unit.questions.some(ours.id, [3, 99, 1]) == [first, third]
        assert await unit.questions.some(theirs.id, [3, 2]) == await unit.questions.some(ours.id, []) == []


async def test_unanswered_ones_are_open_and_the_oldest_first(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        first, _, third, fourth = await fill(unit, ours.id, {}, {"state": State.CLOSED}, {}, {})
        await fill(unit, theirs.id, {})
        given = await unit.questions.add_answer(Answer(ours.id, first.id, 0, "Laju.", 2, NOW))
        assert await unit.questions.unanswered(ours.id, 9) == [third, fourth]
        assert await unit.questions.unanswered(ours.id, 1) == [third]
        await unit.questions.save(replace(first, text="Apa?"))
        assert await unit.questions.unanswered(ours.id, 9) == [third, fourth], "a change of it counts no answers"
        await unit.questions.save_answer(replace(given, withdrawn=True))
        assert await unit.questions.unanswered(ours.id, 1) == [replace(first, text="Apa?")]


async def test_what_repeats_a_question_is_known(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        _, second, _ = await fill(unit, ours.id, {}, {}, {"original": 1})
        await fill(unit, theirs.id, {}, {"original": 1})
        await unit.questions.save(replace(second, original=1))
        assert await unit.questions.repeats(ours.id, 1) == [2, 3]
        assert await unit.questions.repeats(ours.id, 2) == []


async def test_who_is_muted_is_muted_as_long_as_was_ever_said(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    later = NOW + timedelta(days=7)
    async with store.begin() as unit:
        first, second = await fill(unit, ours.id, {"author": 0}, {"author": 0}, owner=1)
        await fill(unit, theirs.id, {}, owner=1)
        assert await unit.questions.muted_until(ours.id, 1) is None
        for made, until in ((first, NOW), (second, later), (first, NOW)):
            await unit.questions.mute(ours.id, made.id, until)
        await unit.questions.mute(ours.id, 99, later)
        assert await unit.questions.muted_until(ours.id, 1) == later
        assert await unit.questions.muted_until(ours.id, 0) is None
        assert await unit.questions.muted_until(theirs.id, 1) is None
