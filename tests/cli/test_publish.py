"""`siklus publish`, `approve`, `withdraw` and `definitions`."""

from __future__ import annotations

from tests.cli.conftest import DESK, EMPLOYEE, OTHER, WORKFLOWS

WHY = ("--reason", "PermenPANRB 6/2022")


def test_two_people_bring_rules_into_force(siklus, agency):
    """The list says who, since when and why."""
    proposed = siklus.json("publish", "asn-tahunan", "--as", DESK, *WHY)
    siklus("approve", "asn-tahunan@1", "--as", OTHER, "--reason", "dibahas", "--effective", "2026-01-01")
    (listed,) = siklus.json("definitions")["definitions"]

    assert "proposed" == proposed["status"]
    assert ("published", "2026-01-01", proposed["digest"]) == (
        listed["status"], listed["effective"], listed["digest"],
    )  # fmt: skip
    assert [("proposed", DESK, "PermenPANRB 6/2022"), ("published", OTHER, "dibahas")] == [
        (one["kind"], one["by"], one["reason"]) for one in listed["said"]
    ]
    assert f"published by {OTHER}: dibahas" in " ".join(siklus("definitions").stdout.split())


def test_rules_with_an_agencys_own_numbers_say_whose(siklus, agency, folder):
    """When they are proposed, and in the list; the definition itself has none."""
    own = folder / "own.yaml"
    own.write_text(
        "overrides: asn-tahunan@1\nagency: Dinas Uji\nsettings: {receipt_time: 6 working days}\n",
        encoding="utf-8",
    )
    told = siklus("publish", "asn-tahunan", "--override", "own.yaml", "--as", DESK, *WHY).stdout

    assert "asn-tahunan@1 with the numbers of Dinas Uji is proposed." in " ".join(told.split())
    assert ["Dinas Uji"] == [one["agency"] for one in siklus.json("definitions")["definitions"]]
    assert "asn-tahunan@1, Dinas Uji" in " ".join(siklus("definitions").stdout.split())


def test_the_author_cannot_approve(siklus, agency):
    """Nor can somebody who has no say in rules; both are told who can."""
    siklus("publish", WORKFLOWS / "asn-tahunan.yaml", "--as", DESK, *WHY)
    own = siklus("approve", "asn-tahunan@1", "--as", DESK, *WHY, "--effective", "2026-01-01", code=3)
    other = siklus("approve", "asn-tahunan@1", "--as", EMPLOYEE, *WHY, "--effective", "2026-01-01", code=3)

    assert "proposed by the same person" in own.stderr
    assert "head of the agency" in other.stderr


def test_a_proposal_is_taken_back(siklus, agency):
    """It stays in the list, with the reason."""
    siklus("publish", "asn-tahunan", "--as", DESK, *WHY)
    siklus("withdraw", "asn-tahunan@1", "--as", OTHER, "--reason", "salah tanggal")
    (listed,) = siklus.json("definitions")["definitions"]

    assert ("withdrawn", "salah tanggal") == (listed["status"], listed["said"][-1]["reason"])
    assert "siklus approve" not in siklus("definitions").stderr


def test_a_version_has_one_content(siklus, in_force, folder):
    """Another content under a published name is refused with the next free number."""
    rules = (WORKFLOWS / "asn-tahunan.yaml").read_text(encoding="utf-8")
    (folder / "mine.yaml").write_text(rules.replace("at_most: 6", "at_most: 5"), encoding="utf-8")
    texts = (WORKFLOWS / "asn-tahunan.texts.yaml").read_text(encoding="utf-8")
    (folder / "mine.texts.yaml").write_text(texts, encoding="utf-8")

    assert "version: 2" in siklus("publish", "mine.yaml", "--as", DESK, *WHY, code=5).stderr


def test_a_wrong_definition_is_not_proposed(siklus, agency, folder):
    """All its problems are told at once."""
    rules = (WORKFLOWS / "asn-tahunan.yaml").read_text(encoding="utf-8")
    (folder / "mine.yaml").write_text(rules.replace("form: report", "form: repport", 1), encoding="utf-8")
    texts = (WORKFLOWS / "asn-tahunan.texts.yaml").read_text(encoding="utf-8")
    (folder / "mine.texts.yaml").write_text(texts, encoding="utf-8")

    assert "repport" in siklus("publish", "mine.yaml", "--as", DESK, *WHY, code=1).stderr
    assert [] == siklus.json("definitions")["definitions"]


def test_a_reason_and_a_known_person_are_needed(siklus, agency):
    """Nobody publishes as nobody."""
    siklus("publish", "asn-tahunan", "--as", DESK, "--reason", " ", code=3)
    siklus("publish", "asn-tahunan", "--as", "000", *WHY, code=4)
    siklus("publish", "asn-tahunan", "--as", DESK, code=2)
