"""The classes of personal data there are: what each is for, on what ground, for how long, and who reads it.

Everything Siklus keeps of a person is of exactly one of these classes, by where it stands. The years are where an
agency begins; its own records schedule decides, and sets them anew (`Retention`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from engine.core.definition import Label
from engine.core.journal_pages import is_line

__all__ = ["CLASSES", "ERASABLE", "ClassName", "DataClass", "Since", "class_of", "past", "retention_of"]

ClassName = Literal[
    "chart", "forms", "answers", "journals", "files", "reasons", "evidence", "letters", "requests", "accounts",
    "looks", "log",
]  # fmt: skip
#: what the years are counted from: the end of the case, the last day in service, the day it was written, or no years
Since = Literal["ended", "left", "written", "ever"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataClass:
    """One class of personal data. `years` 0 keeps it as long as the log stands (`since` "ever")."""

    name: ClassName
    label: Label
    purpose: Label
    ground: Label
    readers: Label
    since: Since
    years: int = 0


_LAW = Label(
    id="Kewajiban hukum: penilaian kinerja pegawai (UU 27/2022 pasal 20 ayat 2 huruf c dan e)",
    en="Legal duty: the appraisal of employees (Law 27/2022, article 20(2)(c) and (e))",
)
_PROOF = Label(
    id="Kepentingan sah: membuktikan bahwa keputusan dibuat menurut aturan",
    en="Legitimate interest: to prove that decisions were made by the rules",
)
_CASE_READERS = Label(
    id="Yang dibukakan oleh definisi alur kerja, menurut peran dan tahap; auditor di mana aturan mengizinkan",
    en="Those to whom the workflow's definition opens it, by role and state; auditors where a rule says so",
)
_KEPT_READERS = Label(id="Tidak ditampilkan kepada siapa pun", en="Shown to nobody")

CLASSES: Mapping[ClassName, DataClass] = {
    one.name: one
    for one in (
        DataClass(
            name="chart",
            label=Label(id="Pegawai dan jabatan", en="People and posts"),
            purpose=Label(
                id="Menemukan siapa menilai siapa, dan menyebut orang dengan namanya",
                en="To find who appraises whom, and to call people by their names",
            ),
            ground=_LAW,
            readers=Label(
                id="Semua pegawai: nama, unit, jabatan; desk kepegawaian: seluruhnya",
                en="All employees: name, unit, post; the personnel desk: all of it",
            ),
            since="left",
            years=10,
        ),
        DataClass(
            name="forms",
            label=Label(id="Isian: rencana, hasil, penilaian", en="Forms: plans, results, ratings"),
            purpose=Label(id="Penilaian kinerja itu sendiri", en="The appraisal itself"),
            ground=_LAW,
            readers=_CASE_READERS,
            since="ended",
            years=5,
        ),
        DataClass(
            name="answers",
            label=Label(id="Jawaban dan tanda tangan yang dikumpulkan", en="Gathered answers and signatures"),
            purpose=Label(id="Umpan balik dan persetujuan dalam kasus", en="Feedback and consent in a case"),
            ground=_LAW,
            readers=Label(
                id="Menurut definisi; jawaban tanpa nama hanya sebagai kumpulan yang cukup besar",
                en="By the definition; answers without names only as a group that is large enough",
            ),
            since="ended",
            years=2,
        ),
        DataClass(
            name="journals",
            label=Label(id="Catatan jurnal", en="Journal entries"),
            purpose=Label(id="Catatan sepanjang periode", en="Notes in the course of the period"),
            ground=_LAW,
            readers=_CASE_READERS,
            since="ended",
            years=2,
        ),
        DataClass(
            name="files",
            label=Label(id="Berkas lampiran", en="Attached files"),
            purpose=Label(id="Bukti isian", en="Evidence for what a form says"),
            ground=_LAW,
            readers=_CASE_READERS,
            since="ended",
            years=5,
        ),
        DataClass(
            name="reasons",
            label=Label(id="Alasan dan pernyataan", en="Reasons and statements"),
            purpose=Label(
                id="Menerangkan mengapa sesuatu diputuskan", en="To explain why something was decided"
            ),
            ground=_LAW,
            readers=Label(
                id="Yang memberi alasan dan yang diberi tahu", en="Who gave the reason, and who was told"
            ),
            since="ended",
            years=5,
        ),
        DataClass(
            name="evidence",
            label=Label(id="Nilai yang dibaca dari kasus lain", en="Values read of other cases"),
            purpose=Label(
                id="Membuktikan nilai mana yang menentukan", en="To prove which value decided a step"
            ),
            ground=_PROOF,
            readers=_KEPT_READERS,
            since="ended",
            years=5,
        ),
        DataClass(
            name="letters",
            label=Label(id="Pesan kepada pegawai", en="Letters to people"),
            purpose=Label(id="Memberi tahu tugas dan tenggat", en="To tell of tasks and due days"),
            ground=_LAW,
            readers=Label(id="Penerimanya saja", en="Whom they were written to, nobody else"),
            since="written",
            years=2,
        ),
        DataClass(
            name="requests",
            label=Label(id="Permintaan yang sudah dijawab", en="Requests already answered"),
            purpose=Label(
                id="Agar permintaan yang terulang tidak dilakukan dua kali",
                en="So that a request sent twice is done once",
            ),
            ground=_PROOF,
            readers=_KEPT_READERS,
            since="written",
            years=1,
        ),
        DataClass(
            name="accounts",
            label=Label(id="Akun dan sesi", en="Accounts and sessions"),
            purpose=Label(id="Mengetahui siapa yang meminta", en="To know who asks"),
            ground=_LAW,
            readers=Label(id="Pemiliknya; pengelola sistem", en="Their owner; administrators"),
            since="left",
            years=1,
        ),
        DataClass(
            name="looks",
            label=Label(id="Siapa membuka data siapa", en="Who looked at whose data"),
            purpose=Label(
                id="Agar pegawai dan auditor dapat melihat siapa yang membuka",
                en="So that people and auditors see who looked",
            ),
            ground=_PROOF,
            readers=Label(
                id="Pegawai yang datanya dibuka; auditor; pejabat pelindungan data",
                en="Whose data it was; auditors; the data protection officer",
            ),
            since="ever",
        ),
        DataClass(
            name="log",
            label=Label(id="Catatan audit", en="The audit log"),
            purpose=Label(
                id="Membuktikan siapa melakukan apa dan kapan; memakai nama samaran, tanpa isi",
                en="To prove who did what and when; in pseudonyms, without contents",
            ),
            ground=_PROOF,
            readers=Label(
                id="Yang boleh membuka kasusnya; auditor", en="Those who may open the case; auditors"
            ),
            since="ever",
        ),
    )
}
#: classes whose words go with the erasure of a case
ERASABLE: tuple[ClassName, ...] = ("forms", "answers", "journals", "files", "reasons", "evidence", "letters")
assert set(CLASSES) == set(get_args(ClassName))


def class_of(name: str) -> ClassName:
    """The class of what is kept in a case under a name (see `engine.core.kept`); "" and "reason" are reasons."""
    if name in {"", "reason"}:
        return "reasons"
    if name.startswith("<"):
        return "evidence"
    if is_line(name):
        return "journals"
    return "answers" if name.startswith("@") or "#" in name else "forms"


def retention_of(one: DataClass, years: Mapping[str, int]) -> int:
    """For how many years a class is kept here: as the agency set it, else as declared; 0 is as long as the log."""
    return 0 if one.since == "ever" else years.get(one.name, one.years)


def past(since: date, years: int, today: date) -> bool:
    """Whether what has been kept since a day is past its years on a day."""
    if not years:
        return False
    try:
        over = since.replace(year=since.year + years)
    except ValueError:  # 29 February
        over = date(since.year + years, 3, 1)
    return today > over
