"""Every collected bad name, command, button and update: tried here, tried elsewhere, or waiting for its command."""

import ast
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.chat.events import Moved
from bot.chat.places import Place
from bot.domain.points import Reason, reward
from tests.bot.nasty import bad_inputs
from tests.flows.raw import hears, invoked, pressed, words
from tests.world import TELEGRAM, World

ROOT = Path(__file__).parents[1]
COMMUNITY = 1

LATER = {
    "BI-name-039": "greetings that organisers write come with moderation",
    "BI-name-041": "tables are exported later",
    "BI-name-043": "tables are exported later",
    "BI-name-045": "tables are exported later",
    "BI-callback-033": "native polls",
    "BI-callback-035": "native polls",
    "BI-callback-037": "native polls",
    "BI-update-017": "organisers are written to in private with moderation; the pause itself is tried",
    "BI-update-049": "Discord is heard by its gateway, not by an endpoint",
    "BI-update-051": "Discord is heard by its gateway, not by an endpoint",
}
"""Waits for what does not exist yet; where it has a text, silence or a kind word is still asserted below."""

ELSEWHERE = {
    "BI-name-037": ("adapters/playground/test_page.py", "test_nobodys_words_become_markup"),
    "BI-name-049": ("bot/test_log.py", "test_what_people_write_stays_in_its_line"),
    "BI-command-003": ("adapters/telegram/test_inbound.py", "test_what_is_no_command_of_ours_is_talk_or_silence"),
    "BI-command-005": ("adapters/telegram/test_inbound.py", "test_what_is_no_command_of_ours_is_talk_or_silence"),
    "BI-command-007": ("adapters/telegram/test_inbound.py", "test_a_command_is_read_in_each_of_its_forms"),
    "BI-command-049": ("flows/test_session_rsvp.py", "test_several_answers_or_none_are_asked_about"),
    "BI-command-053": ("adapters/telegram/test_inbound.py", "test_a_forwarded_command_is_not_run"),
    "BI-command-055": ("adapters/telegram/test_inbound.py", "test_what_is_no_person_runs_nothing"),
    "BI-callback-001": ("adapters/telegram/test_inbound.py", "test_a_press_without_data_or_without_a_chat_is_no_event"),
    "BI-callback-003": ("bot/chat/test_press.py", "test_a_press_that_would_not_fit_is_refused_when_built"),
    "BI-callback-007": ("bot/test_right.py", "test_a_button_pressed_in_another_group_is_refused"),
    "BI-callback-009": ("flows/test_button.py", "test_an_organiser_s_button_asks_for_the_standing_of_this_moment"),
    "BI-callback-011": ("flows/test_button.py", "test_the_same_press_delivered_twice_has_one_effect"),
    "BI-callback-013": ("flows/test_daily.py", "test_an_answer_after_the_close_is_practice"),
    "BI-callback-015": ("flows/test_button.py", "test_a_signed_button_of_another_age_is_no_incident"),
    "BI-callback-017": ("flows/test_button.py", "test_a_signed_button_of_another_age_is_no_incident"),
    "BI-callback-019": ("flows/test_button.py", "test_a_signed_button_of_another_age_is_no_incident"),
    "BI-callback-021": ("adapters/telegram/test_inbound.py", "test_a_press_without_data_or_without_a_chat_is_no_event"),
    "BI-callback-023": (
        "adapters/discord/test_road.py",
        "test_a_custom_id_of_101_characters_is_refused_like_any_forged_one",
    ),
    "BI-callback-025": ("adapters/discord/test_road.py", "test_a_modal_field_beyond_its_length_is_refused_by_us_too"),
    "BI-callback-027": ("adapters/discord/test_road.py", "test_a_select_value_that_was_not_offered_is_refused"),
    "BI-callback-029": (
        "adapters/discord/test_road.py",
        "test_what_is_typed_into_a_completed_option_is_text_like_any_other",
    ),
    "BI-callback-031": ("adapters/discord/test_road.py", "test_an_answer_after_fifteen_minutes_is_given_up_once"),
    "BI-update-001": ("adapters/telegram/test_inbound.py", "test_an_unknown_or_empty_update_is_no_event"),
    "BI-update-003": (
        "adapters/telegram/test_poller.py",
        "test_an_update_without_a_readable_number_does_not_stop_the_loop",
    ),
    "BI-update-005": (
        "adapters/telegram/test_poller.py",
        "test_an_update_that_comes_twice_or_out_of_order_counts_once",
    ),
    "BI-update-007": (
        "adapters/telegram/test_poller.py",
        "test_an_update_that_comes_twice_or_out_of_order_counts_once",
    ),
    "BI-update-009": ("adapters/telegram/test_inbound.py", "test_what_is_no_person_runs_nothing"),
    "BI-update-011": ("flows/test_bad_inputs.py", "test_a_backlog_of_23_hours_runs_no_command"),
    "BI-update-013": ("flows/test_bad_inputs.py", "test_a_group_that_moved_keeps_everything"),
    "BI-update-015": ("flows/test_onboarding.py", "test_while_the_bot_is_out_the_quiz_comes_only_elsewhere"),
    "BI-update-019": ("adapters/playground/test_web.py", "test_a_group_with_a_name_full_of_markup_is_shown_as_text"),
    "BI-update-021": (
        "adapters/telegram/test_sender.py",
        "test_a_topic_takes_the_post_and_a_closed_or_deleted_one_lets_it_stand_in_general",
    ),
    "BI-update-023": ("adapters/discord/test_sending.py", "test_an_archived_thread_is_opened_and_a_locked_one_is_left"),
    "BI-update-025": (
        "adapters/telegram/test_sender.py",
        "test_an_edit_without_a_change_and_a_deletion_of_nothing_are_fine",
    ),
    "BI-update-027": (
        "adapters/telegram/test_sender.py",
        "test_what_telegram_cannot_read_is_sent_once_as_plain_text_with_an_alarm",
    ),
    "BI-update-029": (
        "adapters/discord/test_sending.py",
        "test_a_body_that_discord_does_not_take_is_sent_as_bare_words",
    ),
    "BI-update-031": (
        "adapters/telegram/test_ladder.py",
        "test_rung_4_a_person_who_blocked_the_bot_meanwhile_gets_the_next_rung",
    ),
    "BI-update-033": ("adapters/discord/test_sending.py", "test_a_ban_by_the_edge_stops_every_call"),
    "BI-update-035": ("adapters/telegram/test_sender.py", "test_a_revoked_token_stops_every_call"),
    "BI-update-037": (
        "adapters/telegram/test_sender.py",
        "test_a_lost_reply_to_a_send_is_ambiguous_and_never_repeated",
    ),
    "BI-update-039": (
        "adapters/telegram/test_sender.py",
        "test_a_server_that_is_not_there_is_unreachable_so_a_retry_is_safe",
    ),
    "BI-update-041": ("adapters/telegram/test_webhook.py", "test_what_is_not_telegrams_is_refused_and_stores_nothing"),
    "BI-update-043": ("adapters/telegram/test_webhook.py", "test_what_is_not_telegrams_is_refused_and_stores_nothing"),
    "BI-update-045": ("adapters/telegram/test_webhook.py", "test_what_is_not_telegrams_is_refused_and_stores_nothing"),
    "BI-update-047": ("adapters/telegram/test_webhook.py", "test_what_is_not_telegrams_is_refused_and_stores_nothing"),
    "BI-update-053": ("adapters/discord/test_life.py", "test_sessions_are_kept_within_the_budget_of_an_hour"),
}
"""Needs a platform, a page or a story of its own: the test that tries it."""

