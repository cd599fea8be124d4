"""A board and a spread are told in the order people know: from below to above, from the best to the worst."""

from __future__ import annotations

from engine.core.board import axes_of, ranked
from engine.core.definition import Definition, Grid
from engine.core.parse import read
from tests.worlds import ROOT


def loaded(place: str) -> tuple[Definition, Grid]:
    """A definition, and its grid."""
    rules, texts = ((ROOT / f"{place}{end}").read_text(encoding="utf-8") for end in (".yaml", ".texts.yaml"))
    definition = read(rules, texts, name="a.yaml", texts_name="a.texts.yaml")
    grid = definition.figures["predicate"]
    assert isinstance(grid, Grid)
    return definition, grid


def test_the_five_predicates_of_the_civil_service_stand_from_the_best_to_the_worst() -> None:
    told = ranked(*loaded("workflows/asn-tahunan"))

    assert ("sangat_baik", "baik", "butuh_perbaikan", "kurang", "sangat_kurang") == told


def test_where_tables_give_the_sides_they_rise_as_the_form_offers_them() -> None:
    """The tables of the year name what is below, then what is above, and last what is as expected."""
    rising = ("below", "as", "above")

    assert (rising, rising) == axes_of(*loaded("workflows/asn-tahunan"))
    assert ("best", "good", "fair", "poor", "worst") == ranked(*loaded("tests/definitions/board/member"))
