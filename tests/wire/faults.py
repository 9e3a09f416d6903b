"""Fault rules that a fake platform server asks, once for each call, what shall go wrong with it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Any


class Kind(StrEnum):
    """What can go wrong with one call, or with one delivery of an event."""

    DELAY = "delay"  # answer rightly after `seconds`
    RATE_LIMIT = "rate_limit"  # 429 with `retry_after`; see `scope`, `via`, `html`
    SERVER_ERROR = "server_error"  # `status` (500 unless told), `effect` says whether the work was done
    RESET_BEFORE_READ = "reset_before_read"  # the connection dies before the body was read: no effect
    RESET_AFTER_READ = "reset_after_read"  # it dies after the body was read; `effect`
    RESET_MID_RESPONSE = "reset_mid_response"  # it dies in the middle of the answer; `effect`
    TRUNCATED = "truncated"  # a complete HTTP answer whose JSON is cut; `effect`
    EMPTY = "empty"  # 200 without a body; `effect`
    HTML = "html"  # 200 with a page of a proxy instead of JSON; `effect`
    BLACKHOLE = "blackhole"  # never answers; `effect`
    SLOW_BYTES = "slow_bytes"  # the answer drips within `seconds`
    REFUSED = "refused"  # `status` (400 unless told) with `text`
    UNAUTHORISED = "unauthorised"  # 401
    DUPLICATE = "duplicate"  # deliver an event twice
    REORDER = "reorder"  # deliver an event after its successor
    DROP_ACK = "drop_ack"  # forget that the event was acknowledged: it comes again


DELIVERY = frozenset({Kind.DUPLICATE, Kind.REORDER, Kind.DROP_ACK})


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong; only the fields that its kind names are read."""

    kind: Kind
    seconds: float = 0.0
    retry_after: float | None = 1.0  # None: a 429 whose waiting time cannot be read
    status: int = 0
    effect: bool = False
    text: str = ""
    scope: str = "user"  # Discord: user, global or shared
    via: bool = True  # Discord: a 429 without a Via header comes from the edge, a ban
    html: bool = False
    code: int = 0  # Discord's JSON error code of a REFUSED
    parameters: Mapping[str, Any] = field(default_factory=dict)  # Telegram's `parameters` of a REFUSED


@dataclass(frozen=True, slots=True)
class Match:
    """Which calls a rule is about; every given part must fit."""

    method: str = "*"  # shell pattern: "sendMessage", "POST /channels/*/messages", "update:*"
    place: str | None = None  # the chat or channel id as text
    key: str | None = None  # a text that must occur in the call's body (a nonce, words of a message)
    nth: tuple[int, ...] = ()  # only these of the calls that fit otherwise, counted from 1
    probability: float = 1.0

    def fits(self, method: str, place: str | None, body: str) -> bool:
        """Everything but `nth` and `probability`."""
        return (
            fnmatchcase(method, self.method)
            and (self.place is None or self.place == place)
            and (self.key is None or self.key in body)
        )


@dataclass(slots=True)
class Rule:
    """A fault with the calls it is for, and how often it still happens (None: for ever)."""

    match: Match
    fault: Fault
    times: int | None = None
    number: int = 0
    seen: int = 0
    fired: int = 0


class Faults:
    """The rules of one server; chance comes from a seed, so that a run can be repeated."""

    def __init__(self, seed: int = 0) -> None:
        self.rules: list[Rule] = []
        self._chance = random.Random(seed)
        self._last = 0

    def __bool__(self) -> bool:
        return bool(self.rules)

    def add(self, fault: Fault, match: Match | None = None, times: int | None = None) -> Rule:
        """Put a rule behind those that stand; the first rule that fits wins."""
        self._last += 1
        rule = Rule(match or Match(), fault, times, self._last)
        self.rules.append(rule)
        return rule

    def remove(self, number: int) -> None:
        """Take the rule away; one that is gone already is no error."""
        self.rules = [rule for rule in self.rules if rule.number != number]

    def clear(self) -> None:
        """From now on nothing goes wrong."""
        self.rules.clear()

    def pick(
        self,
        method: str,
        place: str | None = None,
        body: str = "",
        *,
        delivery: bool = False,
    ) -> Rule | None:
        """The rule for this call (or, with `delivery`, for this event), counted as used; None: all is well."""
        for rule in self.rules:
            if (rule.fault.kind in DELIVERY) is delivery and self._fires(rule, method, place, body):
                rule.fired += 1
                return rule
        return None

    def _fires(self, rule: Rule, method: str, place: str | None, body: str) -> bool:
        if rule.times is not None and rule.fired >= rule.times:
            return False
        if not rule.match.fits(method, place, body):
            return False
        rule.seen += 1
        if rule.match.nth and rule.seen not in rule.match.nth:
            return False
        return rule.match.probability >= 1 or self._chance.random() < rule.match.probability


def rule_from_json(data: Mapping[str, Any]) -> tuple[Fault, Match, int | None]:
    """`{"fault": {...}, "match": {...}, "times": 1}` as the control API receives it; raises TypeError or ValueError."""
    fault = dict(data["fault"])
    match = dict(data.get("match", {}))
    match["nth"] = tuple(match.get("nth", ()))
    return (
        Fault(**{**fault, "kind": Kind(fault["kind"])}),
        Match(**match),
        data.get("times"),
    )


def rules_as_json(rules: Iterable[Rule]) -> list[dict[str, Any]]:
    """The rules with their counters, for the control API."""
    return [asdict(rule) for rule in rules]
