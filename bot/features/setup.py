"""Onboarding: one message that edits itself, four taps from being added to the first planned quiz."""

from dataclasses import replace

from bot.chat.errors import Refusal
from bot.chat.message import Button, Message, Outcome, Paragraph, Reply, Row, Tone, card
from bot.chat.places import Ability, Role
from bot.chat.text import Day, Line, Moment, Shape, T, code
from bot.command import Example, Feature, Menu, action, command, job
from bot.context import Context
from bot.dialogue import go
from bot.domain.community import Community, Preset
from bot.domain.items import Item, State, letter
from bot.domain.zone import SHORT
from bot.example.bank import bank
from bot.features import daily, gradual, rule, sheet
from bot.features.zone import known_zone

_PRESETS = {Preset.CALM: T("Calm"), Preset.BALANCED: T("Balanced"), Preset.LIVELY: T("Lively")}
_SIZES = {Preset.CALM: 1, Preset.BALANCED: 3, Preset.LIVELY: 5}
"""Questions a day: the only thing that is said in public unasked."""

_ABILITIES = {
    Ability.SEND: T("send messages: the daily quiz"),
    Ability.DELETE: T("delete messages: tidy up after private answers"),
    Ability.PIN: T("pin messages: what moderators pin"),
    Ability.RESTRICT: T("mute people: what moderators decide"),
    Ability.THREADS: T("open threads: one for each question"),
    Ability.EVENTS: T("create events: the next date of each session"),
}
"""What the invitation asks for; further rights (locking, tags, letting people in) are named where they are used."""
_TRIED = 0
"""Stands for the first example item on a button; items of a group are counted from 1."""


async def greet(ctx: Context) -> None:
    """Introduce the bot where it has just come in; a community that is set up already is left in peace."""
    if not ctx.community.ready:
        # A card from an earlier stay would be edited far up, where nobody looks.
        await ctx.post_anew(ctx.place, welcome)


@job("welcome")
async def welcome(ctx: Context, _subject: int) -> Message | None:
    """The one public message of the onboarding, which ends as a short note about the bot."""
    if ctx.community.ready:
        return await _done_card(ctx, ctx.community, public=1)
    hello = T(
        "Hello! I bring this group a small quiz every day, and everybody private practice. "
        "Three short questions and you're ready."
    )
    first = _zone_card(ctx.community, 1)
    return replace(first, blocks=(Paragraph((hello,)), *first.blocks))


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
    return Reply(_zone_card(ctx.community, 0))


@action("set-zone", right=Role.ORGANISER)
async def pick_zone(ctx: Context, name: str, public: int) -> Outcome:
    """The first tap."""
    community = replace(await ctx.held(), zone=known_zone(name))
    await rule.save(ctx, community)
    return _step(_preset_card(community, public), public)


@action("set-preset", right=Role.ORGANISER)
async def pick_preset(ctx: Context, name: str, public: int) -> Outcome:
    """The second tap."""
    preset = next((preset for preset in Preset if preset == name), None)
    if preset is None:
        raise Refusal(T("This button is too old. Send the command again for a fresh one."))
    community = await ctx.held()
    community = replace(community, preset=preset, daily=replace(community.daily, size=_SIZES[preset]))
    await rule.save(ctx, community)
    return _step(_goal_card(community, public), public)


@action("set-goal", right=Role.ORGANISER)
async def pick_goal(ctx: Context, public: int) -> Outcome:
    """The third tap: the goal may stay open, or be written later with /goal."""
    return _step(await _rights_card(ctx, public), public)


@action("sample", right=Role.MEMBER)
async def try_sample(ctx: Context) -> Outcome:
    """One question to try, seen by the presser alone."""
    active = await ctx.unit.items.list(ctx.community.id, State.ACTIVE, most=50)
    number = next((item.id for item in active if sheet.fits_a_row(item)), _TRIED)
    item = await _sample(ctx, number)
    scope = ctx.community.id
    row = tuple(Button(letter(option), answer_sample(scope, number, option)) for option in range(item.size))
    return card(T("Try one"), *sheet.question(item, ctx.language), rows=(row,))


@action("sampled", right=Role.MEMBER)
async def answer_sample(ctx: Context, number: int, option: int) -> Outcome:
    """How the sample was answered; it counts for nothing."""
    item = await _sample(ctx, number)
    if not 0 <= option < item.size:
        raise Refusal(T("This button is too old. Send the command again for a fresh one."))
    told = T(
        "{verdict} That was only a try, it counts for nothing.", verdict=sheet.verdict(item, str(option), ctx.language)
    )
    return Reply(card(T("Try one"), told), replaces=True)


