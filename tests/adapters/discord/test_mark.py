"""The marks that people put at messages, whom they are for, and people who come into a server."""

from pathlib import Path

import pytest

from bot.chat.events import Entered, Mark, Reacted, Sender
from bot.chat.places import Account, Place
from tests.adapters.discord.stage import Stage, staged
from tests.adapters.discord.talk import GET, begin, here, quiet, watch
from tests.adapters.discord.topic import LIKES
from tests.wire.discord.acts import THANKS


@pytest.mark.parametrize("thumb", ["👍", "👍🏻", "👍🏿"])
async def test_a_thumb_of_any_skin_comes_and_goes(talk: Stage, thumb: str) -> None:
    card, _ = await begin(talk)
    for _ in range(2):
        await talk.server.people.react(talk.ben, card, thumb)
        await talk.server.people.unreact(talk.ben, card, thumb)
    await talk.until(lambda: len(LIKES) == 4)
    assert LIKES == [("Ben", True), ("Ben", False), ("Ben", True), ("Ben", False)]


async def test_other_marks_other_messages_and_bots_are_not_told(talk: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    card, _ = await begin(talk)
    seen = watch(talk, monkeypatch)
    for mark in ("👎", "💛", "👍x", "x"):
        await talk.server.people.react(talk.ben, card, mark)
    await talk.server.people.react(talk.state.add_person("other", bot=True), card)
    await talk.discord.sender.mark(str(talk.channel.id), str(card.id))
    await quiet(talk)
    assert (LIKES, [event for event in seen if isinstance(event, Reacted)]) == ([], [])
    await talk.server.people.react(talk.ben, await talk.server.people.say(talk.ben, talk.channel, "hi"))
    await quiet(talk)
    assert LIKES == []


@pytest.mark.parametrize("mark", [THANKS, THANKS + "🏽", "❤", "❤️"])
async def test_thanks_come_and_go_with_whom_they_are_for(
    talk: Stage, monkeypatch: pytest.MonkeyPatch, mark: str
) -> None:
    said = await talk.server.people.say(talk.citra, talk.channel, "because of gravity")
    seen = watch(talk, monkeypatch)
    await talk.server.people.react(talk.ben, said, mark)
    await talk.server.people.unreact(talk.ben, said, mark)
    await quiet(talk)
    marks = [event for event in seen if isinstance(event, Reacted)]
    citra = Account("discord", str(talk.citra.id))
    assert [(each.mark, each.likes, each.author) for each in marks] == [
        (Mark.THANKS, True, citra),
        (Mark.THANKS, False, citra),
    ]


async def test_thanks_that_go_after_a_restart_ask_once_whom_they_were_for(
    talk: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = await talk.server.people.say(talk.citra, talk.channel, "because of gravity")
    card, _ = await begin(talk)
    for message in (said, card):
        message.marks |= {(talk.ben.id, THANKS), (talk.ada.id, THANKS)}
    seen = watch(talk, monkeypatch)
    calls = talk.server.truth.count("call", GET)
    for person in (talk.ben, talk.ada):
        for message in (said, card):
            await talk.server.people.unreact(person, message, THANKS)
    await quiet(talk)
    authors = [event.author for event in seen if isinstance(event, Reacted)]
    assert authors.count(Account("discord", str(talk.citra.id))) == authors.count(None) == 2
    assert talk.server.truth.count("call", GET) - calls == 2


async def test_thanks_to_bots_and_webhooks_are_for_nobody(talk: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    card, _ = await begin(talk)
    beep = await talk.server.people.say(talk.state.add_person("other", bot=True), talk.channel, "beep")
    seen = watch(talk, monkeypatch)
    for message in (card, beep):
        await talk.server.people.react(talk.ben, message, THANKS)
    await quiet(talk)
    assert [event.author for event in seen if isinstance(event, Reacted)] == [None, None]


async def test_thanks_for_a_message_that_is_gone_are_for_nobody(talk: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    said = await talk.server.people.say(talk.citra, talk.channel, "oops")
    said.marks.add((talk.ben.id, THANKS))
    said.deleted = True
    seen = watch(talk, monkeypatch)
    await talk.server.people.unreact(talk.ben, said, THANKS)
    await quiet(talk)
    assert [event.author for event in seen if isinstance(event, Reacted)] == [None]


async def test_who_takes_a_thumb_away_has_no_name(talk: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    card, _ = await begin(talk)
    seen = watch(talk, monkeypatch)
    await talk.server.people.react(talk.ben, card)
    await talk.server.people.unreact(talk.ben, card)
    await quiet(talk)
    marks = [event for event in seen if isinstance(event, Reacted)]
    assert [(mark.sender.name, mark.likes) for mark in marks] == [("Ben", True), ("", False)]
    assert {mark.sender.account for mark in marks} == {Account("discord", str(talk.ben.id))}
    assert {mark.message for mark in marks} == {here(talk, card)}
    assert len({mark.key for mark in marks}) == 2


# ── people who come ──


async def test_who_comes_is_told_where_the_application_may_hear_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, greets=True) as stage:
        seen, fani = watch(stage, monkeypatch), stage.state.add_person("fani", display="Fani")
        await stage.server.people.enter(fani, stage.guild)
        await stage.server.people.enter(stage.state.add_person("other", bot=True), stage.guild)
        await quiet(stage)
        (entered,) = (event for event in seen if isinstance(event, Entered))
        assert (entered.place, entered.sender) == (
            Place("discord", str(stage.guild.id)),
            Sender(Account("discord", str(fani.id)), "Fani", handle="fani"),
        )
        stage.state.clock.advance(60)
        await stage.server.people.leave(fani, stage.guild)
        await stage.server.people.enter(fani, stage.guild)
        await quiet(stage)
        assert len({event.key for event in seen if isinstance(event, Entered)}) == 2


async def test_nobody_who_comes_is_told_without_the_intent(talk: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = watch(talk, monkeypatch)
    await talk.server.people.enter(talk.state.add_person("fani"), talk.guild)
    await quiet(talk)
    assert not [event for event in seen if isinstance(event, Entered)]
