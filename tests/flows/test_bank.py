"""The question bank: adding in one go, step by step or by a form, and looking through it."""

import pytest

from adapters.playground.form import Dialog
from bot.domain.items import Item
from tests.world import DISCORD, TELEGRAM, Human, World, opened

COMMUNITY = 1
on_telegram = pytest.mark.parametrize("world", [TELEGRAM], indirect=True, ids=["telegram"])
"""Where a group's free text is heard."""

on_discord = pytest.mark.parametrize("world", [DISCORD], indirect=True, ids=["discord"])
"""Where forms open, and named options are given."""

NEWEST, OLDEST = ["#30", "#29", "#28", "#27", "#26"], ["#5", "#4", "#3", "#2", "#1"]
FILTERS = ["Dipakai", "Menunggu", "Dipensiunkan"]

STEPS = ("Berapa 2 + 2?", "3\n4\n5", "B", "Dua dan dua adalah empat.", "matematika")


async def newest(world: World) -> Item:
    async with world.store.read() as unit:
        (item,) = await unit.items.page(COMMUNITY, "", 0, 1)
    return item


async def size(world: World) -> int:
    async with world.store.read() as unit:
        return await unit.items.count(COMMUNITY, "")


@pytest.fixture
def ani(world: World) -> Human:
    """The organiser in the private chat, where every platform hears free text."""
    return world.ani.private


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    """Everybody has spoken in the group once, so that the private chat knows whose it is."""
    for person in (world.ani, world.budi, world.citra, world.dewi):
        await person.says("/help")


async def test_one_message_step_by_step_fills_an_item(world: World, ani: Human) -> None:
    await ani.says("/quizbank add")
    assert "Apa soalnya?" in ani.told
    assert "Contoh: /quizbank add 7 × 8 = ?" in ani.told
    questions = ("Apa saja pilihannya?", "Mana yang benar?", "Mengapa itu benar?", "Topiknya apa?")
    for words, question in zip(STEPS[:4], questions, strict=True):
        await ani.says(words)
        assert question in ani.told
    await ani.says(STEPS[4])
    assert "Tersimpan" in ani.told
    assert "31 soal" in ani.told
    item = await newest(world)
    assert item.texts["id"].options == ("3", "4", "5")
    assert item.right == (1,)
    assert item.text("id").explanation == STEPS[3]
    assert item.tags == ("matematika",)
    assert item.author


async def test_question_and_options_in_one_message_leave_the_rest_to_taps(world: World, ani: Human) -> None:
    await ani.says("/banksoal tambah Ibu kota Jepang?\nOsaka\nTokyo\nKyoto")
    assert ani.buttons == ["A. Osaka", "B. Tokyo", "C. Kyoto", "Batalkan"]
    await ani.presses("B. Tokyo")
    assert ani.buttons == ["Lewati", "Batalkan"]
    await ani.presses("Lewati")
    await ani.presses("Lewati")
    assert "Tersimpan" in ani.told
    assert "B" in ani.told
    item = await newest(world)
    assert (item.text("id").prompt, item.right, item.tags) == ("Ibu kota Jepang?", (1,), ())


async def test_after_one_item_the_next_is_a_tap_away(world: World, ani: Human) -> None:
    await ani.says("/quizbank add 1 + 1?\n2\n3")
    for label in ("A. 2", "Lewati", "Lewati"):
        await ani.presses(label)
    await ani.presses("Tambah lagi")
    assert "Apa soalnya?" in ani.told


@pytest.mark.parametrize("answer", ["b", "B", "b.", "B. 4", "4"])
async def test_the_right_option_may_be_said_in_many_ways(world: World, ani: Human, answer: str) -> None:
    await ani.says("/quizbank add Berapa 2 + 2?\n3\n4")
    await ani.says(answer)
    if "Mana yang benar" in ani.told or "Pilih salah satu" in ani.told:
        pytest.fail(f"{answer!r} was not understood")
    assert "Mengapa itu benar?" in ani.told


async def test_cancel_forgets_everything(world: World, ani: Human) -> None:
    before = await size(world)
    await ani.says("/quizbank add")
    await ani.says(STEPS[0])
    await ani.presses("Batalkan")
    assert "Dibatalkan" in ani.told
    await ani.says("3\n4")
    assert "/help" in ani.told, "the question is closed"
    assert await size(world) == before


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("3", "Satu baris berarti satu jawaban"),
        ("\n".join(map(str, range(11))), "1 sampai 10 baris"),
        ("4\n4", "pilihan yang sama"),
        (f"4\n{'x' * 101}", "101"),
    ],
)
async def test_a_wrong_answer_is_told_kindly_and_the_question_stays_open(
    world: World, ani: Human, wrong: str, said: str
) -> None:
    await ani.says("/quizbank add")
    await ani.says(STEPS[0])
    await ani.says(wrong)
    assert said in ani.told
    await ani.says(STEPS[1])
    assert "Mana yang benar?" in ani.told, "what was typed before is kept"
    for words in STEPS[2:]:
        await ani.says(words)
    assert (await newest(world)).text("id").prompt == STEPS[0]


