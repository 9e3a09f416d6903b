"""The limits of inline keyboards."""

from __future__ import annotations

from typing import Any

from tests.wire.telegram.errors import bad_request
from tests.wire.telegram.world import Json


def check_keyboard(keyboard: Json) -> None:
    """Raise what Telegram answers to an inline keyboard over its limits."""
    rows = keyboard.get("inline_keyboard")
    if rows is None:
        return
    if sum(len(row) for row in rows) > 100:
        raise bad_request("reply markup is too long")
    for row in rows:
        if len(row) > 8:
            raise bad_request("BUTTON_ROW_INVALID")
        for button in row:
            _check_button(button)


def _check_button(button: dict[str, Any]) -> None:
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    actions = [key for key in button if key not in ("text", "style", "icon_custom_emoji_id")]
    if len(actions) != 1:
        raise bad_request("text buttons are unallowed in the inline keyboard")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")
    if "url" in button and not button["url"].startswith(("http://", "https://", "tg://")):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    if button.get("style", "primary") not in ("danger", "success", "primary"):
        raise bad_request("BUTTON_STYLE_INVALID")
    if "copy_text" in button and not 1 <= len(button["copy_text"]["text"]) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
