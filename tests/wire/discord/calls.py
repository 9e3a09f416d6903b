"""Whom messages call, and how Discord tells of people who are called or chosen."""

from __future__ import annotations

import re
from typing import Any

from tests.wire.discord import shapes
from tests.wire.discord.state import MENTION_EVERYONE, Channel, Guild, Message, Person, State

Json = dict[str, Any]
PERSON, ROLE = re.compile(r"<@!?([0-9]+)>"), re.compile(r"<@&([0-9]+)>")


def called(state: State, person: Person, channel: Channel, text: str, reply_to: Message | None) -> Json:
    """Whom a message calls; a reply calls whom it answers."""
    numbers = [int(number) for number in PERSON.findall(text)]
    wanted = dict.fromkeys([*numbers, *([reply_to.author_id] if reply_to else [])])
    people = [state.people[number] for number in wanted if number in state.people]
    guild = state.guilds.get(channel.guild_id or 0)
    loud = bool({"@everyone", "@here"} & set(text.split())) and state.may(person, channel, MENTION_EVERYONE)
    return {
        "mentions": [shapes.user(each) | _as_member(state, each, guild) for each in people],
        "mention_roles": ROLE.findall(text),
        "mention_everyone": loud,
    }


def known(state: State, person: Person, channel: Channel) -> Json:
    """What goes along with a person who was chosen; who is no member comes as a user alone."""
    guild = state.guilds.get(channel.guild_id or 0)
    users: Json = {"users": {str(person.id): shapes.user(person)}}
    if guild is None or person.id not in guild.members:
        return users
    bits = state.bits(guild, person, channel)
    return users | {"members": {str(person.id): _partial(state, person, guild) | {"permissions": str(bits)}}}


def resolve(state: State, data: Json, person: Person, channel: Channel) -> None:
    """Add the person to what an interaction tells of those who were chosen."""
    resolved = data.setdefault("resolved", {})
    for kind, told in known(state, person, channel).items():
        resolved.setdefault(kind, {}).update(told)


def _as_member(state: State, person: Person, guild: Guild | None) -> Json:
    here = guild is not None and person.id in guild.members
    return {"member": _partial(state, person, guild)} if guild and here else {}


def _partial(state: State, person: Person, guild: Guild) -> Json:
    """A member beside its user."""
    return {key: value for key, value in shapes.member(state, guild, person).items() if key != "user"}
