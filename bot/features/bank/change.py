"""Storing a change of an item: its history, its version, and whether it must be read again."""

from collections.abc import Callable
from dataclasses import replace

from bot.chat.errors import Refusal
from bot.chat.message import Button
from bot.chat.places import Role
from bot.chat.text import T, code
from bot.context import Context
from bot.dialogue import go
from bot.domain.community import Review
from bot.domain.items import Item, ItemText, State
from bot.formats.check import check

NOTHING = "-"
"""Written in place of words, it removes what is there."""

Change = Callable[[Item, ItemText], tuple[Item, ItemText]]
"""From the item and its words in one language to what they become."""


def language_of(ctx: Context, item: Item) -> str:
    """The language whose words are changed: that of the group where the item has it."""
    return ctx.community.language if ctx.community.language in item.texts else next(iter(item.texts))


def kept(words: str) -> str:
    """What was written, "" where it means that nothing is to stay."""
    return "" if words.strip() == NOTHING else words


async def changed(ctx: Context, before: Item, change: Change) -> Item:
    """The item as it is stored after the change; what was before is kept in the history."""
    language = language_of(ctx, before)
    item, text = change(before, before.texts[language])
    item = replace(item, texts={**before.texts, language: text})
    if item == before:
        return item
    if problem := check(item):
        raise Refusal(problem)
    if _asked(item) != _asked(before):
        await _check_key(ctx, before, item)
        item = asked_otherwise(ctx, item)
    return await store(ctx, before, item)


def asked_otherwise(ctx: Context, item: Item) -> Item:
    """The item in its next version; where everybody's are read by a second person, it is to be read again."""
    item = replace(item, version=item.version + 1)
    if item.state is State.ACTIVE and ctx.community.quizzes.review is Review.EVERYBODY:
        return replace(item, state=State.PROPOSED, reviewer=0)
    return item


async def store(ctx: Context, before: Item, item: Item) -> Item:
    """Keep what was, and store what is; who had to change it has done so."""
    item = replace(item, note="")
    await ctx.unit.items.remember(before, ctx.person.id, "edit", ctx.now)
    await ctx.unit.items.save(item)
    return item


async def _check_key(ctx: Context, before: Item, item: Item) -> None:
    """Another key for the same words means that answers were judged wrongly: those are to be judged anew."""
    same = [text.prompt for text in before.texts.values()] == [text.prompt for text in item.texts.values()]
    same = same and [text.options for text in before.texts.values()] == [text.options for text in item.texts.values()]
    if not (same and await ctx.unit.quizzes.holding(item.community, item.id)):
        return
    if ctx.role < Role.ORGANISER:
        command = code(f"/quizbank rekey {item.id}")
        raise Refusal(
            T("This question was asked already: an organiser corrects its key with {command}.", command=command)
        )
    again = Button(T("Correct the key"), go("quizbank rekey", str(item.id), scope=item.community))
    raise Refusal(T("This question was asked already. Correct its key so that everybody's points follow."), again)


def _asked(item: Item) -> tuple[object, ...]:
    """What is asked and what is right, without what is said about it."""
    words = [(text.prompt, text.options, text.answers) for text in item.texts.values()]
    return (words, item.right, item.number, item.kind)
