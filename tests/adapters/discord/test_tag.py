"""Words beside a member's name: roles of the bot's that grant nothing."""

import asyncio

import pytest
import pytest_asyncio

from adapters.discord.guild import Part
from adapters.discord.tag import MOST_ROLES, SIGN, find, is_ours, name_of
from bot.chat.act import Tag
from bot.chat.errors import Ambiguous, Gone, Refused
from bot.chat.places import Account
from tests.adapters.discord.board import LOST
from tests.adapters.discord.stage import Stage
from tests.wire.discord import Person
from tests.wire.discord.rights import Role
from tests.wire.discord.state import MANAGE_MESSAGES, MANAGE_ROLES, MEMBER
from tests.wire.faults import Fault, Kind, Match

ROLES = "POST /guilds/{guild_id}/roles"
WORN = "/guilds/{guild_id}/members/{user_id}/roles/{role_id}"


@pytest_asyncio.fixture
async def shop(stage: Stage) -> Stage:
    """A server where the bot may make roles."""
    stage.guild.bot_permissions |= MANAGE_ROLES
    stage.guild.bot_position = 3
    return stage


async def tag(stage: Stage, person: Person, words: str) -> None:
    await stage.discord.act(stage.place, Tag(Account("discord", str(person.id)), words), "tag-1")


def worn(stage: Stage, person: Person) -> list[str]:
    return sorted(stage.guild.roles[role].name for role in stage.guild.worn[person.id])


def ours(stage: Stage) -> list[Role]:
    return [role for role in stage.guild.roles.values() if role.name.startswith(SIGN)]


async def test_a_tag_is_a_role_that_grants_nothing_at_the_bottom(shop: Stage) -> None:
    await tag(shop, shop.ben, " Teladan\n")
    (role,) = ours(shop)
    assert role == Role(role.id, f"{SIGN}Teladan", 0, 1, hoist=False, mentionable=False)
    assert worn(shop, shop.ben) == [role.name]


async def test_people_with_the_same_words_share_a_role_and_everybody_has_one(shop: Stage) -> None:
    for person, words in (
        (shop.ben, "Teladan"),
        (shop.citra, "Teladan"),
        (shop.ben, "Penolong"),
        (shop.ben, "Teladan"),
    ):
        await tag(shop, person, words)
    assert len(ours(shop)) == 2
    assert worn(shop, shop.ben) == worn(shop, shop.citra) == [f"{SIGN}Teladan"]
    await tag(shop, shop.ben, "")
    await tag(shop, shop.ben, "")
    assert (worn(shop, shop.ben), worn(shop, shop.citra)) == ([], [f"{SIGN}Teladan"])


async def test_roles_of_others_are_left_alone(shop: Stage) -> None:
    await shop.server.people.appoint(shop.ben, shop.guild, MEMBER | MANAGE_MESSAGES)
    before = worn(shop, shop.ben)
    await tag(shop, shop.ben, "Teladan")
    assert set(before) < set(worn(shop, shop.ben))
    await tag(shop, shop.ben, "")
    assert worn(shop, shop.ben) == before


async def test_a_role_of_ours_that_somebody_gave_rights_is_never_given(shop: Stage) -> None:
    await tag(shop, shop.ben, "Teladan")
    ours(shop)[0].permissions = MANAGE_MESSAGES
    with pytest.raises(Refused):
        await tag(shop, shop.citra, "Teladan")
    assert worn(shop, shop.citra) == []
    await tag(shop, shop.ben, "")
    assert worn(shop, shop.ben) == []


async def test_there_are_at_most_so_many(shop: Stage) -> None:
    for number in range(MOST_ROLES):
        await tag(shop, shop.ben, f"t{number}")
    with pytest.raises(Refused):
        await tag(shop, shop.ben, "one more")
    assert (len(ours(shop)), worn(shop, shop.ben)) == (MOST_ROLES, [f"{SIGN}t{MOST_ROLES - 1}"])
    await tag(shop, shop.citra, "t0")
    assert worn(shop, shop.citra) == [f"{SIGN}t0"]


async def test_without_the_right_and_for_who_is_not_there_nothing_is_done(stage: Stage) -> None:
    with pytest.raises(Refused):
        await tag(stage, stage.ben, "Teladan")
    with pytest.raises(Gone):
        await tag(stage, stage.state.add_person("stranger"), "Teladan")
    assert ours(stage) == []


async def test_a_role_above_the_bot_is_not_given(shop: Stage) -> None:
    await tag(shop, shop.ben, "Teladan")
    ours(shop)[0].position = 9
    with pytest.raises(Refused):
        await tag(shop, shop.citra, "Teladan")


@pytest.mark.parametrize("kind", LOST)
@pytest.mark.parametrize("effect", [True, False])
async def test_after_a_lost_reply_there_is_one_role(shop: Stage, kind: Kind, effect: bool) -> None:
    shop.server.faults.add(Fault(kind, effect=effect), Match(ROLES), times=1)
    try:
        await tag(shop, shop.ben, "Teladan")
    except Ambiguous:
        await tag(shop, shop.ben, "Teladan")
    assert (len(ours(shop)), worn(shop, shop.ben)) == (1, [f"{SIGN}Teladan"])


@pytest.mark.parametrize("effect", [True, False])
async def test_giving_and_taking_are_tried_once_more(shop: Stage, effect: bool) -> None:
    for call in (f"PUT {WORN}", f"DELETE {WORN}"):
        shop.server.faults.add(Fault(Kind.RESET_MID_RESPONSE, effect=effect), Match(call), times=1)
    await tag(shop, shop.ben, "Teladan")
    await tag(shop, shop.ben, "Penolong")
    assert worn(shop, shop.ben) == [f"{SIGN}Penolong"]


async def test_tags_of_many_at_once(shop: Stage) -> None:
    await tag(shop, shop.ada, "Teladan")
    await asyncio.gather(*(tag(shop, person, "Teladan") for person in (shop.ben, shop.citra)))
    assert len(ours(shop)) == 1


@pytest.mark.parametrize(
    ("words", "name"),
    [("", ""), (" \n", ""), ("\0", ""), ("a  b", f"{SIGN}a b"), ("x" * 200, SIGN + "x" * 97 + "…")],
)
def test_a_name_is_one_line_of_a_hundred_characters(words: str, name: str) -> None:
    assert name_of(words) == name


def test_only_a_role_with_our_sign_and_no_app_s_is_ours() -> None:
    assert is_ours(Part("1", "0", f"{SIGN}x"))
    assert not is_ours(Part("1", "0", "x"))
    assert not is_ours(Part("1", "0", f"{SIGN}x", managed=True))
    assert find([Part("1", "8", f"{SIGN}x"), Part("2", "0", f"{SIGN}x")], f"{SIGN}x") == "2"
    assert find([Part("1", "0", f"{SIGN}x", managed=True)], f"{SIGN}x") is None
