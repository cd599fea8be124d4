"""Files in forms: which are taken and under which name, what is kept of each, and that they need not be sent twice."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.core.attachments import KINDS, LARGEST_FILE, clean_name, digest_of, files_in
from engine.core.codec import decode
from engine.core.command import Actor, AddEntry, Fire
from engine.core.content import Around, check_form
from engine.core.effects import WriteContent, WriteFile
from engine.errors import FormInvalid
from tests.worlds import World, machine

REPORT = machine("tests/definitions/files").definition.forms["report"]
FORMS = machine("tests/definitions/files").definition.forms


def packed(*names: str) -> bytes:
    """An archive that holds these, the first as office programs write what the whole is."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            first, _, said = name.partition("=")
            archive.writestr(first, said or "<x/>")
    return held.getvalue()


OPEN = "mimetype=application/vnd.oasis.opendocument."
SAMPLES = {
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
    "png": b"\x89PNG\r\n\x1a\n....",
    "jpg": b"\xff\xd8\xff\xe0....",
    "jpeg": b"\xff\xd8\xff\xe1....",
    "txt": "selesai\ttepat waktu\r\n– lengkap".encode(),
    "docx": packed("[Content_Types].xml", "word/document.xml"),
    "xlsx": packed("[Content_Types].xml", "xl/workbook.xml"),
    "odt": packed(f"{OPEN}text", "content.xml"),
    "ods": packed(f"{OPEN}spreadsheet", "content.xml"),
}


def named(name: str, data: bytes) -> dict[str, Any]:
    """A file as an act names it."""
    return {"name": name, "sha256": digest_of(data)}


def check(*sent: object, files: tuple[bytes, ...] = (), **values: object) -> tuple[Any, dict[str, str]]:
    """What is kept of the proof of a report, and what is wrong in English."""
    around = Around(files={digest_of(one): one for one in files})
    filled = {"achieved": "selesai", "proof": list(sent), **values}
    cleaned, problems = check_form(REPORT, FORMS, filled, around)
    return cleaned.get("proof"), {path: label.en for path, label in problems.items()}


def problem(name: str, data: bytes, **told: object) -> str:
    """What is wrong with one file; "" if nothing."""
    return check({**named(name, data), **told}, files=(data,))[1].get("proof[0]", "")


@pytest.mark.parametrize("ending", KINDS)
def test_each_kind_is_taken_by_its_content(ending: str) -> None:
    """What is kept is its name, what it is, how large it is and its hash."""
    data = SAMPLES[ending]
    kept, problems = check(named(f"Bukti.{ending.upper()}", data), files=(data,))

    assert {} == problems
    assert [
        {
            "name": f"Bukti.{ending.upper()}",
            "media_type": KINDS[ending][0],
            "size": len(data),
            "sha256": digest_of(data),
        }
    ] == kept


@pytest.mark.parametrize("ending", KINDS)
@pytest.mark.parametrize("other", SAMPLES)
def test_a_file_that_is_not_what_its_name_says_is_refused(ending: str, other: str) -> None:
    """But for one picture under both of its endings."""
    same = KINDS[ending][0] == KINDS[other][0]

    assert same == (problem(f"bukti.{ending}", SAMPLES[other]) == "")


@pytest.mark.parametrize("name", ["bukti.exe", "bukti.html", "bukti.svg", "bukti", "pdf", "bukti.pdf.js"])
def test_other_kinds_are_refused(name: str) -> None:
    """Whatever they hold."""
    assert problem(name, SAMPLES["pdf"]).startswith("Only PDF, PNG, JPEG")


def test_a_text_is_plain_and_in_utf_8() -> None:
    """Neither bytes of another coding nor control letters."""
    assert all(
        problem("a.txt", data).startswith("Only PDF") for data in (b"\xff\xfe\x00", b"a\x00b", b"\x1b[2J")
    )


def test_a_media_type_that_is_sent_must_be_the_one_it_is() -> None:
    """Nobody has to send one."""
    assert "" == problem("a.pdf", SAMPLES["pdf"], media_type="application/pdf")
    assert problem("a.pdf", SAMPLES["pdf"], media_type="text/html").startswith("Only PDF")


def test_empty_and_large_files_are_refused() -> None:
    """Two million bytes are taken, not one more."""
    assert "This file is empty." == problem("a.txt", b"")
    assert "" == problem("a.txt", b"a" * LARGEST_FILE)
    assert problem("a.txt", b"a" * (LARGEST_FILE + 1)).startswith("This file is larger than 2 MB")


