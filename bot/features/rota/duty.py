"""What the duties of a week are called and what there is to do."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.chat.text import T, code
from bot.domain.community import MODERATOR, Community


@dataclass(frozen=True, slots=True)
class Known:
    """A duty that every group knows: its name, and how it is done in a sentence."""

    name: T
    how: T


KNOWN: Mapping[int, Known] = {
    MODERATOR: Known(
        T("Moderator of the week"),
        T("You are the one to turn to: have a look once a day, and ask the others where you need them."),
    ),
    1: Known(T("Welcome newcomers"), T("Say hello to whoever is new, and show them {command}.", command=code("/help"))),
    2: Known(
        T("Look after open questions"),
        T(
            "{command} shows what waits. Answer one, or ask somebody who may know.",
            command=code("/questions open"),
        ),
    ),
    3: Known(
        T("Check links"),
        T("Open a few of the newest in {command}, and report what no longer works.", command=code("/resources")),
    ),
    4: Known(T("Bring a question for the quiz"), T("One is enough: {command}", command=code("/quizbank add"))),
    5: Known(T("Sum up the week"), T("Two or three sentences for the group: what did you learn together?")),
}


def name_of(community: Community, number: int) -> T | str:
    """What it is called; one that the group took off its list has no name any more."""
    if number in KNOWN:
        return KNOWN[number].name
    return next((duty.words for duty in community.rota.duties if duty.number == number), T("A small duty"))
