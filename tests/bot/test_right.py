"""A right counts at the moment of the act, in this group, and a button belongs to its group and its person."""

from dataclasses import replace

import pytest

from bot.chat.errors import Refused, Unreachable
from bot.chat.events import Invoked, Sender
from bot.chat.places import Place, Role
from bot.chat.press import sign
from bot.dialogue import go
from bot.domain.people import Member
from tests.bot.nasty import bad_inputs
from tests.bot.road import ANI, BUDI, GROUP, HOME, KEYS, OTHER, Road, aware, heard, plus, rule


@pytest.mark.parametrize("role", Role)
async def test_only_the_standing_that_is_needed_is_enough(road: Road, role: Role) -> None:
    road.wire.roles["g1", "ani"] = role
    told = await road.says("/order")
    assert (told == "now 1") == (role is Role.ORGANISER)
    assert await road.counted() == (1 if role is Role.ORGANISER else 0)


async def test_a_standing_that_came_with_the_event_is_not_asked_for(road: Road) -> None:
    road.wire.error = Unreachable()
    assert await road.says("/order", role=Role.ORGANISER) == "now 1"
    assert "organisers" in await road.says("/order", role=Role.MODERATOR)


async def test_a_right_that_was_taken_away_is_gone_at_once(road: Road) -> None:
    road.wire.roles["g1", "ani"] = Role.ORGANISER
    data = sign(rule(1, "on"), KEYS)
    assert await road.presses(data) == "on 1"
    road.wire.roles["g1", "ani"] = Role.MEMBER
    assert "organisers" in await road.presses(data)


async def test_a_right_in_one_group_is_none_in_another(road: Road) -> None:
    road.wire.roles["g2", "ani"] = Role.ORGANISER
    assert "organisers" in await road.says("/order")
    assert (await road.says("/order", place=OTHER)).startswith("now 1")


async def test_nothing_is_done_when_the_platform_cannot_be_asked(road: Road) -> None:
    road.wire.error = Refused("no")
    assert "couldn't check" in await road.says("/order")
    assert await road.says("/more") == "now 1"


async def test_a_granted_standing_counts_for_those_whom_the_platform_knows(road: Road) -> None:
    async with road.store.begin() as unit:
        person = (await unit.arrivals.of(GROUP, ANI)).person
        assert person is not None
        await unit.people.save_member(Member(1, person.id, Role.ORGANISER, tipped=True))
    road.wire.roles["g1", "ani"] = Role.MEMBER
    assert await road.says("/order") == "now 1"
    road.wire.roles["g1", "ani"] = Role.GUEST
    assert "organisers" in await road.says("/order")


async def test_an_anonymous_administrator_has_the_right_but_is_nobody(road: Road) -> None:
    assert await road.says("/order", who=None, role=Role.ORGANISER) == "now 1"
    assert "anonymous" in await road.says("/name", who=None, role=Role.ORGANISER)
    assert "organisers" in await road.says("/order", who=None)


@pytest.mark.parametrize(("name", "raw"), bad_inputs("name"))
async def test_no_name_gives_a_right(road: Road, name: str, raw: str) -> None:
    parts = road.parts(BUDI, GROUP, "")
    sender = Sender(BUDI, name=raw, language="en")
    assert "organisers" in await road.hears(Invoked(line="order", **{**parts, "sender": sender}))


async def test_a_button_pressed_in_another_group_is_refused(road: Road) -> None:
    road.wire.roles["g2", "ani"] = Role.ORGANISER
    for press in (plus(1, 1), rule(1, "on")):
        assert "another group" in await road.presses(sign(press, KEYS), place=OTHER)
    assert await road.counted(1) == await road.counted(2) == 0


async def test_in_private_a_button_works_for_members_of_its_group(road: Road) -> None:
    data = sign(plus(1, 1), KEYS)
    assert await road.presses(data, place=HOME) == "1 day"
    assert "Only members" in await road.presses(data, who=BUDI, place=Place("wire", "budi"))


async def test_in_private_the_standing_in_the_button_s_group_counts(road: Road) -> None:
    road.wire.roles["g2", "ani"] = Role.ORGANISER
    assert "organisers" in await road.presses(sign(rule(1, "on"), KEYS), place=HOME)
    road.wire.roles["g1", "ani"] = Role.ORGANISER
    assert await road.presses(sign(rule(1, "on"), KEYS), place=HOME) == "on 1"


@pytest.mark.parametrize("role", [Role.MEMBER, Role.TRUSTED, Role.ORGANISER])
async def test_a_button_for_any_member_may_know_who_stands_higher(road: Road, role: Role) -> None:
    road.wire.roles["g1", "ani"] = role
    await road.says("/more")
    for place in (GROUP, HOME):
        assert (await road.presses(sign(aware(1), KEYS), place=place)).startswith(role.name)
    await road.presses(sign(heard(1), KEYS), place=HOME)
    assert (await road.says("words", place=HOME)).startswith(f"{role.name} words")


async def test_such_a_button_does_without_where_the_platform_cannot_be_asked(road: Road) -> None:
    await road.says("/more")
    road.wire.error = Unreachable()
    assert (await road.presses(sign(aware(1), KEYS))).startswith("MEMBER")


async def test_a_button_for_one_person_is_no_one_else_s(road: Road) -> None:
    data = sign(plus(1, 1, owner=1), KEYS)
    assert "somebody else" in await road.presses(data, who=BUDI)
    assert await road.presses(data) == "1 day"


@pytest.mark.parametrize(("name", "data"), bad_inputs("callback"))
async def test_a_payload_that_we_did_not_sign_is_refused(road: Road, name: str, data: str) -> None:
    assert "Send the command again" in await road.presses(data)


async def test_a_button_of_a_capability_that_is_gone_says_so(road: Road) -> None:
    data = sign(replace(plus(1, 1), action="gone"), KEYS)
    assert "too old" in await road.presses(data)


async def test_a_button_runs_a_command(road: Road) -> None:
    assert await road.presses(sign(go("more", scope=1), KEYS)) == "now 1"


async def test_an_unknown_command_is_silence_in_a_group_and_a_hint_in_private(road: Road) -> None:
    assert await road.says("/nonsense") == ""
    assert "/more" in await road.says("/moore", place=HOME)
    assert "/help" in await road.says("/zzzzz", place=HOME)


async def test_free_text_is_silence_in_a_group_and_a_hint_in_private(road: Road) -> None:
    assert await road.says("hello everybody") == ""
    assert await road.says("hello", who=None) == ""
    assert "/help" in await road.says("hello", place=HOME)


async def test_the_standing_that_the_platform_gave_is_remembered_but_gives_no_right(road: Road) -> None:
    road.wire.roles["g1", "ani"] = Role.ORGANISER
    await road.says("/order")
    async with road.store.read() as unit:
        person = (await unit.arrivals.of(GROUP, ANI)).person
        assert person is not None
        assert await unit.people.standing(1, Role.ORGANISER) == [person.id]
    road.wire.roles["g1", "ani"] = Role.MEMBER
    assert "organisers" in await road.says("/order")
    async with road.store.read() as unit:
        assert await unit.people.standing(1, Role.ORGANISER) == [person.id], "what is refused is rolled back"
    assert await road.says("/whoami", role=Role.MEMBER)
    async with road.store.read() as unit:
        assert await unit.people.standing(1, Role.ORGANISER) == []