async def test_a_wrong_letter_and_a_wrong_topic_are_asked_again(world: World, ani: Human) -> None:
    await ani.says("/quizbank add Berapa 2 + 2?\n3\n4")
    await ani.says("Z")
    assert "A. 3" in ani.told
    await ani.says("B")
    await ani.presses("Lewati")
    await ani.says("dua/kata!")
    assert "biologi" in ani.told
    await ani.says("Ilmu Hitung")
    assert "Tersimpan" in ani.told
    assert (await newest(world)).tags == ("ilmu-hitung",)


async def test_a_question_that_is_too_long_is_refused_with_its_length(world: World, ani: Human) -> None:
    before = await size(world)
    await ani.says("/quizbank add")
    await ani.says("x" * 301)
    assert "301" in ani.told
    assert "300" in ani.told
    assert await size(world) == before


async def test_after_half_an_hour_the_question_is_closed(world: World, ani: Human) -> None:
    await ani.says("/quizbank add")
    await ani.says(STEPS[0])
    await world.passes(minutes=31)
    await ani.says(STEPS[1])
    assert "Mana yang benar" not in ani.told
    await ani.presses("Batalkan")
    assert "sudah ditutup" in ani.told


async def test_a_button_of_a_closed_question_says_so(world: World, ani: Human) -> None:
    await ani.says("/quizbank add Berapa 2 + 2?\n3\n4")
    await world.passes(minutes=31)
    await ani.presses("B. 4")
    assert "sudah ditutup" in ani.told


async def test_a_button_of_an_earlier_question_changes_nothing(world: World, ani: Human) -> None:
    await ani.says("/quizbank add Berapa 2 + 2?\n3\n4")
    await ani.presses("B. 4")
    await ani.presses("A. 3")
    assert "sudah ditutup" in ani.told
    for _ in range(2):
        await ani.presses("Lewati")
    assert (await newest(world)).right == (1,)


async def test_another_command_in_between_ends_the_dialogue(world: World, ani: Human) -> None:
    before = await size(world)
    await ani.says("/quizbank add")
    await ani.says("/points")
    assert "Belum ada poin" in ani.told
    await ani.says(STEPS[0])
    assert "/help" in ani.told
    assert await size(world) == before


async def test_two_people_add_at_once_without_mixing_words(world: World) -> None:
    ani, budi = world.ani.private, world.budi.private
    for step in range(len(STEPS)):
        if not step:
            await ani.says("/quizbank add")
            await budi.says("/quizbank add")
        await ani.says(STEPS[step])
        await budi.says(STEPS[step].replace("2", "7"))
    async with world.store.read() as unit:
        items = await unit.items.page(COMMUNITY, "", 0, 2)
    assert {item.text("id").prompt for item in items} == {"Berapa 2 + 2?", "Berapa 7 + 7?"}
    assert len({item.author for item in items}) == 2


@on_telegram
async def test_two_people_in_the_same_group_are_asked_apart(world: World) -> None:
    await world.ani.says("/quizbank add")
    await world.budi.says("/quizbank add")
    await world.ani.says("Soal Ani?")
    assert "Apa saja pilihannya?" in world.ani.told
    assert "Apa saja pilihannya?" not in world.budi.told
    await world.citra.says("Aku lewat")
    assert world.citra.told.startswith(("Yang bisa", ""))
    await world.ani.says("Ya\nTidak")
    await world.ani.presses("A. Ya")
    for _ in range(2):
        await world.ani.presses("Lewati")
    assert (await newest(world)).text("id").prompt == "Soal Ani?"


@on_telegram
async def test_somebody_else_s_button_is_refused(world: World) -> None:
    await world.ani.says("/quizbank add Berapa 2 + 2?\n3\n4")
    entry = next(e for e in reversed(tuple(world.stage.transcript)) if e.only == world.ani.account)
    shown = world.stage.transcript.post(world.group, None, entry.pages, world.clock())
    press = entry.pages[-1].rows[0][0].press
    assert press
    await world.stage.press_data(world.budi.account, shown.id, world.app.sign(press))
    await world.stage.settle()
    assert "untuk orang lain" in world.budi.told
    await world.ani.presses("B. 4")
    assert "Mengapa itu benar?" in world.ani.told


async def test_a_restart_in_the_middle_changes_nothing(sqlite_address: str) -> None:
    async with opened(sqlite_address) as first:
        await first.ani.says("/help")
        await first.ani.private.says("/quizbank add")
        for words in STEPS[:2]:
            await first.ani.private.says(words)
    async with opened(sqlite_address, seeded=False) as second:
        for words in STEPS[2:]:
            await second.ani.private.says(words)
        assert "Tersimpan" in second.ani.private.told
        assert (await newest(second)).text("id").options == ("3", "4", "5")


