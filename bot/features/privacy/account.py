"""Joining two accounts of one human: a code from the one, used with the other, and a word from both."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Block, Bullets, Button, Message, Outcome, Paragraph, Reply, Row, Tone, card, say
from bot.chat.places import Role
from bot.chat.text import Line, Listing, Moment, Name, T, code
from bot.command import Example, action, command, job
from bot.context import Context
from bot.domain import jobs, link
from bot.domain.link import CODE_LIFE, Code, Purpose
from bot.domain.moderation import Deed
from bot.domain.union import UNDO_WITHIN, State, Union
from bot.features.record import note
from bot.param import Arg

_GONE = T("This is no longer open. Begin anew: {command}", command=code("/linkaccount"))


@command(
    "linkaccount",
    right=Role.GUEST,
    aliases=("tautkanakun", "group account", "grup akun"),
    summary=T("Join your second account to this one"),
    examples=(
        Example("/linkaccount", T("Makes a code for your other account")),
        Example("/linkaccount 7KQM-2XYZ", T("Uses the code of the account that you keep")),
    ),
    slash="group account",
    anywhere=True,
)
async def account(
    ctx: Context, key: Annotated[str, Arg(help=T("The code from the account that you keep"), most=20)] = ""
) -> Outcome:
    """Make a code, or use one."""
    if not key:
        return Reply(await _begin(ctx), personal=True)
    here = ctx.abroad.get(ctx.place.platform)
    if not (ctx.private or (here and here.whispers)):
        raise Refusal(T("Codes are for private messages: send me this in our private chat."))
    return Reply(await _redeem(ctx, key), personal=True)


@action("account-look", right=Role.GUEST)
async def look(ctx: Context) -> Outcome:
    """How it stands, for whoever made the code."""
    union = await ctx.unit.unions.last(ctx.person.id)
    if union is None or not union.is_open(ctx.now):
        raise Refusal(T("Nobody has used the code yet. Use it with your other account, then look again."))
    return Reply(await _question(ctx, union), replaces=True)


@action("account-agree", right=Role.GUEST)
async def agree(ctx: Context, number: int) -> Outcome:
    """Say that both accounts are one's own; with the second word both see what will be joined."""
    union = (await _open(ctx, number)).agreed_by(ctx.person.id)
    await ctx.unit.unions.save(union)
    if union.is_agreed:
        return Reply(await _question(ctx, union), replaces=True)
    row: Row = (Button(T("Look again"), look(0, owner=ctx.person.id)),)
    return Reply(say(T("Now the other account: press the same button there."), rows=(row,)), replaces=True)


@action("account-join", right=Role.GUEST)
async def join(ctx: Context, number: int) -> Outcome:
    """Join what both have said is theirs."""
    union = await _open(ctx, number)
    if not union.is_agreed:
        raise Refusal(_GONE)
    await _check(ctx, union)
    for group in await ctx.unit.communities.of_person(union.other):
        await note(replace(ctx, found=group), Deed.LINK, person=union.person, actor=union.person)
    await ctx.unit.unions.join(union, ctx.now)
    await _tell(ctx, union)
    return Reply(await _done(ctx, replace(union, at=ctx.now, state=State.DONE)), replaces=True)


@action("account-no", right=Role.GUEST)
async def refuse(ctx: Context, number: int) -> Outcome:
    """Leave it."""
    union = await ctx.unit.unions.hold(number)
    if union and union.state is State.ASKED and ctx.person.id in (union.person, union.other):
        await ctx.unit.unions.save(replace(union, state=State.UNDONE, at=ctx.now))
    return Reply(say(T("Good, they stay two.")), replaces=True)


