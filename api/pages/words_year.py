"""What the page of one's own year says, in Indonesian and English."""

from __future__ import annotations

from collections.abc import Mapping

from engine.core.definition import Label

YEAR_WORDS: Mapping[str, Label] = {
    "nav.year": Label(id="Tahun saya", en="My year"),
    "year.as_of": Label(id="Keadaan pada {time}.", en="As of {time}."),
    "year.title": Label(id="Tahun saya: {year}", en="My year: {year}"),
    "year.choose": Label(id="Tahun", en="Year"),
    "year.none": Label(
        id="Tidak ada kasus tentang Anda pada tahun ini.", en="There is no case about you in this year."
    ),
    "year.wait": Label(id="{count} hal menunggu Anda", en="{count} things wait for you"),
    "year.wait_one": Label(id="Satu hal menunggu Anda", en="One thing waits for you"),
    "year.wait_none": Label(id="Anda tidak perlu melakukan apa pun sekarang.", en="You need do nothing now."),
    "year.open": Label(id="Buka kasus", en="Open the case"),
    "year.do": Label(id="Kerjakan sekarang", en="Do it now"),
    "year.disclosed": Label(id="Yang disampaikan kepada Anda", en="What was disclosed to you"),
    "year.over": Label(id="Selesai: {state}", en="Over: {state}"),
}
