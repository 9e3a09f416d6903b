"""The README says what the code says; `python -m tests.test_docs` writes its command table anew."""

import re
from pathlib import Path

from bot.chat.places import Role
from bot.command import Command
from bot.features import FEATURES
from bot.index import Index
from bot.speech import Speech

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"

_TABLE = re.compile(r"(<!-- commands:[^\n]*-->\n).*(<!-- /commands -->)", re.DOTALL)
_WHO = {
    Role.GUEST: "everybody",
    Role.MEMBER: "members",
    Role.TRUSTED: "trusted members",
    Role.MODERATOR: "moderators",
    Role.ORGANISER: "organisers",
}


def row(command: Command) -> str:
    """One line of the table."""
    aliases = ", ".join(f"`/{alias}`" for alias in command.aliases)
    arguments = "".join(f" {_argument(param.name, param.required)}" for param in command.params)
    return (
        f"| `/{command.path}{arguments}` | {aliases} | {Speech('en').words(command.summary)} | {_WHO[command.right]} |"
    )


def table() -> str:
    """The whole command table."""
    head = "| Command | Also | What it does | Who |\n|---|---|---|---|\n"
    return head + "".join(row(command) + "\n" for command in Index(FEATURES).commands)


def test_the_command_table_is_that_of_the_code() -> None:
    found = _TABLE.search(README.read_text())
    assert found
    assert found.group(0) == found.group(1) + table() + found.group(2), "run: python -m tests.test_docs"


def test_every_file_and_folder_that_the_readme_names_exists() -> None:
    text = README.read_text()
    named = set(re.findall(r"\]\(([^)#:]+)\)", text)) | set(
        re.findall(r"`((?:bot|adapters|storage|tests|bench)/[\w/.]*)`", text)
    )
    missing = [name for name in named if not (ROOT / name).exists()]
    assert missing == []


def test_every_make_target_that_the_readme_names_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)", README.read_text())) - {"it", "an"} <= targets


def _argument(name: str, required: bool) -> str:
    return f"<{name}>" if required else f"[{name}]"


if __name__ == "__main__":
    README.write_text(_TABLE.sub(lambda found: found.group(1) + table() + found.group(2), README.read_text()))
