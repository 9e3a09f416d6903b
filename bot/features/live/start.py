"""`/quiz`: practice for one, or a live round for the group, set up in a private panel."""

import re
from dataclasses import replace
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Button, Message, Outcome, Reply, Row, Tone, card, say
from bot.chat.places import Role
from bot.chat.text import T
from bot.command import Example, Feature, Menu, action, command
from bot.context import Context
from bot.dialogue import go
from bot.domain.round import MOST_TEAMS, SECONDS, Phase, Round
from bot.features import practice
from bot.features.desk import TOO_OLD
from bot.features.live import card as look
from bot.features.live import end, poll, run
from bot.features.live.answer import find
from bot.param import Arg, Choice

STOPS = ("stop", "berhenti")
"""Words in place of a topic that stop the running round: on Discord `/quiz` cannot have subcommands."""

_PLAN = re.compile(r"(?P<size>\d{1,2})(?P<seconds>[a-c])(?P<teams>[0-4])(?P<polls>[01])")
"""A panel's settings in one word, as short as a button needs it: 5b20 is five items, 30 s each, two teams, no polls."""


async def offers(ctx: Context, text: str) -> tuple[Choice, ...]:
    """The bank's topics that contain what was typed, and the word that stops a round."""
    running = await ctx.unit.rounds.current(ctx.community.id) if text.casefold() in STOPS[0] else None
    stop = (Choice(STOPS[0], T("Stop the round")),) if running else ()
    return (*stop, *await practice.topics(ctx, text))


@command(
    "quiz",
    right=Role.MEMBER,
    aliases=("kuis",),
    summary=T("A live round for the group, or practice just for me"),
    examples=(
        Example("/quiz", T("Five questions from all topics")),
        Example("/quiz biologi 3", T("Three questions about one topic")),
        Example("/quiz stop", T("Ends the running round with its result so far")),
    ),
    menu=Menu.PRIVATE | Menu.GROUP,
    menu_name="kuis",
    role_aware=True,
)
async def quiz(
    ctx: Context,
    topic: Annotated[str, Arg(help=T("A topic of the bank"), most=32, complete=offers)] = "",
    n: Annotated[int, Arg(help=T("How many questions, 1 to 20"), most=practice.MOST)] = practice.USUAL,
) -> Outcome:
    """Begin to practise, or offer a round to whoever may open one."""
    if (topic or "").casefold() in STOPS:
        return await run.halt(ctx)
    if ctx.private or not run.may_start(ctx):
        return await practice.begin(ctx, topic, n)
    if live := await ctx.unit.rounds.current(ctx.community.id):
        return Reply(await _running(ctx, live))
    tag = (topic or "").casefold().lstrip("#")
    count = len(await practice.open_bank(ctx, tag))
    if not count:
        return await practice.begin(ctx, topic, n)
    return Reply(await _panel(ctx, min(n, count), Round(ctx.community.id, 0, ctx.person.id), tag))


@action("plan", right=Role.MEMBER, role_aware=True)
async def plan(ctx: Context, settings: str, topic: str) -> Outcome:
    """Another setting, in place."""
    size, live = _read(ctx, settings)
    return Reply(await _panel(ctx, size, live, topic), replaces=True)


@action("live", right=Role.MEMBER, role_aware=True)
async def launch(ctx: Context, settings: str, topic: str) -> Outcome:
    """Open the round in every place of the community."""
    size, live = _read(ctx, settings)
    if await run.launch(ctx, topic, size, live):
        return Reply(say(T("The round is open in the group. Start it there when enough people are in.")), replaces=True)
    current = await ctx.unit.rounds.current(ctx.community.id)
    return Reply(await _running(ctx, current) if current else say(TOO_OLD), replaces=True)


