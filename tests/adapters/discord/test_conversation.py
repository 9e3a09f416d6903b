"""What people say, and what is deleted."""

from pathlib import Path
from typing import Any

import pytest

from bot.chat.errors import Unavailable
from bot.chat.events import Deleted, Invoked, Quoted, Sender, Typed
from bot.chat.places import Account
from tests.adapters.discord.stage import Stage, staged
from tests.adapters.discord.talk import begin, heard_since, here, quiet, watch
from tests.adapters.discord.topic import ENDS, WORDS
from tests.wire.discord.files import Attachment
from tests.wire.discord.state import FORUM

# ── words ──


@pytest.mark.parametrize("kind", ["text", "forum"])
async def test_words_in_a_thread_of_ours_are_heard_although_they_are_hidden(talk: Stage, kind: str) -> None:
    where = talk.state.add_channel(talk.guild, "tanya", kind=FORUM) if kind == "forum" else None
    _, thread = await begin(talk, where=where)
    said = await talk.server.people.say(talk.ben, thread, "because of gravity")
    await talk.until(lambda: WORDS)
    assert [(1, "", "Ben", here(talk, said), None)] == WORDS


async def test_words_that_name_the_bot_are_read_and_get_their_receipt(talk: Stage) -> None:
    _, thread = await begin(talk)
    said = await talk.server.people.say(talk.ben, thread, f"it is easy, <@{talk.state.bot.id}>")
    await talk.until(lambda: said.reactions)
    assert [(1, said.content, "Ben", here(talk, said), None)] == WORDS


async def test_an_answer_to_another_message_of_the_thread_says_so(talk: Stage) -> None:
    _, thread = await begin(talk)
    first = await talk.server.people.say(talk.ben, thread, "a")
    await talk.server.people.say(talk.citra, thread, "b", reply_to=first)
    await talk.until(lambda: len(WORDS) == 2)
    assert [(whose, reply) for _, _, whose, _, reply in WORDS] == [("Ben", None), ("Citra", here(talk, first))]


