"""What people and groups should have got, by the rules as they are promised and the history as it was."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from tests.simulation.calendar import MINUTE, awake
from tests.simulation.history import Book, Segment, State, near

LEADS: Mapping[int, timedelta] = {
    1: timedelta(days=2),
    2: timedelta(days=1),
    3: timedelta(hours=3),
    4: timedelta(hours=1),
    5: timedelta(minutes=15),
}
GROUP, AGENDA = 5, 2
"""The reminder of the whole group, and the one in whose place whoever leads the date gets its agenda."""

AHEAD = timedelta(days=2)
USEFUL, LATE = 10 * MINUTE, 5 * MINUTE


class Kind(StrEnum):
    """What arrives."""

    PRIVATE = "private reminder"
    GROUP = "group reminder"
    CARD = "card"
    BEGUN = "card says that it runs"
    OVER = "card says that it is over"
    FINISH = "host is asked how it was"


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is due to arrive: to whom (a person's or a place's name), of which series, told with which start.

    `calls` are the people whom it names.
    """

    kind: Kind
    whom: str
    title: str
    starts: datetime | None
    late: bool = False
    calls: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Group:
    """A community as the oracle knows it: its places, its people's accounts by number, and who may be written to."""

    places: tuple[str, ...]
    names: Mapping[int, str]
    reachable: frozenset[int]
    wishes: Mapping[int, list[tuple[datetime, frozenset[int]]]]
    books: list[Book]


