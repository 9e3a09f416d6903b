"""The same conversation with a keyboard and plain lines."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from adapters.playground.adapter import Playground
from adapters.playground.clock import Turning
from adapters.playground.terminal import read_lines, run_terminal
from bot.chat.act import Lock, Pin
from bot.chat.events import Mark
from bot.chat.places import Ref
from tests.adapters.playground.parlour import BUDI, DISCORD, MONDAY, TELEGRAM


async def play(playground: Playground, *typed: str, turning: bool = True) -> str:
    """What the terminal shows while these lines are typed, without the help at the start."""
    shown: list[str] = []

    async def lines() -> AsyncIterator[str]:
        shown.clear()
        for line in typed:
            yield line + "\n"

    clock = playground.clock if turning and isinstance(playground.clock, Turning) else None
    await run_terminal(playground, clock, "en", lines=lines(), tell=shown.append)
    return "\n".join(shown)


async def test_a_command_is_answered_and_its_button_pressed_by_number(playground: Playground) -> None:
    shown = await play(playground, "/hello", "1")
    assert "Bareng  (telegram · Mon, 23 Nov at 08:00 WIB · Only you see this)\n  Hello.\n  [1] Turn" in shown
    assert shown.endswith("· edited)\n  Turned over.\n  [1] Wink")


async def test_an_alert_is_shown_to_the_one_who_pressed(playground: Playground) -> None:
    assert "⟦ You winked at 1. ⟧" in await play(playground, "/serve", "as citra", "1")


async def test_another_person_comes_in_and_sees_what_stands_there(playground: Playground) -> None:
    shown = await play(playground, "good morning", "as Budi")
    assert "— Budi (moderator) @ telegram —\nAni  (telegram · Mon, 23 Nov at 08:00 WIB)\n  good morning" in shown


async def test_the_other_chats_only_knock(playground: Playground) -> None:
    shown = await play(playground, "/serve")
    assert "(There is something new in discord.)" in shown
    assert "(discord ·" not in shown


async def test_the_private_chat_follows_the_person(playground: Playground) -> None:
    shown = await play(playground, "in private", "/hello", "as budi")
    assert shown.endswith("— Budi (moderator) @ private —")
    assert "Ani  (private · Mon, 23 Nov at 08:00 WIB)\n  /hello" in shown


async def test_thanks_pins_and_a_lock_are_told(playground: Playground) -> None:
    await playground.say(BUDI, TELEGRAM, "Exam on Monday\nRoom 12")
    entry = next(iter(playground.transcript))
    await playground.react(BUDI, entry.id, on=True, mark=Mark.THANKS)
    assert "Budi  (telegram · Mon, 23 Nov at 08:00 WIB · 🙏 1)" in await play(playground, "as citra")
    await playground.act(TELEGRAM, Pin(Ref(TELEGRAM, entry.id)), "p")
    await playground.act(TELEGRAM, Lock(), "l")
    shown = await play(playground, "as citra", "hello?")
    told = "— Citra (member) @ telegram —\nOnly moderators can write here\nPinned messages: Exam on Monday Room 12\n"
    assert told in shown
    assert shown.endswith("⟦ Nothing goes through: only moderators can write here now. ⟧")
    shown = await play(playground, "as citra", "in private")
    assert "Pinned" not in shown.partition("@ private")[2]


async def test_the_newest_message_is_replied_to_and_a_mark_is_told(playground: Playground) -> None:
    shown = await play(playground, "older", "useful", "as budi", "re /scan")
    assert "Ani  (telegram · Mon, 23 Nov at 08:00 WIB · Bareng has noted it)\n  useful" in shown
    assert "noted it)\n  older" not in shown
    assert "\n  re\n" in await play(playground, "in private", "re"), "there is nothing to reply to"


async def test_a_form_is_asked_line_by_line(playground: Playground) -> None:
    shown = await play(playground, "in discord", "/brew cup", "green", "with care")
    assert "┌ /brew cup\n│ Which leaf (required) green=Green black=Black\n│ How to brew it (required)" in shown
    assert shown.endswith("  A cup of green, with care.")


async def test_lines_end_with_an_empty_one(playground: Playground) -> None:
    shown = await play(playground, "in discord", "/list", "milk", "honey", "", "thanks")
    assert "an empty line ends it" in shown
    assert "  milk and honey" in shown
    assert shown.endswith("  thanks")


async def test_the_clock_turns_by_a_length_or_to_a_moment(playground: Playground) -> None:
    shown = await play(playground, "clock +1h", "clock monday", "clock", "clock yesterday")
    assert "It is Mon, 23 Nov at 09:00 WIB." in shown
    assert shown.count("It is Mon, 23 Nov at 19:00 WIB.") == 2


async def test_too_long_a_jump_is_not_taken(playground: Playground) -> None:
    await play(playground, "clock +52w")
    assert playground.clock() == MONDAY


async def test_where_nobody_may_turn_the_clock_it_is_only_read(playground: Playground) -> None:
    assert "It is Mon, 23 Nov at 08:00 WIB." in await play(playground, "clock +1h", turning=False)


@pytest.mark.parametrize("line", ["99", "as nobody", "in nowhere", "?"])
async def test_what_makes_no_sense_is_answered_kindly(playground: Playground, line: str) -> None:
    shown = await play(playground, line)
    assert "There is no button with that number." in shown or "You are in a study group." in shown


async def test_an_empty_line_does_nothing_and_quit_ends(playground: Playground) -> None:
    assert await play(playground, "", "quit", "never said") == ""
    assert not list(playground.transcript)


async def test_nobodys_words_move_the_cursor(playground: Playground) -> None:
    await playground.say(BUDI, TELEGRAM, "\x1b[2J\x9b31mgone\r\x07")
    shown = await play(playground, "in telegram")
    assert "�[2J�31mgone��" in shown
    assert not any(char in shown for char in "\x1b\x9b\r\x07")


async def test_what_comes_by_itself_is_shown_at_once(playground: Playground) -> None:
    going, seen = asyncio.Event(), asyncio.Event()

    async def lines() -> AsyncIterator[str]:
        going.set()
        await seen.wait()
        yield "quit\n"

    def tell(line: str) -> None:
        if "surprise" in line:
            seen.set()

    playing = asyncio.create_task(run_terminal(playground, None, "en", lines=lines(), tell=tell))
    await going.wait()
    await playground.say(BUDI, DISCORD, "elsewhere")
    await playground.say(BUDI, TELEGRAM, "surprise")
    await asyncio.wait_for(playing, 5)


async def test_the_keyboard_is_read_until_it_ends(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], playground: Playground
) -> None:
    monkeypatch.setattr("sys.stdin", iter(["hello\n", "again\n"]))
    assert [line async for line in read_lines()] == ["hello\n", "again\n"]
    monkeypatch.setattr("sys.stdin", iter(["hi there\n"]))
    await run_terminal(playground, None, "en")
    assert "  hi there" in capsys.readouterr().out
