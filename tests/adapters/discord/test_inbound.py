"""What Discord's events say, read into the core's."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from adapters.discord.change import mark_of, reacted
from adapters.discord.inbound import addresses, hear, read
from adapters.discord.wire import Emoji, Interaction, Message, Reaction
from bot.chat.events import EVERYBODY, Invoked, Mark, Quoted, Sender, Typed
from bot.chat.places import Account, Place, Ref

NOW = datetime(2026, 11, 23, tzinfo=UTC)
BOT = {"id": "9", "username": "bareng", "bot": True}
BEN = {"id": "3", "username": "ben", "global_name": "Ben"}
CITRA = {"id": "4", "username": "citra", "global_name": "Citra", "member": {"nick": "Ibu Citra"}}
OTHER = {"id": "5", "username": "beep", "bot": True}
HERE = Place("discord", "1", "2")


def message(content: str = "", **more: Any) -> Message:
    shape = {"id": "8", "channel_id": "2", "guild_id": "1", "author": BEN, "content": content}
    return msgspec.convert(shape | more, Message)


def typed(content: str = "", **more: Any) -> Typed:
    (event,) = hear(message(content, **more), "9", NOW)
    assert isinstance(event, Typed)
    return event


def invoked(content: str, **more: Any) -> Invoked:
    (event,) = hear(message(content, **more), "9", NOW)
    assert isinstance(event, Invoked)
    return event


def test_a_command_among_words_tells_whom_it_calls_and_which_addresses_it_holds() -> None:
    event = invoked("<@9> /foo https://spam.example now", mention_everyone=True)
    assert (event.line, event.urls, event.mentions) == (
        "foo https://spam.example now",
        ("https://spam.example",),
        EVERYBODY,
    )
    assert event.own == Ref(HERE, "8")


def test_words_among_people_are_theirs() -> None:
    event = typed("hello", member={"nick": "Benny"})
    assert event == Typed(
        key="m8",
        at=NOW,
        place=HERE,
        sender=Sender(Account("discord", "3"), "Benny", handle="ben"),
        own=Ref(HERE, "8"),
        text="hello",
        aside=True,
    )


@pytest.mark.parametrize(
    ("content", "more", "text", "aside"),
    [
        ("", {}, "", True),
        ("<@9>  ", {"mentions": [BOT]}, "<@9>  ", True),
        ("hi <@9>", {"mentions": [BOT]}, "hi <@9>", True),
        ("<@9> hi", {"mentions": [BOT]}, "hi", False),
        ("<@!9> hi <@!4>", {"mentions": [BOT, CITRA]}, "hi <@4>", False),
        ("/me", {}, "/me", True),
        ("yes", {"mentions": [BOT], "message_reference": {"message_id": "7"}}, "yes", False),
        ("yes", {"mentions": [BOT], "message_reference": {"message_id": "7", "type": 1}}, "yes", True),
        ("<@9>", {"mentions": [BOT], "attachments": [{"id": "6", "url": "u"}]}, "", False),
    ],
)
def test_only_what_begins_with_the_bot_s_name_or_answers_it_is_said_to_it(
    content: str, more: dict[str, Any], text: str, aside: bool
) -> None:
    event = typed(content, **more)
    assert (event.text, event.aside) == (text, aside)


@pytest.mark.parametrize(
    "said",
    [
        message("hi", author=BOT),
        message("hi", author=OTHER),
        message("hi", webhook_id="6"),
        message("T1", type=4),
        message("", type=6),
        message("", guild_id=""),
        message("  ", guild_id=""),
    ],
)
def test_bots_reports_and_empty_private_words_are_not_heard(said: Message) -> None:
    assert hear(said, "9", NOW) == ()


def test_private_words_are_said_to_the_bot() -> None:
    event = typed("hi", guild_id="")
    assert (event.place, event.private, event.own, event.aside) == (Place("discord", "dm-2"), True, None, False)


@pytest.mark.parametrize(
    ("more", "count"),
    [
        ({}, 0),
        ({"mentions": [CITRA, BEN]}, 2),
        ({"mentions": [BOT, OTHER, CITRA]}, 1),
        ({"mention_everyone": True}, EVERYBODY),
        ({"mention_roles": ["77"], "mentions": [CITRA]}, EVERYBODY),
    ],
)
def test_it_is_counted_whom_a_message_calls(more: dict[str, Any], count: int) -> None:
    assert typed("x", **more).mentions == count


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("no address, not even x.example", ()),
        ("see https://x.example/a.", ("https://x.example/a",)),
        ("(https://x.example/a_(b)) and <https://y.example>!", ("https://x.example/a_(b)", "https://y.example")),
        ("[free](https://spam.example/?a=1) **HTTP://Z.example**", ("https://spam.example/?a=1", "HTTP://Z.example")),
        ("https://x.example https://x.example", ("https://x.example",)),
        ("https://", ()),
        ("https://... http://)", ()),
        ("xhttps://x.example", ("https://x.example",)),
        ("||https://x.example||", ("https://x.example",)),
    ],
)
def test_addresses_are_found_in_words(text: str, found: tuple[str, ...]) -> None:
    assert addresses(text) == typed(text).urls == found


def test_what_is_replied_to_comes_along() -> None:
    quote = {"id": "7", "author": CITRA, "content": "ask <@!3>"}
    event = typed("yes", message_reference={"message_id": "7"}, referenced_message=quote)
    assert (event.reply, event.quoted) == (
        Ref(HERE, "7"),
        Quoted("ask <@3>", Account("discord", "4"), "Citra"),
    )
    assert event.quoted
    assert event.quoted.at == datetime(2015, 1, 1, tzinfo=UTC), "the first of all messages"


def test_a_message_passed_on_from_elsewhere_is_no_reply() -> None:
    event = typed("", message_reference={"message_id": "7", "channel_id": "6", "type": 1})
    assert event.reply is None


def test_a_command_among_words_says_whom_it_names_in_their_order() -> None:
    event = invoked("<@9> /warn <@!4> <@5> <@4> <@6>", mentions=[OTHER, BOT, CITRA, BEN])
    assert event.line == "warn <@4> <@5> <@4> <@6>"
    assert event.mentioned == (
        Sender(Account("discord", "4"), "Ibu Citra", handle="citra"),
        Sender(None, "beep", handle="beep"),
    )


def interaction(kind: int, data: dict[str, Any]) -> Interaction:
    member = {"user": BEN, "permissions": "8192"}
    shape = {"id": "6", "application_id": "9", "type": kind, "token": "t", "guild_id": "1", "channel_id": "2"}
    return msgspec.convert(shape | {"member": member, "data": data, "app_permissions": "8"}, Interaction)


RESOLVED = {"users": {"4": CITRA, "5": OTHER}, "members": {"4": {"nick": "Bu", "permissions": "0"}}}


def test_who_is_chosen_in_options_comes_with_a_name() -> None:
    options = [
        {"name": "second", "type": 6, "value": "5"},
        {"name": "person", "type": 6, "value": "4"},
        {"name": "reason", "type": 3, "value": "spam"},
    ]
    event = read(interaction(2, {"name": "warn", "type": 1, "options": options, "resolved": RESOLVED}), NOW)
    assert isinstance(event, Invoked)
    assert event.values == {"second": "<@5>", "person": "<@4>", "reason": "spam"}
    assert event.mentioned == (
        Sender(None, "beep", handle="beep"),
        Sender(Account("discord", "4"), "Bu", handle="citra"),
    )
    assert event.sender.handle == "ben"


def test_whoever_a_menu_was_opened_for_is_the_first_and_no_message() -> None:
    options = [{"name": "person", "type": 6, "value": "4"}]
    data = {"name": "warn", "type": 2, "target_id": "4", "options": options, "resolved": RESOLVED}
    event = read(interaction(2, data), NOW)
    assert isinstance(event, Invoked)
    assert (event.reply, event.quoted, event.values) == (None, None, {"person": "<@4>"})
    assert event.mentioned == (Sender(Account("discord", "4"), "Bu", handle="citra"),)


def test_who_is_chosen_in_a_modal_comes_with_a_name() -> None:
    fields = [
        {"type": 18, "component": {"type": 5, "custom_id": "person", "values": ["4"]}},
        {"type": 18, "component": {"type": 4, "custom_id": "reason", "value": "spam"}},
        {"type": 18, "component": {"type": 3, "custom_id": "kind", "values": ["4"]}},
        {"type": 18, "component": {"type": 5, "custom_id": "other", "values": []}},
    ]
    data = {"custom_id": "form:warn:person,reason,kind,other", "components": fields, "resolved": RESOLVED}
    event = read(interaction(5, data), NOW)
    assert isinstance(event, Invoked)
    assert event.values == {"person": "<@4>", "reason": "spam", "kind": "4", "other": ""}
    assert Sender(Account("discord", "4"), "Bu", handle="citra") in event.mentioned


def test_a_person_without_a_description_is_not_told() -> None:
    options = [{"name": "person", "type": 6, "value": "4"}]
    event = read(interaction(2, {"name": "warn", "type": 1, "options": options}), NOW)
    assert isinstance(event, Invoked)
    assert event.mentioned == ()


@pytest.mark.parametrize(
    ("name", "number", "mark"),
    [
        ("👍", None, Mark.LIKE),
        ("👍🏽", None, Mark.LIKE),
        ("🙏", None, Mark.THANKS),
        ("🙏🏿", None, Mark.THANKS),
        ("❤", None, Mark.THANKS),
        ("❤️", None, Mark.THANKS),
        ("❤️‍🔥", None, None),
        ("🧡", None, None),
        ("🙏x", None, None),
        ("🏽", None, None),
        ("👍", "55", None),
        (None, "55", None),
        ("", None, None),
    ],
)
def test_few_marks_say_something(name: str | None, number: str | None, mark: Mark | None) -> None:
    assert mark_of(Emoji(number, name)) is mark


def test_a_mark_of_a_bot_or_in_private_is_not_told() -> None:
    mark = Reaction("3", "2", "8", Emoji(None, "🙏"), "1", message_author_id="4")
    told = reacted(mark, lambda _: False, NOW, 1, likes=True)
    assert told is not None
    assert (told.author, told.sender) == (Account("discord", "4"), Sender(Account("discord", "3")))
    assert reacted(mark, lambda who: who == "3", NOW, 1, likes=True) is None
    assert reacted(msgspec.structs.replace(mark, guild_id=""), lambda _: False, NOW, 1, likes=True) is None
    by_bot = reacted(mark, lambda who: who == "4", NOW, 1, likes=True)
    assert by_bot is not None
    assert by_bot.author is None
