"""What the adapter remembers, and what it hears in a group: everything as an administrator, else what is for it."""

from typing import Any

import pytest

from adapters.telegram import known as knowledge
from adapters.telegram.inbound import read
from adapters.telegram.known import Known
from adapters.telegram.wire import ANONYMOUS_ADMIN, Update, read_update
from bot.chat.events import Entered, Invoked, Knocked, Mark, Opened, Reacted, Typed
from bot.chat.places import Account
from bot.said import Answerer
from tests.adapters.telegram.stage import Stage
from tests.adapters.telegram.test_act import promote
from tests.adapters.telegram.test_inbound import ADA, BOT, GROUP, NOW, PRIVATE, message
from tests.adapters.telegram.test_reaction import HANDS, change

CHANNEL = {"id": -1009, "type": "channel", "title": "News"}


@pytest.fixture
def heard(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every event that reaches the core."""
    events: list[Any] = []
    handle = stage.app.handle

    async def listen(event: Any, answer: Answerer) -> None:
        events.append(event)
        await handle(event, answer)

    monkeypatch.setattr(stage.app, "handle", listen)
    return events


def author(known: Known, *updates: dict[str, Any]) -> Account | None:
    """Whose message 5 is, after these updates."""
    for raw in updates:
        if said := read_update(raw).message:
            known.hear(said)
    (received,) = read(read_update(change([], [HANDS])), "bareng_bot", NOW)
    event = known.complete(received).event
    assert isinstance(event, Reacted)
    return event.author


def test_the_author_of_a_message_that_was_heard_or_replied_to_is_known() -> None:
    seven = Account("telegram", "7")
    assert author(Known(), message("hi")) == seven
    assert author(Known(), message("/ask why")) == seven
    target = {"message_id": 5, "date": 1, "chat": GROUP, "from": ADA}
    assert author(Known(), message("yes", message_id=6, reply_to_message=target)) == seven
    assert author(Known()) is None
    assert author(Known(), message("hi", message_id=4)) is None
    assert author(Known(), message("hi", chat={**GROUP, "id": -7})) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"from": BOT},
        {"from": {"id": ANONYMOUS_ADMIN, "is_bot": True}, "sender_chat": GROUP},
        {"from": ADA, "sender_chat": CHANNEL},
        {"from": {"id": 777000, "first_name": "Telegram"}, "sender_chat": CHANNEL, "is_automatic_forward": True},
    ],
)
def test_who_can_never_be_a_member_is_no_author(fields: dict[str, Any]) -> None:
    assert author(Known(), message("hi", None, **fields)) is None
    target = {"message_id": 5, "date": 1, "chat": GROUP, **fields}
    assert author(Known(), message("yes", message_id=6, reply_to_message=target)) is None


def test_only_the_latest_authors_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowledge, "MOST_AUTHORS", 2)
    others = [message("x", message_id=number) for number in (6, 7)]
    assert author(Known(), message("hi"), others[0]) is not None
    assert author(Known(), message("hi"), *others) is None


def test_in_private_nothing_is_remembered() -> None:
    known = Known()
    said = read_update(message("hi", PRIVATE)).message
    assert said
    known.hear(said)
    assert not known._authors._kept


def typed(known: Known, text: str, **fields: Any) -> bool:
    """Whether a message of Ada's in the group is taken as said aside."""
    update: Update = read_update(message(text, None, **fields))
    (received,) = read(update, "bareng_bot", NOW)
    event = known.complete(received).event
    assert isinstance(event, Typed)
    return event.aside


def asked() -> Known:
    known = Known()
    (received,) = read(read_update(message("/note")), "bareng_bot", NOW)
    known.ask(received.event)
    return known


def test_whoever_was_asked_may_answer_in_plain_words_once() -> None:
    known = asked()
    assert not typed(known, "my answer")
    assert typed(known, "and something else")


def test_what_is_no_answer_leaves_the_question_open() -> None:
    known = asked()
    theirs = {"message_id": 3, "date": 1, "chat": GROUP, "from": {"id": 8, "first_name": "Ben"}}
    assert typed(known, "to Ben", reply_to_message=theirs)
    assert typed(known, "/start@other_bot")
    assert typed(known, "from Ben", **{"from": {"id": 8, "first_name": "Ben"}})
    assert not typed(known, "my answer")


def test_an_answer_that_replies_to_us_ends_it_too() -> None:
    known = asked()
    ours = {"message_id": 3, "date": 1, "chat": GROUP, "from": BOT}
    assert not typed(known, "my answer", reply_to_message=ours)
    assert typed(known, "and something else")


async def test_without_rights_the_bot_hears_what_is_for_it_alone(stage: Stage, heard: list[Any]) -> None:
    stage.server.people.say(stage.ben, stage.group, "hello all")
    stage.server.people.say(stage.ben, stage.group, "/panel")
    await stage.until(lambda: stage.texts(stage.group))
    card = stage.ours(stage.group)[-1]["message_id"]
    stage.server.people.say(stage.ben, stage.group, "nice", reply_to=card)
    await stage.settled()
    assert [(type(event), getattr(event, "aside", None)) for event in heard] == [(Invoked, None), (Typed, False)]


async def test_as_an_administrator_it_hears_everybody_but_those_who_are_nobody(stage: Stage, heard: list[Any]) -> None:
    promote(stage)
    stage.server.people.say(stage.ben, stage.group, "hello @ada_l https://x.example")
    stage.server.people.send(stage.citra, stage.group, b"%PDF", "notes.pdf", "my notes")
    stage.server.people.say_as_anonymous_admin(stage.group, "be kind")
    stage.server.people.say_as_channel(stage.group, CHANNEL, "news")
    stage.server.people.forward_from_linked_channel(stage.group, CHANNEL, "news")
    said = stage.server.people.say(stage.ben, stage.group, "typo")
    stage.server.people.edit(stage.group, said["message_id"], "no typo")
    await stage.settled()
    found = [event for event in heard if isinstance(event, Typed)]
    assert [(event.text, event.aside) for event in found] == [
        ("hello @ada_l https://x.example", True),
        ("my notes", True),
        ("typo", True),
    ]
    assert (found[0].mentions, found[0].urls) == (1, ("https://x.example",))
    assert found[1].file
    assert found[1].file.name == "notes.pdf"
    assert stage.texts(stage.group) == []


async def test_a_plain_answer_to_our_question_is_still_taken_by_an_administrator_bot(stage: Stage) -> None:
    promote(stage)
    stage.server.people.say(stage.ben, stage.group, "/note")
    await stage.until(lambda: stage.texts(stage.group))
    stage.server.people.say(stage.citra, stage.group, "not mine")
    stage.server.people.say(stage.ben, stage.group, "remember the milk")
    await stage.until(lambda: len(stage.texts(stage.group)) > 1)
    assert stage.texts(stage.group)[-1] == "Noted: remember the milk"


async def test_who_comes_in_counts_once_though_an_administrator_hears_of_it_twice(
    stage: Stage, heard: list[Any]
) -> None:
    eve, kim = (stage.server.world.add_person(name) for name in ("Eve", "Kim"))
    stage.server.doors.add(stage.ada, stage.group, eve, kim)
    await stage.settled()
    assert [event.sender.name for event in heard if isinstance(event, Entered)] == ["Eve", "Kim"]
    promote(stage)
    stage.server.doors.leave(eve, stage.group)
    now = stage.server.world.now() + 60
    stage.server.world.now = lambda: now
    heard.clear()
    stage.server.doors.join(eve, stage.group)
    await stage.settled()
    came = [event.key for event in heard if isinstance(event, Entered)]
    assert len(came) == 2
    assert len(set(came)) == 1


async def test_who_knocks_is_heard_by_a_bot_that_may_invite_and_can_be_written_to(
    stage: Stage, heard: list[Any]
) -> None:
    eve = stage.server.world.add_person("Eve")
    stage.server.doors.knock(eve, stage.group)
    promote(stage)
    stage.server.doors.knock(eve, stage.group)
    await stage.settled()
    assert [type(event) for event in heard if isinstance(event, Knocked | Opened)] == [Knocked, Opened]
    assert await stage.telegram.reception.can_write(eve.id)
    sent = await stage.telegram.sender.ask(lambda: stage.telegram._bot.send_message(eve.id, "Welcome?"))
    assert sent.message_id


async def test_muting_and_promoting_somebody_is_no_coming_in(stage: Stage, heard: list[Any]) -> None:
    promote(stage)
    await stage.settled()
    heard.clear()
    stage.server.doors.promote(stage.ada, stage.group, stage.ben)
    stage.server.doors.demote(stage.ada, stage.group, stage.ben)
    await stage.telegram._bot.ban_chat_member(stage.group.id, stage.ben.id)
    await stage.settled()
    assert heard == []


async def test_thanks_go_to_whoever_wrote_the_message(stage: Stage, heard: list[Any]) -> None:
    promote(stage)
    await stage.settled()  # before the first poll Telegram does not know that we want to hear of reactions
    said = stage.server.people.say(stage.ben, stage.group, "this is how it works")
    stage.server.people.react(stage.citra, stage.group, said["message_id"], "🙏")
    stage.server.people.react(stage.citra, stage.group, said["message_id"], ["🙏", "👍"])
    await stage.settled()
    found = [(event.mark, event.likes, event.author) for event in heard if isinstance(event, Reacted)]
    ben = Account("telegram", str(stage.ben.id))
    assert found == [(Mark.THANKS, True, ben), (Mark.LIKE, True, ben)]
