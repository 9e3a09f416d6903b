"""What was measured, and bench/results.md."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

RESULTS = Path(__file__).with_name("results.md")


@dataclass(frozen=True, slots=True)
class Measure:
    """One goal: its ratio in every round. Met if the median is at least (`higher`) or at most `goal`."""

    number: str
    what: str
    ratios: Sequence[float]
    goal: float
    higher: bool
    note: str
    unit: str = ""
    also: bool = True

    @property
    def met(self) -> bool:
        """Whether the median reaches the goal, and what else must hold does."""
        middle = median(self.ratios)
        return self.also and (middle >= self.goal if self.higher else middle <= self.goal)


def table(measures: Sequence[Measure]) -> str:
    """The measures as a Markdown table."""
    rows = ["| # | measure | median (min to max) | goal | met | note |", "|---|---|---|---|---|---|"]
    for each in measures:
        span = f"{median(each.ratios):.2f} ({min(each.ratios):.2f} to {max(each.ratios):.2f})"
        sign = "≥" if each.higher else "≤"
        met = "yes" if each.met else "**no**"
        goal = f"{sign} {each.goal:g}{each.unit}"
        rows.append(f"| {each.number} | {each.what} | {span}{each.unit} | {goal} | {met} | {each.note} |")
    return "\n".join(rows)


def write(measures: Sequence[Measure], rounds: int, load: float) -> None:
    """Write bench/results.md; `load` is the machine's load average before anything was measured."""
    head = (
        "# What Bareng costs, measured against the bare libraries\n\n"
        f"`make bench` wrote this on {datetime.now(UTC):%Y-%m-%d %H:%M} UTC: Python {platform.python_version()}, "
        f"{os.cpu_count()} cores (load average before: {load:.1f}), {rounds} alternating rounds. Contenders and fake "
        "platforms run on loopback, each in its own process, the fake a fresh one for every contender. Only the ratios "
        "travel to other machines; rates and seconds in the notes are medians of this run.\n\n"
        "The bare baselines store the same rows for a tap (the event's key, the answer, the reward) in SQLite with the "
        "same pragmas (WAL, synchronous=FULL) and give a reply of the same length by the same call. They do not check "
        "rights, read the quiz or the person, sum points, carry a streak or translate; Bareng does all of that. The "
        "tuned one runs its own Core statements for each tap, in a savepoint, as a bot must that also reads. One that "
        "only ever inserts could gather the rows of many taps into one statement a table and was seen at 2,500 taps/s."
        "\n\n"
    )
    RESULTS.write_text(head + table(measures) + "\n", encoding="utf-8")
