"""What people read about the national annual cycle: its texts and its two pages."""

from pathlib import Path

import pytest

from engine.core.parse import read

ROOT = Path(__file__).parents[2]
ASN = read(
    (ROOT / "workflows/asn-tahunan.yaml").read_text(encoding="utf-8"),
    (ROOT / "workflows/asn-tahunan.texts.yaml").read_text(encoding="utf-8"),
)
EXPECTED = ("below", "as", "above")


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
