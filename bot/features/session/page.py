"""A session as whoever plans it sees it: everything about it, with buttons that change the draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.chat.errors import Refusal
from bot.chat.message import Block, Bullets, Button, Message, Paragraph, Row, Tone, card
from bot.chat.text import Line, Moment, Name, Run, Shape, T, bold
from bot.context import Context
from bot.domain.agenda import Change, Kind, Occurrence, Series, in_zone, occurrence
from bot.domain.amendment import Amendment
from bot.domain.recurrence import Frequency, Rule
from bot.features.session import draft
from bot.features.session.dates import LOOKED_AT, bounds, coming, moment, repeats, warnings, whole
from bot.features.session.entry import series_of
from bot.features.session.field import FIELDS, SERIES_ONLY

NEXT = 3
"""Dates that are shown before anything counts."""

KINDS: Mapping[Kind, T] = {
    Kind.STUDY: T("Study"),
    Kind.QUIZ: T("Quiz"),
    Kind.PRACTICE: T("Practice"),
    Kind.STORY: T("Story"),
    Kind.CHALLENGE: T("Challenge"),
}

REPEAT, LEAD, ROTA, HOLIDAYS, RAMADAN = "repeat", "lead", "rota", "holidays", "ramadan"
"""What a tap switches besides the kind."""


@dataclass(frozen=True, slots=True)
class View:
    """A draft with its next dates; `before` is the series as it is stored, None for a new one. A draft of a single date
    has only that.
    """

    number: int
    series: Series
    before: Series | None
    ahead: Sequence[Occurrence]
    single: Change | None = None

    @property
    def is_new(self) -> bool:
        """Whether it is to be planned for the first time."""
        return not self.series.id


async def view(ctx: Context, number: int, amendment: Amendment) -> View:
    """What that draft would make of the sessions."""
    if amendment.series:
        series = in_zone(amendment.series[0], ctx.community.zone)
        changes = await ctx.unit.sessions.changes(series.community, series.id) if series.id else {}
        before = await series_of(ctx, series.id) if series.id else None
        return View(number, series, before, coming(series, changes, ctx.now, LOOKED_AT))
    change = amendment.changes[0]
    found = await series_of(ctx, change.series)
    if found is None:
        raise Refusal(draft.GONE)
    return View(number, found, found, (occurrence(found, change.day, change),), change)


async def shown(ctx: Context, number: int, amendment: Amendment, page: int = draft.FIRST) -> Message:
    """The draft with its buttons."""
    seen = await view(ctx, number, amendment)
    one = seen.ahead[0] if seen.ahead else occurrence(seen.series, seen.series.rule.first, None)
    title = (
        T("Plan this session?")
        if seen.is_new
        else T("Change {name}?", name=one.name if seen.single else seen.series.name)
    )
    blocks: list[Block] = [Paragraph(_head(one)), Paragraph((whole(one, fixed=True),))]
    if one.series.zoned:
        here = Moment(one.starts, Shape.FULL, fixed=True)
        blocks.append(Paragraph((T("On the group's clock: {when}", when=here),)))
    if not seen.single:
        blocks += _times(seen)
    if lines := await _details(ctx, one, single=seen.single is not None):
        blocks.append(Bullets(tuple(lines)))
    return card(title, *blocks, rows=_more(ctx, seen) if page == draft.MORE else _rows(ctx, seen))


def _head(one: Occurrence) -> Line:
    return (bold(one.title), " · ", KINDS[one.series.kind])


def _times(seen: View) -> list[Block]:
    """How it repeats, what it was before, the next dates, and what they run into."""
    blocks: list[Block] = []
    rule = seen.series.rule
    if seen.series.repeats:
        blocks.append(Paragraph((T("It repeats: {rule}.", rule=repeats(rule)), *_spaced(bounds(rule)))))
    if seen.before and seen.before.rule != rule:
        old = occurrence(seen.before, seen.before.rule.first, None)
        blocks.append(
            Paragraph(
                (
                    T(
                        "Before: {rule}, {when}.",
                        rule=repeats(seen.before.rule),
                        when=moment(old, Shape.TIME, fixed=True),
                    ),
                )
            )
        )
    later = tuple((moment(one, Shape.FULL, fixed=True),) for one in seen.ahead[1:NEXT])
    if later:
        blocks += [Paragraph((T("After that:"),)), Bullets(later)]
    return [*blocks, *map(Paragraph, warnings(seen.series, seen.ahead))]


def _spaced(lines: Sequence[Line]) -> Line:
    return tuple(piece for line in lines for piece in (" ", *line))


async def _details(ctx: Context, one: Occurrence, *, single: bool) -> Sequence[Line]:
    lines = [*place(one)]
    if one.topic:
        lines.append((T("About {topic}", topic=Run(one.topic)),))
    if one.capacity:
        lines.append((T("{n} seat", "{n} seats", n=one.capacity),))
    if one.host:
        names = await ctx.unit.people.names((one.host,))
        lines.append((T("Led by {name}", name=Name(names.get(one.host, ""))),))
    return lines if single else [*lines, *_habits(one.series)]


def place(one: Occurrence) -> Sequence[Line]:
    """Where it meets."""
    lines: list[Line] = []
    if one.where:
        lines.append((T("Place: {place}", place=Run(one.where)),))
    if one.url:
        lines.append((T("Link: {link}", link=Run(one.url, url=one.url)),))
    if one.channel:
        lines.append((T("In the voice channel"),))
    return lines


def _habits(series: Series) -> Sequence[Line]:
    lines: list[Line] = []
    if series.quorum:
        text = T("With fewer than {n} it is called off.", n=series.quorum)
        lines.append((text,))
    if series.rota:
        lines.append((T("Those who offered to lead take turns."),))
    if series.holidays:
        lines.append((T("It rests on public holidays."),))
    if series.ramadan:
        lines.append((T("It rests in Ramadan."),))
    return lines


def _rows(ctx: Context, seen: View) -> tuple[Row, ...]:
    number = seen.number
    label = T("Plan it") if seen.is_new else T("Save")
    retime: Row = (Button(T("Change the time"), draft.press(draft.RETIME, ctx, number)),)
    if seen.single:
        fills = [_fill(ctx, number, what) for what in FIELDS if what not in SERIES_ONLY]
        return draft.closing(ctx, number, label), (*retime, *fills[:2]), tuple(fills[2:])
    if toggle := _repeat(seen.series.rule):
        retime = (*retime, Button(toggle, draft.press(draft.KNOB, ctx, number, REPEAT)))
    more = Button(T("More settings"), draft.press(draft.SHOW, ctx, number, draft.MORE))
    return draft.closing(ctx, number, label), retime, (_fill(ctx, number, "title"), _fill(ctx, number, "place"), more)


def _repeat(rule: Rule) -> T | None:
    """What a tap makes of its repeating; a rule that one tap cannot give back is left to words."""
    if rule.frequency is Frequency.ONCE:
        return T("Every week")
    simple = Rule(rule.first, rule.at, rule.zone, rule.minutes, Frequency.WEEKLY, days=(rule.first.weekday(),))
    return T("Only once") if rule == simple else None


def _more(ctx: Context, seen: View) -> tuple[Row, ...]:
    series, number = seen.series, seen.number

    def knob(label: T, what: str, *, on: bool) -> Button:
        return Button(label, draft.press(draft.KNOB, ctx, number, what), pick=on)

    kinds = tuple(knob(label, kind, on=kind is series.kind) for kind, label in KINDS.items())
    fills = [_fill(ctx, number, what) for what in FIELDS if what not in ("title", "place")]
    leads = (
        knob(T("I lead it"), LEAD, on=series.host == ctx.person.id),
        knob(T("Leading in turns"), ROTA, on=series.rota),
    )
    rests = (
        knob(T("Rest on public holidays"), HOLIDAYS, on=series.holidays),
        knob(T("Rest in Ramadan"), RAMADAN, on=series.ramadan),
    )
    back = Button(T("Back"), draft.press(draft.SHOW, ctx, number, draft.FIRST), tone=Tone.MAIN)
    return (
        kinds,
        tuple(fills[:3]),
        (*fills[3:], *leads[:1]),
        (*leads[1:], *rests) if series.repeats else leads[1:],
        (back,),
    )


def _fill(ctx: Context, number: int, what: str) -> Button:
    return Button(FIELDS[what].label, draft.press(draft.FILL, ctx, number, what))
