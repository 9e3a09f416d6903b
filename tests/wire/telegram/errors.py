"""What the Bot API answers when it refuses a call."""

from __future__ import annotations

from typing import Any


class ApiError(Exception):
    """An answer with `ok: false`; `description` reads as Telegram's own."""

    def __init__(self, status: int, description: str, **parameters: Any) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


def bad_request(text: str, **parameters: Any) -> ApiError:
    """400: the call itself is wrong, or its object is gone."""
    return ApiError(400, f"Bad Request: {text}", **parameters)


def forbidden(text: str) -> ApiError:
    """403: the bot was thrown out, blocked, or never invited."""
    return ApiError(403, f"Forbidden: {text}")


def too_many(retry_after: float | None) -> ApiError:
    """429: come back after that many seconds (rounded up as Telegram does); None leaves the time out."""
    if retry_after is None:
        return ApiError(429, "Too Many Requests")
    seconds = max(1, -int(-retry_after // 1))
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
