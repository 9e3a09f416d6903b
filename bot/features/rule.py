"""The rules of the daily quiz on one card, each changed by a tap."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import time, timedelta

from bot.chat.errors import Refusal
from bot.chat.message import Bullets, Button, Message, Outcome, Reply, Row, card
from bot.chat.places import Role
from bot.chat.text import Line, Moment, Shape, T
from bot.command import Feature, action
from bot.context import Context
from bot.domain.community import MOST_ITEMS, Community, DailyRule, Register, Reveal, Review
from bot.domain.jobs import Job
from bot.domain.quiz import instant, local_date
from bot.features import daily, digest, rota
from bot.features.session.zone import follow

SHOW = "show"
"""The word of the button that only opens the card."""

LATELY = timedelta(days=7)
"""How long a post that did not go out is shown to the organisers."""


@action("rule", right=Role.ORGANISER)
async def change(ctx: Context, what: str) -> Outcome:
    """One tap changes one rule; from the next quiz on it holds."""
    if what == SHOW:
        return Reply(await _card(ctx, ctx.community))
    if what not in _CHANGES:
        raise Refusal(T("This button is too old. Send the command again for a fresh one."))
    community = _CHANGES[what](await ctx.held())
    await save(ctx, community)
    return Reply(await _card(ctx, community), replaces=True)


async def save(ctx: Context, community: Community) -> None:
    """Store the settings; what is planned follows the new hour and zone."""
    await ctx.unit.communities.save(community)
    await daily.plan(ctx, community)
    await rota.plan(ctx, community)
    await digest.plan(ctx, community)
    await follow(replace(ctx, found=community))


def clock(ctx: Context, community: Community, at: time) -> Moment:
    """That wall time of the group, as an instant of today."""
    return Moment(instant(local_date(ctx.now, community.zone), at, community.zone), Shape.TIME)


async def _card(ctx: Context, community: Community) -> Message:
    """Every rule with a button that changes it."""
    rule, scope = community.daily, community.id

    def knob(label: T | str, what: str) -> Button:
        return Button(label, change(scope, what))

    rows: list[Row] = [
        (knob(T("Quiz off") if rule.on else T("Quiz on"), "on"), knob(_OTHER_REVEAL[rule.reveal], "reveal")),
        (knob(T("Opens earlier"), "at-less"), knob(T("Opens later"), "at-more")),
        (knob(T("Closes earlier"), "close-less"), knob(T("Closes later"), "close-more")),
        (
            knob(T("Fewer questions"), "size-less"),
            knob(T("More questions"), "size-more"),
            knob(_OTHER_STARTER[community.quizzes.anyone], "anyone"),
        ),
        (knob("English" if community.language == "id" else "Bahasa Indonesia", "language"),),
    ]
    if community.language == "id":
        rows[-1] = (*rows[-1], knob(_OTHER_REGISTER[community.register], "register"))
    rows[-1] = (*rows[-1], knob(_OTHER_REVIEW[community.quizzes.review], "review"))
    return card(T("Quiz settings"), Bullets(await _lines(ctx, community)), rows=tuple(rows))


async def _lines(ctx: Context, community: Community) -> tuple[Line, ...]:
    rule = community.daily
    opens, closes = clock(ctx, community, rule.at), clock(ctx, community, rule.close)
    hours = T("Opens {at}, closes {close}", at=opens, close=closes)
    if rule.close <= rule.at:
        hours = T("Opens {at}, closes {close} the next day", at=opens, close=closes)
    lines: list[Line] = [
        (T("Daily quiz: {state}", state=T("on") if rule.on else T("off")),),
        (hours,),
        (T("{n} question a day", "{n} questions a day", n=rule.size),),
        (T("Right or wrong is shown {when}", when=T("at once") if rule.reveal is Reveal.NOW else T("at the close")),),
        (T("Language: {language}", language="Indonesia" if community.language == "id" else "English"),),
    ]
    lines.append((T("A second person reads {whose} before they are asked", whose=_REVIEWS[community.quizzes.review]),))
    lines.append((_STARTERS[community.quizzes.anyone],))
    if community.language == "id":
        lines.append((T("Address: {register}", register=_REGISTERS[community.register]),))
    if rule.on and community.ready:
        _, next_one = await daily.coming(ctx, community, ctx.now)
        lines.append((T("The next quiz: {when}", when=Moment(next_one)),))
    if missed := await _missed(ctx, community):
        last = Moment(missed[0].due_at)
        text = T(
            "{n} post did not go out as planned this week, the last one: {when}",
            "{n} posts did not go out as planned this week, the last one: {when}",
            n=len(missed),
            when=last,
        )
        lines.append((text,))
    return tuple(lines)


async def _missed(ctx: Context, community: Community) -> list[Job]:
    """What was dropped, failed, or may not have arrived lately, newest first."""
    troubled = await ctx.unit.jobs.troubled(community.id)
    return [job for job in troubled if job.due_at > ctx.now - LATELY]


def _daily(change: Callable[[DailyRule], DailyRule]) -> Callable[[Community], Community]:
    return lambda community: replace(community, daily=change(community.daily))


def _at(hours: int) -> Callable[[Community], Community]:
    return _daily(lambda rule: replace(rule, at=rule.at.replace(hour=(rule.at.hour + hours) % 24)))


def _close(hours: int) -> Callable[[Community], Community]:
    return _daily(lambda rule: replace(rule, close=rule.close.replace(hour=(rule.close.hour + hours) % 24)))


def _size(step: int) -> Callable[[Community], Community]:
    return _daily(lambda rule: replace(rule, size=min(MOST_ITEMS, max(1, rule.size + step))))


_OTHER_REVEAL = {Reveal.NOW: T("Show at the close"), Reveal.CLOSE: T("Show at once")}
_OTHER_REGISTER = {Register.WARM: T("Say it formally"), Register.FORMAL: T("Say it warmly")}
_STARTERS = {True: T("Everybody may start live rounds"), False: T("Trusted members may start live rounds")}
_OTHER_STARTER = {True: T("Rounds by trusted only"), False: T("Everybody may start rounds")}
_REVIEWS = {
    Review.NOBODY: T("no questions"),
    Review.MEMBERS: T("members' questions"),
    Review.EVERYBODY: T("all questions"),
}
_NEXT_REVIEW = {
    Review.NOBODY: Review.MEMBERS,
    Review.MEMBERS: Review.EVERYBODY,
    Review.EVERYBODY: Review.NOBODY,
}
_OTHER_REVIEW = {
    Review.NOBODY: T("Read members' questions first"),
    Review.MEMBERS: T("Read all questions first"),
    Review.EVERYBODY: T("Ask without reading first"),
}
_REGISTERS = {Register.WARM: T("warm"), Register.FORMAL: T("formal")}
_CHANGES: Mapping[str, Callable[[Community], Community]] = {
    "at-less": _at(-1),
    "at-more": _at(1),
    "close-less": _close(-1),
    "close-more": _close(1),
    "size-less": _size(-1),
    "size-more": _size(1),
    "on": _daily(lambda rule: replace(rule, on=not rule.on)),
    "reveal": _daily(lambda rule: replace(rule, reveal=Reveal.CLOSE if rule.reveal is Reveal.NOW else Reveal.NOW)),
    "anyone": lambda community: replace(
        community, quizzes=replace(community.quizzes, anyone=not community.quizzes.anyone)
    ),
    "review": lambda community: replace(
        community, quizzes=replace(community.quizzes, review=_NEXT_REVIEW[community.quizzes.review])
    ),
    "language": lambda community: replace(community, language="en" if community.language == "id" else "id"),
    "register": lambda community: replace(
        community, register=Register.FORMAL if community.register is Register.WARM else Register.WARM
    ),
}

FEATURE = Feature(actions=(change,))
