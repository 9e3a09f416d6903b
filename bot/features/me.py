"""What a person sees first and sets for themselves: start, settings, language."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from bot.chat.message import Bullets, Button, Message, Outcome, Reply, Row, card, say
from bot.chat.places import Role
from bot.chat.text import Name, T, code
from bot.command import Example, Feature, Menu, action, command
from bot.context import Context
from bot.dialogue import go
from bot.domain.community import Community
from bot.features.recognition import follow
from bot.features.recollection import ask_hour
from bot.features.session.show import next_of
from bot.param import Arg, Choice
from bot.scene import HOME

MOST_GROUPS = 8
"""Groups offered as buttons in a private chat."""

_LANGUAGES = (Choice("id", "Bahasa Indonesia"), Choice("en", "English"))


@command(
    "start",
    right=Role.GUEST,
    aliases=("mulai",),
    summary=T("What I am and how to begin"),
    examples=(Example("/start", T("A short hello")),),
    menu=Menu.PRIVATE,
    anywhere=True,
)
async def start(ctx: Context) -> Outcome:
    """Hello, and the next step."""
    if not ctx.private:
        return say(T("I'm ready. {help} shows what you can do here.", help=code("/help")))
    hello = T("Hello! I bring study groups a small quiz every day, and private practice whenever you like.")
    if ctx.found:
        here = T("Here in private nobody else sees what you do. Your group: {group}.", group=Name(ctx.found.name))
        coming = await next_of(ctx)
        lines = (hello, here, coming) if coming else (hello, here)
        return say(*lines, rows=(_first(ctx.found.id), (Button(T("Help"), go("help")),)))
    rows: list[Row] = []
    groups = await ctx.unit.communities.of_person(ctx.person.id)
    if groups:
        how = T("You are in several groups with me. Which one do you mean here?")
        rows += _homes(ctx, groups)
    else:
        how = T("Add me to your study group, or write to me there once if it has me already.")
        there = ctx.abroad.get(ctx.place.platform)
        if there and there.invite:
            rows.append((Button(T("Add me to a group"), url=there.invite),))
    rows.append((Button(T("Help"), go("help")),))
    return say(hello, how, rows=tuple(rows))


@command(
    "language",
    right=Role.GUEST,
    aliases=("bahasa",),
    summary=T("Choose your language"),
    examples=(Example("/language en", T("I answer you in English")),),
    anywhere=True,
)
async def language(
    ctx: Context,
    name: Annotated[str, Arg(help=T("id or en"), ask=T("Which language do you prefer?"), choices=_LANGUAGES)],
) -> Outcome:
    """Set the person's own language."""
    await ctx.unit.people.save(replace(ctx.person, language=name))
    return Reply(say(T("I'll answer you in English. The group keeps its own language.")), language=name)


@command(
    "settings",
    right=Role.GUEST,
    aliases=("pengaturan",),
    summary=T("Your own settings"),
    examples=(Example("/settings", T("Language and whether you stand on the leaderboard")),),
    menu=Menu.PRIVATE | Menu.GROUP,
    anywhere=True,
)
async def settings(ctx: Context) -> Outcome:
    """The person's settings with buttons."""
    return Reply(await _settings(ctx), personal=True)


@action("ranked", right=Role.MEMBER)
async def toggle_ranked(ctx: Context) -> Outcome:
    """Stand on the leaderboard or not."""
    held = await ctx.unit.people.member(ctx.community.id, ctx.person.id) or ctx.member
    member = replace(held, ranked=not held.ranked)
    await ctx.unit.people.save_member(member)
    await follow(ctx, ctx.person.id)
    return Reply(await _settings(replace(ctx, seat=member)), replaces=True)


@action("speak", right=Role.GUEST)
async def pick_language(ctx: Context, name: str) -> Outcome:
    """Change the language from the settings."""
    chosen = "en" if name == "en" else "id"
    person = replace(ctx.person, language=chosen)
    await ctx.unit.people.save(person)
    return Reply(await _settings(replace(ctx, who=person)), replaces=True, language=chosen)


@action(HOME, right=Role.GUEST)
async def pick_home(ctx: Context, community: int) -> Outcome:
    """Choose the group that is meant in private messages."""
    groups = await ctx.unit.communities.of_person(ctx.person.id)
    chosen = next((group for group in groups if group.id == community), None)
    if chosen is None:
        return say(T("You are not in that group any more."))
    await ctx.unit.people.save(replace(ctx.person, home=chosen.id))
    text = T("From now on I mean {group} here. What would you like to do?", group=Name(chosen.name))
    return Reply(say(text, rows=(_first(chosen.id),)), replaces=True)


def _first(community: int) -> Row:
    return (
        Button(T("Today's quiz"), go("daily", scope=community)),
        Button(T("Practise"), go("quiz", scope=community)),
    )


def _homes(ctx: Context, groups: Sequence[Community]) -> list[Row]:
    return [
        (Button(Name(group.name), pick_home(0, group.id, owner=ctx.person.id), pick=group.id == ctx.person.home),)
        for group in groups[:MOST_GROUPS]
    ]


async def _settings(ctx: Context) -> Message:
    person = ctx.person
    spoken = person.language or ctx.language
    rows: list[Row] = [
        tuple(
            Button(choice.label, pick_language(0, choice.value, owner=person.id), pick=choice.value == spoken)
            for choice in _LANGUAGES
        )
    ]
    lines = [(T("Language: {language}", language="English" if spoken == "en" else "Bahasa Indonesia"),)]
    if ctx.seat and ctx.found:
        shown = T("shown") if ctx.seat.ranked else T("hidden")
        lines.append((T("On the leaderboard of {group}: {state}", group=Name(ctx.found.name), state=shown),))
        label = T("Hide me") if ctx.seat.ranked else T("Show me")
        practice = Button(T("Practice messages"), ask_hour(ctx.found.id, owner=person.id))
        rows.append((Button(label, toggle_ranked(ctx.found.id, owner=person.id)), practice))
        rows.append((Button(T("Session reminders"), go("reminders", scope=ctx.found.id)),))
    if ctx.private:
        groups = await ctx.unit.communities.of_person(person.id)
        if len(groups) > 1:
            rows += _homes(ctx, groups)
    return card(T("Your settings"), Bullets(tuple(lines)), rows=tuple(rows))


FEATURE = Feature(commands=(start, language, settings), actions=(toggle_ranked, pick_language, pick_home))
