"""Whatever somebody writes can be shown: on the page, in the terminal, in both kinds of chat."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from hypothesis import given

from adapters.playground import view
from adapters.playground.adapter import Playground
from adapters.playground.cast import DISCORD, TELEGRAM
from adapters.playground.habits import DISCORD_LIKE, TELEGRAM_LIKE, Habits
from adapters.playground.plain import plain
from adapters.playground.terminal import run_terminal
from bot.chat.fit import fit
from bot.chat.message import Button, Code, Message, Paragraph, Quote, Tone, say
from bot.chat.press import Press
from bot.chat.text import Run, Style
from bot.speech import Speech
from tests.adapters.playground.parlour import BUDI, CITRA, MONDAY
from tests.bot.chat.test_fit import MESSAGES
from tests.bot.nasty import bad_inputs

BAD = bad_inputs("name", "command", "callback")


def name(press: Press) -> str:
    """A payload that shows which press it is."""
    return f"{press.action}:{press.scope}"


@pytest.mark.parametrize("habits", [TELEGRAM_LIKE, DISCORD_LIKE], ids=["telegram", "discord"])
@given(message=MESSAGES)
def test_every_message_becomes_pages_within_the_limits_that_a_page_can_read(habits: Habits, message: Message) -> None:
    for page in fit(Speech("en").message(message), habits.profile):
        assert len(plain(page)) <= habits.profile.text
        assert all(len(row) <= habits.profile.per_row for row in page.rows)
        sent = json.dumps(view.page(page, name))
        sent.encode("ascii")
        assert len(json.loads(sent)["blocks"]) == len(page.blocks)


def test_styles_links_and_moments_keep_their_shape() -> None:
    runs = (
        Run("a", Style.BOLD | Style.CODE),
        Run("b", url="https://example.org/"),
        Run("c", moment=MONDAY),
        Run("d", mention=CITRA),
    )
    shown = view.page(Message((Paragraph(runs), Quote((Run("q"),)), Code("x = 1"))), name)
    assert shown["blocks"] == [
        {
            "kind": "paragraph",
            "runs": [
                {"text": "a", "styles": ["bold", "code"]},
                {"text": "b", "url": "https://example.org/"},
                {"text": "c", "moment": "2026-11-23T01:00:00+00:00"},
                {"text": "d", "mention": "citra"},
            ],
        },
        {"kind": "quote", "runs": [{"text": "q"}]},
        {"kind": "code", "text": "x = 1"},
    ]


def test_a_button_carries_either_its_payload_or_its_address() -> None:
    row = (
        Button("Go", Press("go", 7), tone=Tone.DANGER),
        Button("Read", url="https://example.org/"),
        Button("On", Press("on", 1), pick=True),
    )
    assert view.page(say("x", rows=(row,)), name)["rows"] == [
        [
            {"label": "Go", "tone": "danger", "pick": False, "data": "go:7"},
            {"label": "Read", "tone": "plain", "pick": False, "url": "https://example.org/"},
            {"label": "On", "tone": "plain", "pick": True, "data": "on:1"},
        ]
    ]


@pytest.mark.parametrize("text", [text for _, text in BAD], ids=[number for number, _ in BAD])
async def test_bad_words_and_names_harm_nobody(playground: Playground, text: str) -> None:
    playground.cast_as(replace(playground.actor(BUDI), name=text))
    for place in (TELEGRAM, DISCORD):
        await playground.say(BUDI, place, text or " ")
        await playground.run(BUDI, place, "shout", {"words": text or " "})
    await playground.settle()
    entries = list(playground.transcript)
    assert not any("E-" in plain(page) and "broke" in plain(page) for entry in entries for page in entry.pages)
    for entry in entries:
        json.dumps(view.entry(entry, playground.app.sign)).encode("ascii")
    shown: list[str] = []

    async def lines() -> AsyncIterator[str]:
        yield f"as {CITRA.id}\n"

    await run_terminal(playground, None, "en", lines=lines(), tell=shown.append)
    "\n".join(shown).encode("utf-8")
    assert "\x1b" not in "".join(shown)
