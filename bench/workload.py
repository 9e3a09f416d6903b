"""What people do in the benchmark, and what they are told."""

OPTIONS = 4

CARD = (
    "Kuis harian · Senin, 23 November\n\n3 soal. Ketuk jawabanmu; hanya kamu yang melihat hasilnya. "
    "Dibuka sampai 20.00.\n\n1. Apa yang dilakukan tanaman dengan cahaya matahari pada fotosintesis?\n"
    "A. Mengubahnya menjadi energi kimia\nB. Menyimpannya sebagai panas\nC. Memantulkannya\nD. Tidak ada"
)
"""A public card as long as Bareng's."""

REPLY = (
    "✅ Benar! Klorofil menyerap cahaya dan mengubahnya menjadi energi kimia dalam glukosa. Semua 1 selesai: +1 poin."
)
"""A private reply as long as Bareng's."""


def name(number: int) -> str:
    """What somebody is called."""
    return f"Orang {number}"


def label(item: int, option: int) -> str:
    """What stands on a button."""
    return f"{item + 1}{'ABCD'[option]}"


def payload(item: int, option: int) -> str:
    """A button's data as long as Bareng's signed one."""
    return f"tap:{item}:{option}:".ljust(34, "x")
