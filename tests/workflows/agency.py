"""An invented agency of any size, as a people file: officials, offices with sections, desks, committees, staff."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

Row = dict[str, str]

COLUMNS = (
    "nip", "nama", "unit", "jabatan", "atasan", "zona", "surel", "jenis", "skema", "status", "tugas", "mulai",
    "selesai", "pengganti", "eselon", "bahasa",
)  # fmt: skip
SECRETARIAT = "Sekretariat Daerah"
PERSONNEL = "Badan Kepegawaian"
#: how many people one section has, its head included; an office has a head, a secretary, and two sections
_SECTION, _SECTIONS = 8, 2
_FIRST = ("Adi", "Bela", "Cahya", "Dewi", "Eko", "Fitri", "Gani", "Hana", "Indra", "Jaya", "Kirana", "Laras")
_LAST = ("Alamsyah", "Bestari", "Candra", "Damai", "Embun", "Fajar", "Gumilang", "Harum", "Intan", "Jati")
_EXEMPT = ("CLTN", "MPP")
_LEADER = "trained:penilai"


@dataclass
class _Rows:
    """Rows as they are added, numbered."""

    dice: random.Random
    made: list[Row]

    def add(self, unit: str, post: str, above: str, **cells: str) -> str:
        """One more civil servant; their number."""
        number = len(self.made)
        nip = f"{1970 + number % 30}{1 + number % 12:02}{1 + number % 28:02}200001{1 + number % 2}{number:03}"
        told = {
            "nip": nip, "nama": f"{_FIRST[number % 12]} {_LAST[number // 12 % 10]} {number}", "unit": unit,
            "jabatan": post, "atasan": above, "zona": "WITA", "surel": f"p{number}@lembayung.example",
            "jenis": "PPPK" if number % 4 == 3 else "PNS", "skema": "nip", "status": "aktif",
            "mulai": "2020-01-01", "bahasa": "id", **cells,
        }  # fmt: skip
        self.made.append({name: told.get(name, "") for name in COLUMNS})
        return nip

    def official(self, number: str, post: str, above: str, **cells: str) -> None:
        """Somebody from outside, who leads and has no case."""
        told = {
            "nip": number, "nama": f"Yang Terhormat {number}", "unit": "Pemerintah Kabupaten", "jabatan": post,
            "atasan": above, "zona": "WITA", "surel": f"{number.lower()}@lembayung.example", "jenis": "eksternal",
            "skema": "jabatan", "status": "aktif", "mulai": "2020-01-01", "bahasa": "id", **cells,
        }  # fmt: skip
        self.made.append({name: told.get(name, "") for name in COLUMNS})


def agency(size: int, *, seed: int = 1) -> list[Row]:
    """So many civil servants under two officials from outside, some of them exempt from being appraised."""
    rows = _Rows(random.Random(seed), [])
    rows.official("GUB-01", "Gubernur", "")
    rows.official("BUP-01", "Bupati", "GUB-01")
    chief = rows.add(
        SECRETARIAT, "Sekretaris Daerah", "BUP-01", eselon="ii",
        tugas=f"kepala;{_LEADER};committee:competence;committee:calibration",
    )  # fmt: skip
    aide = rows.add(
        SECRETARIAT, "Asisten", chief, tugas=f"{_LEADER};committee:competence;committee:calibration"
    )
    rows.made[-2]["pengganti"] = aide
    for post in ("Kepala Bagian Organisasi", "Kepala Bagian Umum"):
        rows.add(SECRETARIAT, post, aide, tugas=f"{_LEADER};committee:competence;committee:calibration")
    rows.add(SECRETARIAT, "Analis Kinerja", rows.made[-1]["nip"], tugas="pengelola kinerja")
    _personnel(rows, chief)
    for number in _offices(size, rows):
        _office(rows, f"Dinas {number}", chief, size + 2)
    return rows.made


def _offices(size: int, rows: _Rows) -> Iterator[int]:
    number = 0
    while len(rows.made) < size + 2:
        number += 1
        yield number


def _personnel(rows: _Rows, chief: str) -> None:
    head = rows.add(PERSONNEL, "Kepala Badan", chief, tugas=f"kepala;{_LEADER}", eselon="ii")
    second = rows.add(PERSONNEL, "Sekretaris Badan", head, tugas=_LEADER)
    rows.made[-2]["pengganti"] = second
    for duty in (
        "pengelola kepegawaian",
        "pengelola kepegawaian",
        "pengelola kinerja",
        "pengelola kompetensi",
        "pengelola kompetensi",
    ):
        rows.add(PERSONNEL, "Analis SDM Aparatur", second, tugas=duty)


def _office(rows: _Rows, unit: str, chief: str, most: int) -> None:
    head = rows.add(unit, f"Kepala {unit}", chief, tugas=f"kepala;{_LEADER}", eselon="ii")
    second = rows.add(unit, "Sekretaris Dinas", head, tugas=_LEADER)
    rows.made[-2]["pengganti"] = second
    rows.add(unit, "Analis Kinerja", second, tugas="pengelola kinerja")
    for number in range(_SECTIONS):
        if len(rows.made) >= most:
            return
        leader = rows.add(unit, f"Kepala Bidang {number + 1}", head, tugas=_LEADER, pengganti=second)
        for _ in range(min(_SECTION - 1, most - len(rows.made))):
            status = rows.dice.choice(_EXEMPT) if rows.dice.randrange(60) == 0 else "aktif"
            rows.add(unit, "Pelaksana", leader, status=status)
