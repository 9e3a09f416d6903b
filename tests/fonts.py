"""Makes the fonts of pictures and their index from free fonts: `make fonts`, on Debian or Ubuntu with npm."""

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FOLDER = Path(__file__).parent.parent / "bot" / "font"

DEBIAN = ("fonts-noto-core", "fonts-noto-cjk", "fonts-droid-fallback")
NPM = "twemoji-colr-font@15.0.3"

# fmt: off
SCRIPTS = (
    "Arabic", "Hebrew", "Syriac", "Thaana", "NKo", "Adlam", "Armenian", "Georgian", "Devanagari", "Bengali",
    "Gurmukhi", "Gujarati", "Oriya", "Tamil", "Telugu", "Kannada", "Malayalam", "Sinhala", "Thai", "Lao", "Khmer",
    "Myanmar", "Javanese", "Balinese", "Sundanese", "Batak", "Buginese", "Rejang", "Cham", "Tagalog", "Buhid",
    "Hanunoo", "Tagbanwa", "TaiLe", "NewTaiLue", "TaiTham", "TaiViet", "KayahLi", "Lepcha", "Limbu", "OlChiki",
    "MeeteiMayek", "Saurashtra", "SylotiNagri", "Chakma", "HanifiRohingya", "Ethiopic", "Cherokee",
    "CanadianAboriginal", "Mongolian", "PhagsPa", "Tifinagh", "Vai", "Bamum", "Lisu", "Yi", "Osage", "Coptic",
    "Gothic", "Runic", "Ogham",
)
# fmt: on
"""Scripts that somebody writes a name in today, and a few that people adorn names with."""

HAN = ("gb2312", "big5", "euc_jp")
"""The national sets of China, Taiwan and Japan; what stands in none of them is hardly met in a name."""

MATHEMATICAL = range(0x1D400, 0x1D800)
HANGUL = (range(0x3130, 0x3190), range(0xAC00, 0xD7A4))
SYMBOLS = (range(0x2000, 0x2C00), range(0xFFFD, 0xFFFE), range(0x1F100, 0x1F200), range(0x1F600, 0x1F680))

STEP = 50
"""Thousandths of an em to which widths are rounded up: the index stays small, and a name seldom takes more."""


def fetch(where: Path) -> None:
    """Download and unpack the packages."""
    subprocess.run(["apt-get", "download", "-qq", *DEBIAN], cwd=where, check=True)  # noqa: S603, S607
    for package in where.glob("*.deb"):
        subprocess.run(["dpkg", "-x", package, where / "debian"], check=True)  # noqa: S603, S607
    subprocess.run(["npm", "pack", "--silent", NPM], cwd=where, check=True)  # noqa: S603, S607
    (archive,) = where.glob("*.tgz")
    subprocess.run(["tar", "-xzf", archive], cwd=where, check=True)  # noqa: S603, S607


def cut(font: TTFont, name: str, wanted: Iterable[int] | None = None) -> None:
    """Write the font with these characters only, without hints and what shaping does not read."""
    options = Options()
    options.layout_features = ["*"]
    options.name_IDs = [0, 1, 2, 6, 13, 14]
    options.name_languages = [0x409]
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "DSIG", "FFTM"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=font.getBestCmap() if wanted is None else {0x20, *wanted} & set(font.getBestCmap()))
    subsetter.subset(font)
    font.flavor = None
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(FOLDER / name)


def make(where: Path) -> None:
    """All fonts, from the unpacked packages."""
    noto = where / "debian/usr/share/fonts/truetype/noto"
    cut(TTFont(noto / "NotoSans-Regular.ttf"), "NotoSans.ttf")
    for script in SCRIPTS:
        cut(TTFont(noto / f"NotoSans{script}-Regular.ttf"), f"NotoSans{script}.ttf")
    cut(TTFont(noto / "NotoSerifTibetan-Regular.ttf"), "NotoSerifTibetan.ttf")
    cut(TTFont(noto / "NotoSansMath-Regular.ttf"), "NotoSansMath.ttf", MATHEMATICAL)
    for name in ("NotoSansSymbols", "NotoSansSymbols2"):
        cut(TTFont(noto / f"{name}-Regular.ttf"), f"{name}.ttf", chain(SYMBOLS))
    cjk = where / "debian/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
    cut(TTFont(cjk, fontNumber=1), "NotoSansKR.otf", chain(HANGUL))
    droid = where / "debian/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf"
    cut(TTFont(droid), "DroidSansFallback.ttf", east_asian())
    cut(TTFont(where / "package/twemoji.woff2"), "Twemoji.ttf")


def chain(ranges: Iterable[range]) -> Iterator[int]:
    """The numbers of several ranges."""
    for one in ranges:
        yield from one


def east_asian() -> Iterator[int]:
    """Han, kana, bopomofo, their punctuation and the wide forms of Latin."""
    yield from chain((range(0x3000, 0x3130), range(0x31A0, 0x3200), range(0xFF00, 0xFFF0)))
    for code in chain((range(0x3400, 0xA000), range(0xF900, 0xFB00))):
        if any(encodes(code, codec) for codec in HAN):
            yield code


def encodes(code: int, codec: str) -> bool:
    """Whether the codec has this character."""
    try:
        return bool(chr(code).encode(codec))
    except UnicodeEncodeError:
        return False


def joins(font: TTFont) -> dict[str, str]:
    """The form of each letter that is joined on both sides, where letters join."""
    found: dict[str, str] = {}
    table = font["GSUB"].table if "GSUB" in font else None
    if table is None or table.FeatureList is None:
        return found
    features = [one.Feature for one in table.FeatureList.FeatureRecord if one.FeatureTag == "medi"]
    for number in {number for feature in features for number in feature.LookupListIndex}:
        for part in table.LookupList.Lookup[number].SubTable:
            found |= getattr(getattr(part, "ExtSubTable", part), "mapping", {})
    return found


def runs(font: TTFont) -> Iterator[str]:
    """Neighbours of one width as `first-last:width`: characters in hexadecimal, widths in thousandths of an em.

    A letter that joins counts as the mean of its narrow form and the one that stands alone.
    """
    first = last = width = -1
    joined = joins(font)
    for code, glyph in sorted(font.getBestCmap().items()):
        both = font["hmtx"][glyph][0] + font["hmtx"][joined.get(glyph, glyph)][0]
        exact = both * 500 / font["head"].unitsPerEm
        wide = int(-(-exact // STEP)) * STEP
        if (code, wide) != (last + 1, width):
            if width >= 0:
                yield f"{first:x}-{last:x}:{width}"
            first, width = code, wide
        last = code
    yield f"{first:x}-{last:x}:{width}"


ORDER = ("Inter-Regular.ttf", "NotoSans.ttf")
LAST = ("NotoSansSymbols.ttf", "NotoSansSymbols2.ttf", "NotoSansMath.ttf", "Twemoji.ttf")


def index() -> str:
    """One line for each font, the preferred first: its file, its family and its runs."""
    files = {path.name for path in FOLDER.glob("*.?tf")} - {*ORDER, *LAST}
    lines = []
    for name in (*ORDER, *sorted(files), *LAST):
        font = TTFont(FOLDER / name)
        lines.append("\t".join((name, str(font["name"].getDebugName(1)), " ".join(runs(font)))))
    return "\n".join(lines) + "\n"


def main() -> None:
    """Fetch, cut, and write the index."""
    with TemporaryDirectory() as where:
        fetch(Path(where))
        make(Path(where))
    (FOLDER / "index.txt").write_text(index(), encoding="utf-8")


if __name__ == "__main__":
    main()
