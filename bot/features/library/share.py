"""Sharing something to learn from: a link, or words, or what a message said that somebody replies to."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Button, Message, Outcome, Reply, Row
from bot.chat.places import Role
from bot.chat.text import T, code
from bot.command import Example, Menu, action, command
from bot.context import Context
from bot.domain.library import (
    LONGEST_NOTE,
    Doubt,
    Given,
    Kind,
    Mark,
    Resource,
    State,
    doubt,
    read_given,
)
from bot.features.library import change, page, queue
from bot.formats.check import legal_tag
from bot.param import Arg

LONGEST_WORDS = 2 * LONGEST_NOTE
MOST_OFFERED = 4
"""Topics on buttons; more do not fit a phone's row."""

LONGEST_BUTTON = 24
"""Characters of a topic for which a button has room."""

WAITS = {
    Doubt.NEWCOMER: T("Links of new members wait until a moderator has read them."),
    Doubt.SHORTENER: T("Short links hide where they lead, so a moderator looks at it first."),
    Doubt.WORD: T("It has a word in it that advertisements use, so a moderator reads it first."),
}


@command(
    "share",
    right=Role.MEMBER,
    aliases=("bagikan", "simpan"),
    summary=T("Share something to learn from: a link, a tip, a lesson"),
    examples=(
        Example(
            "/share https://id.wikipedia.org/wiki/Sel Cells explained #biology", T("A link with a title and a topic")
        ),
        Example("/bagikan Baca soalnya dua kali sebelum menjawab #ujian", T("A tip in your own words")),
    ),
    menu=Menu.GROUP,
    menu_name="bagikan",
    role_aware=True,
    on_message=T("Save as resource"),
)
async def share(
    ctx: Context,
    what: Annotated[str, Arg(help=T("A link or words, with a title and #topics if you like"), most=LONGEST_WORDS)] = "",
) -> Outcome:
    """Save it at once; what is not known yet is asked by buttons below the receipt."""
    quoted = ctx.quoted.text if ctx.quoted else ""
    if ctx.quoted and ctx.quoted.file and not (quoted or what):
        raise Refusal(
            T(
                "Give this file a title: {command}. Then add the file itself with a button.",
                command=code("/share Rangkuman sel #biologi"),
            )
        )
    return Reply(await _share(ctx, read_given(what or "", quoted), 0), personal=True)


@action("library-adapt", right=Role.MEMBER, role_aware=True)
async def adapt(
    ctx: Context,
    number: int,
    what: Annotated[
        str,
        Arg(
            help=T("A link or words, with a title and #topics if you like"),
            ask=T("Send the link of the local version, or write it here."),
            most=LONGEST_WORDS,
        ),
    ],
) -> Outcome:
    """Share a local version that stays linked to its original."""
    original = await page.find(ctx, number)
    return Reply(await _share(ctx, read_given(what, ""), original.id), personal=True)


async def _share(ctx: Context, given: Given, origin: int) -> Message:
    if not given.title:
        raise Refusal(T("Reply to the message you want to save, then send {command}.", command=code("/share")))
    made = Resource(
        ctx.community.id,
        0,
        Kind.LINK if given.address else Kind.TIP,
        given.title,
        ctx.person.id,
        ctx.now,
        given.address.url if given.address else "",
        given.address.key if given.address else "",
        given.note,
        given.tags,
        origin=origin,
    )
    same = await ctx.unit.library.of_print(made.community, made.print) if made.key else None
    return await (_again(ctx, same, made) if same else _save(ctx, made))


async def _save(ctx: Context, made: Resource) -> Message:
    why = doubt(made, ctx.member, ctx.community, ctx.role, ctx.now)
    stored = await ctx.unit.library.add(replace(made, state=State.WAITING if why else State.UNVERIFIED))
    await change.index(ctx, stored)
    told: tuple[T, ...] = (T("Saved as {name}. Thank you!", name=code(stored.name)),)
    if why:
        await queue.announce(ctx)
        told = (*told, WAITS[why])
    return await page.page(ctx, stored, *told, above=await _open_questions(ctx, stored))


async def _again(ctx: Context, same: Resource, made: Resource) -> Message:
    """Somebody shared this address before: it gets this person's vote, and their note where it has none."""
    if not page.may_see(ctx, same):
        raise Refusal(T("Somebody shared this already. A moderator has yet to read it."))
    held = await page.find(ctx, same.id, held=True)
    if made.note and not held.note:
        held = await change.store(ctx, held, replace(held, note=made.note))
    if held.author == ctx.person.id:
        return await page.page(ctx, held, T("You shared this already, as {name}.", name=code(held.name)))
    if held.is_shown:
        await ctx.unit.library.mark(held.community, held.id, ctx.person.id, Mark.VOTE, ctx.now)
    return await page.page(
        ctx, held, T("It is here already, as {name}. Your vote counts for it.", name=code(held.name))
    )


async def _open_questions(ctx: Context, resource: Resource) -> tuple[Row, ...]:
    """What one tap still tells about a fresh one: what it is, its topic, what was learnt."""
    kinds: Row = ()
    if not resource.url:
        kinds = tuple(
            Button(page.KINDS[kind], page.press("kind", resource, kind), pick=kind is resource.kind)
            for kind in (Kind.TIP, Kind.TEMPLATE, Kind.LESSON)
        )
    topics: Row = ()
    if not resource.tags:
        known = await offered(ctx)
        topics = tuple(Button(f"#{tag}", page.press("topic", resource, tag)) for tag in known[:MOST_OFFERED])
        topics = (*topics, Button(T("Another topic"), page.press("set", resource, "tags")))
    note = (Button(T("Write what I learnt"), page.press("set", resource, "note")),) if not resource.note else ()
    return (kinds, topics, note)


async def offered(ctx: Context) -> Sequence[str]:
    """Topics that fit a button, those of the library first, then those of the bank."""
    scope = ctx.community.id
    known = dict.fromkeys((*await ctx.unit.library.tags(scope), *await ctx.unit.items.tags(scope)))
    return [tag for tag in known if legal_tag(tag) and len(tag) <= LONGEST_BUTTON]


async def _own(ctx: Context, number: int) -> Resource:
    resource = await page.find(ctx, number, held=True)
    if not page.may_edit(ctx, resource):
        raise Refusal(page.TOO_OLD)
    return resource


@action("library-kind", right=Role.MEMBER, role_aware=True)
async def set_kind(ctx: Context, number: int, kind: str) -> Outcome:
    """Say what words are: a tip, a template, or a lesson."""
    resource = await _own(ctx, number)
    if resource.url or kind not in (Kind.TIP, Kind.TEMPLATE, Kind.LESSON):
        raise Refusal(page.TOO_OLD)
    return await _shown(ctx, await change.store(ctx, resource, replace(resource, kind=Kind(kind))))


@action("library-topic", right=Role.MEMBER, role_aware=True)
async def set_topic(ctx: Context, number: int, tag: str) -> Outcome:
    """Put it under one of the topics that there are."""
    resource = await _own(ctx, number)
    if not legal_tag(tag):
        raise Refusal(page.TOO_OLD)
    return await _shown(ctx, await change.store(ctx, resource, replace(resource, tags=(tag,))))


async def _shown(ctx: Context, resource: Resource) -> Outcome:
    above = await _open_questions(ctx, resource)
    return Reply(await page.page(ctx, resource, T("Saved."), above=above), replaces=True, personal=True)
