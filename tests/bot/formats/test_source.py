"""A file's format is told by its content; what is no file of questions is refused kindly."""

import pickle
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formats.draft import MOST_BYTES, Unreadable
from bot.formats.source import Format, decode, detect


def archive(*names: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as written:
        for name in names:
            written.writestr(name, "x")
    return file.getvalue()


def refused(content: bytes, name: str = "") -> tuple[int, str]:
    with pytest.raises(Unreadable) as caught:
        detect(name, content)
    (problem,) = caught.value.problems
    return problem.line, problem.text.source


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("soal.txt", "2 + 2 = ? {=4}", Format.GIFT),
        ("", "::a:: b {\n\t~c =d\n}", Format.GIFT),
        ("", "Benar? {T}", Format.GIFT),
        ("", "// [tag:a]\nBenar? { FALSE #tidak }", Format.GIFT),
        ("", "$CATEGORY: a\n\nb", Format.GIFT),
        ("", "Berapa? {#3:1}", Format.GIFT),
        ("", "Damaged {4}", Format.GIFT),
        ("soal.csv", "2 + 2 = ? {=4}", Format.GIFT),
        ("", "a\nA. x\nB. y\nANSWER: A", Format.AIKEN),
        ("soal.gift", "a\nA. x\nB. y\nANSWER: A", Format.AIKEN),
        ("", "The empty set?\nA. {}\nB. {T}\nANSWER: A", Format.AIKEN),
        ("", "a\nA. x\nB. y", Format.AIKEN),
        ("soal.txt", "Question,Option A,Option B,Right\na,b,c,A", Format.CSV),
        ("soal.xlsx", "Soal;Opsi A;Opsi B;Kunci\na;b;c;A", Format.CSV),
        ("", "Judul\n\nSoal\tOpsi A\tOpsi B\tKunci\na\tb\tc\tA", Format.CSV),
        ("soal.csv", "Soal,Opsi A,Opsi B,Kunci\n\\frac{T},b {=x},c,A", Format.CSV),
        ("soal.csv", "a,b,c\n", Format.CSV),
        ("", "#separator:tab\n#html:true\nsisi\tsisi", Format.ANKI),
        ("", "#html:false\na;b", Format.ANKI),
        ("kartu.txt", "depan\tbelakang\nsatu\tdua", Format.ANKI),
    ],
)
def test_the_content_tells_the_format(name: str, text: str, form: Format) -> None:
    assert detect(name, text.encode()) is form
    assert detect(name, text.encode("utf-8-sig")) is form
    assert detect(name, text.replace("\n", "\r\n").encode("utf-16")) is form


def test_a_workbook_is_known_by_its_parts() -> None:
    assert detect("a.csv", archive("[Content_Types].xml", "xl/workbook.xml")) is Format.XLSX


@pytest.mark.parametrize(
    ("content", "begins"),
    [
        (b"", "The file is empty"),
        (b" \r\n\t", "The file is empty"),
        ("\ufeff\u200b".encode(), "The file is empty"),
        (b"MZ\x90\x00", "These are bytes"),
        (b"\x7fELF\x02\x01\x01\x00", "These are bytes"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\x00", "These are bytes"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "These are bytes"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "These are bytes"),
        (b"\x1f\x8b\x08\x00", "These are bytes"),
        (pickle.dumps({"a": 1}), "These are bytes"),
        (b"a,b\r\r\nc,d\0e", "These are bytes"),
        (b"\xff\xfe\x00\x00a\x00\x00\x00", "These are bytes"),
        (b"<?xml version='1.0'?><quiz/>", "This is an XML"),
        (b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "This is an XML"),
        (b"\n <html><body>{T}", "This is an XML"),
        (b'{"a":1,"a":2}', "This is a JSON"),
        (b'[{"question": 1}]', "This is a JSON"),
        (b"Just words.\nAnd more.", "I see no questions"),
        (b"cos\nsystem\n(S'true'\ntR.", "I see no questions"),
        (archive("word/document.xml"), "This zip file is no"),
        (archive("../../../.ssh/authorized_keys"), "This zip file is no"),
        (b"PK\x03\x04" + b"x" * 100, "The workbook is damaged"),
        (b"x" * (MOST_BYTES + 1), "The file is too large"),
        (b"PK\x03\x04" + b"x" * MOST_BYTES, "The file is too large"),
        (b"\xff\xfea", "Letters are damaged"),
        ("Caf\u00e9 {=é}".encode()[:-2] + b" caf\xe9", "Letters are damaged"),
        (b"a {T}\n\xe3\xe3\xa4 \x81", "Letters are damaged"),
    ],
)
def test_what_is_no_file_of_questions_is_refused(content: bytes, begins: str) -> None:
    for name in ("soal.csv", "soal.xlsx", "soal.gift", "soal.txt", ""):
        if begins != "I see no questions" or name != "soal.csv":
            assert refused(content, name)[1].startswith(begins)


def test_damage_is_named_with_its_line() -> None:
    assert refused("satu\nd\u00e9ux\n".encode() + b"tr\xc3s {T}")[0] == 3
    assert refused(b"satu {T}\n\ndua\0 {F}")[0] == 3


@pytest.mark.parametrize("text", ["Café “kata” – 5 €?", "naïve… Ångström ½°C", "Où? Ça! ¿Qué? ß"])
def test_words_from_windows_are_read(text: str) -> None:
    for encoding in ("cp1252", "utf-8", "utf-8-sig", "utf-16", "utf-16-be"):
        mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
        assert decode(mark + text.encode(encoding)) == text


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).map(lambda text: f"x{text}"))
def test_any_text_is_taken_as_it_stands(text: str) -> None:
    assert decode(text.encode()) == text
    assert decode(text.encode("utf-16")) == text


@given(st.binary(max_size=200), st.sampled_from(["a.csv", "a.xlsx", "a.txt", "a.gift", "a", ""]))
def test_any_bytes_have_a_format_or_are_refused(content: bytes, name: str) -> None:
    for start in (b"", b"PK\x03\x04", b"\xff\xfe", b"{=", b"#separator:"):
        with suppress(Unreadable):
            assert detect(name, start + content) in Format