@action("account-part", right=Role.GUEST)
async def part(ctx: Context, number: int) -> Outcome:
    """Make them two again."""
    union = await ctx.unit.unions.hold(number)
    if union is None or not union.can_undo(ctx.now) or ctx.person.id != union.person:
        raise Refusal(_GONE)
    left = tuple(Name(group) for group in await ctx.unit.unions.left(union))
    await ctx.unit.unions.part(union, ctx.now)
    for group in await ctx.unit.communities.of_person(union.other):
        await note(replace(ctx, found=group), Deed.UNLINK, person=union.person, actor=union.person)
    name = Name(ctx.person.name)
    done = T("They are two again, each with what it had. What came since stays with {name}.", name=name)
    stays = T(
        "In {groups} all of it stays with {name}: groups became one there since.", groups=Listing(left), name=name
    )
    return Reply(say(done, *((stays,) if left else ())), replaces=True)


@job("account-asked")
async def asked(ctx: Context, subject: int) -> Message | jobs.State:
    """What whoever made the code hears when it was used."""
    union = await ctx.unit.unions.hold(subject)
    return await _question(ctx, union) if union and union.is_open(ctx.now) else jobs.State.DROPPED


@job("account-joined")
async def joined(ctx: Context, subject: int) -> Message | jobs.State:
    """What the person hears when it is done."""
    union = await ctx.unit.unions.hold(subject)
    return await _done(ctx, union) if union and union.can_undo(ctx.now) else jobs.State.DROPPED


async def _open(ctx: Context, number: int) -> Union:
    """The one of that number, held, if whoever acts is a part of it and it is not too late."""
    union = await ctx.unit.unions.hold(number)
    if union is None or not union.is_open(ctx.now) or ctx.person.id not in (union.person, union.other):
        raise Refusal(_GONE)
    return union


async def _begin(ctx: Context) -> Message:
    last = await ctx.unit.unions.last(ctx.person.id)
    if last and last.can_undo(ctx.now):
        return await _done(ctx, last)
    if last and last.is_open(ctx.now):
        return await _question(ctx, last)
    key = link.draw(ctx.rng)
    expires = ctx.now + CODE_LIFE
    await ctx.unit.links.issue(Code(link.digest(key), Purpose.ACCOUNT, ctx.person.id, 0, expires))
    how = T(
        "This account is the one that you keep. Send me from your other account, in private: {line}",
        line=code(f"/linkaccount {link.shown(key)}"),
    )
    warn = T(
        "The code holds until {when}, once. Whoever has it can ask to become you, so show it to nobody.",
        when=Moment(expires),
    )
    row: Row = (Button(T("I have used it"), look(0, owner=ctx.person.id)),)
    return card(T("Join two accounts"), how, warn, rows=(row,))


async def _redeem(ctx: Context, words: str) -> Message:
    tries = await ctx.unit.links.tried(ctx.person.id, ctx.now)
    if tries.too_many:
        return say(T("Too many codes. Try again: {when}.", when=Moment(tries.until)))
    key = link.read(words)
    found = await ctx.unit.links.redeem(link.digest(key), Purpose.ACCOUNT, ctx.person.id, ctx.now) if key else None
    # No refusal of what is wrong: the try must count.
    if key and found is None and await ctx.unit.links.is_good(link.digest(key), ctx.person.id, ctx.now):
        return say(T("That code joins groups: {line}", line=code(f"/link {link.shown(key)}")))
    if found is None:
        return say(T("That code is none, or too old. Make a new one: {command}", command=code("/linkaccount")))
    union = Union(0, found.person, ctx.person.id, ctx.now)
    await _check(ctx, union)
    union = await ctx.unit.unions.add(union)
    for group in (await ctx.unit.communities.of_person(found.person))[:1]:
        await replace(ctx, found=group).tell(found.person, asked, union.id)
    return await _question(ctx, union)


async def _check(ctx: Context, union: Union) -> None:
    """One joining at a time, and nobody who is about to go."""
    for person in (union.person, union.other):
        last = await ctx.unit.unions.last(person)
        if last and last.id != union.id and last.can_undo(ctx.now):
            raise Refusal(T("One of the two was joined lately. Wait a week, or undo that first."))
        if await ctx.unit.privacy.leaving(person):
            raise Refusal(T("One of the two is about to be erased."))


