"""The goals, each measured in alternating rounds."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass
from statistics import median, quantiles

from bench import agenda, discord, listing, live, memory, search, start, telegram
from bench.report import Measure

LATENCY = 0.05
LONG_LATENCY = 0.5
"""Seconds that the platform takes for a call: with so much, 256 replies are in flight at 512 taps a second."""

NO_COLLAPSE = 0.5
"""The rate with 256 in flight may not be less than this part of the rate at 50 ms (httpx keeps less than a third)."""


SEARCH_ROUNDS = 3
"""Rounds of goal 10 at the most: putting a hundred thousand texts in takes longer than all the searches."""

STARTS = 2
"""Starts in each round: one takes about a second, and anything else on the machine disturbs it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured: alternating rounds, and the share of the usual number of people."""

    rounds: int = 5
    share: float = 1.0

    def people(self, usual: int) -> int:
        """So many people."""
        return max(20, int(usual * self.share))


Goal = Callable[[Plan], Awaitable[list[Measure]]]


async def throughput(plan: Plan) -> list[Measure]:
    """Goals 1 and 2."""
    bare, tuned, ours = [], [], []
    for _ in range(plan.rounds):
        bare.append(await telegram.run("baseline_telegram", "installed", plan.people(300)))
        tuned.append(await telegram.run("baseline_telegram", "tuned", plan.people(1000)))
        ours.append(await telegram.run("road_telegram", "", plan.people(1000)))
    note = "{ours:.0f} : {other:.0f} taps/s; {our_cpu:.2f} : {cpu:.2f} ms of processor time a tap"
    notes = [
        note.format(
            ours=_mid(run.rate for run in ours), other=_mid(run.rate for run in others),
            our_cpu=_mid(run.cpu for run in ours), cpu=_mid(run.cpu for run in others),
        )
        for others in (bare, tuned)
    ]  # fmt: skip
    first = [a.rate / b.rate for a, b in zip(ours, bare, strict=True)]
    second = [a.rate / b.rate for a, b in zip(ours, tuned, strict=True)]
    return [
        Measure("1", "answered tap on Telegram : bare as installed, ORM", first, 2.0, True, notes[0]),
        Measure("2", "the same : tuned bare, shared commits", second, 0.6, True, notes[1]),
    ]


async def latency(plan: Plan) -> list[Measure]:
    """Goal 3."""
    bare, ours, far = [], [], []
    for _ in range(plan.rounds):
        bare.append(await telegram.run("baseline_telegram", "installed", 20, items=3, latency=LATENCY))
        ours.append(await telegram.run("road_telegram", "", plan.people(600), items=3, latency=LATENCY))
        far.append(await telegram.run("road_telegram", "", plan.people(600), items=3, latency=LONG_LATENCY))
    disordered = sum(run.disordered for run in (*ours, *far))
    kept = _mid(a.rate / b.rate for a, b in zip(far, ours, strict=True))
    in_flight = _mid(run.rate for run in far) * LONG_LATENCY
    note = (
        f"{_mid(run.rate for run in ours):.0f} : {_mid(run.rate for run in bare):.1f} taps/s; with {in_flight:.0f} "
        f"replies in flight (500 ms) {kept:.2f} of that rate; {disordered} replies to a person in a chat out of order"
    )
    ratios = [a.rate / b.rate for a, b in zip(ours, bare, strict=True)]
    also = disordered == 0 and kept >= NO_COLLAPSE
    return [Measure("3", "taps at 50 ms of API latency : bare sequential, ORM", ratios, 20, True, note, also=also)]


async def presses(plan: Plan) -> list[Measure]:
    """Goal 4."""
    bare, tuned, ours = [], [], []
    for _ in range(plan.rounds):
        bare.append(await discord.run("baseline_discord", "installed", plan.people(300)))
        tuned.append(await discord.run("baseline_discord", "tuned", plan.people(1000)))
        ours.append(await discord.run("road_discord", "", plan.people(1000)))
    measures = []
    for number, what, others, goal in (("4a", "ORM", bare, 1.5), ("4b", "shared commits", tuned, 0.5)):
        ratios = [a.rate / b.rate for a, b in zip(ours, others, strict=True)]
        note = (
            f"{_mid(run.rate for run in ours):.0f} : {_mid(run.rate for run in others):.0f} presses/s; "
            f"{_mid(run.cpu for run in ours):.2f} : {_mid(run.cpu for run in others):.2f} ms of processor time a press"
        )
        measures.append(Measure(number, f"answered press on Discord : bare, {what}", ratios, goal, True, note))
    return measures


async def rush(plan: Plan) -> list[Measure]:
    """Goal 5."""
    bare, ours = [], []
    for _ in range(plan.rounds):
        ours.append(await telegram.run("road_telegram", "", 500, per_second=500 / 3))
        bare.append(await telegram.run("baseline_telegram", "installed", 500, per_second=500 / 3))
    waits = [run.percentile(99, 0.0) for run in ours]
    note = (
        f"p50 {_mid(run.percentile(50, 0.0) for run in ours) * 1000:.0f} ms, first reply after "
        f"{_mid(run.waits[0] for run in ours) * 1000:.0f} ms; all 500 counted once in every round; bare as installed "
        f"with the ORM: p99 {_mid(run.percentile(99, 0.0) for run in bare):.1f} s"
    )
    return [
        Measure("5", "500 people within 3 s: p99 to the private reply", waits, 1.5, False, note, " s"),
        await live_round(plan),
    ]


async def live_round(plan: Plan) -> Measure:
    """Goal 5 for a live round: nobody has joined before, and half of the people are on each platform."""
    rounds = [await live.run(500) for _ in range(plan.rounds)]
    waits = [quantiles(each, n=100)[98] for each in rounds]
    note = (
        f"250 on each platform; p50 {_mid(median(each) for each in rounds) * 1000:.0f} ms, the longest "
        f"{_mid(max(each) for each in rounds) * 1000:.0f} ms; everybody a player with one answer in every round"
    )
    what = "live round: 500 answers within 3 s, p99 from press to private feedback"
    return Measure("5b", what, waits, 1.5, False, note, " s")


async def steady(plan: Plan) -> list[Measure]:
    """Goal 6."""
    tuned, ours = [], []
    for _ in range(plan.rounds):
        tuned.append(await telegram.run("baseline_telegram", "tuned", plan.people(1000), per_second=100))
        ours.append(await telegram.run("road_telegram", "", plan.people(1000), per_second=100))
    measures = []
    for number, percent, goal in (("6a", 50, 2.0), ("6b", 99, 3.0)):
        times = [(a.percentile(percent), b.percentile(percent)) for a, b in zip(ours, tuned, strict=True)]
        note = f"{_mid(a for a, _ in times) * 1000:.1f} : {_mid(b for _, b in times) * 1000:.1f} ms"
        what = f"steady 100 taps/s: p{percent} : tuned bare"
        measures.append(Measure(number, what, [a / b for a, b in times], goal, False, note))
    return measures


async def starting(plan: Plan) -> list[Measure]:
    """Goals 7 and 8."""
    bare, parts, ours = [], [], []
    async with start.house() as house:
        for _ in range(plan.rounds * STARTS):
            bare.append(await start.bare())
            ours.append(await house.ours())
            parts.append(await house.parts())
    seconds = [a.seconds / b.seconds for a, b in zip(ours, bare, strict=True)]
    memories = [a.resident / b.resident for a, b in zip(ours, parts, strict=True)]
    note = (
        f"{_mid(a.seconds for a in ours):.2f} : {_mid(b.seconds for b in bare):.2f} s, processor "
        f"{_mid(a.cpu for a in ours):.2f} : {_mid(b.cpu for b in bare):.2f} s. Ready: both platforms connected and "
        "polled, playground, web server and database answering; the bare side only imports. The bare parts of 8 "
        f"are connected after {_mid(b.seconds for b in parts):.2f} s"
    )
    megabytes = (
        f"{_mid(a.resident for a in ours) / 2**20:.0f} : {_mid(b.resident for b in parts) / 2**20:.0f} MiB; "
        f"{_mid(b.resident for b in bare) / 2**20:.0f} MiB once both libraries and SQLAlchemy are imported and idle"
    )
    parts_of = "both libraries connected, web server, scheduler and SQLAlchemy idle in one process"
    return [
        Measure("7", "cold start to ready, everything on : libraries imported bare", seconds, 1.5, False, note),
        Measure("8", f"resident, idle, everything on : {parts_of}", memories, 1.25, False, megabytes),
    ]


async def guilds(plan: Plan) -> list[Measure]:
    """Goal 9."""
    many, few = plan.people(600), await memory.resident_with(1)
    sizes = [(await memory.resident_with(many) - few) / (many - 1) / 1024 for _ in range(plan.rounds)]
    note = f"{many} synthetic servers with {memory.CHANNELS} channels each, through the real gateway client"
    return [Measure("9", "Discord: resident memory per server", sizes, 20, False, note, " KiB")]


async def searching(plan: Plan) -> list[Measure]:
    """Goal 10 for searching."""
    many = int(search.MANY * plan.share)
    pairs = [await search.grown(many) for _ in range(min(plan.rounds, SEARCH_ROUNDS))]
    ratios = [search.p95(large) / search.p95(small) for small, large in pairs]
    note = (
        f"{_mid(search.p95(large) for _, large in pairs) * 1000:.1f} : "
        f"{_mid(search.p95(small) for small, _ in pairs) * 1000:.1f} ms on SQLite; one to six words, rare ones and one "
        "that 98 of 100 texts have, with filters and typing errors"
    )
    what = f"p95 of a search among {many:,} texts : among {search.FEW:,}"
    return [Measure("10a", what, ratios, 3.0, False, note), *await listed(plan), *await scheduled(plan)]


async def listed(plan: Plan) -> list[Measure]:
    """Goal 10 for threads and lists, of which the one counts that grows most."""
    many = int(listing.MANY * plan.share)
    pairs = [await listing.grown(many) for _ in range(min(plan.rounds, SEARCH_ROUNDS))]
    times = {
        kind: [(search.p95(large[kind]), search.p95(small[kind])) for small, large in pairs] for kind in pairs[0][0]
    }
    ratios = {kind: [large / small for large, small in some] for kind, some in times.items()}
    threads, worst = listing.THREAD, max(ratios.keys() - {listing.THREAD}, key=lambda kind: _mid(ratios[kind]))
    notes = {
        kind: f"{_mid(large for large, _ in some) * 1000:.2f} : {_mid(small for _, small in some) * 1000:.2f} ms"
        for kind, some in times.items()
    }
    among = f"p95 with {many:,} questions and as many resources : with {listing.FEW:,}"
    lists = f"{worst}, of {len(ratios) - 1} lists the one that grows most: {notes[worst]} on SQLite"
    shown = f"the question, its answers, votes and counts: {notes[threads]} on SQLite"
    return [
        Measure("10b", f"a thread: {among}", ratios[threads], 1.5, False, shown),
        Measure("10c", f"a list: {among}", ratios[worst], 1.5, False, lists),
    ]


async def scheduled(plan: Plan) -> list[Measure]:
    """Goal 10 for sessions."""
    many, turns = int(agenda.MANY * plan.share), range(min(plan.rounds, SEARCH_ROUNDS))
    looks = [await agenda.grown(many) for _ in turns]
    claims = [await agenda.claimed(many) * 1000 for _ in turns]
    idle = [(await agenda.idle(agenda.FEW), await agenda.idle(many)) for _ in turns]
    ticks = f"a tick with nothing due takes {_mid(_mid(each.ticks) for _, each in idle) * 1000:.2f} ms"
    next_due = f"{_mid(agenda.p95(large) for _, large in looks) * 1000:.2f} ms on SQLite; {ticks}"
    ratios = [agenda.p95(large) / agenda.p95(small) for small, large in looks]
    memories = [(large.resident - small.resident) / 2**20 for small, large in idle]
    drifts = [agenda.p99(large.drifts) * 1000 for _, large in idle]
    median_drift = f"median {_mid(_mid(large.drifts) for _, large in idle) * 1000:.1f} ms, about fifty due a second"
    held = f"an idle process with {many:,} series : with {agenda.FEW:,}"
    return [
        Measure("10d", f"p95 of what is due next, {many:,} series : {agenda.FEW:,}", ratios, 1.5, False, next_due),
        Measure("10e", f"{agenda.DUE:,} due at once claimed", claims, 200, False, f"among {many:,} series", " ms"),
        Measure("10f", f"resident: {held}, difference", memories, 5, False, "all stay in the database", " MiB"),
        Measure("10g", "a job begins after its moment, p99", drifts, 20, False, median_drift, " ms"),
    ]


GOALS: dict[tuple[int, ...], Goal] = {
    (1, 2): throughput,
    (3,): latency,
    (4,): presses,
    (5,): rush,
    (6,): steady,
    (7, 8): starting,
    (9,): guilds,
    (10,): searching,
}


async def measure(plan: Plan, only: int) -> AsyncIterator[Measure]:
    """All goals, or only the one of that number (0 for all)."""
    for numbers, goal in GOALS.items():
        if not only or only in numbers:
            for each in await goal(plan):
                yield each


def _mid(values: Iterable[float]) -> float:
    return median(values)
