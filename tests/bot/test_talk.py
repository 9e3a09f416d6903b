"""Buttons that ask for words, replies to cards, files, and words to one person, through the one road."""

from dataclasses import replace

import pytest

from bot.chat.errors import Unreachable
from bot.chat.file import File
from bot.chat.places import Account, Role
from bot.chat.press import Press, sign
from bot.dialogue import PATIENCE
from bot.repository import Notice
from tests.bot.road import ANI, BROKEN, BUDI, GROUP, HOME, KEYS, NOW, OTHER, Road, bare, note, swap


def pressed(press: Press) -> str:
    return sign(press, KEYS)


async def test_a_button_asks_for_words_and_then_acts_once(road: Road) -> None:
    told = await road.presses(pressed(note(1, 5)))
    assert told.splitlines()[0] == "about 5"
    assert "What is the question?" in told
    assert road.said[0].form is not None
    assert (road.said[0].form.path, road.said[0].form.params) == ("!note", ("words",))
    assert await road.counted() == 0
    assert await road.says("because") == "5 because 1"
    assert await road.says("again") == "", "nothing is awaited any more"


async def test_a_form_s_words_are_the_same_as_typed_ones(road: Road) -> None:
    await road.presses(pressed(note(1, 5)))
    assert await road.says("/!note", values={"words": "because"}) == "5 because 1"


async def test_what_was_pressed_cannot_be_sent_along_by_anybody(road: Road) -> None:
    await road.presses(pressed(note(1, 5)))
    assert await road.says("/!note", values={"words": "because", "pressed": "press_9"}) == "5 because 1"


@pytest.mark.parametrize("values", [{"words": "x"}, {"words": "x", "pressed": "press_9"}, {}])
async def test_a_form_that_no_button_opened_does_nothing(road: Road, values: dict[str, str]) -> None:
    assert "no longer open" in await road.says("/!note", values=values)
    assert await road.counted() == 0


@pytest.mark.parametrize("line", ["/!note press_5 words", "/!note", "/note 5 words", "/!"])
async def test_nobody_can_type_what_a_button_begins(road: Road, line: str) -> None:
    assert await road.says(line) == ""
    assert await road.counted() == 0


async def test_words_that_are_no_good_are_asked_for_again(road: Road) -> None:
    await road.presses(pressed(note(1, 5)))
    told = await road.says("x" * 21)
    assert "too long" in told
    assert "What is the question?" in told
    assert await road.says("short") == "5 short 1"


async def test_the_right_is_checked_at_the_press_and_again_at_the_act(road: Road) -> None:
    assert "organisers" in await road.presses(pressed(bare(1)))
    road.wire.roles["g1", "ani"] = Role.ORGANISER
    assert "What is the question?" in await road.presses(pressed(bare(1)))
    road.wire.roles["g1", "ani"] = Role.MEMBER
    assert "organisers" in await road.says("because")
    assert await road.counted() == 0


async def test_somebody_else_s_words_are_not_the_answer(road: Road) -> None:
    await road.presses(pressed(note(1, 5)))
    assert await road.says("mine", who=BUDI) == ""
    assert await road.says("because") == "5 because 1"


async def test_a_question_that_nobody_answered_is_over(road: Road) -> None:
    await road.presses(pressed(note(1, 5)))
    road.now += PATIENCE * 2
    assert await road.says("because") == ""


async def test_the_words_reach_the_group_of_the_button_in_a_private_chat_too(road: Road) -> None:
    await road.says("/whoami", place=OTHER)
    await road.presses(pressed(note(2, 5)), place=HOME)
    assert await road.says("/!note", place=HOME, values={"words": "because"}) == "5 because 1"
    assert (await road.counted(1), await road.counted(2)) == (0, 1)


async def posts(road: Road) -> None:
    await road.says("/post")
    await road.app.outbox.settle()
    assert ("g1", "card 7 for all in en") in road.wire.sent


async def test_a_plain_reply_to_a_card_is_heard(road: Road) -> None:
    await posts(road)
    assert await road.says("my words", reply="1") == "7 heard my words 1"
    assert await road.says("again", who=BUDI, reply="1") == "7 heard again 2"


async def test_who_is_no_member_is_not_heard(road: Road) -> None:
    await posts(road)
    assert "Only members" in await road.says("my words", reply="1", role=Role.GUEST)
    assert await road.counted() == 0


async def test_other_talk_is_left_alone(road: Road) -> None:
    await posts(road)
    assert await road.says("my words") == ""
    assert await road.says("my words", reply="99") == ""
    assert await road.says("my words", place=OTHER, reply="1") == ""
    assert await road.counted() == 0


async def test_the_same_reply_delivered_twice_counts_once(road: Road) -> None:
    await posts(road)
    for _ in range(3):
        await road.says("my words", reply="1", key="once")
    assert await road.counted() == 1


async def test_an_awaited_answer_goes_before_a_reply(road: Road) -> None:
    await posts(road)
    await road.presses(pressed(note(1, 5)))
    assert await road.says("because", reply="1") == "5 because 1"


