"""What is said of acts that void another."""

from __future__ import annotations

from collections.abc import Mapping

#: key: (English, Indonesian)
SENTENCES: Mapping[str, tuple[str, str]] = {
    "cannot_restore": (
        "'{name}' cannot void '{other}': {why}",
        "'{name}' tidak dapat membatalkan '{other}': {why}",
    ),
    "void_an_act_that_stays": (
        "name an act of the same state with `form` and `to: stay`; the one that voids it says `to: stay` and no form",
        (
            "sebut tindakan keadaan yang sama dengan `form` dan `to: stay`; yang membatalkannya memakai"
            " `to: stay` tanpa formulir"
        ),
    ),
    "restores_elsewhere": (
        "both have to be acts of one state, and '{state}' has none of that name of its own",
        "keduanya harus tindakan dari satu keadaan, dan '{state}' tidak memiliki yang bernama itu",
    ),
    "restores_no_form": (
        "it does not fill a form of its own and stay, so there is nothing to put back",
        "ia tidak mengisi formulirnya sendiri lalu tetap, sehingga tidak ada yang dikembalikan",
    ),
    "restores_more": (
        "who voids writes nothing else, and the case stays where it is",
        "yang membatalkan tidak menulis hal lain, dan kasus tetap di tempatnya",
    ),
    "written_there_too": (
        "'{other}' writes '{form}' there too, and what it wrote would be lost",
        "'{other}' juga menulis '{form}' di sana, dan tulisannya akan hilang",
    ),
    "restores_gathered": (
        "'{form}' is gathered or signed there",
        "'{form}' dikumpulkan atau ditandatangani di sana",
    ),
}
