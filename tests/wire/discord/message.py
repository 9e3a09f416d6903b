"""A message on the fake Discord, with everything that stands in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.wire.discord.files import Attachment


@dataclass(slots=True)
class Message:
    """A message as it stands now; `only_for` is the one person who sees an ephemeral one."""

    id: int
    channel_id: int
    author_id: int
    created: float
    content: str = ""
    embeds: list[dict[str, Any]] = field(default_factory=list)
    components: list[dict[str, Any]] = field(default_factory=list)
    flags: int = 0
    only_for: int | None = None
    nonce: str | None = None
    edited: float | None = None
    deleted: bool = False
    pinned: bool = False
    interaction_id: int | None = None
    reference: dict[str, Any] | None = None
    reactions: set[str] = field(default_factory=set)  # the bot's
    marks: set[tuple[int, str]] = field(default_factory=set)  # people's
    kind: int = 0
    edits: int = 0
    attachments: list[Attachment] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Every word a reader sees: content, embeds and text displays, in order."""
        parts = [self.content] if self.content else []
        for embed in self.embeds:
            parts += [embed.get("title", ""), embed.get("description", "")]
            parts += [f"{item['name']}\n{item['value']}" for item in embed.get("fields", [])]
            parts.append(embed.get("footer", {}).get("text", ""))
        parts += [part["content"] for part in walk(self.components) if part["type"] == 10]
        return "\n".join(part for part in parts if part)

    @property
    def buttons(self) -> list[dict[str, Any]]:
        """Buttons and selects, in reading order."""
        return [part for part in walk(self.components) if part["type"] in {2, 3, 5, 6, 7, 8}]

    def button(self, words: str) -> dict[str, Any]:
        """The button whose label is or contains `words`, or whose custom_id is `words`; LookupError without one."""
        for exact in (True, False):
            for part in self.buttons:
                label = part.get("label") or part.get("placeholder") or ""
                if part.get("custom_id") == words or label == words or (not exact and words in label):
                    return part
        raise LookupError(f"no button {words!r} among {[part.get('label') for part in self.buttons]}")


def walk(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every component with everything inside it, in reading order."""
    found: list[dict[str, Any]] = []
    for part in components:
        found.append(part)
        found += walk(part.get("components") or [])
        found += walk([part[key] for key in ("accessory", "component") if part.get(key)])
    return found
