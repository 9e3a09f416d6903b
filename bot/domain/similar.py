"""Which items of a bank ask the same thing: word for word, or nearly so."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.answer import FORGIVING_FROM, plain
from bot.domain.items import Item, ItemText, Kind

MOST_FOUND = 3
"""Similar items that are named for one."""

MOST_CANDIDATES = 12
"""Items that are looked at closely for one, those that share most rare words with it."""

RARE = 4
"""Words of an item by which others are looked up, the rarest of the bank."""

ALIKE = 0.6
"""Share of all words that two items with the same answer have in common to be called similar."""

_Clue = tuple[tuple[str, ...], str]

_FORMULA = re.compile(r"```.+?```|`[^`\n]+`|\$\$[^$]+\$\$|\$[^$\n]+\$|\\\(.+?\\\)|\\\[.+?\\\]", re.DOTALL)
_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*|[-+−±×÷*/^=<>≤≥≠≈√∑∫%°]")
_TRUTHS = (["benar", "salah"], ["false", "true"])
_DENIALS = frozenset(["bukan", "tidak", "tak", "kecuali", "tanpa", "not", "except", "without", "never", "isn't"])
_FILLERS = frozenset(
    word
    for line in (
        "apa apakah adalah ialah yang di ke dari dan atau pada untuk dengan ini itu oleh dalam sebagai",
        "merupakan disebut hasil berikut manakah mana siapa siapakah berapa berapakah bagaimana",
        "the a an is are was were of in on at to and or what which who how many much does do did",
        "for by with this that it following called",
    )
    for word in line.split()
)


@dataclass(frozen=True, slots=True)
class Trait:
    """What an item is compared by.

    `words` are those of its `text` that carry the meaning; `exact` are numbers, formulas, signs, single letters and
    denials in their order, which must be the same in similar items.
    """

    item: Item
    text: ItemText
    words: frozenset[str]
    exact: tuple[str, ...]

    @property
    def keys(self) -> frozenset[str]:
        """The right answers."""
        return _keys(self.item, self.text)

    @property
    def options(self) -> frozenset[str]:
        """The words to choose from."""
        return frozenset(plain(option) for option in self.text.options)


def identities(item: Item) -> frozenset[str]:
    """What makes the item the same as another: kind, words and key in each of its languages, letter by letter.

    Spaces and the order of options do not count, the explanation, topics and source neither.
    """
    return frozenset(_identity(item, text) for text in item.texts.values())


def unknown(items: Sequence[Item], bank: Iterable[Item]) -> tuple[Item, ...]:
    """Those of the items that are not in the bank and not among those before them."""
    known = {identity for item in bank for identity in identities(item)}
    kept = []
    for item in items:
        if known.isdisjoint(own := identities(item)):
            kept.append(item)
        known |= own
    return tuple(kept)


def twin(item: Item, bank: Iterable[Item]) -> Item | None:
    """The item of the bank that is the same, None if there is none."""
    own = identities(item)
    return next((each for each in bank if own & identities(each)), None)


def traits(item: Item) -> tuple[Trait, ...]:
    """What the item is compared by, in each of its languages."""
    return tuple(_trait(item, text) for text in item.texts.values())


def similar(items: Sequence[Item], bank: Sequence[Item]) -> Mapping[int, tuple[Item, ...]]:
    """By position among `items`: up to three items of the bank that ask nearly the same, none for most.

    Candidates share rare words, so that the work grows with the items and not with their product.
    """
    entries = [(at, trait) for at, item in enumerate(bank) for trait in traits(item)]
    index: dict[_Clue, list[int]] = defaultdict(list)
    for place, (_, trait) in enumerate(entries):
        for clue in _clues(trait):
            index[clue].append(place)
    found: dict[int, tuple[Item, ...]] = {}
    for position, item in enumerate(items):
        near = dict.fromkeys(
            entries[place][0]
            for trait in traits(item)
            for place in _candidates(trait, index)
            if are_similar(trait, entries[place][1])
        )
        if near:
            found[position] = tuple(bank[at] for at in list(near)[:MOST_FOUND])
    return found


def near(item: Item, bank: Sequence[Item]) -> tuple[Item, ...]:
    """Up to three items of the bank that ask nearly the same as this one."""
    own = [trait.words for trait in traits(item)]
    likely = [each for each in bank if not all(own) or any(_may_share(words, each) for words in own)]
    return similar((item,), likely).get(0, ())


def near_blindly(item: Item, bank: Sequence[Item]) -> tuple[Item, ...]:
    """The same without regard to what is right, so that nobody finds that out by trying."""
    numbers = {found.id for found in near(_blind(item), [_blind(each) for each in bank])}
    return tuple(each for each in bank if each.id in numbers)


def are_similar(one: Trait, other: Trait) -> bool:
    """Whether both ask nearly the same.

    Another number, sign, formula or denial asks something else. With the same answer most of the words must be the
    same, with one letter of longer words forgiven; with another answer all of them.
    """
    common = one.words & other.words
    if one.exact != other.exact or 2 * len(common) < max(len(one.words), len(other.words)):
        return False
    left, right = one.words - common, other.words - common
    if Kind.TRUTH not in (one.item.kind, other.item.kind) and one.keys & other.keys:
        typos = sum(any(_is_typo(word, near) for near in right) for word in left)
        whole = len(one.words | other.words) - typos
        return not whole or (len(common) + typos) / whole >= ALIKE
    if left or right:
        return False
    mine, theirs = one.options, other.options
    return not (mine and theirs) or 2 * len(mine & theirs) >= min(len(mine), len(theirs))


def _clues(trait: Trait) -> list[_Clue]:
    """What similar items have in common: all that must be the same, with each of the words."""
    return [(trait.exact, word) for word in trait.words] or [(trait.exact, "")]


def _candidates(trait: Trait, index: Mapping[_Clue, list[int]]) -> list[int]:
    known = sorted((clue for clue in _clues(trait) if clue in index), key=lambda clue: len(index[clue]))
    shared = Counter(place for clue in known[:RARE] for place in index[clue][: 20 * MOST_CANDIDATES])
    return [place for place, _ in shared.most_common(MOST_CANDIDATES)]


def _blind(item: Item) -> Item:
    texts = {
        language: replace(text, options=tuple(sorted(text.options)), answers=())
        for language, text in item.texts.items()
    }
    return replace(item, texts=texts, right=(), number=None)


def _may_share(words: frozenset[str], item: Item) -> bool:
    """Whether half of the words stand in the item, looked up without taking it apart."""
    prompts = [text.prompt.casefold() for text in item.texts.values()]
    return any(2 * sum(word in prompt for word in words) >= len(words) for prompt in prompts)


def _is_typo(word: str, near: str) -> bool:
    if min(len(word), len(near)) < FORGIVING_FROM:
        return False
    # Only for who writes for the bank: no start waits for the library.
    from rapidfuzz.distance import OSA

    return OSA.distance(word, near, score_cutoff=1) <= 1


def _trait(item: Item, text: ItemText) -> Trait:
    formulas = tuple("".join(formula.split()) for formula in _FORMULA.findall(text.prompt))
    folded = unicodedata.normalize("NFKD", _FORMULA.sub(" ", text.prompt).casefold())
    if not folded.isascii():
        folded = "".join(char for char in folded if not unicodedata.combining(char))
    words, exact = set(), []
    for token in _TOKEN.findall(folded):
        if len(token) == 1 or not token[0].isalpha() or token in _DENIALS:
            exact.append(token)
        elif token not in _FILLERS:
            words.add(token)
    return Trait(item, text, frozenset(words), (*formulas, *exact))


def _keys(item: Item, text: ItemText) -> frozenset[str]:
    match item.kind:
        case Kind.ONE | Kind.SEVERAL:
            return frozenset((" | ".join(sorted(plain(text.options[option]) for option in item.right)),))
        case Kind.TRUTH:
            return frozenset(map(str, item.right))
        case Kind.TEXT:
            return frozenset(map(plain, text.answers))
        case Kind.NUMBER if item.number:
            return frozenset((f"{item.number.value.normalize():f}",))
        case _:
            return frozenset((" > ".join(map(plain, text.options)),))


def _identity(item: Item, text: ItemText) -> str:
    if (truth := _truth(item, text)) is not None:
        return "\n".join((Kind.TRUTH, _spaced(text.prompt), str(truth)))
    options = [_spaced(option) for option in text.options]
    if item.kind is not Kind.ORDER:
        options = sorted(f"{'=' if at in item.right else '~'}{option}" for at, option in enumerate(options))
    number = item.number
    key = [f"{number.value.normalize()}", f"{number.tolerance.normalize()}", number.unit] if number else []
    return "\n".join((item.kind, _spaced(text.prompt), *options, *sorted(map(_spaced, text.answers)), *key))


def _truth(item: Item, text: ItemText) -> bool | None:
    """Whether a statement is true, also one whose only options are true and false; None for any other question."""
    if item.kind is Kind.TRUTH:
        return item.right == (0,)
    words = [plain(option) for option in text.options]
    if item.kind is Kind.ONE and sorted(words) in _TRUTHS:
        return words[item.right[0]] in ("benar", "true")
    return None


def _spaced(words: str) -> str:
    return " ".join(unicodedata.normalize("NFC", words).split())