@on_discord
async def test_a_form_asks_for_everything_at_once(world: World) -> None:
    await world.ani.says("/quizbank add")
    form = world.stage.transcript.signals[-1].what
    assert isinstance(form, Dialog)
    assert [field.name for field in form.fields] == ["prompt", "options", "explanation", "topic"]
    values = dict(zip(("prompt", "options", "right", "explanation", "topic"), STEPS, strict=True))
    del values["right"]
    await world.stage.submit(form, {**values, "explanation": "", "topic": ""})
    await world.stage.settle()
    assert world.ani.buttons[:3] == ["A. 3", "B. 4", "C. 5"]
    await world.ani.presses("B. 4")
    assert "Tersimpan" in world.ani.told
    assert (await newest(world)).right == (1,)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"right": "z"}, "A. 3"),
        ({"options": "3"}, "Satu baris berarti satu jawaban"),
        ({"prompt": "x" * 301}, "301"),
        ({"topic": "a/b"}, "biologi"),
    ],
)
async def test_a_form_with_a_mistake_is_told_and_stores_nothing(
    world: World, changed: dict[str, str], said: str
) -> None:
    before = await size(world)
    values = dict(zip(("prompt", "options", "right", "explanation", "topic"), STEPS, strict=True))
    await world.ani.runs("quizbank add", **{**values, **changed})
    assert said in world.ani.told
    assert await size(world) == before


@on_discord
async def test_slash_options_that_are_given_are_not_asked_again(world: World) -> None:
    await world.ani.runs("quizbank add", prompt="Berapa 2 + 2?")
    form = world.stage.transcript.signals[-1].what
    assert isinstance(form, Dialog)
    assert "prompt" not in [field.name for field in form.fields]
    await world.stage.submit(form, {"options": "3\n4", "explanation": "", "topic": ""})
    await world.stage.settle()
    await world.ani.presses("B. 4")
    assert (await newest(world)).text("id").prompt == "Berapa 2 + 2?"


async def test_members_read_why_they_may_not_and_whom_to_ask(world: World) -> None:
    for line in ("/quizbank import", "/quizbank list", "/quizbank review", "/quizbank export csv"):
        await world.citra.says(line)
        assert "untuk moderator" in world.citra.told
        assert "Tanyakan" in world.citra.told


async def test_the_list_is_read_page_by_page_in_one_message(world: World, ani: Human) -> None:
    await ani.says("/banksoal daftar")
    assert "1 sampai 5 dari 30" in ani.told
    assert ani.buttons == [*NEWEST, "Lebih lama", *FILTERS]
    before = len(ani.screen)
    for _ in range(5):
        await ani.presses("Lebih lama")
    assert "26 sampai 30 dari 30" in ani.told or ani.sees("26 sampai 30 dari 30")
    assert ani.buttons == [*OLDEST, "Lebih baru", *FILTERS]
    await ani.presses("Lebih baru")
    assert ani.sees("21 sampai 25 dari 30")
    assert len(ani.screen) == before


async def test_the_list_of_a_topic_keeps_to_it(world: World, ani: Human) -> None:
    await ani.says("/quizbank list #BIOLOGI")
    assert "#biologi" in ani.told
    assert "#fisika" not in ani.told


async def test_a_topic_without_questions_offers_to_write_the_first(world: World, ani: Human) -> None:
    await ani.says("/quizbank list zoologi")
    assert "Belum ada soal" in ani.told
    await ani.presses("Tambah soal")
    assert "Apa soalnya?" in ani.told


async def test_markup_in_an_item_is_shown_as_it_was_written(world: World, ani: Human) -> None:
    words = "Apa <b>arti</b> *ini* @everyone [x](y)?"
    await ani.says(f"/quizbank add {words}\n</b>\n[a](http://x)")
    await ani.presses("A. </b>")
    for _ in range(2):
        await ani.presses("Lewati")
    assert words in ani.told
    await ani.says("/quizbank list")
    assert words in ani.told


async def test_topics_complete_while_somebody_types(world: World) -> None:
    found = await world.app.complete(world.group, world.ani.account, "quizbank list", "topic", "bio")
    assert ("biologi", "biologi") in found
    assert await world.app.complete(world.group, world.ani.account, "quizbank list", "topic", "\0") == []


@on_discord
async def test_a_form_with_a_mistake_keeps_everything_else_and_asks_for_that_alone(world: World) -> None:
    values = {"prompt": STEPS[0], "options": "4\n4", "explanation": STEPS[3], "topic": STEPS[4]}
    await world.ani.runs("quizbank add", **values)
    assert "pilihan yang sama" in world.ani.told
    form = world.stage.transcript.signals[-1].what
    assert isinstance(form, Dialog)
    assert [field.name for field in form.fields] == ["options"]
    await world.stage.submit(form, {"options": STEPS[1]})
    await world.stage.settle()
    await world.ani.presses("B. 4")
    assert "Tersimpan" in world.ani.told
    assert (await newest(world)).text("id").explanation == STEPS[3]


async def test_a_mistake_in_one_message_keeps_the_question(world: World, ani: Human) -> None:
    await ani.says("/quizbank add Berapa 2 + 2?\n4\n4")
    assert "pilihan yang sama" in ani.told
    assert "Apa saja pilihannya?" in ani.told
    await ani.says("3\n4")
    assert ani.buttons[:2] == ["A. 3", "B. 4"]
