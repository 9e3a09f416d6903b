"""Search: one command over every kind of thing that features let members find."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Block, Button, Message, Outcome, Paragraph, Reply, Row, card, say
from bot.chat.places import Role
from bot.chat.text import Line, Listing, T, bold, code
from bot.command import Example, Feature, Finding, Menu, action, command
from bot.context import Context
from bot.domain.search import Found, Hit, Query, parse
from bot.domain.words import fold
from bot.features import sheet
from bot.param import Arg

PAGE = 5

MOST_SHOWN = 50
"""Hits that can be paged to: whoever is not served by these needs other words."""

LONGEST = 200

_EXAMPLE = "/search persamaan kuadrat"


@dataclass(frozen=True, slots=True)
class _Shown:
    """A hit with its kind and its line."""

    hit: Hit
    finding: Finding
    line: Line


def search_feature(others: Iterable[Feature]) -> Feature:
    """The search over what these features let members find."""
    findings = {finding.kind: finding for feature in others for finding in feature.findings}

    @command(
        "search",
        right=Role.MEMBER,
        aliases=("cari",),
        summary=T("Search what this group has collected"),
        examples=(
            Example(_EXAMPLE, T("What has these words, in any form and in both languages")),
            Example("/search limit #kalkulus is:verified", T("With filters: topic, state, from:name")),
        ),
        menu=Menu.GROUP,
        menu_name="cari",
    )
    async def search(
        ctx: Context,
        words: Annotated[
            str,
            Arg(
                help=T("Words, and filters such as #topic or from:name"),
                ask=T("What are you looking for? A few words are enough."),
                most=LONGEST,
            ),
        ],
    ) -> Outcome:
        """The first hits, for the asker alone."""
        query = parse(words)
        kinds = _kinds(query, findings)
        found = await ctx.unit.searches.find(ctx.community.id, query, tuple(kinds))
        number = await ctx.unit.searches.remember(ctx.community.id, ctx.person.id, words)
        return Reply(await page(ctx, words, found, kinds, number, 0))

    @action("found", right=Role.MEMBER)
    async def turn(ctx: Context, number: int, start: int) -> Outcome:
        """Other hits of the same search, in place."""
        words = await ctx.unit.searches.recall(ctx.community.id, ctx.person.id, number)
        if words is None:
            raise Refusal(T("You have searched for something else since. Send /search again with these words."))
        query = parse(words)
        kinds = _kinds(query, findings)
        found = await ctx.unit.searches.find(ctx.community.id, query, tuple(kinds))
        return Reply(await page(ctx, words, found, kinds, number, max(0, start)), replaces=True)

    async def page(
        ctx: Context, words: str, found: Found, kinds: Mapping[str, Finding], number: int, start: int
    ) -> Message:
        shown = await _shown(ctx, found.hits[:MOST_SHOWN], kinds)
        if not shown:
            return _nothing(words, found)
        part = shown[start : start + PAGE] or shown[:PAGE]
        first = shown.index(part[0])
        scope, owner = ctx.community.id, ctx.person.id
        back = Button(T("Better hits"), turn(scope, number, max(0, first - PAGE), owner=owner))
        on = Button(T("More hits"), turn(scope, number, first + PAGE, owner=owner))
        pages: Row = (*((back,) if first else ()), *((on,) if first + PAGE < len(shown) else ()))
        lines = sheet.stack(_line(place, each, len(findings) > 1) for place, each in enumerate(part, first + 1))
        title = T("{n} hit for {words}", "{n} hits for {words}", n=len(shown), words=words)
        opens = _opens(ctx, part, first + 1)
        return card(title, *_close(found), lines, rows=tuple(row for row in (opens, pages) if row))

    return Feature(commands=(search,), actions=(turn,))


def _kinds(query: Query, findings: Mapping[str, Finding]) -> Mapping[str, Finding]:
    """The kinds that the query is about, all without `kind:`; refuses a word that none of them knows."""
    if not query.kinds:
        return findings
    named = {fold(name): each for each in findings.values() for name in (each.kind, *each.aliases)}
    wanted = [each for word in query.kinds for name, each in named.items() if name.startswith(word)]
    if not wanted:
        names = Listing(tuple(code(f"kind:{kind}") for kind in findings))
        raise Refusal(T("There is no such kind to search for. Use {kinds}, or leave it out.", kinds=names))
    return {each.kind: each for each in wanted}


async def _shown(ctx: Context, hits: Sequence[Hit], kinds: Mapping[str, Finding]) -> list[_Shown]:
    """The hits that the asker may see, in their order."""
    lines = {
        kind: await finding.show(ctx, [hit.subject for hit in hits if hit.kind == kind])
        for kind, finding in kinds.items()
    }
    return [
        _Shown(hit, kinds[hit.kind], lines[hit.kind][hit.subject]) for hit in hits if hit.subject in lines[hit.kind]
    ]


def _line(place: int, shown: _Shown, named: bool) -> Line:
    kind: Line = (shown.finding.label, " · ") if named else ()
    return (f"{place}. ", *kind, *shown.line)


def _opens(ctx: Context, part: Sequence[_Shown], first: int) -> Row:
    """A button for each hit that can be shown whole."""
    return tuple(
        Button(T("Open {number}", number=place), shown.finding.open(ctx.community.id, shown.hit.subject))
        for place, shown in enumerate(part, first)
        if shown.finding.open
    )


def _close(found: Found) -> tuple[Block, ...]:
    """Which words were read as typing errors."""
    if not found.misspelt:
        return ()
    words = Listing(tuple(bold(word) for word in found.misspelt))
    return (Paragraph((T("Nothing has {words}; these come close.", words=words),)),)


def _nothing(words: str, found: Found) -> Message:
    """Why there is no hit, and what to try."""
    query = parse(words)
    if not (query.words or query.marks or query.kinds):
        return say(T("These words stand in every text. Say what it is about, like {example}.", example=code(_EXAMPLE)))
    if query.marks:
        filters = Listing(tuple(code(mark) for mark in query.marks))
        return say(T("Nothing fits {words}. Without {filters} there may be more.", words=bold(words), filters=filters))
    return say(T("Nothing fits {words} yet. Try fewer words, or another word for the same.", words=bold(words)))
