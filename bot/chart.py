"""Charts as pictures, drawn with the font that is shipped beside this file: no system fonts, no network."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.chat.file import Document

WIDTH = 1000
"""Pixels: a phone held upright shows a picture at about a third of this, so letters are large."""

_FRAME, _BAR = 140, 46
"""Pixels of height that the title and the scale take, and each bar: ten make a picture that a phone shows whole."""

_FONT = Path(__file__).parent / "font" / "Inter-Regular.ttf"
_INK, _PALE, _BLUE = "#1f2933", "#cbd2d9", "#2f6fde"


@dataclass(frozen=True, slots=True)
class Share:
    """One bar: what stands beside it, and a part of one."""

    label: str
    part: float


def draw_shares(name: str, title: str, bars: Sequence[Share]) -> Document:
    """A PNG with one horizontal bar for each share, the first on top; takes about 60 ms, so not inside a unit."""
    import resvg_py

    png = resvg_py.svg_to_bytes(
        svg_string=_svg(title, bars),
        background="#ffffff",
        skip_system_fonts=True,
        font_files=[str(_FONT)],
        font_family="Inter",
        sans_serif_family="Inter",
    )
    return Document(f"{name}.png", bytes(png), "image/png")


def _svg(title: str, bars: Sequence[Share]) -> str:
    import pygal
    from pygal.style import Style

    style = Style(
        font_family="Inter",
        background="#ffffff",
        plot_background="#ffffff",
        foreground=_INK,
        foreground_strong=_INK,
        foreground_subtle=_PALE,
        colors=(_BLUE,),
        opacity="1",
        title_font_size=34,
        label_font_size=26,
        major_label_font_size=24,
    )
    chart = pygal.HorizontalBar(
        style=style,
        width=WIDTH,
        height=_FRAME + _BAR * len(bars),
        js=(),
        disable_xml_declaration=True,
        title=title,
        show_legend=False,
        range=(0, 100),
        y_labels=[{"value": mark, "label": f"{mark}%"} for mark in (0, 50, 100)],
        margin=20,
        margin_right=40,
    )
    upwards = list(reversed(bars))
    chart.x_labels = [bar.label for bar in upwards]
    chart.add("", [bar.part * 100 for bar in upwards])
    return str(chart.render())
