"""What people say in threads of ours, the thumbs that they put, and what is deleted."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from adapters.discord.known import FRESH, Known
from bot.chat.errors import Unavailable
from bot.chat.events import Deleted, Invoked, Reacted, Typed
from bot.chat.places import Account, Place, Ref
from bot.domain.jobs import Job
from tests.adapters.discord.feature import FEATURE
from tests.adapters.discord.stage import Stage, staged
from tests.adapters.discord.topic import ENDS, LIKES, TOPIC, WORDS, topic
from tests.wire.discord.state import FORUM, PUBLIC_THREAD, Channel, Message


@pytest_asyncio.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Stage]:
    """A bot whose cards have threads."""
    for kept in (WORDS, LIKES, ENDS):
        kept.clear()
    async with staged(tmp_path, features=(FEATURE, TOPIC)) as stage:
        yield stage


async def begin(stage: Stage, subject: int = 1, where: Channel | None = None) -> tuple[Message, Channel]:
    """A card and its thread, as the outbox posts them."""
    place = Place("discord", str(stage.guild.id), str((where or stage.channel).id))
    async with stage.store.begin() as unit:
        community = (await unit.arrivals.of(stage.place, None)).community
        assert community is not None
        await unit.jobs.put(Job(community.id, f"topic:{subject}", topic.name, subject, stage.app.clock(), place))
    await stage.app.outbox.settle()
    async with stage.store.read() as unit:
        (ref,) = await unit.cards.standing(community.id, f"topic:{subject}")
    return stage.state.messages[int(ref.message)], stage.state.channels[int(ref.opened)]


def here(stage: Stage, message: Message) -> Ref:
    return Ref(Place("discord", str(stage.guild.id), str(message.channel_id)), str(message.id))


def watch(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every event that the core is handed from now on."""
    seen: list[Any] = []
    handle = stage.app.handle

    async def note(event: Any, answer: Any) -> None:
        seen.append(event)
        await handle(event, answer)

    monkeypatch.setattr(stage.app, "handle", note)
    return seen


def count_reads(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> list[None]:
    reads: list[None] = []
    read = stage.store.read

    def counted() -> Any:
        reads.append(None)
        return read()

    monkeypatch.setattr(stage.store, "read", counted)
    return reads


async def quiet(stage: Stage) -> None:
    """Wait until everything that was sent up to now has been heard: a command comes after it."""
    await stage.slash(stage.ben, "me")
    await stage.discord.reception.drain()


async def heard_since(stage: Stage, before: int, events: int) -> None:
    """Wait until so many more events were settled."""
    await stage.until(lambda: stage.discord.reception.settled == before + events)


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


async def test_an_ordinary_channel_costs_one_look_and_a_thread_of_ours_none(
    talk: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk.state.clock.advance(2 * FRESH.total_seconds())
    seen, reads = watch(talk, monkeypatch), count_reads(talk, monkeypatch)
    for _ in range(5):
        before = talk.discord.reception.settled
        await talk.server.people.say(talk.ben, talk.channel, "between us")
        await heard_since(talk, before, 1)
    assert (len(reads), seen) == (1, [])


async def test_a_thread_of_ours_is_asked_about_once_and_a_young_one_of_others_again(
    talk: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, thread = await begin(talk)
    known, reads = Known(talk.store), count_reads(talk, monkeypatch)
    for _ in range(3):
        assert await known.is_ours(Place("discord", str(talk.guild.id), str(thread.id)), talk.app.clock())
    assert len(reads) == 1
    young = Place("discord", str(talk.guild.id), str(talk.state.new_id()))
    for after, asked in ((timedelta(0), 2), (timedelta(0), 3), (2 * FRESH, 4), (2 * FRESH, 4)):
        assert not await known.is_ours(young, talk.app.clock() + after)
        assert len(reads) == asked


async def test_while_the_store_cannot_be_read_nothing_is_believed(talk: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    other = talk.state.add_channel(talk.guild, "utas", kind=PUBLIC_THREAD, parent=talk.channel)
    monkeypatch.setattr(talk.store, "read", broken)
    before = talk.discord.reception.settled
    await talk.server.people.say(talk.ben, other, "x")
    await heard_since(talk, before, 1)
    assert talk.discord.reception.set_aside == 0
    monkeypatch.undo()
    _, thread = await begin(talk)
    await talk.server.people.say(talk.ben, thread, "x")
    await talk.until(lambda: WORDS)


def broken() -> Any:
    raise Unavailable("locked")


# ── thumbs ──


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
    for mark in ("👎", "❤️", "👍x", "x"):
        await talk.server.people.react(talk.ben, card, mark)
    await talk.server.people.react(talk.state.add_person("other", bot=True), card)
    await talk.discord.sender.mark(str(talk.channel.id), str(card.id))
    await quiet(talk)
    assert (LIKES, [event for event in seen if isinstance(event, Reacted)]) == ([], [])
    await talk.server.people.react(talk.ben, await talk.server.people.say(talk.ben, talk.channel, "hi"))
    await quiet(talk)
    assert LIKES == []


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


async def test_other_deletions_write_nothing(talk: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[None] = []
    begin_ = talk.store.begin
    said = await talk.server.people.say(talk.ben, talk.channel, "hi")
    direct = await talk.server.people.say(talk.ben, talk.state.direct_channel(talk.ben), "hi")
    await quiet(talk)

    def counted() -> Any:
        begun.append(None)
        return begin_()

    monkeypatch.setattr(talk.store, "begin", counted)
    before = talk.discord.reception.settled
    await talk.server.people.delete(said)
    await talk.server.people.delete(direct)
    await talk.server.people.delete_channel(talk.state.add_channel(talk.guild, "lain"))
    await heard_since(talk, before, 3)
    assert (begun, ENDS) == ([], [])


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


@pytest.mark.parametrize("name", ["MESSAGE_REACTION_ADD", "MESSAGE_DELETE", "MESSAGE_DELETE_BULK", "THREAD_DELETE"])
async def test_a_malformed_event_is_set_aside(talk: Stage, name: str) -> None:
    await talk.server.gateway.emit(name, {"id": 5, "emoji": None}, talk.guild.id)
    await quiet(talk)
    assert talk.discord.reception.set_aside == 1


async def test_only_the_plain_intent_of_reactions_came_along(talk: Stage) -> None:
    intents = talk.server.truth.find("call", "IDENTIFY")[0].detail["intents"]
    assert intents == 1 << 0 | 1 << 9 | 1 << 10 | 1 << 12
