"""Code and formulas in people's words stay as they are, to the byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.message import Code, Paragraph
from bot.chat.text import Run, Style
from bot.features.rich import inline, rich


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("Hitung `x_1 * y_1` sekarang", ["x_1 * y_1"]),
        (r"Luas $\pi r^2$ dan $a_b*c$", [r"$\pi r^2$", "$a_b*c$"]),
        (r"\(\frac{1}{2}\) atau \[x^2\]", [r"\(\frac{1}{2}\)", r"\[x^2\]"]),
        ("$$\\sum_{i}$$", ["$$\\sum_{i}$$"]),
        ("Harganya $5 atau $6", []),
        ("Naik dari $5-$6", []),
        ("a*b*c _d_ **e**", []),
        ("`` kosong", []),
    ],
)
def test_code_and_formulas_are_set_in_a_fixed_width(text: str, fixed: list[str]) -> None:
    runs = inline(text)
    assert [run.text for run in runs if Style.CODE in run.style] == fixed
    assert "".join(run.text for run in runs).replace("`", "") == text.replace("`", "")


def test_a_block_of_code_keeps_its_spaces_and_lines() -> None:
    source = "for i in range(3):\n    print(i)\n\n\tx = '*_`'"
    blocks = rich(f"Apa hasilnya?\n```python\n{source}\n```\nPilih satu.", Style.BOLD, "2. ")
    assert blocks == (
        Paragraph((Run("2. Apa hasilnya?", Style.BOLD),)),
        Code(source, "python"),
        Paragraph((Run("Pilih satu.", Style.BOLD),)),
    )


@given(st.text())
def test_no_text_is_lost(text: str) -> None:
    kept = "".join(
        block.text if isinstance(block, Code) else "".join(run.text for run in block.line if isinstance(run, Run))
        for block in rich(text)
        if isinstance(block, Code | Paragraph)
    )
    assert [char for char in kept if not char.isspace()] == [
        char for char in text if not char.isspace() and char != "`"
    ] or "`" in text
