"""Links that a second person looks at first: shorteners, which hide where they lead, and words of gambling sites."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

SHORTENERS = (
    "bit.ly", "tinyurl.com", "s.id", "t.co", "goo.gl", "is.gd", "v.gd", "ow.ly", "buff.ly", "cutt.ly", "rb.gy",
    "shorturl.at", "shorturl.asia", "t.ly", "tiny.cc", "bl.ink", "rebrand.ly", "linktr.ee", "lynk.id", "heylink.me",
    "gg.gg", "adf.ly", "shrtco.de", "short.io", "dub.sh", "surl.li", "intip.in", "urlshort.id", "me-qr.com", "qrco.de",
)  # fmt: skip
"""Services that forward to an address which cannot be seen; `linktr.ee` and the like collect such addresses."""

WORDS = (
    "slot gacor", "slot online", "slot gampang menang", "situs slot", "link slot", "rtp slot", "rtp live",
    "judi online", "judi bola", "judi slot", "judol", "situs judi", "agen judi", "bandar judi", "taruhan bola",
    "taruhan online", "togel", "bandar togel", "toto macau", "toto togel", "angka jitu", "sabung ayam",
    "bocoran slot", "casino online", "kasino online", "live casino", "poker online", "domino qq", "bandar qq",
    "maxwin", "scatter hitam", "sbobet", "pragmatic play", "mahjong ways", "gates of olympus", "depo pulsa",
    "depo dana", "bonus new member", "freebet", "gacor hari ini", "anti rungkad", "zeus slot", "pinjol cepat cair",
)  # fmt: skip
"""What advertisements for online gambling in Indonesia are made of; each group changes its own list."""

MOST_WORDS = 200
LONGEST_WORD = 40

_ALIKE = str.maketrans(
    {
        **dict(zip("013457892", "oleastbgz", strict=True)),
        **dict(zip("@$!|+£€", "asllte" + "e", strict=True)),
        **dict(zip("авекмнорстухіјѕԁɡһԛԝьгп", "abekmhopctyxljsdghqwbrn", strict=True)),
        **dict(zip("αβεικνορτυχωησ", "abelkvoptuxwno", strict=True)),
        "ı": "l",
        "i": "l",
        "ø": "o",
        "ł": "l",
        "đ": "d",
    }
)
_NAME = re.compile(r"[\w.-]+")
_TAIL = re.compile(r"(?<=[^\W\d_]{3})\d{2,}(?!\w)")
_TWICE = re.compile(r"([^\W\d_])\1+")

_UNMISTAKABLE = 8
"""Letters from which on an entry may go on within the same word, as in the names of sites."""


def fold(text: str) -> str:
    """The text as a reader sees it at a glance: look-alike letters and digits as one letter, without case, accents,
    repeated letters, invisible characters, and digits that hang on a word.
    """
    plain = "".join(char for char in unicodedata.normalize("NFKD", text.casefold()) if _counts(char))
    return _TWICE.sub(r"\1", _TAIL.sub("", plain).translate(_ALIKE))


def listed_word(text: str, words: Iterable[str]) -> str:
    """The first of the words that the text contains, however it is disguised; "" if it has none of them.

    Spaces and signs between the words of an entry do not count. It must begin where a word begins, and end where one
    ends unless it is long enough to be unmistakable.
    """
    folded = fold(text)
    return next((word for word in words if _pattern(word).search(folded)), "")


def listed_site(text: str, sites: Iterable[str]) -> str:
    """The first of these sites that the text names, in an address or alone; "" if it names none."""
    named = {name.strip(".").removeprefix("www.") for name in _NAME.findall(text.casefold())}
    return next((site for site in sites if site in named), "")


def _counts(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) not in ("Mn", "Me", "Cf", "Cc")


@cache
def _pattern(word: str) -> re.Pattern[str]:
    letters = [re.escape(char) for char in fold(word) if char.isalnum()]
    end = "" if len(letters) > _UNMISTAKABLE else r"(?![^\W_])"
    return re.compile(r"(?<![^\W_])" + r"[\W_]*".join(letters) + end)
