"""Warning somebody: in private, with a reason, and with what the group's ladder says follows from it."""

from dataclasses import replace
from datetime import timedelta
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Block, Button, Message, Outcome, Paragraph, Reply, Row, Tone, card, say
from bot.chat.places import Ability, Role
from bot.chat.text import Moment, Span, T, code
from bot.command import Example, action, command, job
from bot.context import Context
from bot.domain import jobs
from bot.domain.moderation import Deed, Evidence, Kind, Sanction, consequence, weight
from bot.features.moderation import act, case, check, sentence
from bot.features.moderation.tell import reads, tell_moderators
from bot.features.record import note
from bot.param import Arg, Choice
from bot.speech import LANGUAGES, Speech
from bot.whom import members

POINTS = {"light": 1, "serious": 2, "grave": 3}
DELETE, QUIET = "-d", "-s"
REASONS = (
    T("Spam or advertising"),
    T("Off topic, again and again"),
    T("Insulting somebody"),
    T("Answers copied or bought"),
    T("Something that breaks the law"),
)
"""Offered where a group has no reasons of its own."""

DAY = timedelta(days=1)


async def reasons(ctx: Context, text: str) -> tuple[Choice, ...]:
    """The group's usual reasons, as numbers with their words."""
    own = ctx.community.moderation.reasons
    labels: tuple[T | str, ...] = own or REASONS
    found = [Choice(str(place), label) for place, label in enumerate(labels, 1)]
    wanted = text.casefold().strip()
    return tuple(choice for choice in found if not wanted or wanted in _spelled(choice))


@command(
    "warn",
    right=Role.MODERATOR,
    aliases=("peringatkan", "mod warn", "moderasi peringatkan"),
    summary=T("Warn somebody, in private"),
    examples=(
        Example("/warn @citra Iklan di grup", T("With your own reason; as a reply the name is not needed")),
        Example("/warn @citra serious -d Iklan judi", T("A serious one, and the message is deleted")),
    ),
    slash="mod warn",
    on_message=T("Warn author"),
)
async def warn(
    ctx: Context,
    person: Annotated[int, Arg(help=T("Whom"), ask=T("Whom do you want to warn?"), person=True, complete=members)],
    severity: Annotated[
        str,
        Arg(
            help=T("How much it weighs"),
            choices=(
                Choice("light", T("light")),
                Choice("serious", T("serious")),
                Choice("grave", T("grave")),
            ),
        ),
    ] = "light",
    delete: Annotated[str, Arg(help=T("Delete the message that it is about"), choices=(Choice(DELETE, DELETE),))] = "",
    quiet: Annotated[str, Arg(help=T("Say nothing in the group"), choices=(Choice(QUIET, QUIET),))] = "",
    *,
    reason: Annotated[
        str,
        Arg(help=T("Why"), ask=T("Why? It is told to the person."), most=500, complete=reasons, suggests=True),
    ],
) -> Outcome:
    """Warn; what follows is the ladder's, and whoever is warned hears of all of it in private."""
    flags, reason = _flags(reason)
    severity = next((word for word in flags if word in POINTS), severity)
    removes = bool(delete) or DELETE in flags
    await check.may(ctx, person, Ability.DELETE if removes else None)
    if removes:
        await _check_author(ctx, person)
    about = sentence.evidence(ctx)
    shown = await give(ctx, person, await words(ctx, reason), POINTS[severity], about)
    return await _finish(ctx, shown, removes, bool(quiet) or QUIET in flags)


async def _check_author(ctx: Context, person: int) -> None:
    """Refuse to delete a message that somebody else wrote: only about this person it was asked who may act on them."""
    if ctx.reply is None:
        return
    account = ctx.quoted.account if ctx.quoted else None
    author = await ctx.unit.people.of_account(account) if account else None
    if author is None or author.id != person:
        text = T("Somebody else wrote that message, so it is not deleted. Without {flag} it works.", flag=code(DELETE))
        raise Refusal(text)


async def give(ctx: Context, person: int, reason: str, points: int, about: Evidence) -> Sanction:
    """The warning and what the ladder says follows from it; rights were checked before."""
    rule = ctx.community.moderation
    given = await sentence.impose(
        ctx, Kind.WARNING, person, reason, length=timedelta(days=rule.days), points=points, about=about
    )
    # Weighed only now: adding it holds the community, so of two who warn at once one sees the other's.
    after = weight(await ctx.unit.sanctions.active(ctx.community.id, person, Kind.WARNING, ctx.now), ctx.now)
    step = consequence(rule, after - points, after)
    if step and step.mute:
        await sentence.impose(
            ctx, Kind.MUTE, person, reason, length=timedelta(minutes=step.mute), about=about, cause=given.id
        )
    if step and step.asks:
        await tell_moderators(ctx, decide, given.id, least=Role.ORGANISER, but=(person,))
    return given


