"""Discord's own OpenAPI document as compiled validators, one for each operation's request and response."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, cast

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from jsonschema.exceptions import best_match  # type: ignore[import-untyped]

from tests.wire.discord.state import Value

DOCUMENT = cast(dict[str, Any], json.loads(Path(__file__).with_name("openapi.json").read_text(encoding="utf-8")))
OPERATIONS: dict[str, dict[str, Any]] = DOCUMENT["operations"]


@cache
def _validator(operation: str, part: str) -> Draft202012Validator | None:
    node: Any = OPERATIONS[operation]
    for step in part.split("."):
        node = node.get(step)
        if node is None:
            return None
    return Draft202012Validator({"components": DOCUMENT["components"], **node})


def request_problem(operation: str, body: Value) -> str | None:
    """What the specification has against this request body; None: nothing."""
    return _problem(_validator(operation, "request"), body)


def response_problem(operation: str, status: int, body: Value) -> str | None:
    """What the specification has against this answer of ours; None: nothing."""
    if str(status) not in OPERATIONS[operation]["responses"]:
        return f"{operation} never answers {status}"
    return _problem(_validator(operation, f"responses.{status}"), body)


def _problem(validator: Draft202012Validator | None, body: Value) -> str | None:
    if validator is None:
        return None if body is None else "no body expected"
    if validator.is_valid(body):
        return None
    error = best_match(validator.iter_errors(body))
    if error is None:
        return None
    return f"{'.'.join(str(step) for step in error.absolute_path) or 'body'}: {error.message[:300]}"