def _read(ctx: Context, settings: str) -> tuple[int, Round]:
    """The settings of a panel's button, for somebody who may still use them."""
    found = _PLAN.fullmatch(settings)
    if found is None or not 1 <= int(found["size"]) <= practice.MOST:
        raise Refusal(TOO_OLD)
    if not run.may_start(ctx):
        raise Refusal(run.NOT_YOURS)
    seconds = SECONDS["abc".index(found["seconds"])]
    return int(found["size"]), Round(
        ctx.community.id, 0, ctx.person.id, seconds=seconds, teams=int(found["teams"]), polls=found["polls"] == "1"
    )


def _word(size: int, live: Round) -> str:
    return f"{size}{'abc'[SECONDS.index(live.seconds)]}{live.teams}{live.polls:d}"


async def _panel(ctx: Context, size: int, live: Round, tag: str) -> Message:
    scope = ctx.community.id

    def knob(label: T, settings: Round, *, pick: bool) -> Button:
        return Button(label, plan(scope, _word(size, settings), tag), pick=pick)

    title = T("Live round: {n} question", "Live round: {n} questions", n=size)
    about = T("Topic: {topic}", topic=tag) if tag else T("From all topics.")
    how = T("Everybody in the group may join. Only you see these settings.")
    open_ = Button(T("Open the round for the group"), launch(scope, _word(size, live), tag), tone=Tone.MAIN)
    alone = Button(T("Only for me"), practice.solo(scope, str(size), tag))
    times = tuple(knob(T("{n} s", n=n), replace(live, seconds=n), pick=n == live.seconds) for n in SECONDS)
    teams = tuple(
        knob(T("{n} teams", n=n) if n else T("No teams"), replace(live, teams=n), pick=n == live.teams)
        for n in (0, *range(2, MOST_TEAMS + 1))
    )
    rows: list[Row] = [(open_,), (alone,), times, teams]
    lines = [about, how]
    if await _has_polls(ctx):
        label = T("Without native polls") if live.polls else T("With native polls")
        rows.append((knob(label, replace(live, polls=not live.polls), pick=False),))
    if live.polls:
        lines.append(T("Choices become native polls on Telegram: there everybody sees who voted for what."))
    return card(title, *lines, rows=tuple(rows))


async def _has_polls(ctx: Context) -> bool:
    venues = await ctx.unit.communities.venues(ctx.community.id)
    return any(poll.has_polls(ctx, venue.place) for venue in venues)


async def _running(ctx: Context, live: Round) -> Message:
    """Where the running round stands, with the way into it."""
    _, asked = await find(ctx, live.quiz)
    await run.rouse(ctx, live)
    scope, number = live.community, live.quiz
    here = Button(T("Join"), run.join(scope, number), tone=Tone.MAIN)
    told = T("A round is open already and waits for players. Join here.")
    if live.phase is Phase.ASKING:
        here = Button(T("Answer"), run.DESK.open_(scope, number, live.position), tone=Tone.MAIN)
    if live.phase in (Phase.ASKING, Phase.SHOWING):
        told = T("A round is running (question {n} of {all}). Join here.", n=live.position + 1, all=len(asked.items))
    if live.phase is Phase.PAUSED:
        told = T("A round is paused (question {n} of {all}). Join here.", n=live.position + 1, all=len(asked.items))
    alone = Button(T("Only for me"), practice.solo(scope, str(practice.USUAL), ""))
    return say(told, rows=((here,), (alone,), *_steering(ctx, live)))


def _steering(ctx: Context, live: Round) -> tuple[Row, ...]:
    """For whoever may run it: its card may stand far above."""
    if not run.may_run(ctx, live):
        return ()
    end = Button(T("Stop the round"), go("quiz", STOPS[0], scope=live.community), tone=Tone.DANGER)
    on = (look.control(live, T("Go on"), run.NEXT),) if live.phase is Phase.PAUSED else ()
    return ((*on, end),)


FEATURE = Feature(
    commands=(quiz,),
    actions=(plan, launch, run.join, run.steer, run.tap, *run.DESK.actions, end.mine),
    jobs=(look.draw, look.show_round, run.turn_round, poll.show_poll, end.learn),
    hearings=(run.hear,),
    joined=look.catch_up,
    voted=poll.voted,
    polled=poll.adopted,
)