COMMANDS = {
    "BI-command-009": "Halo!",
    "BI-command-011": "Halo!",
    "BI-command-013": "Belum ada soal tentang daily",
    **{f"BI-command-{number:03}": "Ini untuk moderator" for number in (15, 17, 19, 21, 23, 25, 27, 39)},
    **{f"BI-command-{number:03}": "Ini untuk pengelola" for number in (29, 31, 33, 35, 37)},
    "BI-command-045": "/quiz",
    "BI-command-047": "Belum ada soal tentang \\",
}
"""What a command that exists answers in private; every other one here is a command that we do not have."""

NAMES, TYPED, PRESSED = bad_inputs("name"), bad_inputs("command"), bad_inputs("callback")


@cache
def functions_of(path: str) -> frozenset[str]:
    """The names of the functions in that file."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, functions))


@pytest.mark.parametrize(("where", "test"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_what_is_tried_elsewhere_is_tried_there(where: str, test: str) -> None:
    assert test in functions_of(where)


def test_every_entry_is_tried_here_or_there_or_waits() -> None:
    known = {name for name, _ in bad_inputs("name", "command", "callback", "update")}
    assert set(ELSEWHERE) | set(LATER) <= known
    assert not set(ELSEWHERE) & set(LATER)
    updates = {name for name, _ in bad_inputs("update")}
    assert updates <= set(ELSEWHERE) | set(LATER), "everything else is tried below by its text"


@pytest.mark.parametrize(("name", "raw"), NAMES, ids=[name for name, _ in NAMES])
async def test_a_bad_name_stands_on_the_board_in_a_line_of_its_own_and_gives_no_right(
    world: World, name: str, raw: str
) -> None:
    with capture_logs() as logs:
        told = await words(world, invoked(world, world.citra, "setup", name=raw))
        await hears(world, invoked(world, world.dewi, "help"))
    assert "untuk pengelola" in told
    await hears(world, invoked(world, world.citra, "help", name=raw))
    async with world.store.begin() as unit:
        for person in (world.citra, world.dewi):
            found = (await unit.arrivals.of(world.group, person.account)).person
            assert found
            community = await unit.communities.get(COMMUNITY)
            assert community
            entry = reward(community, found.id, Reason.QUIZ, 1, world.clock())
            assert await unit.ledger.record(entry)
    await world.eko.says("/leaderboard")
    board = world.eko.told.split("\n\n")[2].split("\n")
    assert len(board) == 2
    assert board[0].startswith("1. ")
    assert board[0].endswith(" · 1")
    assert board[0].removeprefix("1. ").removesuffix(" · 1").strip("\u2068\u2069 ")
    assert board[1] == "2. Dewi · 1"
    assert board[0].count("\u2068") + board[0].count("\u2066") + board[0].count("\u2067") == board[0].count("\u2069")
    assert not [log for log in logs if log["event"] == "incident"]


@pytest.mark.parametrize(("name", "line"), TYPED, ids=[name for name, _ in TYPED])
async def test_a_bad_command_is_silence_in_the_group_and_a_kind_word_in_private(
    world: World, name: str, line: str
) -> None:
    await world.citra.says("/help")
    before = (len(world.public), len(world.citra.screen))
    text = line if line.startswith("/") else f"/{line}"
    with capture_logs() as logs:
        if name not in ELSEWHERE:
            await world.citra.private.says(text)
            assert COMMANDS.get(name, "/") in world.citra.private.told
        await world.citra.says(text)
    assert not [log for log in logs if log["event"] == "incident"]
    assert len(world.public) == before[0]
    if name not in ELSEWHERE and name not in COMMANDS:
        answers = [e for e in world.stage.transcript if e.place == world.group and e.author is None]
        assert len(answers) == 1, "the help that was asked for before"


AT_SOMEBODY = {
    "BI-command-015": "Siapa yang diperingatkan",
    "BI-command-017": "Tidak ada yang bernama @a",
    "BI-command-019": "Tidak ada yang bernama 0",
    "BI-command-021": "Tidak ada yang bernama 1087968824",
    "BI-command-023": "Tidak ada yang bernama 136817688",
    "BI-command-025": "Tidak ada yang bernama 9999",
    "BI-command-027": "Tidak ada yang bernama",
    "BI-command-039": "/pin",
    **{f"BI-command-{number:03}": "Tidak ada yang bernama @ann" for number in (29, 31, 33, 35)},
    "BI-command-037": "Tidak ada yang bernama @self",
}
"""What an organiser hears of a command whose target is none."""


@pytest.mark.parametrize(("name", "told"), AT_SOMEBODY.items(), ids=AT_SOMEBODY)
async def test_a_command_at_nobody_does_nothing_and_says_so(world: World, name: str, told: str) -> None:
    line, actor = dict(TYPED)[name], world.ani.in_(TELEGRAM)
    with capture_logs() as logs:
        await actor.says(line if line.startswith("/") else f"/{line}")
    assert told in actor.told
    assert not [log for log in logs if log["event"] == "incident"]
    async with world.store.read() as unit:
        assert not await unit.sanctions.page(COMMUNITY, "", 0, 9)
        assert not await unit.records.page(COMMUNITY, 0, 0, 9)


@pytest.mark.parametrize(("name", "data"), PRESSED, ids=[name for name, _ in PRESSED])
async def test_a_bad_payload_is_answered_kindly_and_moves_nothing(world: World, name: str, data: str) -> None:
    with capture_logs() as logs:
        told = await words(world, pressed(world, world.citra, data))
    assert "Kirim lagi perintahnya" in told
    assert not [log for log in logs if log["event"] == "incident"]
    assert world.public == []


async def test_a_backlog_of_23_hours_runs_no_command(world: World) -> None:
    event = invoked(world, world.ani, "zone WITA")
    late = type(event)(
        key=event.key,
        at=event.at,
        place=event.place,
        sender=event.sender,
        line=event.line,
        sent=event.at - timedelta(hours=23),
    )
    assert await hears(world, late) == []
    async with world.store.read() as unit:
        found = await unit.communities.get(COMMUNITY)
    assert found
    assert found.zone == "Asia/Jakarta"


@pytest.mark.parametrize("times", [1, 2])
async def test_a_group_that_moved_keeps_everything(world: World, times: int) -> None:
    await world.passes(hours=22)
    await world.citra.presses("1A")
    new = Place(TELEGRAM.platform, "supergroup")
    sender = invoked(world, world.ani, "help").sender
    for number in range(times):
        moved = Moved(key=f"m{number}", at=world.clock(), place=world.group, sender=sender, to=new)
        assert await hears(world, moved) == []
    async with world.store.read() as unit:
        arrival = await unit.arrivals.of(new, world.citra.account)
        assert arrival.community
        assert arrival.community.id == COMMUNITY
        assert len(await unit.communities.all()) == 1
        quiz = await unit.quizzes.latest(COMMUNITY)
        assert quiz
        assert (await unit.quizzes.tally(COMMUNITY, quiz.id)).people == 1
