"""Which short messages say thanks, as people type it."""

import pytest

from bot.domain.courtesy import LONGEST, is_thanks

YES = """
makasih
Makasih!
makasih kak
Makasih ya kak 🙏
makasiiih
makasiiihhh banyak
MAKASIH BANGET
makasi bang
makasihnya kak
mksh infonya
mksih min
maaciw
Maacih kakak
terima kasih
Terima kasih banyak, Bu
terima kasih atas penjelasannya
terimakasih pak guru
Terimakasiiih
trima kasih ya
trims
Trims, sudah jelas
trmksh bantuannya
makasih, sekarang paham
ok makasih
oke siap, makasih
wah makasih banget!
oh gitu, makasih
sip, thanks
alhamdulillah, terima kasih
sekali lagi terima kasih
banyak terima kasih
nuhun
Nuhun kang
hatur nuhun
Hatur nuhun pisan
haturnuhun teh
matur nuwun
Matur nuwun sanget, Pak
matursuwun mas
matur sewu nuwun
suwun
suwuuun cak
kesuwun rek
matur suksma
sakalangkong
mauliate
jazakallah khairan
syukron akhi
tengkyu
tengkyuu kak
tenkyu very much
thx
thx!!
Thanks
thanks a lot
thanksss
thank you
Thank you so much!
thank u
thankyou
tysm
ty
tq kak
many thanks
great, thank you
ok thx
@citra makasih
<@123> makasih ya
thanks, that's what I needed
thanks, good explanation
“Makasih” 😊
much appreciated
makasih kak😊😊
tarimo kasih da
""".strip().splitlines()

NO = """
makasih siapa?
makasih?
makasih siapa
makasih untuk apa
no thanks
no, thank you
thanks but no thanks
thanks but that is wrong
makasih tapi salah
makasih, tapi kok beda
gak usah, makasih
makasih gak usah
tidak, terima kasih
nggak makasih
bukan makasih
terima kasih kembali
makasih kembali
makasih juga
sama-sama
sama sama, makasih juga
thanks too
thank you too
thanks in advance
makasih sebelumnya
terima kasih sebelumnya
thank god
thank God it's Friday
thanks to the rain we are late
thanks for nothing
terima kasih Tuhan
terima saja
kasih tahu dong
kasihan
terima
thank
thankful
Thanksgiving
thanks 🙄
nuwun sewu
kula nuwun
trim spasinya dulu
bilang makasih dong
jangan lupa bilang terima kasih
dia bilang makasih
terima kasih artinya thank you
terima kasih bahasa jawanya
Bagaimana cara bilang terima kasih
tolong bantu soal ini ya, makasih
/makasih
> makasih
makasih https://example.com
makasih\\nsoal berikutnya
halo
ok
🙏

jawabannya 42
thanks, it doesn't work
thanks don't bother
masih bingung
""".strip().splitlines()


@pytest.mark.parametrize("text", YES)
def test_thanks_are_understood(text: str) -> None:
    assert is_thanks(text)


@pytest.mark.parametrize("text", NO)
def test_other_words_are_not_taken_for_thanks(text: str) -> None:
    assert not is_thanks(text.replace("\\n", "\n"))


def test_there_are_many_of_both() -> None:
    assert len(set(YES)) >= 60
    assert len(set(NO)) >= 40


def test_what_is_long_says_more_than_thanks() -> None:
    assert is_thanks("makasih" + "." * (LONGEST - 7))
    assert not is_thanks("makasih" + "." * (LONGEST - 6))


def test_a_very_long_message_takes_no_time() -> None:
    assert not is_thanks("makasih " * 10_000)
