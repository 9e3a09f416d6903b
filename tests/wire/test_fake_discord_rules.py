"""The fake Discord's rules about messages, commands and modals that no specification says."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from tests.wire.discord.schema import request_problem
from tests.wire.discord.state import NEWS
from tests.wire.discord.validation import command_problems, message_problems, modal_problems

SEND = "POST /channels/{channel_id}/messages"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"content": "x" * 2001}, "2000"),
        ({"content": "x", "flags": 64}, "EPHEMERAL"),
        ({"embeds": [{"description": "x" * 4000}, {"description": "x" * 2001}]}, "6000"),
        ({"embeds": [{"title": "x" * 257}]}, "title"),
        (
            {
                "content": "x",
                "components": [{"type": 1, "components": [{"type": 2, "style": 1, "custom_id": "a"}]}] * 6,
            },
            "rows",
        ),
        ({"content": "x", "components": [{"type": 10, "content": "x"}]}, "V2"),
        ({"content": "x", "flags": 1 << 15, "components": [{"type": 10, "content": "x"}]}, "content: cannot"),
        ({"flags": 1 << 15, "components": [{"type": 10, "content": "x"}] * 41}, "40"),
        ({"flags": 1 << 15, "components": [{"type": 10, "content": "x" * 2001}] * 2}, "4000"),
        ({"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}}, "exclusive"),
        (
            {"components": [{"type": 1, "components": [{"type": 2, "style": 1, "custom_id": "a", "label": "a"}]}]},
            "empty",
        ),
        (
            {
                "content": "x",
                "components": [
                    {
                        "type": 1,
                        "components": [
                            {"type": 2, "style": 1, "custom_id": "a", "label": "a"},
                            {"type": 2, "style": 1, "custom_id": "a", "label": "b"},
                        ],
                    }
                ],
            },
            "duplicated",
        ),
        (
            {
                "content": "x",
                "components": [
                    {
                        "type": 1,
                        "components": [
                            {"type": 3, "custom_id": "a", "options": [{"label": "a", "value": "a"}]},
                            {"type": 2, "style": 1, "custom_id": "b", "label": "b"},
                        ],
                    }
                ],
            },
            "alone",
        ),
        (
            {
                "content": "x",
                "components": [{"type": 1, "components": [{"type": 2, "style": 5, "label": "x", "url": "tg://x"}]}],
            },
            "Scheme",
        ),
    ],
)
def test_rules_of_messages_that_the_specification_cannot_say(body: dict[str, Any], words: str) -> None:
    assert any(words in problem for problem in message_problems(body, interaction=False))


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ({"name": "Big", "description": "x"}, "invalid"),
        ({"name": "two words", "description": "x"}, "invalid"),
        ({"name": "x"}, "description"),
        (
            {
                "name": "x",
                "description": "x",
                "options": [
                    {"type": 3, "name": "a", "description": "x"},
                    {"type": 3, "name": "b", "description": "x", "required": True},
                ],
            },
            "Required",
        ),
        (
            {
                "name": "x",
                "description": "x",
                "options": [
                    {
                        "type": 3,
                        "name": "a",
                        "description": "x",
                        "autocomplete": True,
                        "choices": [{"name": "a", "value": "a"}],
                    },
                ],
            },
            "autocomplete",
        ),
        (
            {
                "name": "x",
                "description": "x",
                "options": [
                    {
                        "type": 3,
                        "name": f"a{n}",
                        "description": "x" * 100,
                        "choices": [{"name": "n" * 50 + str(c), "value": "v" * 50 + str(c)} for c in range(20)],
                    }
                    for n in range(4)
                ],
            },
            "8000",
        ),
        (
            {
                "name": "x",
                "description": "x",
                "options": [
                    {"type": 1, "name": "a", "description": "x"},
                    {"type": 3, "name": "b", "description": "x"},
                ],
            },
            "mix",
        ),
    ],
)
def test_rules_of_commands_that_the_specification_cannot_say(command: dict[str, Any], words: str) -> None:
    assert any(words in problem for problem in command_problems([command]))


def test_the_specification_refuses_a_custom_id_of_101_characters_and_a_label_of_81() -> None:
    def row(**button: Any) -> dict[str, Any]:
        return {"content": "x", "components": [{"type": 1, "components": [{"type": 2, "style": 1, **button}]}]}

    assert request_problem(SEND, row(custom_id="x" * 100, label="x" * 80)) is None
    assert request_problem(SEND, row(custom_id="x" * 101, label="x"))
    assert request_problem(SEND, row(custom_id="x", label="x" * 81))


def test_a_modal_with_two_equal_fields_is_wrong() -> None:
    label = {"type": 18, "label": "x", "component": {"type": 4, "custom_id": "a", "style": 1}}
    assert modal_problems({"components": [label]}) == []
    assert modal_problems({"components": [label, label]})


def test_news_channels_have_their_own_type() -> None:
    assert discord.ChannelType.news.value == NEWS
