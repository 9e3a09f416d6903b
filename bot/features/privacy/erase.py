"""Erasing somebody: what goes and what stays is said, a second tap confirms, an hour later it is done."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.chat.errors import Refusal
from bot.chat.message import Bullets, Button, Message, Outcome, Reply, Row, Tone, card, say
from bot.chat.places import Role
from bot.chat.text import Moment, T, code
from bot.command import Example, action, command, job
from bot.context import Context
from bot.domain.jobs import Job, State
from bot.domain.moderation import Deed
from bot.domain.privacy import CONFIRM_WITHIN, ERASE_AFTER
from bot.features.board import card as board
from bot.features.library import change as library
from bot.features.live import card as live
from bot.features.question import card as question
from bot.features.question import entry
from bot.features.record import note
from bot.features.suggestion import ballot
from bot.repository.privacy import Trace

ERASE = "erase"


@command(
    "forgetme",
    right=Role.GUEST,
    aliases=("lupakansaya", "group forgetme", "grup lupakansaya"),
    summary=T("Have everything about you erased"),
    examples=(Example("/forgetme", T("Says first what goes and what stays")),),
    slash="group forgetme",
    anywhere=True,
)
async def forgetme(ctx: Context) -> Outcome:
    """What goes and what stays, with the button that does it."""
    return Reply(await _question(ctx), personal=True)


@action("privacy-ask", right=Role.GUEST)
async def ask(ctx: Context) -> Outcome:
    """The same from the page about one's data."""
    return Reply(await _question(ctx), replaces=True)


@action("privacy-erase", right=Role.GUEST)
async def confirm(ctx: Context, asked: int) -> Outcome:
    """Plan it; the moment is bound to the card, so that an old one erases nobody."""
    if ctx.now - datetime.fromtimestamp(asked, UTC) > CONFIRM_WITHIN:
        raise Refusal(T("That was a while ago. Ask again: {command}", command=code("/forgetme")))
    due = ctx.now + ERASE_AFTER
    await ctx.unit.privacy.leave(ctx.person.id, due)
    groups = await ctx.unit.communities.of_person(ctx.person.id)
    for group in groups[:1]:
        await ctx.unit.jobs.put(Job(group.id, f"{ERASE}:{ctx.person.id}", ERASE, ctx.person.id, due))
    return Reply(_planned(ctx, due), replaces=True)


@action("privacy-stay", right=Role.GUEST)
async def stay(ctx: Context) -> Outcome:
    """Take it back."""
    if not await ctx.unit.privacy.stay(ctx.person.id):
        raise Refusal(T("There is nothing to take back: nothing is planned."))
    return Reply(say(T("Good, everything stays as it is.")), replaces=True)


@job(ERASE)
async def erase(ctx: Context, subject: int) -> State | None:
    """Do it, if that is still wanted; what stood in cards or was found is shown and found without it."""
    due = await ctx.unit.privacy.leaving(subject)
    if due is None:
        return State.DROPPED
    if due > ctx.now:
        await ctx.unit.jobs.put(Job(ctx.community.id, f"{ERASE}:{subject}", ERASE, subject, due))
        return None
    groups = await ctx.unit.communities.of_person(subject)
    traces = await ctx.unit.privacy.erase(subject)
    # Also in groups of which they are no member, or which are a part of another one and may be parted from it again.
    for community in sorted({trace.community for trace in traces}):
        there = replace(ctx, found=await ctx.unit.communities.get(community))
        for trace in traces:
            if trace.community == community:
                await _show(there, trace)
    for group in groups:
        # The last thing to be held, as everywhere.
        await note(replace(ctx, found=group), Deed.ERASE)
    return None


async def pending(ctx: Context) -> Sequence[T]:
    """What there is to say to somebody who is to be erased."""
    due = await ctx.unit.privacy.leaving(ctx.person.id)
    return (T("Your data will be erased: {when}.", when=Moment(due)),) if due else ()


async def _show(ctx: Context, trace: Trace) -> None:
    match trace.thing:
        case "question":
            if found := await ctx.unit.questions.get(trace.community, trace.subject):
                await entry.index(ctx, found)
            await ctx.renew(question.show, trace.subject)
        case "resource":
            if kept := await ctx.unit.library.get(trace.community, trace.subject):
                await library.index(ctx, kept)
        case "suggestion":
            for standing in await _ballots(ctx, trace.subject):
                await ctx.renew(ballot.show, standing)
        case "slip":
            await ctx.renew(board.show, trace.subject)
        case "round":
            await ctx.renew(live.show_round, trace.subject)


async def _ballots(ctx: Context, suggestion: int) -> Sequence[int]:
    """The votes in which a suggestion stands."""
    found = await ctx.unit.suggestions.get(ctx.community.id, suggestion)
    return (found.ballot,) if found and found.ballot else ()


async def _question(ctx: Context) -> Message:
    if due := await ctx.unit.privacy.leaving(ctx.person.id):
        return _planned(ctx, due)
    goes = (
        (T("your name and accounts, and that you are in any group with me"),),
        (T("your quiz answers, practice, badges, votes, bookmarks, warnings"),),
        (T("the words of your questions, answers, suggestions, slips, notes and reports"),),
    )
    stays = (
        (T("quiz questions and links that you gave, without your name"),),
        (T("sums of points: everybody else's stay the same, yours belong to nobody"),),
        (T("that something was done in the record, without you"),),
    )
    row: Row = (
        Button(T("Yes, erase everything"), confirm(0, int(ctx.now.timestamp()), owner=ctx.person.id), tone=Tone.DANGER),
    )
    ban = T("What a platform itself keeps, like a ban, is not touched. This cannot be undone.")
    return card(
        T("Erase everything about you?"), T("This goes:"), Bullets(goes), T("This stays:"), Bullets(stays), ban,
        rows=(row,),
    )  # fmt: skip


def _planned(ctx: Context, due: datetime) -> Message:
    told = T(
        "Everything about you will be erased: {when}. Until then you can still think better of it.", when=Moment(due)
    )
    row: Row = (Button(T("Keep my data"), stay(0, owner=ctx.person.id), tone=Tone.MAIN),)
    return card(T("Erasing is planned"), told, rows=(row,))