async def test_what_was_said_to_the_bot_is_not_said_aside(talk: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    card, thread = await begin(talk)
    seen, name = watch(talk, monkeypatch), f"<@{talk.state.bot.id}>"
    aside = await talk.server.people.say(talk.ben, thread, "x")
    told = await talk.server.people.say(talk.ben, thread, f"{name} x")
    run = await talk.server.people.say(talk.ben, thread, f"{name} /me")
    answer = await talk.server.people.say(talk.ben, talk.channel, "x", reply_to=card)
    await quiet(talk)
    typed = {event.own: (event.text, event.aside) for event in seen if isinstance(event, Typed)}
    said = ("x", False)
    assert typed == {here(talk, aside): ("", True), here(talk, told): said, here(talk, answer): said}
    assert [event.own for event in seen if isinstance(event, Invoked)] == [here(talk, run), None]


async def test_what_is_said_in_private_is_seen_by_nobody_else(talk: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = watch(talk, monkeypatch)
    await talk.server.people.say(talk.ben, talk.state.direct_channel(talk.ben), "/me")
    await quiet(talk)
    assert [event.own for event in seen if isinstance(event, Invoked)] == [None, None]


async def test_reports_of_discord_and_other_bots_say_nothing(talk: Stage) -> None:
    _, thread = await begin(talk)
    await talk.server.people.rename(talk.ada, thread, "T1 (physics)")
    await talk.server.people.say(talk.state.add_person("other", bot=True), thread, "beep")
    await quiet(talk)
    assert WORDS == []


async def test_a_message_that_comes_twice_counts_once(talk: Stage) -> None:
    _, thread = await begin(talk)
    said = await talk.server.people.say(talk.ben, thread, "x")
    shape = {"id": str(said.id), "channel_id": str(thread.id), "guild_id": str(talk.guild.id), "content": ""}
    author = {"id": str(talk.ben.id), "username": "ben"}
    await talk.server.gateway.emit("MESSAGE_CREATE", shape | {"author": author}, talk.guild.id)
    await quiet(talk)
    assert len(WORDS) == 1


async def test_what_people_say_among_themselves_is_told_without_its_words(
    talk: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = watch(talk, monkeypatch)
    first = await talk.server.people.say(talk.citra, talk.channel, "see https://x.example/a", sent(talk))
    said = await talk.server.people.say(talk.ben, talk.channel, f"hi <@{talk.ada.id}>", reply_to=first)
    await quiet(talk)
    (before, event) = (each for each in seen if isinstance(each, Typed))
    assert (before.text, before.aside, before.file, before.urls, before.mentions) == ("", True, None, (), 0)
    assert (event.text, event.aside, event.own, event.reply) == ("", True, here(talk, said), here(talk, first))
    assert event.quoted == Quoted("", Account("discord", str(talk.citra.id)), "Citra")
    assert event.mentions == 2
    assert event.sender == Sender(Account("discord", str(talk.ben.id)), "Ben", handle="ben")


async def test_with_the_intent_what_people_say_among_themselves_has_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with staged(tmp_path, reads=True) as stage:
        seen, file = watch(stage, monkeypatch), sent(stage)
        first = await stage.server.people.say(stage.citra, stage.channel, "see https://x.example/a", file)
        await stage.server.people.say(stage.ben, stage.channel, f"hi <@!{stage.ada.id}>", reply_to=first)
        await quiet(stage)
    (before, event) = (each for each in seen if isinstance(each, Typed))
    assert (before.text, before.aside, before.urls) == ("see https://x.example/a", True, ("https://x.example/a",))
    assert before.file is not None
    assert (event.text, event.aside, event.mentions) == (f"hi <@{stage.ada.id}>", True, 2)
    assert event.quoted is not None
    assert (event.quoted.text, event.quoted.file) == ("see https://x.example/a", before.file)


def sent(stage: Stage) -> Attachment:
    return stage.state.files.add(b"%PDF", "a.pdf", "application/pdf")


async def test_while_the_store_takes_nothing_nobody_is_told_who_did_not_speak_to_us(
    talk: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def handle(event: Any, answer: Any) -> None:
        raise Unavailable("locked")

    monkeypatch.setattr(talk.app, "handle", handle)
    direct = talk.state.direct_channel(talk.ben)
    await talk.server.people.say(talk.ben, talk.channel, "x")
    await talk.server.people.say(talk.ben, talk.channel, f"<@{talk.state.bot.id}> x")
    await talk.until(lambda: talk.state.messages_in(direct))
    await talk.discord.reception.drain()
    assert ["can't save" in message.text for message in talk.state.messages_in(direct)] == [True]
    assert talk.discord.reception.set_aside == 0


async def test_while_the_store_cannot_be_read_no_card_is_taken_away(
    talk: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, thread = await begin(talk)
    monkeypatch.setattr(talk.store, "read", broken)
    before = talk.discord.reception.settled
    await talk.server.people.delete_channel(thread)
    await heard_since(talk, before, 1)
    assert len(talk.texts()) == 1


def broken() -> Any:
    raise Unavailable("locked")


# ── deletions ──


async def test_a_card_a_thread_with_its_card_and_a_post_that_are_deleted_are_told(talk: Stage) -> None:
    card, _ = await begin(talk, 1)
    await talk.server.people.delete(card)
    above, thread = await begin(talk, 2)
    await talk.server.people.delete_channel(thread)
    _, post = await begin(talk, 3, talk.state.add_channel(talk.guild, "tanya", kind=FORUM))
    await talk.server.people.delete_channel(post)
    await talk.until(lambda: len(ENDS) == 4)
    assert sorted(ENDS, key=lambda end: end[0]) == [(1, here(talk, card)), (2, None), (2, here(talk, above)), (3, None)]
    assert talk.texts() == []


async def test_many_deletions_at_once_are_told_one_by_one(talk: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    cards = [(await begin(talk, subject))[0] for subject in (1, 2)]
    other = await talk.server.people.say(talk.ben, talk.channel, "hi")
    seen = watch(talk, monkeypatch)
    await talk.server.people.delete_many([*cards, other])
    await talk.until(lambda: len(ENDS) == 2)
    await quiet(talk)
    assert [(1, here(talk, cards[0])), (2, here(talk, cards[1]))] == ENDS
    assert len([event for event in seen if isinstance(event, Deleted)]) == 3


async def test_other_deletions_are_told_and_end_nothing(talk: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    said = await talk.server.people.say(talk.ben, talk.channel, "hi")
    direct = await talk.server.people.say(talk.ben, talk.state.direct_channel(talk.ben), "hi")
    other = talk.state.add_channel(talk.guild, "lain")
    seen = watch(talk, monkeypatch)
    await talk.server.people.delete(said)
    await talk.server.people.delete(direct)
    await talk.server.people.delete_channel(other)
    await quiet(talk)
    gone = [(event.place.thread, event.message) for event in seen if isinstance(event, Deleted)]
    assert gone == [(str(talk.channel.id), here(talk, said)), (str(other.id), None)]
    assert ENDS == []


async def test_a_message_and_its_deletion_that_come_together_are_handed_on_in_their_order(
    talk: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, thread = await begin(talk)
    seen = watch(talk, monkeypatch)
    await talk.server.gateway.disconnect(4000)
    said = await talk.server.people.say(talk.ben, thread, "oops")
    await talk.server.people.delete(said)
    await talk.until(lambda: len(seen) == 2)
    assert [type(event) for event in seen] == [Typed, Deleted]


@pytest.mark.parametrize(
    "name", ["MESSAGE_REACTION_ADD", "MESSAGE_DELETE", "MESSAGE_DELETE_BULK", "THREAD_DELETE", "GUILD_UPDATE"]
)
async def test_a_malformed_event_is_set_aside(talk: Stage, name: str) -> None:
    await talk.server.gateway.emit(name, {"id": 5, "emoji": None}, talk.guild.id)
    await quiet(talk)
    assert talk.discord.reception.set_aside == 1


async def test_only_plain_intents_are_asked_for(talk: Stage) -> None:
    intents = talk.server.truth.find("call", "IDENTIFY")[0].detail["intents"]
    voice, events = 1 << 7, 1 << 16
    assert intents == 1 << 0 | voice | 1 << 9 | 1 << 10 | 1 << 12 | events
