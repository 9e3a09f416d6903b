"""Attendance as tables for teachers: complete, private, and nothing that a spreadsheet runs."""

import csv
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest

from bot.domain.agenda import Rest
from bot.domain.presence import Presence, Way
from bot.domain.rsvp import Answer
from tests.flows.asked import greet
from tests.flows.session import COMMUNITY, DAY, END, START, number, planned, says
from tests.world import Human, World

HERE = "Saya di sini"
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
async def known(world: World) -> None:
    await greet(world)


def tables(person: Human, delimiter: str = ";") -> tuple[list[list[str]], list[list[str]]]:
    """The newest two files, read by a reader that is not ours: people and dates, without their first rows."""
    people, dates = person.files[-2:]
    assert (people.name, dates.name) == ("people.csv", "sessions.csv")
    texts = [file.content.decode("utf-8-sig") for file in (people, dates)]
    return tuple(list(csv.reader(StringIO(text), delimiter=delimiter))[1:] for text in texts)  # type: ignore[return-value]


async def heard(world: World, person: Human, minutes: int) -> None:
    """Minutes of somebody in the voice channel on the first date."""
    who = (COMMUNITY, 1, DAY, await number(world, person))
    async with world.store.begin() as unit:
        await unit.presences.enter(*who, START)
        await unit.presences.leave(*who, START + timedelta(minutes=minutes))


async def test_every_date_and_every_person_is_in_the_tables(world: World) -> None:
    await planned(world, host=world.budi)
    await says(world, world.citra, Answer.YES)
    await says(world, world.dewi, Answer.LATE)
    await says(world, world.eko, Answer.NO)
    await world.until(START)
    await world.citra.presses(HERE)
    await heard(world, world.dewi, 25)
    await heard(world, world.eko, 3)
    await world.until(END)
    await world.budi.private.says("/sesi selesai")
    before = len(world.public)
    await world.ani.private.says("/sesi ekspor")
    assert "1 sesi dalam tabel ini" in world.ani.private.told
    people, dates = tables(world.ani.private)
    assert people == [
        ["Budi", "", "0", "0", "0", "1", "2"],
        ["Citra", "", "1", "1", "0", "0", "0"],
        ["Dewi", "", "1", "1", "25", "0", "0"],
        ["Eko", "", "0", "0", "3", "0", "0"],
    ]
    assert dates == [["S1.2026-11-30", "Aljabar", "2026-11-30 19:00", "90", "berlangsung", "Budi", "2", "0", "1", "2"]]
    assert len(world.public) == before


async def test_dates_that_were_called_off_stand_there_as_such_and_nobody_was_at_them(world: World) -> None:
    await planned(world)
    await says(world, world.citra, Answer.YES)
    async with world.store.begin() as unit:
        stored = await unit.sessions.change(COMMUNITY, 1, DAY)
        await unit.sessions.put(replace(stored, rest=Rest.OFF, reason="banjir"))
    await world.until(END + WEEK)
    await world.ani.private.says("/session export 30")
    people, dates = tables(world.ani.private)
    assert [row[4] for row in dates] == ["ditiadakan: banjir", "berlangsung"]
    assert not people


async def test_a_series_that_was_ended_keeps_the_dates_to_which_people_came(world: World) -> None:
    series = await planned(world)
    await world.until(START)
    await world.citra.presses(HERE)
    await world.until(END)
    async with world.store.begin() as unit:
        await unit.sessions.save(replace(series, over=True))
    await world.ani.private.says("/session export")
    people, dates = tables(world.ani.private)
    assert [row[0] for row in dates] == ["S1.2026-11-30"]
    assert [row[0] for row in people] == ["Citra"]


async def test_no_cell_is_a_formula_and_no_name_breaks_a_row(world: World) -> None:
    await planned(world)
    for index, name in enumerate(('=HYPERLINK("http://x")', "@sum;a", '"quoted"; b', "-1+1")):
        await world.until(START)
        person = await world.newcomer(f"n{index}", name=name)
        who = await number(world, person)
        async with world.store.begin() as unit:
            await unit.presences.come(Presence(COMMUNITY, 1, DAY, who, Way.TAP, START))
    await world.ani.private.says("/session export")
    people, _ = tables(world.ani.private)
    assert sorted(row[0] for row in people) == ['"quoted"; b', "'-1+1", '\'=HYPERLINK("http://x")', "'@sum;a"]
    assert {len(row) for row in people} == {7}


async def test_tables_are_for_organisers(world: World) -> None:
    await planned(world)
    await world.until(END)
    for person in (world.citra, world.budi):
        await person.private.says("/session export")
        assert "pengelola" in person.private.told
        assert not person.private.files
    await world.ani.says("/session export")
    public = [entry for entry in world.stage.transcript if entry.is_public]
    assert not [leaf.name for entry in public for leaf in entry.files if leaf.name.endswith(".csv")]


async def test_without_sessions_there_is_no_file(world: World) -> None:
    await world.ani.private.says("/session export")
    assert "Tidak ada sesi dalam waktu itu" in world.ani.private.told
    await planned(world)
    await world.until(END + 10 * WEEK)
    await world.ani.private.says("/session export 7")
    assert "1 sesi" in world.ani.private.told
    await world.ani.private.says("/session export 0")
    assert "1 sampai 730" in world.ani.private.told
