"""Finding the command that typed words mean, in any of its spellings."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeVar

from bot.chat.text import T
from bot.command import WAITING, Action, Command, Feature, Job
from bot.followup import Deletion, Hearing, Liking

N = TypeVar("N", Action, Hearing, Liking, Deletion, Job)

_TWO_WORDS = re.compile(r"(\S+)(?:(\s+)(\S+))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Found:
    """A command, and what stands after its words."""

    command: Command
    rest: str


class Index:
    """All declarations of the features by their names; raises ValueError where two share one."""

    def __init__(self, features: Iterable[Feature]) -> None:
        features = tuple(features)
        self.commands = tuple(command for feature in features for command in feature.commands)
        self.groups: Mapping[str, T] = dict(group for feature in features for group in feature.groups)
        self.actions: Mapping[str, Action] = _unique(a for f in features for a in f.actions)
        self.jobs: Mapping[str, Job] = _unique(j for f in features for j in f.jobs)
        self.hearings: Mapping[str, Hearing] = _unique(h for f in features for h in f.hearings)
        self.listenings = tuple(each for feature in features for each in feature.listenings)
        self.likings: Mapping[str, Liking] = _unique(each for f in features for each in f.likings)
        self.deletions: Mapping[str, Deletion] = _unique(each for f in features for each in f.deletions)
        self._waiting = {WAITING + a.name: a.waiting for a in self.actions.values() if a.params}
        self._paths: dict[str, Command] = {}
        for command in self.commands:
            for path in (command.path, *command.aliases):
                if self._paths.setdefault(_plain(path), command) is not command:
                    raise ValueError(f"two commands are called {path}")

    def find(self, line: str) -> Found | None:
        """The command whose words begin the line, the longest path first; None if there is none."""
        if line.startswith(WAITING):
            return Found(self._waiting[line], "") if line in self._waiting else None
        words = _TWO_WORDS.match(line.strip())
        if words is None:
            return None
        first, _, second = words.groups()
        if second and (command := self._paths.get(_plain(f"{first} {second}"))):
            return Found(command, line.strip()[words.end() :])
        if command := self._paths.get(_plain(first)):
            return Found(command, line.strip()[len(first) :])
        return None

    def group(self, line: str) -> str:
        """The group whose first word begins the line ("quizbank" for `/banksoal`), "" if there is none."""
        first = _plain(line.split(maxsplit=1)[0]) if line.split() else ""
        found = [command for command in self.commands if first in _heads(command)]
        # A command of one word is in a group only where a platform registers it there.
        named = [command.slash for command in found if " " not in command.path] or [each.path for each in found]
        return named[0].partition(" ")[0] if named else ""

    def members(self, group: str) -> Sequence[Command]:
        """The commands of that group, also those that only a platform registers there."""
        head = f"{group} "
        return [each for each in self.commands if each.path.startswith(head) or each.slash.startswith(head)]

    def near(self, line: str) -> str:
        """A path or alias that was probably meant, "" if nothing is close."""
        first = _plain(line.split(maxsplit=1)[0]) if line.split() else ""
        close = get_close_matches(first, [path for path in self._paths if " " not in path], 1, 0.75)
        return close[0] if close else ""


def _unique(named: Iterable[N]) -> dict[str, N]:
    found: dict[str, N] = {}
    for item in named:
        if item.name in found:
            raise ValueError(f"two declarations are called {item.name}")
        found[item.name] = item
    return found


def _heads(command: Command) -> set[str]:
    """The first words of all spellings that have two."""
    return {_plain(path.partition(" ")[0]) for path in (command.path, *command.aliases) if " " in path}


def _plain(path: str) -> str:
    return " ".join(re.sub("[-_]", "", path).casefold().split())
