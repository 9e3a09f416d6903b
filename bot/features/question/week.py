"""What the digest tells of questions: how many were solved and by whom, and which still wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.chat.text import Line, T, bold
from bot.context import Context
from bot.domain.question import State, Wish

MOST_READ = 100
"""Questions of a week that are looked at, the newest."""

MOST_WAITING = 3


@dataclass(frozen=True, slots=True)
class Solved:
    """How many questions were asked and how many of them are solved; `helpers` are whose answers did it, each once."""

    asked: int
    solved: int
    helpers: tuple[int, ...]


async def solved(ctx: Context, span: timedelta) -> Solved:
    """What became of the questions of that time."""
    newest = await ctx.unit.questions.page(ctx.community.id, Wish(), 0, MOST_READ)
    asked = [each for each in newest if each.asked_at > ctx.now - span]
    done = [each for each in asked if each.state is State.ANSWERED]
    helpers: dict[int, None] = {}
    for question in done:
        answers = await ctx.unit.questions.answers(question.community, question.id)
        helpers |= dict.fromkeys(each.author for each in answers if each.accepted)
    return Solved(len(asked), len(done), tuple(helpers))


def share(found: Solved) -> T:
    """How many of them were solved."""
    return T("{solved} of {n} question solved", "{solved} of {n} questions solved", n=found.asked, solved=found.solved)


async def waiting(ctx: Context) -> Sequence[Line]:
    """The longest waiting, a line each."""
    found = await ctx.unit.questions.unanswered(ctx.community.id, MOST_WAITING)
    return [(T("Waits for an answer:"), " ", bold(f"{each.name} "), each.title) for each in found]