class Oracle:
    """Knows when the program did not run: between these moments nothing happens, and at the end of each all at once."""

    def __init__(self, downtimes: Sequence[tuple[datetime, datetime]], end: datetime) -> None:
        self._downtimes = downtimes
        self._end = end

    def running(self, at: datetime) -> datetime:
        """The first moment from then on at which the program runs."""
        return next((end for begin, end in self._downtimes if begin < at < end), at)

    def expected(self, group: Group) -> Iterator[tuple[datetime, Due]]:
        """All that should arrive in a group before the end, each with its moment."""
        for book in group.books:
            for day in book.days:
                segments = [each for each in book.segments(day, self._end) if each.state]
                yield from self._reminders(group, book, day, segments)
                yield from self._course(group, book, day, segments)

    def dropped(self, book: Book) -> Iterator[tuple[date, int]]:
        """The reminders that came to nothing because the program did not run, as day and lead."""
        for day in book.days:
            segments = [each for each in book.segments(day, self._end) if each.state]
            for lead in LEADS:
                fired = self._fired(segments, lead)
                yield from ((day, lead) for at, state in fired if at > state.starts + USEFUL)

    def _reminders(
        self, group: Group, book: Book, day: date, segments: Sequence[Segment]
    ) -> Iterator[tuple[datetime, Due]]:
        for lead in LEADS:
            for at, state in self._fired(segments, lead):
                if at > state.starts + USEFUL:
                    continue
                coming = book.coming(day, at)
                late = at - (state.starts - LEADS[lead]) > LATE
                for person in self._people(group, book, coming, lead, state, at):
                    yield at, Due(Kind.PRIVATE, group.names[person], book.title, state.starts, late)
                if lead == GROUP:
                    calls = frozenset(group.names[person] for person, yes in coming.items() if yes)
                    for place in group.places:
                        yield at, Due(Kind.GROUP, place, book.title, state.starts, late, _here(calls, place))

    def _fired(self, segments: Sequence[Segment], lead: int) -> Iterator[tuple[datetime, State]]:
        """When a reminder is due and the program runs; anew only if the date is later by more than the lead.

        Of what lay behind when the time became known, and of what is over, nobody is reminded.
        """
        told: datetime | None = None
        for segment, state in _taking_place(segments):
            due = state.starts - LEADS[lead]
            if due < state.since or (told and state.starts - told <= LEADS[lead]):
                continue
            at = self.running(max(due, segment.begins))
            if at < segment.ends and not self._is_over(segments, at):
                told = state.starts
                yield at, state

    def _is_over(self, segments: Sequence[Segment], at: datetime) -> bool:
        return any(over < at for over, _ in self._over(segments))

    def _begun(self, segments: Sequence[Segment]) -> Iterator[tuple[datetime, State]]:
        """When the date begins, anew where it was moved after it had begun."""
        begun: datetime | None = None
        for segment, state in _taking_place(segments):
            at = self.running(max(state.starts, segment.begins))
            if at < min(segment.ends, state.ends) and begun != state.starts:
                begun = state.starts
                yield at, state

    def _over(self, segments: Sequence[Segment]) -> Iterator[tuple[datetime, State]]:
        """When the date is over, once. One that never began, and was to be over before that was known, never was."""
        for segment, state in _taking_place(segments):
            at = self.running(max(state.ends, segment.begins))
            was = any(begun <= at for begun, _ in self._begun(segments))
            if at < segment.ends and (was or state.ends > state.since):
                yield at, state
                return

    def _people(
        self, group: Group, book: Book, coming: Mapping[int, bool], lead: int, state: State, at: datetime
    ) -> Iterator[int]:
        """Who comes or leads it, can be written to, and wants this as the latest of the reminders that are due."""
        for person in {*coming, book.host} - {0}:
            wished = _wish(group.wishes[person], at)
            due = [each for each in wished if state.starts - LEADS[each] <= at]
            instead = person == book.host and lead == AGENDA
            if person in group.reachable and not instead and lead in wished and lead == max(due):
                yield person

    def _course(
        self, group: Group, book: Book, day: date, segments: Sequence[Segment]
    ) -> Iterator[tuple[datetime, Due]]:
        """Its card, which says when it runs and when it is over, and the question to whoever led it."""
        for at, _ in self._over(segments):
            if book.host:
                yield at, Due(Kind.FINISH, group.names[book.host], book.title, None)
        posted = self._posted(book, day)
        if posted is None:
            return
        for kind, at, state in ((Kind.CARD, posted, book.state(day, posted)), *self._phases(segments, posted)):
            for place in group.places:
                yield at, Due(kind, place, book.title, state.starts if state else None)

    def _phases(self, segments: Sequence[Segment], posted: datetime) -> Iterator[tuple[Kind, datetime, State]]:
        """When a card that stands says for the first time that the date runs, or is over, by its time as it is then."""
        shown: Kind | None = None
        over = [at for at, _ in self._over(segments)]
        for segment, state in _taking_place(_seen(segments)):
            runs = self.running(max(state.starts, segment.begins))
            ends = self.running(max(state.ends, segment.begins))
            if segment.begins < state.starts and not _is_before(over, segment.begins):
                shown = None
            for kind, at in ((Kind.BEGUN, runs), (Kind.OVER, ends)):
                is_so = at < segment.ends and at >= posted and (kind is Kind.OVER or at < state.ends)
                if is_so and kind is not shown and not _is_before(over, at):
                    shown = kind
                    yield kind, at, state

    def _posted(self, book: Book, day: date) -> datetime | None:
        """When its card comes: two days before, not at night, and not before the date before it is over."""
        for segment in book.replanned(day, self._end):
            state = segment.state
            if state is None or not state.on or state.ends <= state.since:
                continue
            morning = awake(state.starts - AHEAD, book.zone(segment.begins))
            due = min(max(morning, self._before(book, day, segment)), state.starts)
            at = self.running(max(due, segment.begins))
            if at < segment.ends and at <= state.starts + USEFUL and at < state.ends:
                return at
        return None

    def _before(self, book: Book, day: date, segment: Segment) -> datetime:
        """When the date before it is over."""
        own = segment.state
        assert own
        states = [(each, book.state(each, segment.begins)) for each in near(day) if each != day]
        found = [(s.starts, each, s.ends) for each, s in states if s and s.on and (s.starts, each) < (own.starts, day)]
        return max(found)[2] if found else segment.begins


def _taking_place(segments: Iterable[Segment]) -> Iterator[tuple[Segment, State]]:
    """Those in which the date takes place."""
    return ((segment, segment.state) for segment in segments if segment.state and segment.state.on)


def _seen(segments: Sequence[Segment]) -> Iterator[Segment]:
    """Without those that begin when the date had passed already: no card says any more what it would have been."""
    passed = False
    for segment in segments:
        assert segment.state
        if not passed or segment.state.ends > segment.begins:
            yield segment
        passed = segment.state.ends <= segment.ends


def _is_before(moments: Sequence[datetime], at: datetime) -> bool:
    return any(each < at for each in moments)


def _wish(wishes: Sequence[tuple[datetime, frozenset[int]]], at: datetime) -> frozenset[int]:
    index = bisect_right([since for since, _ in wishes], at)
    return wishes[index - 1][1]


def _here(calls: frozenset[str], place: str) -> frozenset[str]:
    """Those of them who are on the platform of that place."""
    return frozenset(each for each in calls if each.split(":")[0] == place.split(":", maxsplit=1)[0])
