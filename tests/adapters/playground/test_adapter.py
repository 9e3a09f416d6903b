"""People act in the playground, the real core answers from a real store, and everybody sees what is theirs."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from adapters.playground.adapter import Playground
from adapters.playground.cast import CAST, GROUPS
from adapters.playground.form import Dialog
from adapters.playground.transcript import Alert, Entry
from bot.chat.errors import Gone, Refused
from bot.chat.message import Poll, say
from bot.chat.places import Account, Place, Ref, Role
from bot.param import Kind
from bot.speech import Speech
from tests.adapters.playground.parlour import ANI, BUDI, CITRA, DISCORD, EKO, TELEGRAM, sees

PRIVATE = CAST[1].private


def last(playground: Playground, place: Place) -> Entry:
    """The newest entry of that place."""
    return [entry for entry in playground.transcript if entry.place == place][-1]


async def serve(playground: Playground) -> None:
    """Ani lets the tea card be posted in both groups."""
    await playground.say(ANI, TELEGRAM, "/serve")
    await playground.settle()


async def test_free_text_stands_in_the_group_for_everybody(playground: Playground) -> None:
    await playground.say(BUDI, TELEGRAM, "Good morning")
    assert sees(playground, CITRA, TELEGRAM) == ["Good morning"]
    assert last(playground, TELEGRAM).author == BUDI


async def test_a_command_and_its_answer_are_seen_by_the_asker_alone(playground: Playground) -> None:
    await playground.say(BUDI, TELEGRAM, "/hello")
    await playground.settle()
    assert sees(playground, BUDI, TELEGRAM) == ["/hello", "Hello."]
    assert sees(playground, CITRA, TELEGRAM) == []


async def test_on_discord_a_command_leaves_no_message_but_its_answer_names_it(playground: Playground) -> None:
    await playground.say(BUDI, DISCORD, "/hello")
    await playground.settle()
    assert sees(playground, BUDI, DISCORD) == ["Hello."]
    assert last(playground, DISCORD).command == "/hello"


async def test_a_public_answer_is_for_everybody(playground: Playground) -> None:
    await playground.run(BUDI, DISCORD, "shout", {"words": "Tea!"})
    await playground.settle()
    assert sees(playground, CITRA, DISCORD) == ["Tea!"]


async def test_a_message_with_a_poll_stands_as_its_words(playground: Playground) -> None:
    poll = Poll("2 + 2?", ("3", "4"), (1,))
    message = Speech("en").message(replace(say("What is 2 + 2?"), poll=poll))
    ref = await playground.send(TELEGRAM, message, "key")
    assert (sees(playground, CITRA, TELEGRAM), ref.poll, playground.has_polls) == (["What is 2 + 2?"], "", False)
    await playground.edit(ref, replace(message, poll=replace(poll, open=False)))
    assert sees(playground, CITRA, TELEGRAM) == ["What is 2 + 2?"]


async def test_a_due_card_is_posted_once_in_both_groups(playground: Playground) -> None:
    await serve(playground)
    for place in GROUPS:
        assert [text for text in sees(playground, CITRA, place) if "Tea time" in text] == [
            "Tea time 1\n\n✓ ████████░░ 3 · Oolong\n  ██░░░░░░░░ 1 · Mint"
        ]


async def test_a_press_is_answered_by_an_alert_on_telegram(playground: Playground) -> None:
    await serve(playground)
    await playground.press(CITRA, last(playground, TELEGRAM).id, 0, 0)
    await playground.settle()
    alert = playground.transcript.signals[-1].what
    assert isinstance(alert, Alert)
    assert (alert.account, alert.text) == (CITRA, "You winked at 1.")


async def test_a_press_is_answered_by_a_message_for_the_presser_on_discord(playground: Playground) -> None:
    await serve(playground)
    await playground.press(CITRA, last(playground, DISCORD).id, 0, 0)
    await playground.settle()
    assert last(playground, DISCORD).only == CITRA
    assert "You winked at 1." in sees(playground, CITRA, DISCORD)
    assert "You winked at 1." not in sees(playground, EKO, DISCORD)


async def test_a_private_message_is_edited_where_it_stands(playground: Playground) -> None:
    await playground.say(BUDI, TELEGRAM, "/hello")
    await playground.settle()
    await playground.press(BUDI, last(playground, TELEGRAM).id, 0, 0)
    await playground.settle()
    assert sees(playground, BUDI, TELEGRAM) == ["/hello", "Turned over."]
    assert last(playground, TELEGRAM).edited


async def test_a_private_answer_never_replaces_a_public_card(playground: Playground) -> None:
    await serve(playground)
    card = last(playground, DISCORD)
    await playground.press(BUDI, card.id, 0, 1)
    await playground.settle()
    assert playground.transcript.get(card.id) == card
    assert "Turned over." in sees(playground, BUDI, DISCORD)
    assert "Turned over." not in sees(playground, CITRA, DISCORD)


async def test_a_public_answer_replaces_the_public_card_for_everybody(playground: Playground) -> None:
    await serve(playground)
    await playground.press(BUDI, last(playground, DISCORD).id, 0, 2)
    await playground.settle()
    assert sees(playground, CITRA, DISCORD) == ["Flipped by somebody."]


async def test_a_missing_argument_opens_a_form_on_discord_and_its_values_run_the_command(
    playground: Playground,
) -> None:
    await playground.say(EKO, DISCORD, "/brew cup")
    await playground.settle()
    dialog = playground.transcript.signals[-1].what
    assert isinstance(dialog, Dialog)
    assert [(field.name, field.kind, field.required) for field in dialog.fields] == [
        ("leaf", Kind.CHOICE, True),
        ("how", Kind.TEXT, True),
    ]
    assert dialog.fields[0].choices == (("green", "Green"), ("black", "Black"))
    await playground.submit(dialog, {"leaf": "green", "how": "slowly"})
    await playground.settle()
    assert sees(playground, EKO, DISCORD) == ["A cup of green, slowly."]


async def test_a_form_keeps_what_was_given_before_it_opened(playground: Playground) -> None:
    await playground.say(EKO, DISCORD, "/brew cup black")
    await playground.settle()
    dialog = playground.transcript.signals[-1].what
    assert isinstance(dialog, Dialog)
    assert [field.name for field in dialog.fields] == ["how"]
    await playground.submit(dialog, {"how": "cold"})
    await playground.settle()
    assert sees(playground, EKO, DISCORD) == ["A cup of black, cold."]


async def test_a_missing_argument_is_a_question_with_buttons_on_telegram(playground: Playground) -> None:
    await playground.say(EKO, TELEGRAM, "/brew cup")
    await playground.settle()
    question = last(playground, TELEGRAM)
    assert question.pages[-1].asks
    await playground.press(EKO, question.id, 1, 0)
    await playground.settle()
    await playground.say(EKO, TELEGRAM, "hot")
    await playground.settle()
    assert sees(playground, EKO, TELEGRAM)[-1] == "A cup of black, hot."


async def test_free_text_in_the_discord_group_is_not_heard_by_the_bot(playground: Playground) -> None:
    await playground.say(EKO, DISCORD, "/brew cup black")
    await playground.say(EKO, DISCORD, "see you later")
    await playground.settle()
    assert sees(playground, EKO, DISCORD) == ["see you later"]


async def test_the_private_chat_belongs_to_one_person(playground: Playground) -> None:
    await playground.say(BUDI, TELEGRAM, "/hello")
    await playground.say(BUDI, PRIVATE, "/hello")
    await playground.settle()
    assert sees(playground, BUDI, PRIVATE) == ["/hello", "Hello."]
    assert sees(playground, CITRA, PRIVATE) == []


async def test_the_first_private_word_lets_the_bot_write_there(playground: Playground) -> None:
    await playground.say(BUDI, TELEGRAM, "/hello")
    await playground.say(BUDI, PRIVATE, "/hello")
    async with playground.app.store.read() as unit:
        assert await unit.people.can_write(BUDI)
        assert not await unit.people.can_write(CITRA)


async def test_an_organisers_command_is_refused_to_a_member_in_both_kinds_of_group(playground: Playground) -> None:
    for place in GROUPS:
        await playground.say(CITRA, place, "/serve")
    await playground.settle()
    assert all("organisers" in sees(playground, CITRA, place)[-1] for place in GROUPS)


async def test_a_role_counts_as_it_is_at_the_moment_of_the_act(playground: Playground) -> None:
    citra = playground.actor(CITRA)
    playground.cast_as(replace(citra, role=Role.ORGANISER))
    await playground.say(CITRA, TELEGRAM, "/serve")
    await playground.settle()
    assert "Served." in sees(playground, CITRA, TELEGRAM)


@pytest.mark.parametrize("place", GROUPS)
async def test_the_same_key_is_one_act(playground: Playground, place: Place) -> None:
    for _ in range(3):
        await playground.say(BUDI, place, "/shout once", key="a")
        await playground.say(BUDI, place, "just once", key="b")
    await playground.settle()
    assert sorted(sees(playground, CITRA, place)) == ["just once", "once"]


async def test_a_forged_button_is_refused_kindly(playground: Playground) -> None:
    await serve(playground)
    await playground.press_data(CITRA, last(playground, DISCORD).id, "1wink_1_0_1AAAAAAAAAAA")
    await playground.settle()
    assert "no longer works" in sees(playground, CITRA, DISCORD)[-1]


async def test_nobody_presses_what_they_do_not_see(playground: Playground) -> None:
    await playground.say(BUDI, TELEGRAM, "/hello")
    await playground.settle()
    hidden = last(playground, TELEGRAM).id
    with pytest.raises(LookupError):
        await playground.press(CITRA, hidden, 0, 0)
    with pytest.raises(LookupError):
        await playground.press_data(CITRA, hidden, "x")


async def test_a_long_answer_stands_in_pages_within_the_limits(playground: Playground) -> None:
    await playground.run(BUDI, TELEGRAM, "shout", {"words": "word " * 999})
    await playground.settle()
    pages = sees(playground, CITRA, TELEGRAM)
    assert len(pages) == 2
    assert all(len(page) <= 4096 for page in pages)
    assert playground.transcript.noise.bot == 2


async def test_only_public_messages_make_noise_and_edits_make_none(playground: Playground) -> None:
    await serve(playground)
    await playground.say(BUDI, DISCORD, "lovely")
    await playground.press(BUDI, last_card(playground), 0, 2)
    await playground.say(BUDI, PRIVATE, "hello?")
    await playground.settle()
    noise = playground.transcript.noise
    assert (noise.bot, noise.people, noise.sounding) == (2, 1, 0)


def last_card(playground: Playground) -> str:
    """The id of the newest public entry of the bot."""
    return [entry.id for entry in playground.transcript if entry.is_public and entry.author is None][-1]


async def test_an_incident_shows_its_code_and_leaves_the_group_alone(playground: Playground) -> None:
    await playground.say(BUDI, DISCORD, "/crash")
    await playground.settle()
    assert "E-" in sees(playground, BUDI, DISCORD)[-1]
    assert sees(playground, CITRA, DISCORD) == []


async def test_a_send_with_the_same_key_stands_once(playground: Playground) -> None:
    first = await playground.send(TELEGRAM, say("one"), "k")
    assert await playground.send(TELEGRAM, say("one"), "k") == first


async def test_editing_a_message_that_is_gone_says_so(playground: Playground) -> None:
    ref = await playground.send(TELEGRAM, say("one"), "k")
    await playground.delete(ref)
    await playground.delete(ref)
    with pytest.raises(Gone):
        await playground.edit(ref, say("two"))
    with pytest.raises(Gone):
        await playground.edit(Ref(TELEGRAM, "never"), say("two"))


async def test_an_edit_without_a_change_is_no_change(playground: Playground) -> None:
    ref = await playground.send(TELEGRAM, say("one"), "k")
    before = playground.transcript.version
    await playground.edit(ref, say("one"))
    assert playground.transcript.version == before


@pytest.mark.parametrize(
    "call", [lambda p, a: p.private(a), lambda p, a: p.send(Place("playground", a.id), say("x"), "k")]
)
async def test_strangers_have_no_private_chat(
    playground: Playground, call: Callable[[Playground, Account], Awaitable[object]]
) -> None:
    with pytest.raises((Refused, Gone)):
        await call(playground, Account("playground", "nobody"))


async def test_strangers_have_no_standing(playground: Playground) -> None:
    assert await playground.role(TELEGRAM, Account("playground", "nobody")) is Role.GUEST
    assert await playground.role(TELEGRAM, ANI) is Role.ORGANISER
    assert playground.invite() == ""


async def test_the_bot_can_come_into_a_group_and_be_put_out(playground: Playground) -> None:
    await playground.remove_bot(ANI, TELEGRAM)
    await playground.say(ANI, DISCORD, "/serve")
    await playground.settle()
    assert not any("Tea time" in text for text in sees(playground, ANI, TELEGRAM))
    await playground.add_bot(ANI, TELEGRAM, "Parlour")
    async with playground.app.store.read() as unit:
        venue = (await unit.arrivals.of(TELEGRAM, None)).venue
    assert venue is not None
    assert not venue.paused
