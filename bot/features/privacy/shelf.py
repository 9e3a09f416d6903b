"""What is stored of somebody, in words: the kinds as they are told, and a name for each table with what it says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.chat.text import T
from bot.domain.privacy import Kind

KINDS: Mapping[Kind, T] = {
    Kind.ACCOUNT: T("your number and name on this platform, your language, which groups you are in and since when"),
    Kind.LEARNING: T("your quiz answers, what you practise, and when it is due again"),
    Kind.POINTS: T("your points and what each was for, thanks, badges, your buddy"),
    Kind.BANK: T("questions and pictures that you gave, for half an hour what you are writing, your last search"),
    Kind.QUESTION: T("what you ask the group and answer, whose a question without a name is, your topics as a helper"),
    Kind.LIBRARY: T("what you shared, or others saved of your messages; your votes, bookmarks and reports"),
    Kind.GROUP: T("suggestions, needs and offers, introductions, and your turns with the group's duties"),
    Kind.SESSION: T("which sessions you said to come to, came to and lead, your reminders and calendar addresses"),
    Kind.MODERATION: T("warnings, reports that you made, messages that waited for a moderator, rules that you read"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shelf:
    """One table: what it is called, when a row was made, and which of a row's parts (or its body's) say something."""

    label: T
    parts: tuple[str, ...] = ()
    at: str = "at"


SHELVES: Mapping[str, Shelf] = {
    "person": Shelf(T("You"), ("name", "handle", "language")),
    "account": Shelf(T("Accounts"), ("platform", "id")),
    "member": Shelf(T("Groups"), ("streak", "best_streak"), "since"),
    "newcomer": Shelf(T("When you came in")),
    "answer": Shelf(T("Quiz answers"), ("response",)),
    "player": Shelf(T("Live rounds")),
    "practice": Shelf(T("Practice rounds"), ("number",), ""),
    "recall": Shelf(T("Questions to practise"), ("item_id",), "due_at"),
    "vote": Shelf(T("Votes in polls"), ("name", "options")),
    "entry": Shelf(T("Points, one by one"), ("amount", "reason", "note")),
    "total": Shelf(T("Sums of points"), ("month", "reason", "points"), ""),
    "badge": Shelf(T("Badges"), ("badge",)),
    "pair": Shelf(T("Buddies"), ("length", "best")),
    "thanks": Shelf(T("Thanks given and got")),
    "recognition": Shelf(T("Recognised as a helper"), ("month",), ""),
    "item": Shelf(T("Quiz questions you gave"), ("id", "texts", "source"), "created_at"),
    "draft": Shelf(T("What you are writing"), ("words", "items"), "expires_at"),
    "search_last": Shelf(T("Your last search"), ("words",), ""),
    "question": Shelf(T("Questions you asked"), ("id", "text"), "asked_at"),
    "question_owner": Shelf(T("Which questions are yours"), ("question_id",)),
    "question_answer": Shelf(T("Answers you gave"), ("question_id", "text")),
    "question_vote": Shelf(T("Answers you found useful"), ("question_id", "answer")),
    "question_mute": Shelf(T("No anonymous questions until"), (), "until"),
    "helper": Shelf(T("Topics you help with"), ("topic",), ""),
    "helper_call": Shelf(T("Questions you were asked about"), ("question_id",)),
    "faq": Shelf(T("Answers of yours that became entries"), ("names", "text")),
    "resource": Shelf(T("Resources you shared"), ("id", "title", "url", "note")),
    "resource_mark": Shelf(T("Votes, bookmarks and reports"), ("resource_id", "kind", "note")),
    "suggestion": Shelf(T("Suggestions"), ("id", "text")),
    "suggestion_owner": Shelf(T("Which suggestions are yours"), ("suggestion_id",)),
    "suggestion_vote": Shelf(T("Suggestions you support"), ("suggestion_id",)),
    "slip": Shelf(T("Needs and offers"), ("side", "text")),
    "meeting": Shelf(T("Introductions"), (), ""),
    "rota_helper": Shelf(T("Taking turns"), (), ""),
    "rota_turn": Shelf(T("Your turns"), ("duty", "state"), ""),
    "rota_reply": Shelf(T("What you said to turns"), ("duty", "reply"), ""),
    "session_reply": Shelf(T("What you said to sessions"), ("session_id", "answer"), "since"),
    "session_presence": Shelf(T("Sessions at which you were"), ("session_id", "way", "parting")),
    "session_host": Shelf(T("Leading sessions in turn"), ("topics",), ""),
    "session_turn": Shelf(T("Your turns to lead"), ("session_id", "state")),
    "session_lead": Shelf(T("Your reminders"), ("leads",), ""),
    "focus_member": Shelf(T("Focus timers"), ("focus_id", "seconds"), "joined_at"),
    "sanction": Shelf(T("Warnings and what followed"), ("kind", "reason", "plea")),
    "record": Shelf(T("What you did as a moderator"), ("deed", "note")),
    "report_voice": Shelf(T("Messages you reported"), ("reason",)),
    "held": Shelf(T("Messages that waited"), ("words",), "since"),
    "knock": Shelf(T("Asking to be let in"), ("question", "answer")),
    "rules_reader": Shelf(T("Rules you read"), ("version",)),
}


def parts(row: Mapping[str, Any], shelf: Shelf) -> Sequence[str]:
    """What a row says, part by part, without those that are empty."""
    inner = row.get("body")
    body = inner if isinstance(inner, dict) else {}
    found = (_words(row.get(name, body.get(name))) for name in shelf.parts)
    return [words for words in found if words]


def _words(value: Any) -> str:
    match value:
        case None | bool():
            return ""
        case dict():
            return " / ".join(filter(None, map(_words, value.values())))
        case list():
            return ", ".join(filter(None, map(_words, value)))
        case _:
            return str(value)
