"""People files: read whole or not at all, with every mistake told at once."""

from __future__ import annotations

import io
import time
from collections import Counter
from datetime import date

import pytest
import xlsxwriter

from engine.core.chart import Chart
from engine.core.roster_words import MESSAGES
from tests.rosters import EXAMPLES, HEADER, TOP, codes, line, problems, read, rows


def test_the_demo_agency_has_sixty_people_to_appraise_in_four_units() -> None:
    """On every day of the cycle, and nobody else would be covered."""
    roster = read((EXAMPLES / "people-demo.csv").read_bytes())
    chart = Chart(segments=roster.people, version="1")
    sizes = []
    for day in (date(2025, 12, 1), date(2026, 12, 31), date(2027, 12, 31)):
        covered = [one for one in chart.people(day) if one.kind in {"PNS", "PPPK"} and one.status == "active"]
        sizes.append((len(covered), sorted(Counter(one.unit for one in covered).values())))

    assert [(60, [15, 15, 15, 15])] * 3 == sizes
    assert {"Asia/Makassar"} == {one.zone for one in roster.people}
    assert all(one.email.endswith("@telagabiru.example") for one in roster.people)


def test_the_demo_agency_staffs_each_desk_with_more_than_one_person() -> None:
    """So that separation of duties can always be kept, for the officers' own cases too."""
    roster = read((EXAMPLES / "people-demo.csv").read_bytes())
    desks = Counter(duty for one in roster.people for duty in one.duties if duty.startswith("desk:"))

    assert {"desk:personnel", "desk:performance", "desk:competence"} == set(desks)
    assert min(desks.values()) >= 2


def test_every_mistake_of_a_bad_file_is_told_at_once() -> None:
    """One reading names each row, the header as it stands there, and what is wrong."""
    found = problems((EXAMPLES / "people-bad.csv").read_bytes())

    assert [
        (1, "bahsa", "column_unknown"),
        (4, "tugas", "two_heads"),
        (5, "nip", "nip_digits"),
        (6, "nip", "rounded_id"),
        (7, "atasan", "superior_unknown"),
        (8, "zona", "zone_unknown"),
        (9, "surel", "bad_email"),
        (10, "mulai", "bad_date"),
        (11, "selesai", "ends_before_start"),
        (13, "atasan", "loop"),
        (15, "nip", "duplicate"),
        (17, "mulai", "overlap"),
        (18, "atasan", "top_not_external"),
        (19, "nama", "missing"),
        (20, "jenis", "kind_unknown"),
        (20, "status", "status_unknown"),
        (20, "tugas", "duty_unknown"),
        (21, "pengganti", "own_post"),
        (21, "plt_untuk", "acting_for_unknown"),
        (22, "plt_untuk", "holder_present"),
        (23, "", "too_many_cells"),
    ] == sorted((one.row, one.column, one.code) for one in found)


def test_each_mistake_is_told_in_both_languages_with_a_suggestion_where_one_is_near() -> None:
    """The sentences differ, carry the value, and leave no placeholder."""
    found = {one.code: one for one in problems((EXAMPLES / "people-bad.csv").read_bytes())}

    assert all(
        one.message["en"] != one.message["id"] and "{" not in one.message["en"] + one.message["id"]
        for one in found.values()
    )
    assert "did you mean bahasa" in found["column_unknown"].message["en"]
    assert "mungkin maksudnya bahasa" in found["column_unknown"].message["id"]
    assert "did you mean 196803121992031004" in found["superior_unknown"].message["en"]
    assert "mungkin maksudnya PNS" in found["kind_unknown"].message["id"]
    assert "Dian Purnama Igirisa" in found["loop"].message["en"]


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_the_two_languages_of_a_message_speak_of_the_same_things(code: str) -> None:
    """No placeholder stands in one language only."""
    english, indonesian = MESSAGES[code]
    names = [
        {part.split("}")[0].split("!")[0] for part in text.split("{")[1:]} for text in (english, indonesian)
    ]

    assert names[0] == names[1]


def test_no_key_is_made_for_a_file_with_a_mistake() -> None:
    """Nothing of a wrong file leaves a trace."""

    def never() -> str:
        raise AssertionError("a key was made")

    assert codes(rows(line("1", "nobody")), new_key=never) == [(3, "superior_unknown")]


def test_a_known_person_keeps_their_key_and_all_segments_share_it() -> None:
    """The pseudonym in the audit log never changes."""
    text = rows(line("1", rest="2024-12-31"), line("1", unit="B", since="2025-01-01"))
    roster = read(text, keys={"1": "p-old"})

    assert ["p-0001", "p-old", "p-old"] == [one.key for one in roster.people]


def test_columns_may_be_named_in_indonesian_or_english_and_dates_written_either_way() -> None:
    """A file as the personnel office writes it."""
    text = (
        "NIP;Nama Lengkap;Unit Kerja;Jabatan;NIP Atasan;Zona Waktu;E-mail;Jenis ASN;TMT;Status;Tugas;#golongan\n"
        "GUB;Gubernur X;Luar;Gubernur;;WIB;;Eksternal;1/2/2020;;;\n"
        "19810714 200604 1 003;Budi;Dinas A;Kepala;GUB;wit;b@a.example;pns;2021-03-01;CLTN;"
        "Kepala, pengelola kinerja;III/a\n"
    )
    top, budi = read(text).people

    assert (date(2020, 2, 1), "Asia/Jakarta", "other", ("external",)) == (
        top.valid_from, top.zone, top.scheme, top.duties,
    )  # fmt: skip
    assert ("198107142006041003", "PNS", "Asia/Jayapura", "unpaid_leave", ("head", "desk:performance"), "GUB") == (
        budi.person_id, budi.kind, budi.zone, budi.status, budi.duties, budi.superior,
    )  # fmt: skip


