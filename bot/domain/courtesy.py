"""Whether a short message says thanks, in Indonesian, some regional languages, or English, also as people type it."""

import re

LONGEST = 60
"""Characters. What is longer says more than thanks, and is nobody's to guess."""

_CALL = re.compile(r"<@!?\w+>|@\w+")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_RUN = re.compile(r"(.)\1+")
_HELD = re.compile(r"(.)\1{2,}")
_WRY = frozenset("🙄😒🖕🤡🤮😤")
"""What turns thanks into their opposite."""

_THANKS = """
    makasih makasi makasihnya makaci makacih makasie mkasih maksih mksih mksh mksi mkasi mks mkch macasih macasi
    maacih maaciw mamacih terimakasih trimakasih trmksh trimksh tmksh terimakasi trimakasi trims trimz trimss
    terima+kasih trima+kasih terimah+kasih trimo+kasih terima+ksh trma+ksh terima+kasi tarimo+kasih tarima+kasih
    teurimong+gaseh nuhun nuhunkeun hatur+nuhun hatunuhun haturnuhun suwun kesuwun kesuon suwon matursuwun
    matur+suwun matur+suwon maturnuwun matur+nuwun matur+kesuwun matur+sewu+nuwun matur+nuhun maturtengkyu
    matur+tengkyu matur+thank sembah+nuwun suwun+nggih suksma suksme matur+suksma sakalangkong mator+sakalangkong
    mauliate bujur+melala kurru+sumanga syukron syukran jazakallah jazakillah jazakumullah arigato arigatou gomawo
    thanks thank+you thank+u thank+ya thank+yu thankyou thanku thankies thx thnx thanx thnks thks tnx tks tx ty tysm
    tyvm tq tqsm tengkyu tenkyu tengkiu tenkiu tenkyuu tengs tenks cheers+mate much+appreciated appreciated
    i+appreciate thnak+you thnaks tahnks
"""

_BEFORE = """
    ok oke okay okeh okey okee okok siap sip baik baiklah ya iya yaa yes yup yap yep wah wow waw wew wih oh ooh o ah
    aah nah hai halo hi hey kak kakak ka mas mbak mba bang abang bro sis min admin gan pak bu bapak ibu guru teh
    teteh aa kang cak om tante guys mantap mantab mantul keren bagus nice great cool perfect awesome top good super
    alhamdulillah akhirnya paham ngerti mengerti understood gotcha beres lengkap jelas sekali lagi banyak beribu
    sangat again many big once duh aduh astaga masyaallah gitu begitu jadi hehe haha
"""
"""What may stand before thanks without changing them."""

_AGAINST = """
    tapi tp tetapi but though however bukan gak ga gk g nggak ngga ndak enggak engga tidak tdk kagak kaga ora mboten no
    not never dont jangan jgn salah wrong belum blm belom
    juga jg too likewise kembali sebelumnya sblmnya sebelum advance advanced
    siapa kenapa mengapa knp kapan gimana gmn bagaimana berapa who why
    god gods goodness heavens heaven tuhan allah gusti lord
    to nothing
    katanya bilang ngomong said says adalah artinya berarti means bahasa ucapan ucapkan kata
    sewu doang saja
"""
"""What makes something else of them: a refusal, a doubt, a question, thanks back, thanks in advance, or a report."""

_ASKING = frozenset(("apa", "mana", "what", "how", "when", "where"))
"""What asks where it stands last."""


def is_thanks(text: str) -> bool:
    """Whether these words thank whoever they reply to, and do nothing else."""
    if len(text) > LONGEST or "\n" in text.strip() or "?" in text or "://" in text or _WRY & set(text):
        return False
    if text.startswith(("/", ">", "`")):
        return False
    plain = _CALL.sub(" ", text.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    words = _WORD.findall(plain)
    while words and not _length(words) and _shrunk(words[0]) in BEFORE:
        words = words[1:]
    length = _length(words)
    return length > 0 and not any(map(_is_against, words[length:])) and words[-1] not in _ASKING


def _length(words: list[str]) -> int:
    """How many of the first words are the thanks, 0 for none."""
    shrunk = [_shrunk(word) for word in words[:3]]
    return next((count for count in (3, 2, 1) if " ".join(shrunk[:count]) in THANKS), 0)


def _is_against(word: str) -> bool:
    return _HELD.sub(r"\1", word) in AGAINST or word.endswith("n't")


def _shrunk(word: str) -> str:
    """The word as it is without letters that are only held long; it is compared with others that are shrunk too."""
    return _RUN.sub(r"\1", word)


def _table(words: str) -> frozenset[str]:
    return frozenset(" ".join(map(_shrunk, word.split("+"))) for word in words.split())


THANKS, BEFORE, AGAINST = _table(_THANKS), _table(_BEFORE), frozenset(_AGAINST.split())
"""The words; the first two shrunk like those that they are compared with."""
