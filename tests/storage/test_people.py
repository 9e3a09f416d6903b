"""Persons, accounts and memberships, also when they come twice at once."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.chat.places import Account, Place, Role
from bot.domain.people import Member
from bot.domain.streak import Streak
from storage.store import DatabaseStore
from tests.storage.sample import Group

ANI = Account("telegram", "1")


async def test_an_account_has_one_person(store: DatabaseStore) -> None:
    async with store.begin() as unit:
        person = await unit.people.add(ANI, "Ani", "id")
        assert await unit.people.add(ANI, "Somebody else", "en") == person
        other = await unit.people.add(Account("discord", "1"), "Ani", "id")
        assert other.id != person.id, "the same number on another platform is another account"


async def test_somebody_who_comes_twice_at_once_is_one_person(store: DatabaseStore) -> None:
    async def comes(number: int) -> int:
        async with store.begin() as unit:
            person = await unit.people.add(ANI, f"Ani {number}", "id")
            await asyncio.sleep(0.02)
            return person.id

    persons = await asyncio.gather(*(comes(number) for number in range(6)))
    assert len(set(persons)) == 1
    async with store.read() as unit:
        assert len(await unit.people.names(range(1, 100))) == 1, "nobody without an account is left behind"


async def test_an_account_whose_first_unit_failed_goes_to_the_next(store: DatabaseStore) -> None:
    holding, let_go = asyncio.Event(), asyncio.Event()

    async def fails() -> None:
        async with store.begin() as unit:
            await unit.people.add(ANI, "Ani", "id")
            holding.set()
            await let_go.wait()
            raise LookupError

    async def comes() -> str:
        await holding.wait()
        async with store.begin() as unit:
            return (await unit.people.add(ANI, "Ani again", "id")).name

    failing, coming = asyncio.create_task(fails()), asyncio.create_task(comes())
    await asyncio.sleep(0.1)
    let_go.set()
    assert await coming == "Ani again"
    assert isinstance((await asyncio.gather(failing, return_exceptions=True))[0], LookupError)


async def test_settings_of_a_person_are_kept(store: DatabaseStore) -> None:
    async with store.begin() as unit:
        person = await unit.people.add(ANI, "Ani", "")
        await unit.people.save(replace(person, name="A. \u202e'; --", language="en", home=7))
    async with store.read() as unit:
        found = (await unit.arrivals.of(_somewhere(), ANI)).person
        assert found == replace(person, name="A. \u202e'; --", language="en", home=7)


async def test_joining_again_changes_nothing(store: DatabaseStore, ours: Group) -> None:
    kept = Member(ours.id, ours.ani.id, Role.ORGANISER, False, True, Streak(3, 9, 1, date(2026, 11, 23)))
    async with store.begin() as unit:
        await unit.people.save_member(kept)
        assert await unit.people.join(Member(ours.id, ours.ani.id)) == kept
        assert await unit.people.member(ours.id, ours.ani.id) == kept


async def test_joining_twice_at_once_is_one_membership(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async def joins(role: Role) -> Member:
        async with store.begin() as unit:
            member = await unit.people.join(Member(theirs.id, ours.ani.id, role))
            await asyncio.sleep(0.02)
            return member

    members = await asyncio.gather(*(joins(role) for role in (Role.MEMBER, Role.TRUSTED, Role.MODERATOR)))
    assert len(set(members)) == 1


async def test_a_membership_is_saved_in_its_own_group(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        await unit.people.join(Member(theirs.id, ours.ani.id))
        await unit.people.save_member(Member(ours.id, ours.ani.id, Role.ORGANISER))
        assert await unit.people.member(theirs.id, ours.ani.id) == Member(theirs.id, ours.ani.id)
        assert await unit.people.member(theirs.id, ours.budi.id) is None


async def test_two_changes_of_a_membership_at_once_are_both_kept(store: DatabaseStore, ours: Group) -> None:
    async def changes(change: Callable[[Member], Member]) -> None:
        async with store.begin() as unit:
            held = await unit.people.member(ours.id, ours.ani.id)
            assert held
            await asyncio.sleep(0.05)
            await unit.people.save_member(change(held))

    await asyncio.gather(
        changes(lambda member: replace(member, ranked=False)),
        changes(lambda member: replace(member, role=Role.TRUSTED)),
        changes(lambda member: replace(member, streak=Streak(1, 1))),
    )
    async with store.read() as unit:
        kept = await unit.people.member(ours.id, ours.ani.id)
    assert kept == Member(ours.id, ours.ani.id, Role.TRUSTED, ranked=False, streak=Streak(1, 1))


async def test_names_of_some(store: DatabaseStore, ours: Group) -> None:
    async with store.read() as unit:
        assert await unit.people.names([ours.ani.id, ours.budi.id, 999]) == {ours.ani.id: "Ani", ours.budi.id: "Budi"}
        assert await unit.people.names([]) == {}


async def test_whether_an_account_may_be_written_to(store: DatabaseStore, ours: Group) -> None:
    account = ours.account("ani")
    async with store.begin() as unit:
        assert not await unit.people.can_write(account)
        await unit.people.open_private(account, True)
        assert await unit.people.can_write(account)
        assert not await unit.people.can_write(ours.account("budi"))
        await unit.people.open_private(account, False)
        assert not await unit.people.can_write(account)
        assert not await unit.people.can_write(ANI), "an unknown account may not"


async def test_a_person_is_found_by_number(store: DatabaseStore, ours: Group) -> None:
    async with store.read() as unit:
        assert await unit.people.get(ours.ani.id) == ours.ani
        assert await unit.people.get(999) is None


async def test_a_person_is_reached_where_private_messages_are_open(store: DatabaseStore, ours: Group) -> None:
    async with store.begin() as unit:
        assert await unit.people.reachable(ours.ani.id) is None
        await unit.people.open_private(ours.account("ani"), True)
        assert await unit.people.reachable(ours.ani.id) == ours.account("ani")
        assert await unit.people.reachable(ours.budi.id) is None
        await unit.people.open_private(ours.account("ani"), False)
        assert await unit.people.reachable(ours.ani.id) is None


async def test_standings_are_those_that_the_group_granted(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    async with store.begin() as unit:
        await unit.people.save_member(Member(ours.id, ours.budi.id, Role.ORGANISER))
        await unit.people.save_member(Member(ours.id, ours.ani.id, Role.MODERATOR))
        assert await unit.people.standing(ours.id, Role.ORGANISER) == [ours.budi.id]
        assert await unit.people.standing(ours.id, Role.MODERATOR) == [ours.ani.id, ours.budi.id]
        assert await unit.people.standing(theirs.id, Role.TRUSTED) == []


async def test_who_does_not_wish_to_be_ranked_is_not_named(store: DatabaseStore, ours: Group, theirs: Group) -> None:
    both = [ours.ani.id, ours.budi.id, theirs.ani.id]
    async with store.begin() as unit:
        await unit.people.save_member(Member(ours.id, ours.budi.id, ranked=False))
        assert await unit.people.ranked(ours.id, both) == {ours.ani.id: "Ani"}
        assert await unit.people.ranked(theirs.id, both) == {theirs.ani.id: "Ani"}
        assert await unit.people.ranked(ours.id, []) == {}


async def test_the_hour_of_practice_is_kept_midnight_too(store: DatabaseStore, ours: Group) -> None:
    for hour in (0, 23, None):
        wished = Member(ours.id, ours.ani.id, practice_hour=hour)
        async with store.begin() as unit:
            await unit.people.save_member(wished)
        async with store.read() as unit:
            assert await unit.people.member(ours.id, ours.ani.id) == wished
            assert (await unit.arrivals.of(ours.place, ours.account("ani"))).member == wished


def _somewhere() -> Place:
    return Place("telegram", "nowhere")


async def test_where_somebody_stood_tells_whom_to_write_to_and_is_no_grant(
    store: DatabaseStore, ours: Group, theirs: Group
) -> None:
    async with store.begin() as unit:
        ani = await unit.people.seat(ours.id, ours.ani.id)
        assert ani
        await unit.people.note_standing(ani, Role.ORGANISER)
        await unit.people.save_member(ani)
        assert await unit.people.standing(ours.id, Role.ORGANISER) == [ours.ani.id]
        assert await unit.people.standing(theirs.id, Role.ORGANISER) == []
        found = await unit.people.seat(ours.id, ours.ani.id)
        assert found
        assert (found.stood, found.role) == (Role.ORGANISER, Role.MEMBER)
        await unit.people.note_standing(found, Role.MEMBER)
        assert await unit.people.standing(ours.id, Role.TRUSTED) == []