def test_a_scheme_of_ones_own_is_not_counted_for_digits() -> None:
    """Only a NIP has 18 digits."""
    nip = line("E-7").replace(",own,", ",nip,")

    assert "E-7" == read(rows(line("E-7"))).people[1].person_id
    assert [(3, "nip_digits")] == codes(rows(nip))


def test_missing_columns_are_named_and_rows_are_not_guessed_at() -> None:
    """Without its columns no row says anything."""
    found = problems("nama,jabatan\nBudi,Kepala\n")

    assert {"column_missing"} == {one.code for one in found}
    assert ["person_id", "unit", "superior", "zone", "email", "kind", "valid_from"] == [
        one.value for one in found
    ]


def test_a_column_that_stands_there_twice_is_refused() -> None:
    """Whichever were read, the other would be lost."""
    assert (1, "column_twice") in codes(rows().replace("substitute", "nama"))


def test_a_person_id_held_as_a_number_is_refused_with_the_reason() -> None:
    """Excel has rounded the last digits of an 18-digit NIP already."""
    book = io.BytesIO()
    workbook = xlsxwriter.Workbook(book, {"in_memory": True})
    sheet = workbook.add_worksheet()
    sheet.write_row(0, 0, HEADER.split(","))
    sheet.write_row(1, 0, TOP.split(","))
    sheet.write_row(2, 0, line("x").split(","))
    sheet.write_number(2, 0, 198107142006041003)
    sheet.write_number(2, 3, 7)
    workbook.close()
    (found,) = problems(book.getvalue())

    assert (3, "person_id", "numeric_id") == (found.row, found.column, found.code)
    assert "rounded" in found.message["en"]
    assert "membulatkan" in found.message["id"]


def test_an_unreadable_file_is_one_problem_of_the_whole_file() -> None:
    """The caller handles one kind of refusal."""
    (found,) = problems(b"\xff\xfen\0i\0p\0")

    assert (0, "sheet_invalid") == (found.row, found.code)
    assert found.message["id"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (line("1").replace("Name 1", "N" * 201), "too_long"),
        (line("1").replace("Name 1", "Na\u202eme"), "unprintable"),
        (line("1", rest=",,desk:perfomance"), "duty_unknown"),
        (line("1", since="2020-13-01"), "bad_date"),
    ],
    ids=["long", "direction", "desk", "month"],
)
def test_what_a_cell_may_not_hold_is_named(row: str, code: str) -> None:
    """Texts end up in subjects of messages and in pages."""
    assert [(3, code)] == codes(rows(row))


def test_a_definition_may_ask_for_desks_of_its_own() -> None:
    """Only what looks like a slip of a known name is refused."""
    assert ("desk:training",) == read(rows(line("1", rest=",,desk:training"))).people[1].duties


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("committee:calibration", ("committee:calibration",)),
        ("tim:calibration; Terlatih: penilai", ("committee:calibration", "trained:penilai")),
        ("trained:penilai:2027-06-30", ("trained:penilai:2027-06-30",)),
        ("pelatihan:penilai:30/06/2027", ("trained:penilai:2027-06-30",)),
    ],
)
def test_committees_and_trainings_are_duties(written: str, kept: tuple[str, ...]) -> None:
    """In both languages; a training may have a last day, kept as it is compared."""
    assert kept == read(rows(line("1", rest=f",,{written}"))).people[1].duties


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("trained:penilai:someday", "bad_training_date"),
        ("trained:penilai:2027-06-30:2", "bad_training_date"),
        ("committee:calibration:2027-06-30", "committee_dated"),
        ("committee:Calibration Board", "duty_unknown"),
        ("trained:", "duty_unknown"),
    ],
)
def test_a_committee_or_training_that_cannot_be_meant_is_refused(written: str, code: str) -> None:
    """Nothing is half read."""
    assert [(3, code)] == codes(rows(line("1", rest=f",,{written}")))


def test_an_absence_with_a_last_day_needs_a_first() -> None:
    """Otherwise it would never have begun."""
    text = rows(line("1", rest=",,,2026-01-31")).replace("substitute", "cuti_sampai")
    (found,) = problems(text)

    assert (3, "cuti_sampai", "no_first_day") == (found.row, found.column, found.code)
    assert "away_from" in found.message["en"]


def test_a_header_alone_is_not_a_roster() -> None:
    """Nobody would be there to appraise."""
    assert [(1, "no_people")] == codes(HEADER + "\n")


@pytest.mark.heavy
def test_ten_thousand_people_are_read_in_a_few_seconds() -> None:
    """No check walks over everybody for everybody."""
    text = rows(
        *(
            line(str(one), str((one - 1) // 10) if one else "TOP", unit=f"U{one // 50}")
            for one in range(10_000)
        )
    )
    begin = time.process_time()
    roster = read(text)

    assert 10_001 == len(roster.people)
    assert time.process_time() - begin < 10
