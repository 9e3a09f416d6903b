"""Questions among what can be searched for."""

from collections.abc import Mapping, Sequence

from bot.chat.text import Line, T, bold
from bot.command import Finding
from bot.context import Context
from bot.domain.question import Question
from bot.domain.search import Entry
from bot.features.question import page

FOUND_AS = "question"


async def index(ctx: Context, question: Question) -> None:
    """Let it be found by its words, by those of its accepted answers, and by how it stands now.

    Who asked anonymously is found by no name.
    """
    answers = await ctx.unit.questions.answers(question.community, question.id)
    names = await ctx.unit.people.names([question.author] if question.author else [])
    body = "\n".join((question.text, *(each.text for each in answers if each.accepted)))
    entry = Entry(
        question.community,
        FOUND_AS,
        question.id,
        question.title,
        body,
        question.tags,
        question.asked_at,
        names.get(question.author, ""),
        (question.state,),
    )
    await ctx.unit.searches.put(entry)


async def lines(ctx: Context, found: Sequence[Question]) -> tuple[Line, ...]:
    """A line for each: name, first words, how it stands, how many answers."""
    counts = await ctx.unit.questions.counts(ctx.community.id, [each.id for each in found])
    return tuple(
        (
            bold(f"{each.name} "),
            each.title,
            " · ",
            page.state_of(each),
            " · ",
            T("{n} answer", "{n} answers", n=counts[each.id].answers),
        )
        for each in found
    )


async def _found(ctx: Context, numbers: Sequence[int]) -> Mapping[int, Line]:
    some = await ctx.unit.questions.some(ctx.community.id, numbers)
    return {each.id: line for each, line in zip(some, await lines(ctx, some), strict=True)}


FINDING = Finding(FOUND_AS, T("Question asked"), _found, page.show, ("pertanyaan", "tanya"))
