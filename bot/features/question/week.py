"""What the digest tells of questions: how many were solved and by whom, and which still wait."""

from collections.abc import Sequence
from datetime import timedelta

from bot.chat.text import Line, Listing, Name, T, bold
from bot.context import Context
from bot.domain.question import Question, State, Wish

MOST_READ = 100
"""Questions of a week that are looked at, the newest."""

MOST_WAITING = 3
MOST_NAMED = 8


async def lines(ctx: Context, span: timedelta) -> Sequence[Line]:
    """At most five lines: the solved ones, the helpers once each, the longest waiting."""
    scope = ctx.community.id
    newest = await ctx.unit.questions.page(scope, Wish(), 0, MOST_READ)
    asked = [each for each in newest if each.asked_at > ctx.now - span]
    solved = [each for each in asked if each.state is State.ANSWERED]
    told: list[Line] = []
    if asked:
        told.append((_solved(len(solved), len(asked)),))
    if names := await _helpers(ctx, solved):
        told.append((T("Thanks to {names}", names=Listing(names)),))
    waiting = await ctx.unit.questions.unanswered(scope, MOST_WAITING)
    return (*told, *((T("Waits for an answer:"), " ", bold(f"{each.name} "), each.title) for each in waiting))


async def _helpers(ctx: Context, solved: Sequence[Question]) -> tuple[Name, ...]:
    """Whose answers solved them, each once."""
    found: dict[int, None] = {}
    for question in solved:
        answers = await ctx.unit.questions.answers(question.community, question.id)
        found |= dict.fromkeys(each.author for each in answers if each.accepted)
    names = await ctx.unit.people.names(list(found)[:MOST_NAMED])
    return tuple(Name(names[person]) for person in found if person in names)


def _solved(solved: int, asked: int) -> T:
    return T("{solved} of {n} question solved", "{solved} of {n} questions solved", n=asked, solved=solved)
