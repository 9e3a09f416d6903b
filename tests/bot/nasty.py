"""Texts that people really send and that break bots, as hypothesis strategies, and the collected bad inputs."""

import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

MARKUP = "*_~`|<>&[](){}#\\/@!:-+=.\"'"
CONTROLS = "\0\x07\x1b\t\n\r\x0b\x85\u2028\u2029"
DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
MARKS = "\u0301\u0335\u0489\u20dd\ufe0f\u093e\u0bcd"
PIECES = (
    "👨\u200d👩\u200d👧\u200d👦",
    "🇮🇩",
    "e\u0301",
    "\ud83d",
    "\ude00",
    "\u200b",
    "\u00a0",
    "\u2800",
    "مريم",
    "漢字",
    "</b></a>",
    "&lt;",
    "<@1>",
    "@everyone",
    "```",
    "||",
    "https://x.example/?a=1&b=2",
    "<t:1:F>",
    "kata ",
    "soal ",
)
"""Graphemes of several code points, lone surrogates, invisible characters, right-to-left words, markup."""

ALPHABET = (*MARKUP, *CONTROLS, *DIRECTIONS, *MARKS, *PIECES, *"abcABC012 \n")
TEXTS = st.lists(st.sampled_from(ALPHABET), max_size=60).map("".join) | st.text(st.characters(), max_size=40)


def bad_inputs(*areas: str) -> list[tuple[str, str]]:
    """The id and the text of every collected bad input of these areas."""
    path = Path(__file__).parents[1] / "data" / "bad_inputs.jsonl"
    entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [(entry["id"], _text(entry["input"])) for entry in entries if entry["area"] in areas]


def _text(value: str | dict[str, Any]) -> str:
    if isinstance(value, str):
        return value
    if value["gen"] == "hex":
        return bytes.fromhex(value["bytes"]).decode("latin-1")
    return str(value["prefix"] + value["unit"] * value["n"] + value["suffix"])
