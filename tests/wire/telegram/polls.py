"""Polls on the fake platform: what may be sent, who may vote, and what the bot is told of it."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass

from tests.wire.telegram.errors import bad_request
from tests.wire.telegram.keyboard import check_keyboard
from tests.wire.telegram.messages import Messages
from tests.wire.telegram.updates import Updates
from tests.wire.telegram.world import CHANNEL_BOT, Json, Person, Poll, World

QUESTION, OPTION, EXPLANATION, LINE_FEEDS = 300, 100, 200, 2
MOST_OPTIONS = 12
SHORTEST, LONGEST = 5, 2_628_000  # seconds that a poll may be open

# TDLib's clean_input_string and strip_empty_characters.
_DROPPED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_SPACED = re.compile("[\x00-\x09\x0b\x0c\x0e-\x20]")
_BLANK = re.compile(
    "[ \n\u00a0\u1680\u180e\u2000-\u200f\u202e\u202f\u205f\u2800\u3000\ufeff\ufffc\U000e0000-\U000e007f]*"
)


@dataclass(slots=True)
class Polls:
    """sendPoll, stopPoll and votes."""

    world: World
    messages: Messages
    updates: Updates
    last: int = 5_300_000_000_000_000_000

    def send(self, call: Json) -> Json:
        """sendPoll with the limits of polls."""
        self._check_time(call)
        if not call.get("is_anonymous", True) and self.messages.find_chat(call).kind == "channel":
            raise bad_request("non-anonymous polls can't be sent to channel chats")
        shown: Json = {
            "id": str(self.last + 1),
            "question": _read(call["question"], QUESTION, "poll question"),
            "options": _options(call["options"]),
            "total_voter_count": 0,
            "is_closed": call.get("is_closed", False),
            "is_anonymous": call.get("is_anonymous", True),
            "type": call.get("type", "regular"),
            "allows_multiple_answers": call.get("allows_multiple_answers", False),
            "allows_revoting": call.get("allows_revoting", call.get("type") != "quiz"),
            "members_only": call.get("members_only", False),
            **_solution(call),
        }
        message = self.messages.post(call, {"poll": shown})
        self.last += 1
        self.world.polls[shown["id"]] = Poll(shown)
        return message

    @staticmethod
    def _check_time(call: Json) -> None:
        if "open_period" in call and "close_date" in call:
            raise bad_request("open_period and close_date can't be used together")
        if not SHORTEST <= call.get("open_period", SHORTEST) <= LONGEST:
            raise bad_request("wrong open_period specified")

    def stop(self, call: Json) -> Json:
        """stopPoll returns the final poll."""
        chat = self.messages.find_chat(call)
        message = chat.messages.get(call["message_id"])
        if message is None:
            raise bad_request("message with poll to stop not found")
        if "poll" not in message:
            raise bad_request("message is not a poll")
        if message["from"]["id"] != self.world.bot.id or "forward_origin" in message:
            raise bad_request("poll can't be stopped")
        shown: Json = message["poll"]
        if shown["is_closed"]:
            raise bad_request("poll has already been closed")
        keyboard = call.get("reply_markup")
        if keyboard:
            check_keyboard(keyboard)
        shown["is_closed"] = True
        message.pop("reply_markup", None)
        if keyboard:
            message["reply_markup"] = keyboard
        self._tell(shown)
        return shown

    def vote(
        self, person: Person, poll_id: str, options: list[int], *, channel: Json | None = None, force: bool = False
    ) -> None:
        """Vote; no options take the vote back. `channel` votes in its name; `force` may change a vote that stands.

        Raises ValueError where Telegram's app would not let the person do it.
        """
        poll = self.world.polls[poll_id]
        voter = channel["id"] if channel else person.id
        if not force:
            _check_vote(poll, voter, options)
        if options:
            poll.votes[voter] = sorted(options)
        else:
            poll.votes.pop(voter, None)
        for at, option in enumerate(poll.shown["options"]):
            option["voter_count"] = sum(at in chosen for chosen in poll.votes.values())
        poll.shown["total_voter_count"] = len(poll.votes)
        if not poll.shown["is_anonymous"]:
            self.updates.emit("poll_answer", self._answer(poll, person, options, channel), poll_id)
        self._tell(poll.shown)

    @staticmethod
    def _answer(poll: Poll, person: Person, options: list[int], channel: Json | None) -> Json:
        known = {at: option["persistent_id"] for at, option in enumerate(poll.shown["options"])}
        ghost = Person(CHANNEL_BOT, "Channel", "Channel_Bot", is_bot=True)
        answer: Json = {
            "poll_id": poll.shown["id"],
            "user": (ghost if channel else person).as_user(),  # the ghost is there for older bots
            "option_ids": options,
            "option_persistent_ids": [known[at] for at in options if at in known],
        }
        return {**answer, "voter_chat": channel} if channel else answer

    def _tell(self, shown: Json) -> None:
        self.updates.emit("poll", deepcopy(shown), shown["id"])


def _check_vote(poll: Poll, voter: int, options: list[int]) -> None:
    shown = poll.shown
    if shown["is_closed"]:
        raise ValueError("the poll is closed")
    if len(options) > 1 and not shown["allows_multiple_answers"]:
        raise ValueError("the poll takes one answer")
    if not set(options) <= set(range(len(shown["options"]))):
        raise ValueError("no such option")
    if not shown["allows_revoting"] and (voter in poll.votes or not options):
        raise ValueError("a vote in this poll is final")


def _options(given: list[Json]) -> list[Json]:
    if not given:
        raise bad_request("poll must have at least 1 option")
    if len(given) > MOST_OPTIONS:
        raise bad_request(f"poll can't have more than {MOST_OPTIONS} options")
    texts = [_read(option["text"], OPTION, "poll options") for option in given]
    return [{"persistent_id": f"o{at}", "text": text, "voter_count": 0} for at, text in enumerate(texts)]


def _solution(call: Json) -> Json:
    kind = call.get("type", "regular")
    if kind not in ("quiz", "regular"):
        raise bad_request("unsupported poll type specified")
    if kind == "regular":
        return {}
    right = call.get("correct_option_ids") or []
    if not right or not set(right) <= set(range(len(call["options"]))) or right != sorted(set(right)):
        raise bad_request("wrong correct option IDs specified")
    if len(right) > 1 and not call.get("allows_multiple_answers"):
        raise bad_request("QUIZ_CORRECT_ANSWERS_TOO_MUCH")
    explanation = _cleaned(call.get("explanation", ""))
    if len(explanation) > EXPLANATION or explanation.count("\n") > LINE_FEEDS:
        raise bad_request("MESSAGE_TOO_LONG")
    return {"correct_option_ids": right, **({"explanation": explanation} if explanation else {})}


def _read(text: str, most: int, what: str) -> str:
    cleaned = _cleaned(text)
    if _BLANK.fullmatch(cleaned):
        raise bad_request(f"{what} must be non-empty")
    if len(cleaned) > most:
        raise bad_request(f"{what} length must not exceed {most}")
    return cleaned


def _cleaned(text: str) -> str:
    return _SPACED.sub(" ", _DROPPED.sub("", text)).strip(" \n")
