"""Attendance as tables, for teachers: who came how often, and how each date went."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from bot.chat.clean import clean_name
from bot.chat.errors import Refusal
from bot.chat.file import Document
from bot.chat.message import Outcome, Reply, card
from bot.chat.places import Role
from bot.chat.text import T, code
from bot.command import Example, command
from bot.context import Context
from bot.domain.agenda import Occurrence, Series, occurrence
from bot.domain.points import Entry
from bot.domain.presence import Presence, Tally, tallied, there
from bot.domain.rsvp import Rsvp, seats
from bot.features.session.dates import rests
from bot.features.session.entry import series_of, upcoming
from bot.formats import attendance
from bot.formats.attendance import DateRow, PersonRow
from bot.param import Arg
from bot.speech import Speech

USUAL, MOST = 90, 730
"""Days that are looked back on."""

_MIME = "text/csv"
Key = tuple[int, date]


@dataclass(frozen=True, slots=True)
class Register:
    """The dates of a time, the oldest first, with what was said to each, who was noted as there, and all names."""

    dates: Sequence[Occurrence]
    said: Mapping[Key, Sequence[Rsvp]]
    came: Mapping[Key, Sequence[Presence]]
    names: Mapping[int, str]
    guests: frozenset[int]
    contributions: Mapping[int, int]


@command(
    "session export",
    right=Role.ORGANISER,
    aliases=("sesi ekspor", "session ekspor", "sesi export"),
    summary=T("Attendance as tables (CSV), for you alone"),
    examples=(
        Example("/session export", T("The last 90 days")),
        Example("/sesi ekspor 365", T("A whole year")),
    ),
)
async def export(
    ctx: Context, days: Annotated[int, Arg(help=T("Days to look back on, 1 to 730"), most=MOST)] = USUAL
) -> Outcome:
    """Two private files: people and dates."""
    found = await _register(ctx, ctx.now - timedelta(days=days or USUAL))
    if not found.dates:
        raise Refusal(T("No session was in that time. {command} plans one.", command=code("/session new")))
    files = await asyncio.to_thread(_files, ctx, found)
    count = T("{n} session in these tables.", "{n} sessions in these tables.", n=len(found.dates))
    kept = T("They hold people's names: keep them to those who need them.")
    return Reply(replace(card(T("Attendance"), count, kept), files=files), personal=True)


async def _register(ctx: Context, start: datetime) -> Register:
    scope, day = ctx.community.id, start.date() - timedelta(days=1)
    said: dict[Key, list[Rsvp]] = defaultdict(list)
    came: dict[Key, list[Presence]] = defaultdict(list)
    for rsvp in await ctx.unit.rsvps.since(scope, day):
        said[rsvp.series, rsvp.day].append(rsvp)
    for each in await ctx.unit.presences.since(scope, day):
        came[each.series, each.day].append(each)
    dates = await _dates(ctx, start, said.keys() | came.keys())
    entries = await ctx.unit.ledger.since(scope, start)
    people = {rsvp.person for all_ in said.values() for rsvp in all_}
    people |= {each.person for all_ in came.values() for each in all_}
    people |= {one.host for one in dates if one.host} | {entry.person for entry in entries}
    guests = frozenset(rsvp.person for all_ in said.values() for rsvp in all_ if rsvp.guest)
    names = await ctx.unit.people.names(sorted(people))
    return Register(dates, said, came, names, guests, _contributions(entries))


async def _dates(ctx: Context, start: datetime, known: set[Key]) -> Sequence[Occurrence]:
    """The dates that began in that time; of series that are over those to which anything was said."""
    found = {(one.series.id, one.day): one for one in await upcoming(ctx, start, ctx.now)}
    series: dict[int, Series | None] = {}
    for number, day in known - found.keys():
        if number not in series:
            series[number] = await series_of(ctx, number)
        if of := series[number]:
            change = await ctx.unit.sessions.change(of.community, number, day)
            found[number, day] = occurrence(of, day, change)
    begun = [one for one in found.values() if start <= one.starts <= ctx.now]
    return sorted(begun, key=lambda one: (one.starts, one.series.id))


def _contributions(entries: Sequence[Entry]) -> Mapping[int, int]:
    counted: dict[int, int] = defaultdict(int)
    for entry in entries:
        counted[entry.person] += entry.times
    return counted


def _files(ctx: Context, found: Register) -> tuple[Document, ...]:
    language = ctx.community.language
    speech = Speech(language, ctx.community.zone, ctx.community.register)
    dates = attendance.dates([_date(found, one, speech, ctx.now) for one in found.dates], language)
    people = attendance.people(_people(found, speech, ctx.now), language)
    return (Document("people.csv", people, _MIME), Document("sessions.csv", dates, _MIME))


def _people(found: Register, speech: Speech, now: datetime) -> Sequence[PersonRow]:
    yes = {key: [rsvp.person for rsvp in all_ if rsvp.answer.comes] for key, all_ in found.said.items()}
    tallies = tallied([one for one in found.dates if one.on], yes, found.came, now)
    people = tallies.keys() | {person for person, count in found.contributions.items() if count > 0}
    rows = [
        PersonRow(
            _name(found, person),
            speech.words(T("guest")) if person in found.guests else "",
            tally.said,
            tally.came,
            tally.minutes,
            tally.led,
            max(0, found.contributions.get(person, 0)),
        )
        for person in people
        if person in found.names
        for tally in (tallies.get(person, Tally()),)
    ]
    return sorted(rows, key=lambda row: row.name.casefold())


def _date(found: Register, one: Occurrence, speech: Speech, now: datetime) -> DateRow:
    key = (one.series.id, one.day)
    said = seats(found.said.get(key, ()), one.capacity)
    return DateRow(
        one.name,
        one.title,
        one.starts.astimezone(ZoneInfo(one.series.rule.zone)).strftime("%Y-%m-%d %H:%M"),
        int((one.ends - one.starts).total_seconds()) // 60,
        speech.words(rests(one) or T("took place")),
        _name(found, one.host) if one.host else "",
        len(said.coming) + len(said.waiting),
        len(said.maybe),
        len(said.no),
        len(there(found.came.get(key, ()), one, now)) if one.on else 0,
    )


def _name(found: Register, person: int) -> str:
    return clean_name(found.names.get(person, ""), f"#{person}")
