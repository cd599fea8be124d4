"""The rules page's words: what opens a way out is told for every practice, linked cases and tracks included."""

from __future__ import annotations

import re

import pytest

from api.pages.definition_words import everywhere, state_rows
from api.pages.words import Words
from engine.core.parse import examine
from tests.worlds import ROOT, machine, practice_at

NAMES = sorted(path.stem for path in (ROOT / "workflows").glob("*.yaml") if "." not in path.stem)
RAW = re.compile(r"(?<![\w.@-])[a-z]+_[a-z_]+")


def read(name):
    """A practice, and the definitions it names, by what it calls them."""

    def whole(workflow):
        rules = ROOT / f"{practice_at(workflow)}.yaml"
        texts = rules.with_name(f"{workflow}.texts.yaml")
        return examine(
            rules.read_bytes(), texts.read_bytes(), name=rules.name, texts_name=texts.name
        ).definition

    definition = whole(name)
    if definition is None:
        return None, {}
    named = [*definition.reads.values(), *(one for one in definition.linked.values() if one.workflow)]
    others = {one.name: whole(one.workflow) for one in named if one.workflow in NAMES}
    tracks = {one.name: definition.tracks[one.track] for one in definition.linked.values() if one.track}
    return definition, {name: one for name, one in (others | tracks).items() if one is not None}


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_every_way_out_is_told_in_words(name, language):
    """No name of the code shows through, and nothing is left untold."""
    definition, others = read(name)
    if definition is None:
        pytest.skip("this version refuses it by name")
    word = Words(language)
    ways = [
        way
        for part in (definition, *definition.tracks.values())
        for way in (
            *everywhere(part, word, others),
            *(
                way
                for phase in state_rows(part, word, others)
                for state in phase.states
                for way in state.ways
            ),
        )
    ]

    assert ways
    assert [] == [way.told for way in ways if RAW.search(way.told) or not way.told or not way.label]


def test_what_another_case_reaches_is_told_with_its_own_words():
    """The state is called as that case's own texts call it; without them nothing is made up."""
    definition, others = read("kemenkeu-triwulan")
    word = Words("en")
    told = {
        way.told
        for known in (others, {})
        for phase in state_rows(definition, word, known)
        for state in phase.states
        for way in state.ways
    }

    assert any("The unit's case comes to “Calibrated”" in one for one in told)
    assert any("The unit's case comes as far as is waited for" in one for one in told)
    assert any("Appraisal of behaviour is closed and Achievement of results is closed" in one for one in told)


@pytest.mark.parametrize(
    ("language", "label", "by", "told"),
    [
        (
            "en",
            "Open: correction of the rating",
            "by Employee and Personnel office",
            "this case stays closed; the result of the correction replaces its own; with a reason",
        ),
        (
            "id",
            "Buka: koreksi penilaian",
            "oleh Pegawai dan Pengelola kepegawaian",
            "kasus ini tetap ditutup; hasil koreksi menggantikan hasilnya; dengan alasan",
        ),
    ],
)
def test_a_closed_state_tells_the_correction_that_may_be_opened_from_it(language, label, by, told):
    """With who may, and only where the definition offers it."""
    rated = machine("tests/definitions/linked/rated").definition
    rows = {
        state.name: [(way.label, way.told) for way in state.ways]
        for phase in state_rows(rated, Words(language), {})
        for state in phase.states
    }

    assert [(label, f"{by}; {told}")] == rows["disclosed"]
    assert [] == rows["unrated"]
