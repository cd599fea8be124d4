"""The sentences that tell people why a role fell to them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from engine.core.people import explain, next_level, substitute_of
from tests.charts import ACTS, AWAY, DAY, GONE, chart, demo, find

SENTENCES = [
    (
        "rater", "siti", {},
        "Anda adalah atasan langsung Siti pada 31 Maret 2026.",
        "You are the direct superior of Siti on 31 March 2026.",
    ),
    (
        "rater", "siti", {"section": GONE, "other": {"acting_for": "section", **ACTS}},
        ("Anda adalah Plt. Post of section (SK 800/12/2026), jabatan yang lowong pada 31 Maret 2026, "
        "sehingga bertindak sebagai atasan langsung Siti."),
        ("You act for the vacant post of Post of section (Plt., decree 800/12/2026) on 31 March 2026, "
        "and so serve as the direct superior of Siti."),
    ),
    (
        "rater", "siti", {"section": AWAY, "other": {"acting_for": "section", **ACTS}},
        ("Anda adalah Plh. Post of section (SK 800/12/2026) pada 31 Maret 2026, menggantikan Section yang sedang "
        "berhalangan, sehingga bertindak sebagai atasan langsung Siti."),
        ("You act for the post of Post of section (Plh., decree 800/12/2026) on 31 March 2026 in place of Section, "
        "who is away, and so serve as the direct superior of Siti."),
    ),
    (
        "rater", "siti", {"section": {**AWAY, "substitute": "other"}},
        ("Anda ditunjuk sebagai pengganti Section yang sedang berhalangan pada 31 Maret 2026, "
        "sehingga bertindak sebagai atasan langsung Siti."),
        ("You are the named substitute of Section, who is away on 31 March 2026, "
        "and so serve as the direct superior of Siti."),
    ),
    (
        "rater", "siti", {"section": GONE},
        ("Anda adalah pejabat pada jenjang di atasnya: Section tidak menjabat pada 31 Maret 2026, "
        "sehingga Anda bertindak sebagai atasan langsung Siti."),
        ("You are the next level up: Section is not in post on 31 March 2026, "
        "so you serve as the direct superior of Siti."),
    ),
    (
        "manager", "siti", {},
        "Anda adalah pengelola kinerja untuk Dinas pada 31 Maret 2026.",
        "You are the performance officer for Dinas on 31 March 2026.",
    ),
    (
        "manager", "siti", {"other": {"duties": ()}},
        ("Anda bertugas sebagai pengelola kepegawaian; pada 31 Maret 2026 tidak ada pejabat lain yang dapat "
        "bertindak sebagai pengelola kinerja untuk Dinas."),
        "You are a personnel officer; on 31 March 2026 nobody else can serve as the performance officer for Dinas.",
    ),
    (
        "ppk", "agency", {},
        ("Anda adalah pejabat di luar instansi pada puncak garis atasan; pada 31 Maret 2026 tidak ada pejabat lain "
        "yang dapat bertindak sebagai pimpinan instansi."),
        ("You are the official outside the agency at the top of the line; on 31 March 2026 nobody else can serve as "
        "the head of the agency."),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "subject", "changes", "indonesian", "english"), SENTENCES)
def test_people_are_told_why_a_role_fell_to_them(
    name: str, subject: str, changes: Mapping[str, Mapping[str, object]], indonesian: str, english: str
) -> None:
    """One sentence, in the language they read, made from what was recorded."""
    on = chart(**changes)
    found = find(name, on, subject)

    assert indonesian == explain(found, on, "id")
    assert english == explain(found, on, "en")


def test_every_answer_in_the_demo_agency_can_be_told_in_both_languages() -> None:
    """No stranger, no placeholder, for each person and role over two years."""
    on = demo()
    texts = set[str]()
    vias = set[str]()
    for day in (date(2025, 12, 1), date(2026, 1, 15), date(2026, 12, 31), date(2027, 12, 31)):
        for one in on.people(day):
            for name in ("employee", "rater", "manager", "hr", "unit_head", "ppk"):
                if one.kind != "external":
                    found = find(name, on, one.key.removeprefix("p-"), day=day)
                    vias.add(found.via)
                    texts |= {explain(found, on, "id"), explain(found, on, "en")}
    assert {"subject", "holder", "acting", "substitute", "next_level", "desk", "external"} == vias
    assert not [text for text in texts if "?" in text or "{" in text or not text.endswith(".")]


def test_work_passed_on_by_a_ladder_is_explained_too() -> None:
    """The stand-in and the level up are told whose work it was."""
    on = chart(section={"substitute": "other"}, head=AWAY)
    stand_in, up = substitute_of(on, "p-section", DAY), next_level(on, "p-section", DAY)

    assert stand_in is not None
    assert (
        "You are the named substitute of Section on 31 March 2026, and so serve as the stand-in for Section."
        == explain(stand_in, on, "en")
    )
    assert "Anda adalah pejabat satu jenjang di atas Section pada 31 Maret 2026." == explain(up, on, "id")