@action("set-done", right=Role.ORGANISER)
async def finish(ctx: Context, public: int, fill: int) -> Outcome:
    """The last tap: the first quiz is planned; `fill` puts the example items into an empty bank."""
    held = await ctx.held()
    community = replace(held, ready=True)
    if not held.ready:
        await gradual.begin(ctx)
    if fill and not await ctx.unit.items.count(community.id, ""):
        for item in bank(community.id):
            await ctx.unit.items.add(item, ctx.now)
    await rule.save(ctx, community)
    if not public:
        # Let the public note, where there is one, say what was chosen in private.
        await ctx.renew(welcome)
    return _step(await _done_card(ctx, community, public), public)


async def _sample(ctx: Context, number: int) -> Item:
    if number == _TRIED:
        return bank(ctx.community.id)[0]
    for item in await ctx.unit.items.some(ctx.community.id, (number,)):
        return item
    raise Refusal(T("This button is too old. Send the command again for a fresh one."))


def _step(message: Message, public: int) -> Reply:
    return Reply(message, replaces=True, public=bool(public))


def _zone_card(community: Community, public: int) -> Message:
    row = tuple(
        Button(short.upper(), pick_zone(community.id, short, public), pick=community.ready and community.zone == name)
        for short, name in SHORT.items()
    )
    other = T("Elsewhere? {example} sets any zone.", example=code("/zone Asia/Kuala_Lumpur"))
    return card(T("1 of 3 · Where is the group?"), other, rows=(row,))


def _preset_card(community: Community, public: int) -> Message:
    row = tuple(
        Button(label, pick_preset(community.id, preset.value, public), pick=community.preset is preset)
        for preset, label in _PRESETS.items()
    )
    text = T("Calm: one question a day. Balanced: three. Lively: five. Always in one message without a sound.")
    return card(T("2 of 3 · How lively may it be?"), text, rows=(row,))


def _goal_card(community: Community, public: int) -> Message:
    how = T("Any time: {command}, then your words, like “pass the exam together”.", command=code("/goal"))
    shown = (T("Now: {goal}", goal=community.goal),) if community.goal else ()
    row = (Button(T("Go on"), pick_goal(community.id, public), tone=Tone.MAIN),)
    return card(T("3 of 3 · What is the group for?"), *shown, how, rows=(row,))


async def _rights_card(ctx: Context, public: int) -> Message:
    """What the bot may do here, each with what it is good for; everything works without, only plainer."""
    granted, scope = await _granted(ctx), ctx.community.id
    there = ctx.abroad.get(ctx.place.platform)
    lines: tuple[Line, ...] = tuple(
        ("✔ ", label) if ability in granted else ("✖ ", T("not yet: {what}", what=label))
        for ability, label in _ABILITIES.items()
        if ability is not Ability.EVENTS or (there and there.has_events)
    )
    text = T("Everything works without these too, only plainer. You can change them later.")
    rows: list[Row] = [(Button(T("Try one question"), try_sample(scope)),)]
    if await ctx.unit.items.count(scope, ""):
        rows.append((Button(T("Done"), finish(scope, public, 0), tone=Tone.MAIN),))
    else:
        starter = T("Done, with {n} ready-made questions", n=len(bank(scope)))
        rows.append((Button(starter, finish(scope, public, 1), tone=Tone.MAIN),))
        rows.append((Button(T("Done, we write our own"), finish(scope, public, 0)),))
    return card(T("What I may do here"), sheet.stack(lines), text, rows=tuple(rows))


async def _granted(ctx: Context) -> frozenset[Ability]:
    """The rights here; in a private chat those that hold in every place of the group on this platform."""
    if ctx.venue:
        return ctx.venue.abilities
    venues = await ctx.unit.communities.venues(ctx.community.id)
    here = [venue.abilities for venue in venues if venue.place.platform == ctx.place.platform]
    return frozenset.intersection(*here) if here else frozenset()


async def _done_card(ctx: Context, community: Community, public: int) -> Message:
    scope = community.id
    day, opens = await daily.coming(ctx, community, ctx.now)
    first: Row = (Button(T("Help"), go("help", scope=scope)), Button(T("Quiz settings"), rule.change(scope, rule.SHOW)))
    rows: tuple[Row, ...] = (first,)
    if not community.daily.on:
        when = T("The daily quiz is off. An organiser turns it on in its settings.")
    elif await ctx.unit.items.count(scope, ""):
        closes = rule.clock(ctx, community, community.daily.close)
        when = T(
            "The daily quiz comes at {at}, results at {close}, from {day} on.",
            at=Moment(opens, Shape.TIME),
            close=closes,
            day=Day(day),
        )
    else:
        when = T("The daily quiz begins as soon as the question bank holds something.")
        rows = ((Button(T("Add a question"), go("quizbank add", scope=scope)),), first)
    how = T("Tap away, right or wrong: nobody else sees it, and nobody is named for being quiet.")
    pin = (T("Pin this message so that newcomers find me."),) if public else ()
    return card(T("Ready!"), when, how, *pin, rows=rows)


FEATURE = Feature(
    commands=(setup,),
    actions=(pick_zone, pick_preset, pick_goal, try_sample, answer_sample, finish),
    jobs=(welcome,),
    joined=greet,
)