FILE = File("wire", "f1", "notes.txt", 7, "text/plain")


@pytest.fixture
def trusted(road: Road) -> Road:
    road.wire.roles["g1", "ani"] = Role.MODERATOR
    return road


async def test_a_file_that_comes_with_a_command_is_read(trusted: Road) -> None:
    assert await trusted.says("/load", file=FILE) == "notes.txt:CONTENT 1"


async def test_a_file_is_asked_for_and_may_come_later_or_be_pasted(trusted: Road) -> None:
    assert "What is the question?" in await trusted.says("/load")
    assert await trusted.says("", file=FILE) == "notes.txt:CONTENT 1"
    await trusted.says("/load")
    assert await trusted.says("line one\n  line two") == ":LINE ONE\n  LINE TWO 2"
    assert await trusted.says("/load one\n\n two") == ":ONE\n\n TWO 3"


async def test_a_file_that_is_no_good_is_refused_and_nothing_happens(trusted: Road) -> None:
    trusted.wire.content = b"bad"
    assert await trusted.says("/load", file=FILE) == "Skip"
    assert await trusted.counted() == 0


async def test_a_large_file_is_not_even_fetched_and_a_lying_one_not_kept(trusted: Road) -> None:
    large = File("wire", "f1", "notes.txt", 4096)
    assert "at most 2 kB" in await trusted.says("/load", file=large)
    trusted.wire.content = b"x" * 4096
    assert "at most 2 kB" in await trusted.says("/load", file=FILE)
    assert await trusted.counted() == 0


async def test_a_file_that_cannot_be_fetched_is_asked_for_once_more(trusted: Road) -> None:
    trusted.wire.error = Unreachable()
    told = await trusted.says("/load", file=FILE, role=Role.ORGANISER)
    assert "couldn't fetch" in told


async def test_nothing_is_fetched_or_read_for_somebody_who_may_not_give_a_file(road: Road) -> None:
    road.wire.content = b"bad"
    assert "moderators" in await road.says("/load", file=FILE)
    assert road.wire.fetched == 0
    road.wire.roles["g1", "ani"] = Role.MODERATOR
    await road.says("/load")
    road.wire.roles["g1", "ani"] = Role.MEMBER
    assert "moderators" in await road.says("", file=FILE), "nor later, when it was asked for"
    assert road.wire.fetched == 0


async def test_a_command_that_takes_no_file_ignores_one(road: Road) -> None:
    road.wire.error = Unreachable()
    assert await road.says("/more", file=FILE) == "now 1"


async def opens_private(road: Road, account: Account = ANI) -> None:
    async with road.store.begin() as unit:
        await unit.people.open_private(account, True)


async def test_one_person_is_told_privately(road: Road) -> None:
    await opens_private(road)
    assert await road.says("/tell") == "told True"
    await road.app.outbox.settle()
    assert road.wire.sent == [("ani", "card 3 for Ani in en")]
    await road.says("/more")
    assert "card 3" not in road.said[0].message.blocks.__repr__()


async def test_a_word_to_one_person_is_in_their_own_language(road: Road) -> None:
    await opens_private(road)
    async with road.store.begin() as unit:
        person = (await unit.arrivals.of(GROUP, ANI)).person
        assert person
        await unit.people.save(replace(person, language="id"))
    await road.says("/tell")
    await road.app.outbox.settle()
    assert road.wire.sent == [("ani", "card 3 for Ani in id")]


async def test_who_cannot_be_written_to_finds_it_below_the_next_private_answer_once(road: Road) -> None:
    assert (await road.says("/tell")).startswith("told False")
    await road.app.outbox.settle()
    assert road.wire.sent == []
    assert "card 3 for Ani" in await road.says("/more")
    assert road.said[0].personal, "never in public, not even briefly"
    assert "card 3" not in await road.says("/more")
    assert not road.said[0].personal


async def test_it_is_not_put_into_a_message_that_may_stand_in_public_or_is_gone_with_the_next_tap(road: Road) -> None:
    await road.says("/tell")
    assert await road.presses(pressed(swap(1))) == "swapped 1"
    assert "card 3" in await road.says("/more")


async def test_a_word_that_cannot_be_composed_keeps_nobody_from_their_answers(road: Road) -> None:
    await road.says("/tell")
    async with road.store.begin() as unit:
        await unit.notices.put(Notice(1, 1, "broken", "card", BROKEN, NOW))
    assert await road.says("/more") == "now 1\ncard 3 for Ani in en"
    assert await road.says("/more") == "now 2"


async def test_where_an_answer_may_end_as_a_link_it_waits_for_the_private_chat(road: Road) -> None:
    road.wire.whispers = False
    await road.says("/tell")
    assert "card 3" not in await road.says("/more")
    assert "card 3 for Ani" in await road.says("/more", place=HOME)


async def test_it_waits_for_an_answer_that_has_room_and_is_the_person_s_own(road: Road) -> None:
    await road.says("/tell", place=OTHER)
    assert "card 3" not in await road.says("/more", place=GROUP), "another group's business"
    assert "card 3" in await road.says("/more", place=OTHER)
