"""What people read about the national annual cycle: its texts and its two pages."""

import re
from pathlib import Path

import pytest

from engine.core.parse import read

ROOT = Path(__file__).parents[2]
ASN = read(
    (ROOT / "workflows/asn-tahunan.yaml").read_text(encoding="utf-8"),
    (ROOT / "workflows/asn-tahunan.texts.yaml").read_text(encoding="utf-8"),
)
EXPECTED = ("below", "as", "above")


@pytest.mark.parametrize("section", [section for section, labels in ASN.texts.labels.items() if labels])
def test_texts_are_said_in_both_languages_without_raw_keys(section):
    """Neither empty nor a key; a placeholder only where a refusal names a figure."""
    faults = []
    for key, label in ASN.texts.labels[section].items():
        for text in (label.id, label.en):
            bare = text.replace("<weights>", "") if section == "refusals" else text
            faults += [(key, text)] if not bare.strip() or re.search(r"[_<>{}]", bare) or key == text else []

    assert [] == faults


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_shows_the_grid_of_the_definition(language):
    """The nine cells of the page are those of the rules, by the labels people see."""
    page = (ROOT / f"docs/workflows/asn-tahunan.{language}.md").read_text(encoding="utf-8")
    cells = ASN.figures["predicate"].cells
    rows = [
        [cell.strip().lower() for cell in line.strip("|").split("|")[1:]]
        for line in page.split(" \\ ")[1].splitlines()[2:5]
    ]
    said = [
        [ASN.texts.label("values", f"predicate.{cells[down, across]}").id.lower() for across in EXPECTED]
        for down in reversed(EXPECTED)
    ]

    assert said == rows


def test_both_pages_say_the_same_number_of_things():
    """Indonesian and English have the same sections and the same rows."""
    shapes = []
    for language in ("id", "en"):
        page = (ROOT / f"docs/workflows/asn-tahunan.{language}.md").read_text(encoding="utf-8")
        shapes.append(
            [line[:1] if line[:1] in "|#" else "" for line in page.splitlines() if line[:1] in {"|", "#"}]
        )

    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_page_names_what_this_version_leaves_out(language):
    """Every construct the full practice uses and this version does not."""
    page = (ROOT / f"docs/workflows/asn-tahunan.{language}.md").read_text(encoding="utf-8")
    last = page.rsplit("\n## ", 1)[1]
    words = {
        "en": (
            "linked cases",
            "tracks",
            "gathering",
            "journals",
            "reads",
            "timetables",
            "promises",
            "pauses",
        ),
        "id": ("kasus terkait", "jalur", "pengumpulan", "jurnal", "pembacaan", "jadwal", "janji", "jeda"),
    }

    assert [] == [word for word in words[language] if word not in last]
