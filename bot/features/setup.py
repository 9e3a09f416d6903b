"""Onboarding and the group's settings: one message that edits itself, at most four taps to the first quiz."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from functools import cache
from typing import Annotated
from zoneinfo import available_timezones

from bot.chat.errors import Refusal
from bot.chat.message import Bullets, Button, Message, Outcome, Reply, Row, Tone, card, say
from bot.chat.places import Ability, Role
from bot.chat.text import Listing, Moment, Shape, T, code
from bot.command import Arg, Example, Feature, Menu, action, command, job
from bot.context import Context
from bot.dialogue import go
from bot.domain.community import Community, DailyRule, Preset, Register, Reveal
from bot.domain.quiz import instant, local_date
from bot.features import daily, sheet

ZONES = {"wib": "Asia/Jakarta", "wita": "Asia/Makassar", "wit": "Asia/Jayapura"}
"""The three Indonesian times by the names that everybody knows."""

_PRESETS = {Preset.CALM: T("Calm"), Preset.BALANCED: T("Balanced"), Preset.LIVELY: T("Lively")}
_ABILITIES = {
    Ability.SEND: T("send messages: quizzes and reminders"),
    Ability.DELETE: T("delete messages: tidy up after private answers"),
    Ability.PIN: T("pin messages: keep what matters on top"),
    Ability.RESTRICT: T("mute people: timed mutes by moderators"),
    Ability.THREADS: T("open threads: one place for each question"),
}


async def greet(ctx: Context) -> None:
    """Introduce the bot where it was just added; a community that is set up already is left in peace."""
    if not ctx.community.ready:
        await ctx.post_in(ctx.place, welcome)


@job("welcome")
async def welcome(ctx: Context, _subject: int) -> Message | None:
    """The one public message of the onboarding."""
    hello = T("Hello! I help with quizzes, questions, learning resources and schedules. Three taps and you're ready.")
    return replace(_zone_card(ctx.community, public=1, lead=hello), silent=True)


@command(
    "setup",
    right=Role.ORGANISER,
    aliases=("atur",),
    summary=T("Set up the group in a few taps"),
    examples=(Example("/setup", T("Zone, noise, goal, rights, and a first question")),),
    menu=Menu.ADMIN,
    menu_name="atur",
)
async def setup(ctx: Context) -> Outcome:
    """The same onboarding again, privately."""
    return Reply(_zone_card(ctx.community, public=0, lead=T("Let's go through it again; what holds now is marked.")))


@command(
    "zone",
    right=Role.ORGANISER,
    aliases=("zona",),
    summary=T("Set the group's time zone"),
    examples=(
        Example("/zone WITA", T("Central Indonesian time")),
        Example("/zone Europe/London", T("Any zone by its IANA name")),
    ),
)
async def zone(
    ctx: Context,
    name: Annotated[
        str,
        Arg(
            help=T("WIB, WITA, WIT, or an IANA name"),
            ask=T("Which time zone? WIB, WITA, WIT, or a name like {example}.", example=code("Asia/Kuala_Lumpur")),
            most=64,
        ),
    ],
) -> Outcome:
    """Set any zone, by name."""
    community = replace(ctx.community, zone=known_zone(name))
    await _save(ctx, community)
    now = Moment(ctx.now, Shape.TIME)
    text = T("The group's zone is now {zone}. The clock there: {now}.", zone=code(community.zone), now=now)
    return Reply(say(text), zone=community.zone)


@command(
    "goal",
    right=Role.MEMBER,
    aliases=("tujuan",),
    summary=T("What this group is for"),
    examples=(
        Example("/goal", T("Shows the goal")),
        Example("/goal Everybody passes the physics exam", T("Sets it (organisers)")),
    ),
    role_aware=True,
)
async def goal(ctx: Context, text: Annotated[str, Arg(help=T("The new goal (organisers)"), most=300)] = "") -> Outcome:
    """Show the goal, or set it."""
    if not text:
        return say(
            ctx.community.goal or T("No goal has been set yet. An organiser can: {example}", example=code("/goal …"))
        )
    if ctx.role < Role.ORGANISER:
        raise Refusal(T("This one is for organisers. Need help? Ask one of them."))
    await ctx.unit.communities.save(replace(ctx.community, goal=text))
    return say(T("The goal is set."))


def known_zone(name: str) -> str:
    """The IANA zone of that name or Indonesian abbreviation; refuses kindly, with what was probably meant.

    `Etc/GMT+7` and its like are refused: their sign means the opposite of what people expect (POSIX).
    """
    wanted = name.strip()
    if found := ZONES.get(wanted.casefold()):
        return found
    names = _zone_names()
    if found := names.get(wanted.casefold()):
        return found
    near = get_close_matches(wanted.casefold()[:64], list(names), 3, 0.6)
    if near:
        meant = Listing(tuple(names[key] for key in near))
        raise Refusal(T("I don't know that zone. Did you mean {zones}?", zones=meant))
    raise Refusal(T("I don't know that zone. Try {example}.", example=code("WIB")))


@cache
def _zone_names() -> Mapping[str, str]:
    return {name.casefold(): name for name in available_timezones() if "/" in name and not name.startswith("Etc/")}


@action("set-zone", right=Role.ORGANISER)
async def pick_zone(ctx: Context, name: str, public: int) -> Outcome:
    """The first tap."""
    community = replace(ctx.community, zone=known_zone(name))
    await _save(ctx, community)
    return _step(_preset_card(community, public), public)


@action("set-preset", right=Role.ORGANISER)
async def pick_preset(ctx: Context, preset: str, public: int) -> Outcome:
    """The second tap."""
    community = replace(ctx.community, preset=_member(Preset, preset))
    await _save(ctx, community)
    return _step(_goal_card(community, public), public)


@action("set-goal", right=Role.ORGANISER)
async def pick_goal(ctx: Context, public: int) -> Outcome:
    """The third tap: the goal may stay open, or be written later with /goal."""
    return _step(await _rights_card(ctx, public), public)


@action("sample", right=Role.MEMBER)
async def try_sample(ctx: Context) -> Outcome:
    """One question to try, seen by the presser alone."""
    bank = await ctx.unit.items.asked_at(ctx.community.id, "")
    if not bank:
        add = (Button(T("Add a question"), go("quizbank add", scope=ctx.community.id)),)
        return say(T("No questions here yet. The first one takes a minute."), rows=(add,))
    (item,) = await ctx.unit.items.some(ctx.community.id, (min(bank),))
    row = sheet.choices(item, ctx.community.id, answer_sample, item.id)
    return card(T("Try one"), *sheet.question(item, ctx.language), rows=(row,))


@action("sampled", right=Role.MEMBER)
async def answer_sample(ctx: Context, number: int, option: int) -> Outcome:
    """How the sample was answered; it counts for nothing."""
    for item in await ctx.unit.items.some(ctx.community.id, (number,)):
        if 0 <= option < len(item.text("").options):
            return Reply(say(sheet.verdict(item, option, ctx.language)), replaces=True)
    raise Refusal(T("This button is too old. Send the command again for a fresh one."))


@action("set-done", right=Role.ORGANISER)
async def finish(ctx: Context, public: int) -> Outcome:
    """The last tap: the group is ready, and the first quiz planned."""
    community = replace(ctx.community, ready=True)
    await _save(ctx, community)
    return _step(_done_card(ctx, community), public)


@action("rule", right=Role.ORGANISER)
async def change_rule(ctx: Context, what: str, public: int) -> Outcome:
    """One tap on the card of settings changes one of them."""
    if what not in _CHANGES and what != "show":
        raise Refusal(T("This button is too old. Send the command again for a fresh one."))
    community = ctx.community
    if what in _CHANGES:
        community = _CHANGES[what](community)
        await _save(ctx, community)
    return _step(_rule_card(ctx, community, public), public)


async def _save(ctx: Context, community: Community) -> None:
    """Store the settings; the next quiz follows the new hour and zone."""
    await ctx.unit.communities.save(community)
    await daily.plan(ctx, community)


def _step(message: Message, public: int) -> Reply:
    return Reply(message, replaces=True, public=bool(public))


def _zone_card(community: Community, public: int, lead: T) -> Message:
    scope = community.id
    row = tuple(
        Button(short.upper(), pick_zone(scope, short, public), pick=community.ready and community.zone == name)
        for short, name in ZONES.items()
    )
    other = T("Elsewhere? {example} sets any zone.", example=code("/zone Asia/Kuala_Lumpur"))
    return card(T("1 of 3 · Where is the group?"), lead, other, rows=(row,))


def _preset_card(community: Community, public: int) -> Message:
    row = tuple(
        Button(label, pick_preset(community.id, preset.value, public), pick=community.preset is preset)
        for preset, label in _PRESETS.items()
    )
    text = T("Calm: only quiz and sessions. Balanced: that and a weekly digest. Lively: a little more. Always silent.")
    return card(T("2 of 3 · How much may I say?"), text, rows=(row,))


def _goal_card(community: Community, public: int) -> Message:
    shown = T("Now: {goal}", goal=community.goal) if community.goal else T("For example: pass the exam together.")
    how = T("Write it any time with {example}.", example=code("/goal …"))
    row = (Button(T("Go on"), pick_goal(community.id, public), tone=Tone.MAIN),)
    return card(T("3 of 3 · What is the group for?"), shown, how, rows=(row,))


async def _rights_card(ctx: Context, public: int) -> Message:
    """What the bot may do here, each with what it is good for; everything works without, only plainer."""
    granted = ctx.venue.abilities if ctx.venue else frozenset()
    lines = tuple(("✔ " if ability in granted else "✖ ", label) for ability, label in _ABILITIES.items())
    scope = ctx.community.id
    text = T("Everything works without these too, only plainer. You can change them later.")
    rows: tuple[Row, ...] = (
        (Button(T("Try one question"), try_sample(scope)),),
        (Button(T("Done"), finish(scope, public), tone=Tone.MAIN),),
    )
    return card(T("What I may do here"), Bullets(lines), text, rows=rows)


def _done_card(ctx: Context, community: Community) -> Message:
    scope = community.id
    when = T(
        "The daily quiz comes at {at}, results at {close}.",
        at=_clock(ctx, community, 0),
        close=_clock(ctx, community, 1),
    )
    how = T("Tap an answer, ask, share: nobody is named for being quiet.")
    rows: tuple[Row, ...] = (
        (Button(T("Help"), go("help", scope=scope)), Button(T("Quiz settings"), change_rule(scope, "show", 0))),
    )
    return card(T("Ready!"), when, how, rows=rows)


def _rule_card(ctx: Context, community: Community, public: int) -> Message:
    """Every setting of the daily quiz with a button that changes it."""
    rule, scope = community.daily, community.id

    def knob(label: T, what: str) -> Button:
        return Button(label, change_rule(scope, what, public))

    lines = (
        (T("Daily quiz: {state}", state=T("on") if rule.on else T("off")),),
        (T("Opens {at}, closes {close}", at=_clock(ctx, community, 0), close=_clock(ctx, community, 1)),),
        (T("{n} question a day", "{n} questions a day", n=rule.size),),
        (T("Right or wrong is shown {when}", when=T("at once") if rule.reveal is Reveal.NOW else T("at the close")),),
        (T("Language: {language}", language="Indonesia" if community.language == "id" else "English"),),
        (T("Address: {register}", register=T("warm") if community.register is Register.WARM else T("formal")),),
    )
    rows: tuple[Row, ...] = (
        (knob(T("Opens earlier"), "at-less"), knob(T("Opens later"), "at-more")),
        (knob(T("Closes earlier"), "close-less"), knob(T("Closes later"), "close-more")),
        (knob(T("Fewer questions"), "size-less"), knob(T("More questions"), "size-more")),
        (knob(T("Quiz off") if rule.on else T("Quiz on"), "on"), knob(T("Show when?"), "reveal")),
        (knob(T("Language"), "language"), knob(T("Address"), "register")),
    )
    return card(T("Quiz settings"), Bullets(lines), rows=rows)


def _clock(ctx: Context, community: Community, end: int) -> Moment:
    rule = community.daily
    today = local_date(ctx.now, community.zone)
    return Moment(instant(today, rule.close if end else rule.at, community.zone), Shape.TIME)


def _daily(change: Callable[[DailyRule], DailyRule]) -> Callable[[Community], Community]:
    return lambda community: replace(community, daily=change(community.daily))


def _at(hours: int) -> Callable[[Community], Community]:
    return _daily(lambda rule: replace(rule, at=rule.at.replace(hour=(rule.at.hour + hours) % 24)))


def _close(hours: int) -> Callable[[Community], Community]:
    return _daily(lambda rule: replace(rule, close=rule.close.replace(hour=(rule.close.hour + hours) % 24)))


def _size(step: int) -> Callable[[Community], Community]:
    return _daily(lambda rule: replace(rule, size=min(5, max(1, rule.size + step))))


_CHANGES: Mapping[str, Callable[[Community], Community]] = {
    "at-less": _at(-1),
    "at-more": _at(1),
    "close-less": _close(-1),
    "close-more": _close(1),
    "size-less": _size(-1),
    "size-more": _size(1),
    "on": _daily(lambda rule: replace(rule, on=not rule.on)),
    "reveal": _daily(lambda rule: replace(rule, reveal=Reveal.CLOSE if rule.reveal is Reveal.NOW else Reveal.NOW)),
    "language": lambda community: replace(community, language="en" if community.language == "id" else "id"),
    "register": lambda community: replace(
        community, register=Register.FORMAL if community.register is Register.WARM else Register.WARM
    ),
}


def _member(kind: type[Preset], value: str) -> Preset:
    try:
        return kind(value)
    except ValueError:
        raise Refusal(T("This button is too old. Send the command again for a fresh one.")) from None


FEATURE = Feature(
    commands=(setup, zone, goal),
    actions=(pick_zone, pick_preset, pick_goal, try_sample, answer_sample, finish, change_rule),
    jobs=(welcome,),
    joined=greet,
)
