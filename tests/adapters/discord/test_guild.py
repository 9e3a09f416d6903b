"""Where the bot introduces itself, and what its permissions are, by Discord's order of overwrites."""

from datetime import UTC, datetime

import pytest

from adapters.discord.change import lost
from adapters.discord.door import find_door, joined
from adapters.discord.guild import Channel, Guild, Lost, Overwrite, Part
from adapters.discord.rights import (
    ADMINISTRATOR,
    MANAGE_GUILD,
    MANAGE_MESSAGES,
    READ_HISTORY,
    SEND_MESSAGES,
    VIEW_CHANNEL,
    abilities,
    number,
    permissions,
    role,
)
from adapters.discord.wire import Member, User
from bot.chat.places import Ability, Place, Role

NOW = datetime(2026, 11, 23, tzinfo=UTC)
BASE = VIEW_CHANNEL | SEND_MESSAGES | READ_HISTORY
ME = Member(User("9", bot=True), roles=("5",))


def guild(*channels: Channel, system: str | None = None, locale: str = "en-US", base: int = BASE) -> Guild:
    roles = (Part("1", str(base)), Part("5", "0"))
    return Guild("1", "Kelas", "7", "2026-01-01", locale, system, None, channels, roles, (ME,))


def test_the_system_channel_comes_first_and_then_the_topmost() -> None:
    high, low = Channel("10", 0, 1), Channel("11", 0, 2)
    assert find_door(guild(low, high), "9").channel == "10"
    assert find_door(guild(low, high, system="11"), "9").channel == "11"


@pytest.mark.parametrize("kind", [2, 4, 5, 13, 15])
def test_no_voice_announcement_or_forum_is_a_door(kind: int) -> None:
    assert find_door(guild(Channel("10", kind), system="10"), "9").channel == ""


def test_a_channel_where_the_bot_may_not_write_is_passed_over() -> None:
    closed = Channel("10", 0, 0, (Overwrite("1", deny=str(SEND_MESSAGES)),))
    hidden = Channel("11", 0, 1, (Overwrite("9", deny=str(VIEW_CHANNEL)),))
    allowed = Channel("12", 0, 2, (Overwrite("1", deny=str(SEND_MESSAGES)), Overwrite("5", allow=str(SEND_MESSAGES))))
    assert find_door(guild(closed, hidden, allowed), "9").channel == "12"
    assert find_door(guild(closed, hidden), "9").abilities == frozenset()


def test_overwrites_count_in_the_order_everyone_roles_member() -> None:
    channel = Channel(
        "10",
        0,
        0,
        (
            Overwrite("1", allow=str(MANAGE_MESSAGES)),
            Overwrite("5", deny=str(MANAGE_MESSAGES | SEND_MESSAGES)),
            Overwrite("9", allow=str(SEND_MESSAGES)),
        ),
    )
    assert permissions("1", channel, {"1": BASE, "5": 0}, ("5",), "9") == BASE


def test_an_administrator_may_everything_everywhere() -> None:
    channel = Channel("10", 0, 0, (Overwrite("9", deny=str(SEND_MESSAGES)),))
    bits = permissions("1", channel, {"1": ADMINISTRATOR}, (), "9")
    assert bits & SEND_MESSAGES
    assert abilities(str(ADMINISTRATOR)) == frozenset(Ability)


def test_american_english_is_no_choice_of_a_language() -> None:
    assert joined(guild(Channel("10", 0)), "9", NOW).sender.language == ""
    assert joined(guild(Channel("10", 0), locale="id"), "9", NOW).sender.language == "id"


@pytest.mark.parametrize(
    ("bits", "standing"),
    [
        ("0", Role.MEMBER),
        (str(MANAGE_MESSAGES), Role.MODERATOR),
        (str(1 << 40), Role.MODERATOR),
        (str(MANAGE_GUILD), Role.ORGANISER),
        (str(ADMINISTRATOR), Role.ORGANISER),
        ("-8", Role.MEMBER),
        ("८", Role.MEMBER),
        ("", Role.MEMBER),
    ],
)
def test_a_standing_follows_from_permission_bits_alone(bits: str, standing: Role) -> None:
    assert role(bits) is standing
    assert number(bits) >= 0


def test_an_outage_is_no_farewell() -> None:
    assert lost(Lost("1", unavailable=True), NOW) is None
    left = lost(Lost("1"), NOW)
    assert left is not None
    assert left.place == Place("discord", "1")
