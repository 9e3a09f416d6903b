"""Expectation and arrival side by side: what is missing, too much, early or late."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from tests.simulation.oracle import Due, Kind
from tests.simulation.run import Simulation
from tests.simulation.wire import Arrival

IN_TIME = timedelta(seconds=60)
"""So late a reminder may be while the program runs."""

RUNS, IS_OVER, AWAY = "It is running now.", "It is over.", "This comes late"
_TITLES = {"Soon: ": Kind.PRIVATE, "Starting soon: ": Kind.GROUP, "Study: ": Kind.CARD}
_FINISH = " is over"

Times = Mapping[Due, Sequence[datetime]]


def expected(simulation: Simulation) -> Times:
    """By what is due: at which moments."""
    oracle = simulation.oracle
    return _sorted((at, due) for live in simulation.groups for at, due in oracle.expected(live.known))


def arrived(simulation: Simulation) -> Times:
    """The same of what came."""
    shown: dict[tuple[str, str], str] = {}
    return _sorted((arrival.at, due) for arrival in simulation.came for due in _read(arrival, shown))


def _sorted(found: Iterable[tuple[datetime, Due]]) -> Times:
    times: dict[Due, list[datetime]] = defaultdict(list)
    for at, due in found:
        times[due].append(at)
    return {due: sorted(each) for due, each in times.items()}


def _read(arrival: Arrival, shown: dict[tuple[str, str], str]) -> Iterator[Due]:
    """What a message is; `shown` is what each message said last of how the date goes, or of being late.

    An edit counts if it says that for the first time.
    """
    if arrival.heading.endswith(_FINISH) and not arrival.edit:
        yield Due(Kind.FINISH, arrival.whom, arrival.heading.removesuffix(_FINISH), None)
    prefix = next((each for each in _TITLES if arrival.heading.startswith(each)), "")
    if not prefix:
        return
    kind, title = _TITLES[prefix], arrival.heading.removeprefix(prefix)
    says = next((each for each in (RUNS, IS_OVER, AWAY) if each in arrival.text), "")
    is_new = says not in ("", shown.get((arrival.whom, arrival.message)))
    shown[arrival.whom, arrival.message] = says
    if not arrival.edit or (is_new and kind is Kind.GROUP):
        calls = arrival.calls if kind is Kind.GROUP else frozenset()
        yield Due(kind, arrival.whom, title, arrival.starts, says == AWAY, calls)
    if is_new and kind is Kind.CARD:
        yield Due(Kind.BEGUN if says == RUNS else Kind.OVER, arrival.whom, title, arrival.starts)


def faults(wanted: Times, came: Times) -> list[str]:
    """Every difference in one line, in the order of time."""
    found: list[tuple[datetime, str]] = []
    for due in {*wanted, *came}:
        should, did = list(wanted.get(due, ())), list(came.get(due, ()))
        for at in list(should):
            if hit := next((each for each in did if timedelta(0) <= each - at <= IN_TIME), None):
                should.remove(at)
                did.remove(hit)
        found += [(at, f"missing {_say(due)}") for at in should]
        found += [(at, f"unexpected {_say(due)}") for at in did]
    return [f"{at:%Y-%m-%d %H:%M:%S} {line}" for at, line in sorted(found)]


def _say(due: Due) -> str:
    late = ", late" if due.late else ""
    calls = f", calls {sorted(due.calls)}" if due.calls else ""
    return f"{due.kind}: {due.title} at {due.starts} to {due.whom}{late}{calls}"


def dropped(simulation: Simulation) -> set[tuple[int, int, str, int]]:
    """The reminders that should have been listed as dropped: group, series, day, lead."""
    oracle, books = simulation.oracle, [book for live in simulation.groups for book in live.books]
    return {
        (book.community, book.series, day.isoformat(), lead) for book in books for day, lead in oracle.dropped(book)
    }