def test_all_files_of_an_act_are_ten_million_bytes_at_most() -> None:
    """Those in the items of a list too; each is counted once."""
    large = [bytes([97 + number]) * LARGEST_FILE for number in range(5)]
    sent = [named(f"{number}.txt", data) for number, data in enumerate(large)]
    parts = [{"what": "sama", "proof": sent[:2]}]

    assert {} == check(*sent, files=tuple(large), parts=parts)[1]
    over = [{"what": "lain", "proof": [named("b.txt", b"b")]}]
    assert ["parts[0].proof[0]"] == list(check(*sent, files=(*large, b"b"), parts=over)[1])


def test_what_was_not_sent_or_is_no_file_is_told() -> None:
    """A hash without bytes, a thing without a hash, one file twice, none where one is needed, too many."""
    data = SAMPLES["txt"]
    file = named("a.txt", data)

    assert {"proof[0]": "This file was not sent; choose it again."} == check(file)[1]
    assert {"proof[0]": "This file cannot be read; choose it again."} == check({"name": "a.txt"})[1]
    assert {"proof[0]": "This file cannot be read; choose it again."} == check("a.txt")[1]
    assert {"proof[1]": "This file is attached already."} == check(file, file, files=(data,))[1]
    assert {"proof": "This is required."} == check()[1]
    assert {"proof": "Must have 1 to 6 items, now 7."} == check(*[file] * 7, files=(data,))[1]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("C:\\Users\\ani\\Bukti kerja.pdf", "Bukti kerja.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("a\x00b\r\n\x1b.pdf", "ab .pdf"),
        ("gnp.\u202efdp.pdf", "gnp.fdp.pdf"),
        (".htaccess.txt", "htaccess.txt"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_name_is_cleaned(sent: str, kept: str) -> None:
    """No folders, no letters that cannot be seen, two hundred letters at most."""
    assert kept == clean_name(sent)


@given(st.text())
def test_a_clean_name_stays_as_it_is(name: str) -> None:
    """Whatever was sent: nothing in it leads anywhere or cannot be seen."""
    cleaned = clean_name(name)

    assert cleaned == clean_name(cleaned)
    assert len(cleaned) <= 200
    assert not set(cleaned) & set("/\\\x00\n\r")


def world() -> World:
    """A case of reports with files, in its first state."""
    return World(definition="tests/definitions/files")


def send(report_world: World, *data: bytes, files: tuple[bytes, ...] | None = None) -> Any:
    """The employee sends a report with these texts as files."""
    brought = data if files is None else files
    proof = [named(f"{number}.txt", one) for number, one in enumerate(data)]
    return report_world.obey(
        Fire(
            trigger="send",
            actor=Actor(person=report_world.case.subject),
            forms={"report": {"achieved": "selesai", "proof": proof}},
            files={digest_of(one): one for one in brought},
            contents=report_world.written,
        )
    )


def test_a_step_writes_the_files_its_form_names() -> None:
    """And none that nobody names; the entry commits to the form, which holds their hashes."""
    done = send(world(), b"satu", b"dua", files=(b"satu", b"dua", b"tiga"))

    written = [one for one in done.effects if isinstance(one, WriteFile)]
    assert {("report", digest_of(one), one) for one in (b"satu", b"dua")} == {
        (one.form, one.sha256, one.value) for one in written
    }
    (content,) = [one for one in done.effects if isinstance(one, WriteContent) and one.form == "report"]
    told = decode(content.value)
    assert [digest_of(b"satu"), digest_of(b"dua")] == [
        one["sha256"] for one in files_in(REPORT.fields, FORMS, told)
    ]
    assert b"satu" not in done.entry.body


def test_a_file_that_was_sent_stands_when_the_case_returns() -> None:
    """It is named again and not sent again, under the name it has; what is new comes beside it."""
    returned = world()
    send(returned, b"satu")
    returned.fire("return", reason="tambahkan bukti")
    done = send(returned, b"satu", b"dua", files=(b"dua",))

    assert [digest_of(b"dua")] == [one.sha256 for one in done.effects if isinstance(one, WriteFile)]
    assert ["0.txt", "1.txt"] == [one["name"] for one in returned.written.forms["report"]["proof"]]


def test_a_file_of_somebody_elses_case_does_not_stand() -> None:
    """To know a hash is not to have the file."""
    with pytest.raises(FormInvalid) as refused:
        send(world(), b"satu", files=())

    assert ["report.proof[0]"] == list(refused.value.data["problems"])


def test_an_entry_of_a_journal_brings_files() -> None:
    """They are filed under its form."""
    writing = world()
    done = writing.obey(
        AddEntry(
            journal="daily",
            values={"what": "kunjungan", "proof": [named("a.txt", b"satu")]},
            actor=Actor(person=writing.case.subject),
            files={digest_of(b"satu"): b"satu"},
        )
    )

    assert [("work", b"satu")] == [
        (one.form, one.value) for one in done.effects if isinstance(one, WriteFile)
    ]
