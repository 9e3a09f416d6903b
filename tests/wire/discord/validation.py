"""The rules of Discord that its specification cannot say (documentation of July to August 2026)."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from tests.wire.discord.state import COMPONENTS_V2, EPHEMERAL, walk

Json = dict[str, Any]
NAME = re.compile(r"[-_'\w]{1,32}")
SELECTS = {3, 5, 6, 7, 8}
EMPTY = "Cannot send an empty message"


def message_problems(body: Json, *, interaction: bool, creating: bool = True) -> list[str]:
    """Everything wrong with a message to be sent or, without `creating`, with an edit of one."""
    flags = body.get("flags") or 0
    components = body.get("components") or []
    problems: list[str] = []
    if len(body.get("content") or "") > 2000:
        problems.append("content: Must be 2000 or fewer in length.")
    if flags & EPHEMERAL and not interaction:
        problems.append("flags: EPHEMERAL is for interactions only")
    problems += _embed_problems(body.get("embeds") or [])
    problems += _mention_problems(body.get("allowed_mentions"))
    problems += _custom_id_problems(components)
    if flags & COMPONENTS_V2:
        problems += _v2_problems(body, components)
    else:
        problems += _legacy_problems(components)
    if creating and not _shows_something(body, v2=bool(flags & COMPONENTS_V2)):
        problems.append(EMPTY)
    return problems


def _shows_something(body: Json, *, v2: bool) -> bool:
    if v2:
        return bool(body.get("components"))
    return bool((body.get("content") or "").strip() or any(body.get(key) for key in ("embeds", "poll", "attachments")))


def _embed_problems(embeds: list[Json]) -> list[str]:
    problems, total = [], 0
    limits = {"title": 256, "description": 4096}
    for embed in embeds:
        parts = [(key, embed.get(key) or "", limit) for key, limit in limits.items()]
        parts.append(("footer", (embed.get("footer") or {}).get("text") or "", 2048))
        parts.append(("author", (embed.get("author") or {}).get("name") or "", 256))
        for item in embed.get("fields") or []:
            parts += [("field name", item["name"], 256), ("field value", item["value"], 1024)]
            if not item["name"].strip() or not item["value"].strip():
                problems.append("embed field: This field is required")
        problems += [f"embed {key}: over {limit}" for key, text, limit in parts if len(text) > limit]
        if len(embed.get("fields") or []) > 25:
            problems.append("embed: over 25 fields")
        total += sum(len(text) for _, text, _ in parts)
    if total > 6000:
        problems.append("embeds: Embed size exceeds maximum size of 6000")
    return problems


def _mention_problems(allowed: Json | None) -> list[str]:
    if not allowed:
        return []
    parse = allowed.get("parse") or []
    return [
        f"allowed_mentions: parse:[{key!r}] and {key}: [ids...] are mutually exclusive."
        for key in ("users", "roles")
        if key in parse and allowed.get(key)
    ]


def _custom_id_problems(components: list[Json]) -> list[str]:
    counts = Counter(part["custom_id"] for part in walk(components) if part.get("custom_id"))
    problems = [f"custom_id: duplicated {name!r}" for name, count in counts.items() if count > 1]
    for part in walk(components):
        if part.get("type") == 2:
            problems += _button_problems(part)
        elif part.get("type") == 3:
            problems += _select_problems(part)
    return problems


def _button_problems(button: Json) -> list[str]:
    problems = []
    if button.get("style") == 5:
        if not button.get("url") or button.get("custom_id"):
            problems.append("link button: a url and no custom_id")
        elif not re.match(r"(https?|discord)://", button["url"]):
            problems.append("url: Scheme must be one of http, https, discord")
    elif not button.get("custom_id"):
        problems.append("button: custom_id is required")
    if not (button.get("label") or "").strip() and not button.get("emoji"):
        problems.append("button: a label or an emoji is required")
    return problems


def _select_problems(select: Json) -> list[str]:
    values = [option["value"] for option in select.get("options") or []]
    problems = []
    if not 1 <= len(values) <= 25:
        problems.append("select: 1 to 25 options")
    if len(set(values)) != len(values):
        problems.append("select: values must be unique")
    return problems


def _row_problems(row: Json) -> list[str]:
    inside = row.get("components") or []
    kinds = [part.get("type") for part in inside]
    if not 1 <= len(inside) <= 5:
        return ["row: 1 to 5 components"]
    if any(kind in SELECTS for kind in kinds) and len(inside) > 1:
        return ["row: a select stands alone"]
    return []


def _legacy_problems(components: list[Json]) -> list[str]:
    problems = [] if len(components) <= 5 else ["components: at most 5 rows"]
    for part in components:
        if part.get("type") != 1:
            problems.append(f"components: type {part.get('type')} needs the IS_COMPONENTS_V2 flag")
        else:
            problems += _row_problems(part)
    return problems


def _v2_problems(body: Json, components: list[Json]) -> list[str]:
    problems = [
        f"{key}: cannot be used with components v2"
        for key in ("content", "embeds", "poll", "sticker_ids")
        if body.get(key)
    ]
    everything = walk(components)
    if len(everything) > 40:
        problems.append("components: more than 40 in total")
    if sum(len(part.get("content") or "") for part in everything) > 4000:
        problems.append("components: displayable text exceeds 4000")
    for part in everything:
        if part.get("type") == 1:
            problems += _row_problems(part)
        elif part.get("type") == 10 and not (part.get("content") or "").strip():
            problems.append("text display: content is required")
        elif part.get("type") == 9 and not 1 <= len(part.get("components") or []) <= 3:
            problems.append("section: 1 to 3 texts")
    return problems


def modal_problems(data: Json) -> list[str]:
    """Everything wrong with a modal."""
    fields = [part for part in walk(data.get("components") or []) if part.get("custom_id")]
    counts = Counter(part["custom_id"] for part in fields)
    problems = [f"custom_id: duplicated {name!r}" for name, count in counts.items() if count > 1]
    if len(data.get("components") or []) > 5:
        problems.append("modal: at most 5 components")
    for part in fields:
        low, high = part.get("min_length") or 0, part.get("max_length") or 4000
        if low > high or (part.get("value") and not len(part["value"]) <= high):
            problems.append("text input: lengths do not fit together")
    return problems


def command_problems(commands: list[Json]) -> list[str]:
    """Everything wrong with a bulk overwrite of commands."""
    problems: list[str] = []
    names = Counter((command.get("type") or 1, command["name"]) for command in commands)
    problems += [f"{name}: duplicated" for (_, name), count in names.items() if count > 1]
    for kind, limit in ((1, 100), (2, 15), (3, 15)):
        if sum((command.get("type") or 1) == kind for command in commands) > limit:
            problems.append(f"more than {limit} commands of type {kind}")
    for command in commands:
        problems += _command_problems(command)
    return problems


def _command_problems(command: Json) -> list[str]:
    name = command["name"]
    if (command.get("type") or 1) != 1:
        return [f"{name}: a menu has no description"] if command.get("description") else []
    problems = _name_problems(name)
    if not command.get("description"):
        problems.append(f"{name}: description is required")
    if _weight(command) > 8000:
        problems.append(f"{name}: over 8000 characters")
    return problems + _option_problems(name, command.get("options") or [])


def _name_problems(name: str) -> list[str]:
    fits = NAME.fullmatch(name) and name == name.lower()
    return [] if fits else [f"{name!r}: Command name is invalid"]


def _option_problems(where: str, options: list[Json]) -> list[str]:
    problems: list[str] = []
    kinds = {option["type"] in {1, 2} for option in options}
    if len(kinds) > 1:
        problems.append(f"{where}: subcommands and options cannot mix")
    required = [bool(option.get("required")) for option in options]
    if required != sorted(required, reverse=True):
        problems.append(f"{where}: Required options must be placed before non-required options")
    if len({option["name"] for option in options}) != len(options):
        problems.append(f"{where}: option names must be unique")
    for option in options:
        inner = f"{where} {option['name']}"
        problems += _name_problems(option["name"])
        if option.get("autocomplete") and option.get("choices"):
            problems.append(f"{inner}: autocomplete and choices cannot both be set")
        problems += _option_problems(inner, option.get("options") or [])
    return problems


def _weight(node: Json) -> int:
    """Characters of names, descriptions and values; the longest localisation counts."""
    total = 0
    for key in ("name", "description"):
        translations = (node.get(f"{key}_localizations") or {}).values()
        total += max(len(text) for text in ["", node.get(key) or "", *translations])
    if isinstance(node.get("value"), str):
        total += len(node["value"])
    return total + sum(_weight(inner) for inner in [*(node.get("options") or []), *(node.get("choices") or [])])
