"""What there is to talk about on a date: what was written for it, or what the group has open."""

from collections.abc import Sequence
from datetime import timedelta

from bot.chat.text import Line, Percent, T, bold
from bot.context import Context
from bot.domain.agenda import Occurrence
from bot.domain.library import Wish
from bot.domain.quiz import weakness

LATELY = timedelta(days=60)
FRESH = timedelta(days=14)
WEAK = 0.4
"""A topic of which at least this share of answers was wrong is worth a look."""


async def shown(ctx: Context, one: Occurrence) -> tuple[Line, ...]:
    """What stands on the public card: what was written for the date, or the draft if whoever leads it showed that."""
    if one.change.agenda:
        return tuple((line,) for line in one.change.agenda)
    return await draft(ctx, one) if one.change.drafted else ()


async def draft(ctx: Context, one: Occurrence) -> tuple[Line, ...]:
    """At most five lines of what the group has open, the date's own topic first."""
    return (*await _questions(ctx, one), *await _weak(ctx, one), *await _resources(ctx, one))[:5]


async def _questions(ctx: Context, one: Occurrence) -> Sequence[Line]:
    waiting = await ctx.unit.questions.unanswered(ctx.community.id, 50)
    first = sorted(waiting, key=lambda each: not _is_about(one, each.tags))[:2]
    return [(T("Question that waits:"), " ", bold(f"{each.name} "), each.title) for each in first]


async def _weak(ctx: Context, one: Occurrence) -> Sequence[Line]:
    topics = await ctx.unit.items.topics(ctx.community.id)
    results = await ctx.unit.quizzes.results(ctx.community.id, ctx.now - LATELY)
    share = weakness(topics, results)
    known_: dict[str, float] = {}
    for item, wrong in share.items():
        for topic in topics.get(item, ()) if item in results else ():
            known_[topic] = max(known_.get(topic, 0.0), wrong)
    worst = sorted(known_, key=lambda topic: (not _is_about(one, (topic,)), -known_[topic]))
    return [
        (T("Topic to practise: {topic} ({share} wrong)", topic=topic, share=Percent(known_[topic])),)
        for topic in worst
        if known_[topic] >= WEAK
    ][:1]


async def _resources(ctx: Context, one: Occurrence) -> Sequence[Line]:
    newest = await ctx.unit.library.page(ctx.community.id, Wish(), 0, 50)
    fresh = [each for each in newest if each.created_at > ctx.now - FRESH]
    first = sorted(fresh, key=lambda each: not _is_about(one, each.tags))[:2]
    return [(T("New in the library:"), " ", bold(f"{each.name} "), each.title) for each in first]


def _is_about(one: Occurrence, tags: Sequence[str]) -> bool:
    return one.topic.casefold() in (tag.casefold() for tag in tags)
