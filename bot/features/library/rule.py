"""The group's own list of words and sites that make what is shared wait for a moderator."""

from dataclasses import replace
from typing import Annotated

from bot.chat.errors import Refusal
from bot.chat.message import Button, Message, Outcome, Reply, Row, card
from bot.chat.places import Role
from bot.chat.text import Name, T
from bot.command import action
from bot.context import Context
from bot.domain.caution import LONGEST_WORD, MOST_WORDS, fold
from bot.domain.community import LibraryRule
from bot.param import Arg

LEAST_LETTERS = 4
"""Shorter words stand in too many others."""


@action("library-words", right=Role.MODERATOR)
async def words(ctx: Context) -> Outcome:
    """The list that holds now."""
    return Reply(_card(ctx, ctx.community.library), personal=True)


_WORD = Annotated[
    str,
    Arg(
        help=T("A word, several words, or a site like bit.ly"),
        ask=T("Which word or site? Send one of them."),
        most=LONGEST_WORD,
    ),
]


@action("library-add", right=Role.MODERATOR)
async def add(ctx: Context, word: _WORD) -> Outcome:
    """Put a word on the list."""
    plain = " ".join(word.casefold().split())
    if "." not in plain and sum(map(str.isalnum, fold(plain))) < LEAST_LETTERS:
        raise Refusal(T("This is too short: it would stand in many other words. Four letters are the least."))
    community = await ctx.held()
    rule = community.library
    if plain not in (*rule.words, *rule.sites):
        rule = replace(rule, dropped=tuple(each for each in rule.dropped if each != plain))
        if plain not in (*rule.words, *rule.sites):
            rule = replace(rule, added=(*rule.added, plain))
    if len(rule.added) > MOST_WORDS:
        raise Refusal(T("The list is full. Take a word off first."))
    await ctx.unit.communities.save(replace(community, library=rule))
    return Reply(_card(ctx, rule, T("On the list now: {word}", word=Name(plain))), personal=True)


@action("library-drop", right=Role.MODERATOR)
async def drop(ctx: Context, word: _WORD) -> Outcome:
    """Take a word off the list."""
    plain = " ".join(word.casefold().split())
    community = await ctx.held()
    rule = community.library
    if plain not in (*rule.words, *rule.sites):
        raise Refusal(T("This is not on the list. Write it as it stands there."))
    own = plain in rule.added
    added = tuple(each for each in rule.added if each != plain)
    rule = replace(rule, added=added, dropped=rule.dropped if own else (*rule.dropped, plain))
    await ctx.unit.communities.save(replace(community, library=rule))
    return Reply(_card(ctx, rule, T("No longer on the list: {word}", word=Name(plain))), personal=True)


def _card(ctx: Context, rule: LibraryRule, *told: T) -> Message:
    scope = ctx.community.id
    row: Row = (Button(T("Add a word"), add(scope)), Button(T("Take a word off"), drop(scope)))
    return card(
        T("What waits for a moderator"),
        *told,
        T("Words, also in disguise (sl0t g4cor):"),
        ", ".join(rule.words),
        T("Sites that hide where they lead:"),
        ", ".join(rule.sites),
        rows=(row,),
    )
