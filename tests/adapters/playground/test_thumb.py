"""Thumbs, deletions and plain replies in the playground: what the core hears of them, and what it does not."""

from collections.abc import AsyncIterator

import pytest

from adapters.playground import view
from adapters.playground.act import Bad, perform
from adapters.playground.adapter import Playground
from adapters.playground.cast import CAST
from adapters.playground.plain import plain
from adapters.playground.terminal import run_terminal
from adapters.playground.transcript import Entry
from bot.chat.places import Account, Place, Ref
from tests.adapters.playground.parlour import ANI, BUDI, CITRA, DISCORD, TELEGRAM, TOLD

BOTH = pytest.mark.parametrize("place", [TELEGRAM, DISCORD])


def last(playground: Playground, place: Place, author: Account | None = None) -> Entry:
    """The newest entry of that author, of the bot for None."""
    return [each for each in playground.transcript if (each.place, each.author) == (place, author)][-1]


async def tea(playground: Playground, place: Place) -> Entry:
    """The card that the bot knows there."""
    await playground.run(ANI, place, "serve", {})
    await playground.settle()
    return [each for each in playground.transcript if each.place == place and each.is_public and not each.author][-1]


async def likes(playground: Playground, entry: str) -> object:
    found = playground.transcript.get(entry)
    assert found
    return view.entry(found, playground.app.sign)["likes"]


@BOTH
async def test_a_thumb_is_put_and_taken_away_once(playground: Playground, place: Place) -> None:
    card = await tea(playground, place)
    for on in (False, True, True):
        await playground.react(BUDI, card.id, on)
    await playground.react(CITRA, card.id, on=True)
    assert await likes(playground, card.id) == ["budi", "citra"]
    await playground.react(BUDI, card.id, on=False)
    assert await likes(playground, card.id) == ["citra"]
    assert list(TOLD) == [("Budi", True), ("Citra", True), ("Budi", False)]


async def test_a_thumb_stays_while_its_card_changes(playground: Playground) -> None:
    card = await tea(playground, TELEGRAM)
    await playground.react(BUDI, card.id, on=True)
    await playground.press(CITRA, card.id, 0, 2)
    await playground.settle()
    assert [plain(page) for page in last(playground, TELEGRAM).pages] == ["Flipped by somebody."]
    assert await likes(playground, card.id) == ["budi"]


async def test_a_thumb_at_what_people_say_is_shown_and_means_nothing(playground: Playground) -> None:
    await playground.say(CITRA, TELEGRAM, "good morning")
    said = last(playground, TELEGRAM, CITRA)
    await playground.react(BUDI, said.id, on=True)
    assert await likes(playground, said.id) == ["budi"]
    assert list(TOLD) == []


async def test_nobody_puts_a_thumb_at_what_one_person_sees_or_at_nothing(playground: Playground) -> None:
    await playground.say(BUDI, TELEGRAM, "/hello")
    await playground.settle()
    for who, entry in [(BUDI, last(playground, TELEGRAM).id), (ANI, last(playground, TELEGRAM).id), (BUDI, "none")]:
        with pytest.raises(LookupError):
            await playground.react(who, entry, on=True)


async def known(playground: Playground, entry: Entry) -> Ref:
    """Let the core know that message as a note."""
    ref = Ref(entry.place, entry.id)
    async with playground.app.store.begin() as unit:
        community = (await unit.arrivals.of(entry.place, None)).community
        assert community
        await unit.cards.put(community.id, "note:1", ref)
    return ref


@BOTH
async def test_a_message_is_deleted_by_its_writer_alone_and_nobody_is_told_by_whom(
    playground: Playground, place: Place
) -> None:
    await playground.say(CITRA, place, "oops")
    said = last(playground, place, CITRA)
    ref = await known(playground, said)
    with pytest.raises(LookupError):
        await playground.withdraw(BUDI, said.id)
    await playground.withdraw(CITRA, said.id)
    assert playground.transcript.get(said.id) is None
    assert list(TOLD) == [(None, ref)]
    with pytest.raises(LookupError):
        await playground.withdraw(CITRA, said.id)


async def test_neither_the_bots_message_nor_anothers_is_deleted(playground: Playground) -> None:
    card = await tea(playground, TELEGRAM)
    with pytest.raises(LookupError):
        await playground.withdraw(BUDI, card.id)
    assert playground.transcript.get(card.id)


async def test_a_command_that_one_person_sees_goes_without_a_word(playground: Playground) -> None:
    await playground.say(BUDI, TELEGRAM, "/hello")
    written = last(playground, TELEGRAM, BUDI)
    await known(playground, written)
    await playground.withdraw(BUDI, written.id)
    assert playground.transcript.get(written.id) is None
    assert list(TOLD) == []


@BOTH
async def test_a_reply_to_the_card_is_heard_with_the_message_that_it_is(playground: Playground, place: Place) -> None:
    card = await tea(playground, place)
    await playground.say(BUDI, place, "delicious", reply=card.id)
    await playground.settle()
    assert list(TOLD) == [("Budi", "delicious", Ref(place, last(playground, place, BUDI).id))]


async def test_other_words_are_not_heard_on_discord(playground: Playground) -> None:
    await playground.say(CITRA, DISCORD, "good morning")
    await playground.run(BUDI, DISCORD, "brew cup", {"leaf": "green"})
    await playground.settle()
    await playground.say(BUDI, DISCORD, "Slowly")
    await playground.say(BUDI, DISCORD, "Slowly", reply=last(playground, DISCORD, CITRA).id)
    await playground.settle()
    assert not any("A cup of" in plain(page) for each in playground.transcript for page in each.pages)


async def test_the_page_puts_a_thumb_and_deletes_once_each(playground: Playground) -> None:
    card = await tea(playground, TELEGRAM)
    await playground.say(CITRA, TELEGRAM, "oops")
    said = last(playground, TELEGRAM, CITRA)
    thumb = b'{"kind": "react", "id": "12345678", "who": "budi", "entry": "%s", "on": true}' % card.id.encode()
    for _ in range(2):
        await perform(playground, None, thumb)
    await perform(
        playground, None, b'{"kind": "delete", "id": "12345679", "who": "citra", "entry": "%s"}' % said.id.encode()
    )
    assert list(TOLD) == [("Budi", True)]
    assert playground.transcript.get(said.id) is None
    for broken in (b'{"kind": "react", "id": "12345678", "who": "budi", "entry": "x"}', thumb.replace(b"budi", b"eve")):
        with pytest.raises(Bad):
            await perform(playground, None, broken)


async def test_the_terminal_counts_thumbs(playground: Playground) -> None:
    card = await tea(playground, TELEGRAM)
    for who in (BUDI, CITRA):
        await playground.react(who, card.id, on=True)

    async def lines() -> AsyncIterator[str]:
        yield "quit"

    shown: list[str] = []
    await run_terminal(playground, None, "en", lines=lines(), tell=shown.append)
    assert [line for line in shown if "👍 2" in line]


async def test_messages_here_have_no_address(playground: Playground) -> None:
    assert playground.link(Ref(CAST[0].private, "1")) == ""
