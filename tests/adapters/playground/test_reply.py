"""Replying in the playground: what the command is about, and what nobody can reply to."""

import pytest

from adapters.playground import view
from adapters.playground.adapter import Playground
from adapters.playground.cast import CAST
from adapters.playground.plain import plain
from adapters.playground.transcript import Alert, Entry
from bot.chat.events import Quoted
from bot.chat.file import Document
from bot.chat.places import Place, Ref
from tests.adapters.about import KEPT
from tests.adapters.playground.parlour import ANI, BUDI, CITRA, DISCORD, TELEGRAM, sees


@pytest.fixture(autouse=True)
def _forget() -> None:
    KEPT.clear()


def last(playground: Playground, place: Place) -> Entry:
    return [entry for entry in playground.transcript if entry.place == place][-1]


@pytest.mark.parametrize("place", [TELEGRAM, DISCORD])
async def test_a_command_is_about_the_message_replied_to(playground: Playground, place: Place) -> None:
    await playground.say(CITRA, place, "see https://x.example", file=Document("a.pdf", b"%PDF", "application/pdf"))
    said = last(playground, place)
    await playground.say(BUDI, place, "/keep maths", reply=said.id)
    await playground.settle()
    ref, quoted, topic = KEPT[0]
    assert (ref, topic) == (Ref(place, said.id), "maths")
    assert quoted is not None
    assert (quoted.text, quoted.account, quoted.name) == ("see https://x.example", CITRA, "Citra")
    assert quoted.file is not None
    assert (quoted.file.name, await playground.fetch(quoted.file, 100)) == ("a.pdf", b"%PDF")


async def test_the_bot_is_nobody(playground: Playground) -> None:
    await playground.say(BUDI, TELEGRAM, "/shout hey")
    await playground.settle()
    await playground.say(BUDI, TELEGRAM, "/keep maths", reply=last(playground, TELEGRAM).id)
    await playground.settle()
    assert KEPT[0][1] == Quoted("hey")


async def test_nobody_replies_to_what_they_do_not_see(playground: Playground) -> None:
    await playground.say(BUDI, TELEGRAM, "/hello")
    await playground.settle()
    hidden = last(playground, TELEGRAM)
    for who, place, reply in [(ANI, TELEGRAM, hidden.id), (BUDI, DISCORD, hidden.id), (BUDI, TELEGRAM, "none")]:
        with pytest.raises(LookupError):
            await playground.say(who, place, "/keep maths", reply=reply)
    assert sees(playground, ANI, TELEGRAM) == []
    assert list(KEPT) == []


async def test_an_entry_says_what_it_replies_to(playground: Playground) -> None:
    await playground.say(CITRA, CAST[2].private, "one")
    first = last(playground, CAST[2].private)
    await playground.say(CITRA, CAST[2].private, "two", reply=first.id)
    await playground.settle()
    two = next(entry for entry in playground.transcript if entry.author == CITRA and entry.reply)
    assert view.entry(two, playground.app.sign)["reply"] == first.id
    assert view.entry(first, playground.app.sign)["reply"] == ""


async def test_a_receipt_is_a_mark_in_the_group_like_telegram_and_words_elsewhere(playground: Playground) -> None:
    await playground.say(CITRA, TELEGRAM, "useful")
    said = last(playground, TELEGRAM)
    await playground.say(BUDI, TELEGRAM, "/scan", reply=said.id)
    await playground.say(BUDI, TELEGRAM, "/scan")
    await playground.settle()
    assert [(plain_words(entry), entry.marked) for entry in playground.transcript if entry.is_for(BUDI)] == [
        ("useful", True),
        ("/scan", False),
        ("/scan", True),
    ]
    await playground.say(BUDI, DISCORD, "/scan")
    await playground.say(BUDI, CAST[1].private, "/scan")
    await playground.settle()
    assert sees(playground, BUDI, DISCORD) == ["Noted."]
    assert sees(playground, BUDI, CAST[1].private)[-1] == "Noted."


async def test_a_press_pops_up_the_words_and_marks_what_it_is_about(playground: Playground) -> None:
    await playground.say(CITRA, TELEGRAM, "useful")
    said = last(playground, TELEGRAM)
    await playground.say(BUDI, TELEGRAM, "/jot", reply=said.id)
    await playground.settle()
    await playground.press(BUDI, last(playground, TELEGRAM).id, 0, 0)
    await playground.settle()
    alerts = [signal.what.text for signal in playground.transcript.signals if isinstance(signal.what, Alert)]
    assert alerts == ["Noted."]
    marked = playground.transcript.get(said.id)
    assert marked is not None
    assert view.entry(marked, playground.app.sign)["marked"] is True


def plain_words(entry: Entry) -> str:
    return "\n".join(map(plain, entry.pages))