async def _tell(ctx: Context, union: Union) -> None:
    for group in (await ctx.unit.communities.of_person(union.person))[:1]:
        await replace(ctx, found=group).tell(union.person, joined, union.id)


async def _question(ctx: Context, union: Union) -> Message:
    """What there is to decide: whose the accounts are, and when both have said it, what will be joined.

    Until then each sees their own side alone: a code can come into wrong hands.
    """
    what = await _both(ctx, union) if union.is_agreed else await _own(ctx, union)
    rules = T(
        "Points, warnings and votes come together, the higher role and the longer streak stay. "
        "Of two answers the earlier counts."
    )
    undo = T("For {days} days it can be undone.", days=UNDO_WITHIN.days)
    owner = ctx.person.id
    yes, act = (T("Join them"), join) if union.is_agreed else (T("Yes, both are mine"), agree)
    row: Row = (
        Button(yes, act(0, union.id, owner=owner), tone=Tone.MAIN),
        Button(T("No"), refuse(0, union.id, owner=owner)),
    )
    return card(T("Are both accounts yours?"), *what, rules, undo, rows=(row,))


async def _own(ctx: Context, union: Union) -> Sequence[Block | T]:
    if ctx.person.id == union.person:
        names = await ctx.unit.people.names([union.other])
        told = T(
            "{name} used this code. If that is you, all that is there comes here.",
            name=Name(names.get(union.other, ""), "?"),
        )
    else:
        told = T("If you made this code with your other account, all that is of this one goes there:")
    lines: tuple[Line, ...] = tuple(
        (
            T(
                "{group}: points {points}, warnings {warnings}, streak {streak}",
                group=Name(each.group), points=each.points, warnings=each.warnings, streak=each.streak,
            ),
        )
        for each in await ctx.unit.unions.shares(ctx.person.id, ctx.now)
    )  # fmt: skip
    later = T("What the other account has is shown when both have said yes.")
    return (told, *((Bullets(lines),) if lines else ()), later)


async def _both(ctx: Context, union: Union) -> Sequence[Block | T]:
    names = await ctx.unit.people.names([union.person, union.other])
    first, second = Name(names.get(union.person, ""), "?"), Name(names.get(union.other, ""), "?")
    what = T(
        "{first} stays, and all that is of {second} goes there: one member from then on.", first=first, second=second
    )
    return (what, *await _shares(ctx, union))


async def _shares(ctx: Context, union: Union) -> Sequence[Block]:
    mine = {each.community: each for each in await ctx.unit.unions.shares(union.person, ctx.now)}
    theirs = {each.community: each for each in await ctx.unit.unions.shares(union.other, ctx.now)}
    lines: list[Line] = []
    for community in sorted({*mine, *theirs}):
        one, two = mine.get(community), theirs.get(community)
        here = one or two
        if here is None:
            continue
        told = T(
            "{group}: points {points} + {more}, warnings {warnings} + {others}, streak {streak} / {other}",
            group=Name(here.group),
            points=one.points if one else 0,
            more=two.points if two else 0,
            warnings=one.warnings if one else 0,
            others=two.warnings if two else 0,
            streak=one.streak if one else 0,
            other=two.streak if two else 0,
        )
        lines.append((told,))
    return (Bullets(tuple(lines)),) if lines else (Paragraph((T("Neither is in a group with me yet."),)),)


async def _done(ctx: Context, union: Union) -> Message:
    until = T("Until {when} it can be undone.", when=Moment(union.at + UNDO_WITHIN))
    row: Row = (Button(T("Undo"), part(0, union.id, owner=union.person), tone=Tone.DANGER),)
    return card(T("Your accounts are one"), until, rows=(row,))
