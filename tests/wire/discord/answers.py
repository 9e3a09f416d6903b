"""REST operations that answer interactions: the callback, and the messages behind its token."""

from __future__ import annotations

from typing import Any

from tests.wire.discord import shapes
from tests.wire.discord.interactions import Interactions
from tests.wire.discord.rest import Call, Handler
from tests.wire.discord.state import Message, State
from tests.wire.truth import TruthLog

Answer = tuple[int, Any]
WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"


class Answers:
    """What a bot says to interactions."""

    def __init__(self, state: State, interactions: Interactions, truth: TruthLog) -> None:
        self.state, self.interactions, self.truth = state, interactions, truth

    def table(self) -> dict[str, Handler]:
        """Operation to handler."""
        originals, others = f"{WEBHOOK}/messages/@original", f"{WEBHOOK}/messages/{{message_id}}"
        return {
            "POST /interactions/{interaction_id}/{interaction_token}/callback": self.callback,
            f"POST {WEBHOOK}": self.follow_up,
            **{f"GET {path}": self.get_answer for path in (originals, others)},
            **{f"PATCH {path}": self.edit_answer for path in (originals, others)},
            **{f"DELETE {path}": self.delete_answer for path in (originals, others)},
        }

    def callback(self, call: Call) -> Answer:
        token = call.params["interaction_token"]
        answer = self.interactions.callback(call.id("interaction_id"), token, call.body, call.files)
        item = self.interactions.by_token[token]
        self.truth.record(
            "effect",
            call.operation,
            str(item.channel.id),
            f"call:{call.number}",
            interaction=str(item.id),
            kind=call.body["type"],
            person=str(item.person.id),
        )
        return (200, answer) if call.query.get("with_response") in {"1", "true", "True"} else (204, None)

    def follow_up(self, call: Call) -> Answer:
        message = self.interactions.follow_up(call.params["webhook_token"], call.body, call.files)
        self._note(call, message)
        return (200, shapes.message(self.state, message)) if call.query.get("wait") in {"1", "true"} else (204, None)

    def get_answer(self, call: Call) -> Answer:
        _, message = self.interactions.find(call.params["webhook_token"], self._answer_id(call))
        return 200, shapes.message(self.state, message)

    def edit_answer(self, call: Call) -> Answer:
        message = self.interactions.edit_by_token(
            call.params["webhook_token"], self._answer_id(call), call.body, call.files
        )
        self._note(call, message)
        return 200, shapes.message(self.state, message)

    def delete_answer(self, call: Call) -> Answer:
        _, message = self.interactions.find(call.params["webhook_token"], self._answer_id(call))
        message.deleted = True
        self._note(call, message)
        return 204, None

    def _note(self, call: Call, message: Message) -> None:
        item = self.interactions.by_token[call.params["webhook_token"]]
        self.truth.record(
            "effect",
            call.operation,
            str(message.channel_id),
            f"call:{call.number}",
            message=str(message.id),
            interaction=str(item.id),
            person=str(item.person.id),
        )

    @staticmethod
    def _answer_id(call: Call) -> int | None:
        return call.id("message_id") if "message_id" in call.params else None