@job("sanction-decide")
async def decide(ctx: Context, subject: int) -> Message | jobs.State:
    """What organisers hear when warnings weigh so much that people decide what follows."""
    sanction = await ctx.unit.sanctions.get(ctx.community.id, subject)
    if sanction is None or not sanction.holds(ctx.now) or sanction.decider or not await reads(ctx, Role.ORGANISER):
        return jobs.State.DROPPED
    shown = await case.moderator_card(ctx, sanction)
    scope, number = sanction.community, sanction.id
    rows: tuple[Row, ...] = (
        (Button(T("Mute for a day"), follow(scope, number, 1)), Button(T("Mute for a week"), follow(scope, number, 7))),
        (Button(T("Nothing more"), follow(scope, number, 0)),),
    )
    text = T("The warnings weigh so much by now that an organiser decides. Nothing has happened yet.")
    return card(T("Decide what follows"), text, *shown.blocks, rows=rows)


@action("sanction-follow", right=Role.ORGANISER)
async def follow(ctx: Context, number: int, days: int) -> Outcome:
    """What an organiser decided; whoever presses later hears who was quicker."""
    sanction = await sentence.find(ctx, number, held=True)
    if not sanction.holds(ctx.now):
        raise Refusal(T("{name} no longer holds.", name=code(sanction.name)))
    if sanction.decider:
        who = await check.named(ctx, sanction.decider)
        return Reply(say(T("{name} has decided this already.", name=who)), replaces=True)
    name, mutes = await check.named(ctx, sanction.person), days in (1, 7)
    await check.may(ctx, sanction.person, Ability.RESTRICT if mutes else None)
    await ctx.unit.sanctions.save(replace(sanction, decider=ctx.person.id))
    if not mutes:
        await note(ctx, Deed.SPARE, person=sanction.person, subject=number)
        return Reply(say(T("Nothing more follows for {name}.", name=name)), replaces=True)
    length = days * DAY
    await sentence.impose(
        ctx, Kind.MUTE, sanction.person, sanction.reason, length=length, about=sanction.evidence, cause=number
    )
    return Reply(say(T("{name} is muted for {length}.", name=name, length=Span(length))), replaces=True)


@job("sanction-public")
async def announce(ctx: Context, subject: int) -> Message | jobs.State:
    """One line in the group, where the group wants that."""
    sanction = await ctx.unit.sanctions.get(ctx.community.id, subject)
    if sanction is None or not sanction.holds(ctx.now):
        return jobs.State.DROPPED
    return say(T("{name} was warned by a moderator.", name=await check.named(ctx, sanction.person)))


async def _finish(ctx: Context, given: Sanction, delete: bool, quiet: bool) -> Outcome:
    if delete:
        await act.remove(ctx, given)
    if ctx.community.moderation.public and not quiet:
        await ctx.post(announce, given.id)
    blocks: list[Block] = [Paragraph((T("The person hears of it in private in a minute."),))]
    mutes = await ctx.unit.sanctions.active(ctx.community.id, given.person, Kind.MUTE, ctx.now)
    if (mute := next((each for each in mutes if each.cause == given.id), None)) and mute.until:
        text = T("By the group's ladder they are muted until {when}.", when=Moment(mute.until))
        blocks.append(Paragraph((text,)))
    blocks.append(Paragraph((await case.state_line(ctx, given),)))
    title = T("{name} is warned", name=await check.named(ctx, given.person))
    scope, number = given.community, given.id
    row = (
        Button(T("Undo"), case.undo(scope, number, owner=given.actor), tone=Tone.DANGER),
        Button(T("Details"), case.show(scope, number)),
    )
    return Reply(card(title, *blocks, rows=(row,)), personal=True)


async def words(ctx: Context, reason: str) -> str:
    """The reason's own words, or those of the usual one whose number it is, in the group's language."""
    for choice in await reasons(ctx, ""):
        if choice.value == reason.strip():
            return Speech(ctx.community.language).words(choice.label)
    return reason


def _spelled(choice: Choice) -> str:
    return " ".join(Speech(language).words(choice.label) for language in LANGUAGES).casefold()


def _flags(text: str) -> tuple[set[str], str]:
    """Flags and a severity before the reason, as moderators type them in any order."""
    flags: set[str] = set()
    words = text.split(" ")
    while len(words) > 1 and words[0].casefold() in (DELETE, QUIET, *POINTS):
        flags.add(words.pop(0).casefold())
    return flags, " ".join(words)
