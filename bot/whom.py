"""Whom a command means: somebody mentioned, named, chosen, or the author of the message that it is about."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.bind import PERSON
from bot.chat.clean import clean_name, clean_text
from bot.chat.errors import Refusal
from bot.chat.events import Sender
from bot.chat.places import Account, Role
from bot.chat.text import T
from bot.command import Command
from bot.context import Context
from bot.domain.moderation import Deed
from bot.domain.people import Member, Person
from bot.param import Choice, Kind, Param

MOST_NAMED = 8
"""People of one name who are offered as buttons."""

_MENTION = re.compile(r"<@!?([\w-]+)>", re.ASCII)


async def find_people(
    ctx: Context, command: Command, given: Mapping[str, str], mentioned: Sequence[Sender]
) -> tuple[Mapping[str, str], tuple[Param, tuple[Choice, ...]] | None]:
    """The arguments with people's numbers in place of their names; where several are called so, which one to ask for.

    Refuses for a message whose author can never be a member, and, unless it is for moderators, for one whose author is
    none any more. A name that nobody has stays as it is.
    """
    named = dict(given)
    anybody = command.right >= Role.MODERATOR
    for param in command.params:
        if param.kind is not Kind.PERSON:
            continue
        raw = named.pop(param.name, "").strip()
        found = await _meant(ctx, raw, mentioned, anybody=anybody)
        if len(found) > 1:
            return named, (param, tuple(Choice(f"person-{person.id}", _called(person)) for person in found))
        if raw or found:
            named[param.name] = f"#{found[0].id}" if found else raw
    return named, None


async def members(ctx: Context, text: str) -> tuple[Choice, ...]:
    """Members whose name or handle contains what was typed, for completion."""
    found = await ctx.unit.people.called(ctx.community.id, text.strip().removeprefix("@"), 25)
    return tuple(Choice(f"#{person.id}", _called(person)) for person in found)


async def author(ctx: Context) -> Person | None:
    """Who wrote the message that a command is about, from now on a member; None for nobody who can be one."""
    quoted = ctx.quoted
    return await seat(ctx, quoted.account, quoted.name) if quoted and quoted.account else None


async def seat(ctx: Context, account: Account, name: str) -> Person:
    """The person of that account, from now on a member."""
    person = await ctx.unit.people.of_account(account) or await ctx.unit.people.add(account, clean_text(name), "")
    # Who is a member already is not held by that: handlers hold people in one order.
    if await ctx.unit.people.seat(ctx.community.id, person.id) is None:
        await ctx.unit.people.join(Member(ctx.community.id, person.id, since=ctx.now))
    return person


async def is_here(ctx: Context, account: Account, written: datetime | None) -> bool:
    """Whether that is a member, or may become one by something that was written then: whoever left may not.

    Neither may whoever was erased, of whom nothing is known any more: what is older than the last erasing in the group,
    or of unknown age, can be theirs. Somebody who is no member yet is asked for on the platform.
    """
    known = await ctx.unit.people.of_account(account)
    if known and await ctx.unit.people.seat(ctx.community.id, known.id):
        return True
    erased = await ctx.unit.records.last(ctx.community.id, Deed.ERASE)
    if erased and (written is None or written <= erased):
        return False
    return ctx.venue is not None and ctx.power(ctx.venue.place, account).here


async def _meant(ctx: Context, raw: str, mentioned: Sequence[Sender], *, anybody: bool) -> Sequence[Person]:
    if mention := _MENTION.fullmatch(raw):
        return await _mentioned(ctx, Account(ctx.place.platform, mention[1]), mentioned)
    if number := PERSON.fullmatch(raw):
        seat = await ctx.unit.people.seat(ctx.community.id, int(number[1]))
        person = await ctx.unit.people.get(seat.person) if seat else None
        return [person] if person else []
    if raw:
        found = await ctx.unit.people.called(ctx.community.id, raw.removeprefix("@"), MOST_NAMED)
        return [each for each in found if not raw.startswith("@") or _exactly(each, raw[1:])]
    if mentioned and mentioned[0].account:
        return await _mentioned(ctx, mentioned[0].account, mentioned)
    return [await _quoted(ctx, anybody=anybody)] if ctx.quoted else []


async def _mentioned(ctx: Context, account: Account, mentioned: Sequence[Sender]) -> Sequence[Person]:
    known = await ctx.unit.people.of_account(account)
    told = next((each for each in mentioned if each.account == account), None)
    return [await seat(ctx, account, told.name if told else "")] if known or told else []


async def _quoted(ctx: Context, *, anybody: bool) -> Person:
    quoted = ctx.quoted
    if quoted and quoted.account and not anybody and not await is_here(ctx, quoted.account, quoted.at):
        raise Refusal(T("Whoever wrote that is no member here. Name somebody else."))
    found = await author(ctx)
    if found is None:
        raise Refusal(T("That was written by a bot, a channel or an anonymous administrator. Name the person instead."))
    return found


def _exactly(person: Person, name: str) -> bool:
    """Whether that is the person's handle or whole name: a part of it is no mention."""
    return name.casefold() in (person.handle, person.name.casefold())


def _called(person: Person) -> str:
    name = clean_name(person.name, f"#{person.id}")
    return f"{name} @{person.handle}" if person.handle else name
