"""`python -m bench`: measure the goals and write bench/results.md."""

import argparse
import asyncio
import os

from bench.goals import GOALS, Plan, measure
from bench.report import RESULTS, Measure, table, write


async def perform(plan: Plan, only: int, keep: bool) -> None:
    """Measure, telling each result as it comes; `keep` writes the report."""
    measures: list[Measure] = []
    load = os.getloadavg()[1]
    async for each in measure(plan, only):
        measures.append(each)
        print(table([each]).splitlines()[-1], flush=True)
    if keep:
        write(measures, plan.rounds, load)
        print(f"written to {RESULTS.relative_to(RESULTS.parent.parent)}")


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    numbers = sorted(number for numbers in GOALS for number in numbers)
    parser.add_argument("--goal", type=int, choices=numbers, default=0, help="only this one; writes no report")
    parser.add_argument("--rounds", type=int, choices=(3, 4, 5), default=5, help="alternating rounds")
    parser.add_argument("--quick", action="store_true", help="one small round, to see that it runs; writes no report")
    given = parser.parse_args()
    plan = Plan(rounds=1, share=0.2) if given.quick else Plan(given.rounds)
    asyncio.run(perform(plan, given.goal, keep=not (given.quick or given.goal)))


if __name__ == "__main__":
    main()
