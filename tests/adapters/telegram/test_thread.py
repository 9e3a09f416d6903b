"""What people say and do about a card and in its topic, from the fake Telegram to the features."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import pytest_asyncio

from bot.chat.message import Thread, say
from bot.chat.places import Place, Ref, Role
from bot.chat.text import T
from bot.command import Example, Feature, command
from bot.context import Context
from bot.followup import hearing, liking
from bot.param import Arg
from bot.speech import Speech
from tests.adapters.telegram.feature import FEATURE
from tests.adapters.telegram.stage import Stage, staged
from tests.wire.telegram.world import Chat, Person

CARD = replace(Speech("en").message(say("Why is the sky blue?")), thread=Thread("Q1", apart=True))
HEARD: list[tuple[str, str, Ref | None]] = []
"""(name, words, the message that was written) of everything that was said about the card."""

LIKED: list[tuple[str, bool]] = []
NOTED: list[tuple[str, Ref | None]] = []


@hearing("post", right=Role.GUEST)
async def hear(ctx: Context, subject: int, text: Annotated[str, Arg(T("the text"))]) -> None:
    HEARD.append((ctx.person.name, text, ctx.own))


@liking("post")
async def like(ctx: Context, subject: int, likes: bool) -> None:
    LIKED.append((ctx.person.name, likes))


@command("own", right=Role.GUEST, summary=T("Notes itself"), examples=(Example("/own it", T("an example")),))
async def own(ctx: Context, text: Annotated[str, Arg(T("the text"), ask=T("What is it?"))]) -> None:
    NOTED.append((text, ctx.own))


ABOUT = Feature(commands=(own,), hearings=(hear,), likings=(like,))


@pytest_asyncio.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A bot that reads everything in a forum where it is an administrator."""
    for each in (HEARD, LIKED, NOTED):
        each.clear()
    async with staged(tmp_path, features=(FEATURE, ABOUT), ephemeral=True) as stage:
        people = (stage.ben, stage.citra)
        stage.group = stage.server.world.add_chat("Forum", forum=True, owner=stage.ada, members=people)
        await stage.acquaint(await stage.found(stage.group), stage.ada, *people)
        stage.server.people.set_bot(stage.group, stage.ada, "administrator", ("can_manage_topics",))
        await stage.settled()
        yield stage


def place(chat: Chat, thread: str = "") -> Place:
    return Place("telegram", str(chat.id), thread)


async def posted(stage: Stage) -> Ref:
    """The card in its topic, and the bot's memory of it."""
    here = place(stage.group)
    ref = await stage.telegram.send(here, CARD, "key")
    async with stage.store.begin() as unit:
        community = (await unit.arrivals.of(here, None)).community
        assert community
        await unit.cards.put(community.id, "post:1", ref)
    return ref


async def test_words_in_the_topic_are_heard_with_the_message_that_says_them(stage: Stage) -> None:
    ref = await posted(stage)
    said = stage.server.people.say(stage.ben, stage.group, "Rayleigh", thread=int(ref.opened))
    await stage.settled()
    own = Ref(place(stage.group, ref.opened), str(said["message_id"]))
    assert list(HEARD) == [("Ben", "Rayleigh", own)]


async def test_a_reply_to_another_person_is_heard_in_a_topic_of_ours_and_nowhere_else(stage: Stage) -> None:
    ref = await posted(stage)
    theirs = stage.server.people.open_topic(stage.group, stage.ada, "Lounge")
    for thread in (int(ref.opened), theirs, None):
        said = stage.server.people.say(stage.ben, stage.group, "Why?", thread=thread)["message_id"]
        stage.server.people.say(stage.citra, stage.group, f"Because {thread}", reply_to=said)
    await stage.settled()
    assert sorted(words for _, words, _ in HEARD) == [f"Because {ref.opened}", "Why?"]


async def test_a_reply_to_another_person_answers_no_question_of_ours(stage: Stage) -> None:
    ref = await posted(stage)
    said = stage.server.people.say(stage.ben, stage.group, "Why?", thread=int(ref.opened))["message_id"]
    stage.server.people.say(stage.citra, stage.group, "/own", thread=int(ref.opened))
    await stage.settled()
    stage.server.people.say(stage.citra, stage.group, "Because", reply_to=said)
    await stage.settled()
    assert (NOTED, [words for _, words, _ in HEARD]) == ([], ["Why?", "Because"])
    answer = stage.server.people.say(stage.citra, stage.group, "this", thread=int(ref.opened))["message_id"]
    await stage.settled()
    assert list(NOTED) == [("this", Ref(place(stage.group, ref.opened), str(answer)))]


async def test_a_reply_to_the_card_is_heard_in_privacy_mode_too(stage: Stage) -> None:
    stage.server.people.set_bot(stage.group, stage.ada, "member")
    ref = await posted(stage)
    said = stage.server.people.say(stage.ben, stage.group, "Rayleigh", reply_to=int(ref.message))
    stage.server.people.say(stage.ben, stage.group, "to nobody")
    await stage.settled()
    assert (ref.opened, HEARD) == ("", [("Ben", "Rayleigh", Ref(place(stage.group), str(said["message_id"])))])


async def test_a_command_is_a_message_only_where_others_see_it(stage: Stage) -> None:
    dewi = stage.server.world.add_person("Dewi")
    seen = stage.server.people.say(dewi, stage.group, "/own seen")["message_id"]
    await stage.settled()
    alone = stage.server.people.say(dewi, None, "/own alone")["message_id"]
    stage.server.people.whisper(dewi, stage.group, "/own hidden")
    await stage.settled()
    private = place(stage.private(dewi))
    assert dict(NOTED) == {
        "seen": Ref(place(stage.group), str(seen)),
        "alone": Ref(private, str(alone)),
        "hidden": None,
    }


async def react(stage: Stage, person: Person, ref: Ref, *emoji: str, anonymous: bool = False) -> None:
    stage.server.people.react(person, stage.group, int(ref.message), list(emoji), anonymous=anonymous)
    await stage.settled()


async def test_a_thumb_at_the_card_is_counted_and_taken_back(stage: Stage) -> None:
    ref = await posted(stage)
    await react(stage, stage.ben, ref, "❤")
    await react(stage, stage.ben, ref, "❤", "👍")
    await react(stage, stage.ben, ref, "👍")
    await react(stage, stage.citra, ref, "custom:77")
    await react(stage, stage.ada, ref, "👍", anonymous=True)
    await react(stage, stage.ben, ref)
    assert LIKED == [("Ben", True), ("Ben", False)]


async def test_where_the_bot_is_no_administrator_thumbs_are_not_told(stage: Stage) -> None:
    stage.server.people.set_bot(stage.group, stage.ada, "member")
    ref = await posted(stage)
    await react(stage, stage.ben, ref, "👍")
    assert LIKED == []


async def test_a_thumb_at_another_message_is_nothing(stage: Stage) -> None:
    ref = await posted(stage)
    said = stage.server.people.say(stage.ben, stage.group, "Rayleigh", thread=int(ref.opened))["message_id"]
    await react(stage, stage.citra, Ref(ref.place, str(said)), "👍")
    assert LIKED == []
    assert stage.telegram.reception.count.set_aside == 0
