"""From a text to the terms by which it is found: words of Indonesian and English, cut back to their stems."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache

MOST_LETTERS = 40
"""Letters of a term that count."""

_MELTING = re.compile("[mp]en(g?)[aiueo]")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+")

STOP = frozenset(
    {
        "ada", "adalah", "agar", "aja", "akan", "aku", "anda", "antara", "apa", "apakah", "apakan", "atas", "atau",
        "bagaimana", "bagaimanakah", "bagi", "bahwa", "banget", "banyak", "beberapa", "begini", "begitu", "belum",
        "berapa", "bgmn", "bgt", "biar", "bikin", "bila", "bisa", "boleh", "bro", "buat", "bukan", "cara", "coba",
        "cuma", "cuman", "dah", "dalam", "dan", "dapat", "dari", "daripada", "deh", "dengan", "dgn", "di", "dia",
        "dimana", "dll", "dlm", "dong", "dpat", "dpt", "dr", "emang", "ga", "gak", "gan", "ge", "gimana", "gitu",
        "gk", "gmn", "gt", "guys", "hai", "halo", "hanya", "harus", "ini", "itu", "iya", "jadi", "jangan", "jd",
        "jg", "jgn", "jika", "juga", "ka", "kah", "kak", "kalau", "kalo", "kan", "kapan", "karena", "karna",
        "kasih", "kayak", "ke", "kenapa", "kita", "kl", "klo", "knp", "kok", "krn", "ku", "lagi", "lah", "lalu",
        "lebih", "lg", "loh", "maka", "mana", "mas", "masih", "mau", "mba", "mbak", "min", "minta", "mohon", "nah",
        "namun", "nanti", "ngga", "nggak", "nih", "nya", "oleh", "on", "pada", "paling", "para", "pas", "pd",
        "perlu", "pernah", "please", "plis", "pun", "saat", "saja", "sama", "sampai", "saya", "sbg", "sebagai",
        "sebuah", "sedang", "seperti", "sering", "serta", "si", "sih", "sm", "sudah", "supaya", "sy", "tapi", "tau",
        "tdk", "telah", "tentang", "terhadap", "tersebut", "tetap", "tiap", "tidak", "tlg", "tolong", "tp", "tpi",
        "udah", "udh", "untuk", "utk", "waktu", "wkt", "ya", "yaitu", "yang", "yg", "yth",
        "a", "about", "am", "an", "and", "any", "are", "as", "at", "be", "been", "being", "but", "by", "can",
        "could", "did", "do", "does", "doing", "for", "from", "had", "has", "have", "he", "help", "her", "here",
        "hi", "him", "his", "how", "i", "if", "in", "into", "is", "it", "its", "just", "me", "my", "no", "not",
        "of", "off", "or", "our", "out", "pls", "she", "should", "so", "some", "than", "that", "the", "their",
        "them", "then", "there", "these", "they", "this", "to", "us", "was", "we", "were", "what", "when", "where",
        "which", "who", "why", "will", "with", "would", "you", "your",
    }
)  # fmt: skip
"""What Indonesian and English sentences are held together by, and how both are shortened in chats."""

SHORT = {
    "mtk": "matematika", "mat": "matematika", "bhs": "bahasa", "bind": "bahasa", "indo": "indonesia",
    "ing": "inggris", "inggr": "inggris", "bio": "biologi", "fis": "fisika", "kim": "kimia", "sej": "sejarah",
    "geo": "geografi", "eko": "ekonomi", "sosio": "sosiologi", "tik": "informatika", "pers": "persamaan",
    "persm": "persamaan", "pertdk": "pertidaksamaan", "rms": "rumus", "cth": "contoh", "cntoh": "contoh",
    "sal": "soal", "jwb": "jawab", "jwban": "jawaban", "pljrn": "pelajaran", "kls": "kelas", "tgs": "tugas",
    "ngitung": "hitung", "nyari": "cari", "hub": "hubungan", "pengrtian": "pengertian", "bdg": "bidang",
    "trigono": "trigonometri", "kec": "kecepatan", "perc": "percepatan", "sgt": "segitiga", "math": "matematika",
    "maths": "matematika", "chem": "kimia", "eq": "equation", "eqn": "equation",
}  # fmt: skip
"""What pupils write in chats for a longer word."""


def fold(text: str) -> str:
    """The text without case, accents and typographic forms: "H₂O" is "h2o"."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    if folded.isascii():
        return folded
    return "".join(char for char in folded if not unicodedata.combining(char)).casefold()


def tokens(text: str) -> Iterator[str]:
    """Runs of letters and digits, in their order; a decimal comma is a point."""
    for token in _TOKEN.findall(fold(text)):
        yield token.replace(",", ".")[:MOST_LETTERS]


def words(text: str) -> Iterator[str]:
    """The tokens that say what the text is about, in their order, repeated ones again."""
    for token in tokens(text):
        if token not in STOP:
            yield SHORT.get(token, token)


@lru_cache(maxsize=20_000)
def terms(word: str) -> tuple[str, ...]:
    """The stems of a word in both languages, one where they are the same: mixed texts name no language."""
    indonesian, english = (stem(word)[:MOST_LETTERS] or word for stem in _stemmers())
    return tuple(dict.fromkeys((indonesian, english, *_melted(word, indonesian))))


def _melted(word: str, stem: str) -> tuple[str, ...]:
    """The stem with the letter that a prefix melted away: "menulis" comes from "tulis", "mengirim" from "kirim".

    The stemmer gives those of p and s back, but not these.
    """
    prefix = _MELTING.match(word)
    if prefix is None or stem[0] not in "aiueo":
        return ()
    return (("k" if prefix[1] else "t") + stem,)


@cache
def _stemmers() -> tuple[Callable[[str], str], ...]:
    # Only for who writes or searches: no start waits for the library.
    import snowballstemmer

    return tuple(snowballstemmer.stemmer(language).stemWord for language in ("indonesian", "english"))
