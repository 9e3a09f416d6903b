"""What the kinds of contribution and the badges are called."""

from collections.abc import Mapping

from bot.chat.text import T
from bot.domain.badge import Badge
from bot.domain.points import Reason

KINDS: Mapping[Reason, T] = {
    Reason.QUIZ: T("Quizzes finished"),
    Reason.ROUND: T("Live rounds"),
    Reason.ITEM: T("Good questions written"),
    Reason.RESOURCE: T("Verified resources shared"),
    Reason.ANSWER: T("Answers that solved a question"),
    Reason.QUESTION: T("Questions that others wondered about too"),
    Reason.SESSION: T("Sessions led"),
    Reason.THANKS: T("Thanks from others"),
    Reason.FIRST: T("First contribution"),
}

BADGES: Mapping[Badge, T] = {
    Badge.FIRST: T("First contribution"),
    Badge.SOLVED: T("First answer that solved a question"),
    Badge.SOLVED_10: T("10 answers that solved a question"),
    Badge.SOLVED_50: T("50 answers that solved a question"),
    Badge.SHELF: T("5 verified resources shared"),
    Badge.AUTHOR: T("10 good questions written"),
    Badge.THANKED: T("25 thanks from others"),
    Badge.STREAK_7: T("7 quiz days in a row"),
    Badge.STREAK_30: T("30 quiz days in a row"),
    Badge.STREAK_100: T("100 quiz days in a row"),
    Badge.ALL_ROUND: T("A month with every kind of contribution"),
}
