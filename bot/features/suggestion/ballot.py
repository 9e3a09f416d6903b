"""The monthly vote: one silent card on the first day of the month, private taps, the result where the card stands."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.chat.errors import Refusal
from bot.chat.message import Bar, Bars, Bullets, Button, Message, Outcome, Row, Toast, card
from bot.chat.places import Role
from bot.chat.text import Moment, T, bold, code
from bot.command import action, job
from bot.context import Context
from bot.dialogue import go
from bot.domain import jobs
from bot.domain.community import Preset
from bot.domain.jobs import Job
from bot.domain.suggestion import (
    USEFUL_FOR,
    VOTE_FOR,
    Ballot,
    Suggestion,
    choose,
    next_month,
    vote_opens,
)
from bot.features.suggestion import page

OPEN = "suggestion-ballot"
IN_A_ROW = 4


async def plan(ctx: Context, after: datetime) -> None:
    """Let the first vote after that moment be opened at the group's daily hour."""
    community = ctx.community
    month = next_month(after, community.daily.at, community.zone)
    await _plan(ctx, month, vote_opens(month, community.daily.at, community.zone))


async def _plan(ctx: Context, month: int, at: datetime) -> None:
    await ctx.unit.jobs.put(Job(ctx.community.id, f"{OPEN}:{month}", OPEN, month, at))


@job(OPEN)
async def begin(ctx: Context, subject: int) -> jobs.State | None:
    """Open the vote of that month if it is still useful and there is something to choose from."""
    community = ctx.community
    opens = vote_opens(subject, community.daily.at, community.zone)
    if ctx.now < opens:
        # The group's hour or zone became another since this was planned.
        await _plan(ctx, subject, opens)
        return None
    await plan(ctx, opens)
    if ctx.now >= opens + USEFUL_FOR:
        return jobs.State.DROPPED
    venues = await ctx.unit.communities.venues(community.id)
    if community.preset is Preset.CALM or all(venue.paused for venue in venues):
        return None
    await _open(ctx, subject)
    return None


async def _open(ctx: Context, month: int) -> None:
    scope, suggestions = ctx.community.id, ctx.unit.suggestions
    numbers = await suggestions.votable(scope)
    picked = choose(numbers, await suggestions.votes(scope, numbers))
    if not picked or await suggestions.ballot(scope, month):
        return
    for number in picked:
        if held := await suggestions.hold(scope, number):
            await suggestions.save(replace(held, ballot=month))
    closes = ctx.now + VOTE_FOR
    await suggestions.put_ballot(Ballot(scope, month, closes, picked))
    await ctx.unit.jobs.put(Job(scope, f"{end.name}:{month}", end.name, month, closes))
    await ctx.post(show, month)


@action("ballot-tap", right=Role.MEMBER)
async def tap(ctx: Context, month: int, number: int) -> Outcome:
    """Vote for one of them, or take that back; nobody else sees it."""
    scope, suggestions = ctx.community.id, ctx.unit.suggestions
    ballot = await suggestions.ballot(scope, month)
    if ballot is None or not ballot.takes_votes(ctx.now):
        raise Refusal(T("This vote is over. {command} shows what became of it.", command=code("/suggestions")))
    if number not in ballot.suggestions:
        raise Refusal(page.TOO_OLD)
    name = code((await page.find(ctx, number)).name)
    if await suggestions.vote(scope, number, ctx.person.id, ctx.now):
        return Toast(T("You are for {name}. Tap it again to take that back.", name=name), light=True)
    await suggestions.unvote(scope, number, ctx.person.id)
    return Toast(T("Your vote for {name} is taken back.", name=name), light=True)


@job("ballot-close")
async def end(ctx: Context, subject: int) -> None:
    """Close the vote; its card is edited into the result."""
    scope, suggestions = ctx.community.id, ctx.unit.suggestions
    ballot = await suggestions.ballot(scope, subject)
    if ballot is None or ballot.closed:
        return
    votes = await suggestions.votes(scope, ballot.suggestions)
    people = await suggestions.voters(scope, ballot.suggestions)
    counted = tuple(votes[number] for number in ballot.suggestions)
    await suggestions.put_ballot(replace(ballot, closed=True, votes=counted, people=people))
    await ctx.renew(show, subject)


@job("ballot", unasked=True)
async def show(ctx: Context, subject: int) -> Message | jobs.State:
    """The card: what can be voted for while it is open, how it went once it is closed.

    A place that could not be reached in time hears nothing of a vote that is over.
    """
    ballot = await ctx.unit.suggestions.ballot(ctx.community.id, subject)
    if ballot is None:
        return jobs.State.DROPPED
    some = await ctx.unit.suggestions.some(ballot.community, ballot.suggestions)
    found = {each.id: each for each in some}
    if ballot.takes_votes(ctx.now):
        return _open_card(ballot, found)
    stands = await ctx.unit.cards.get(ballot.community, f"{show.name}:{subject}", ctx.place)
    return _closed_card(ballot, found) if stands else jobs.State.DROPPED


def _open_card(ballot: Ballot, found: Mapping[int, Suggestion]) -> Message:
    shown = [found[number] for number in ballot.suggestions if number in found]
    scope = ballot.community
    buttons = [Button(each.name, tap(scope, ballot.month, each.id)) for each in shown]
    rows: list[Row] = [tuple(buttons[start : start + IN_A_ROW]) for start in range(0, len(buttons), IN_A_ROW)]
    rows.append((Button(T("Read all"), go("suggestions", scope=scope)),))
    how = T("Tap what you are for, one or several; only I see it. Open until {when}.", when=Moment(ballot.closes_at))
    lines = Bullets(tuple((bold(f"{each.name} "), each.title) for each in shown))
    return card(T("What shall we do? Our vote of the month"), how, lines, rows=tuple(rows))


def _closed_card(ballot: Ballot, found: Mapping[int, Suggestion]) -> Message:
    title = T("Our vote of the month: the result")
    rows: tuple[Row, ...] = ((Button(T("What becomes of them"), go("suggestions", scope=ballot.community)),),)
    if not ballot.people:
        return card(title, T("Nobody voted this time. The suggestions stay open."), rows=rows)
    counted = dict(zip(ballot.suggestions, ballot.votes, strict=False))
    best = sorted((number for number in counted if number in found), key=lambda number: -counted[number])
    bars = tuple(Bar((bold(f"{found[each].name} "), found[each].title), counted[each], ballot.people) for each in best)
    joined = T("{n} person voted.", "{n} people voted.", n=ballot.people)
    return card(title, joined, Bars(bars), rows=rows)
