"""Pictures of definitions: nothing overlaps, nothing runs through anything, and the same words stand in the list."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from engine.core.definition import STAY, At, By
from engine.core.diagram import bpmn, gaps, mermaid, outline, picture_of, scxml, svg
from engine.core.diagram.boxes import BODY, CARD, INDENT, SMALL, TITLE
from engine.core.diagram.layout import laid_out
from engine.core.diagram.lettering import width, wrapped
from engine.core.diagram.shapes import sign
from engine.core.parse import read

ROOT = Path(__file__).resolve().parents[2]
PATHS = [
    ROOT / "workflows/kemenkeu-triwulan.yaml",
    ROOT / "tests/definitions/alone/asn-tahunan.yaml",
    ROOT / "tests/definitions/whole.yaml",
    ROOT / "tests/definitions/small.yaml",
]
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
SCXML = "{http://www.w3.org/2005/07/scxml}"

each_language = pytest.mark.parametrize("language", ["id", "en"])


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def definition(request):
    path = request.param
    return read(path.read_bytes(), path.with_name(f"{path.stem}.texts.yaml").read_bytes(), name=path.name)


def between(low, value, high):
    return min(low, high) < value < max(low, high)


@each_language
def test_no_two_cards_overlap(definition, language):
    boxes = laid_out(picture_of(definition, language)).boxes

    for one, other in combinations(boxes, 2):
        apart = one.right <= other.x or other.right <= one.x
        assert apart or one.y + one.height <= other.y or other.y + other.height <= one.y


@each_language
def test_no_line_runs_through_a_card(definition, language):
    """Lines live in the gutters and on the bus: no stretch of any lies inside any card."""
    layout = laid_out(picture_of(definition, language))

    for edge in layout.edges:
        for (ax, ay), (bx, by) in zip(edge.points, edge.points[1:], strict=False):
            assert ax == bx or ay == by
            for box in layout.boxes:
                inside_x = (
                    between(box.x, ax, box.right)
                    if ax == bx
                    else min(ax, bx) < box.right and box.x < max(ax, bx)
                )
                top, bottom = box.y, box.y + box.height
                inside_y = (
                    between(top, ay, bottom) if ay == by else min(ay, by) < bottom and top < max(ay, by)
                )
                assert not (inside_x and inside_y), (edge, box.card.key)


@each_language
def test_tracks_of_different_targets_never_lie_on_one_another(definition, language):
    layout = laid_out(picture_of(definition, language))
    upright = [
        (edge.target, ax, min(ay, by), max(ay, by))
        for edge in layout.edges
        for (ax, ay), (bx, by) in zip(edge.points, edge.points[1:], strict=False)
        if ax == bx and ay != by
    ]

    for one, other in combinations(upright, 2):
        if one[0] != other[0] and one[1] == other[1]:
            assert one[3] < other[2] or other[3] < one[2], (one, other)


@each_language
def test_every_way_that_leads_somewhere_has_its_line(definition, language):
    picture = picture_of(definition, language)
    wanted = [
        (card.key, line.target)
        for lane in picture.lanes
        for card in lane.cards
        for line in card.lines
        if line.target
    ]
    drawn = [(edge.source, edge.target) for edge in laid_out(picture).edges]

    assert sorted(wanted) == sorted(drawn)


def test_words_stay_inside_their_card(definition):
    room = CARD - INDENT
    for language in ("id", "en"):
        for box in laid_out(picture_of(definition, language)).boxes:
            words = [*box.who, *(word for line in box.lines for word in line.words)]
            small = [*box.badge, *(word for line in box.lines for word in line.notes)]

            assert all(width(one, TITLE, bold=True) <= room for one in box.title)
            assert all(width(one, BODY) <= room for one in words)
            assert all(width(one, SMALL) <= room for one in small)


def test_a_word_longer_than_its_room_is_broken_and_not_lost():
    assert "".join(wrapped("x" * 100, 12, 80)) == "x" * 100
    assert () == wrapped("", 12, 80)


@each_language
def test_the_drawing_is_one_well_formed_document_that_reads_itself_aloud(definition, language):
    picture = picture_of(definition, language)
    root = ET.fromstring(svg(picture))  # noqa: S314 - our own drawing

    title, described = root.findtext("{*}title"), root.findtext("{*}desc")
    assert picture.title == title
    assert outline(picture).strip() == described
    assert "img" == root.get("role")
    assert [] == root.findall(".//{*}script") + root.findall(".//{*}image")
    assert not [
        one for one in root.iter() if any(key.startswith("on") or key.endswith("href") for key in one.attrib)
    ]


def test_the_same_definition_gives_the_same_bytes(definition):
    assert svg(picture_of(definition, "id")) == svg(picture_of(definition, "id"))


def test_a_new_way_out_moves_only_what_stands_below_it(definition):
    """A reader finds what they knew where it was: cards above the change and in other lanes keep their height."""
    name, state = next((one.name, one) for one in definition.states.values() if one.transitions)
    longer = replace(state, transitions=(*state.transitions, state.transitions[0]))
    before = laid_out(picture_of(definition, "en"))
    after = laid_out(picture_of(replace(definition, states={**definition.states, name: longer}), "en"))
    old = {box.card.key: (box.lane, box.y - before.top) for box in before.boxes}
    new = {box.card.key: (box.lane, box.y - after.top) for box in after.boxes}
    lane, height = old[name]

    assert old.keys() == new.keys()
    for key, (place, y) in old.items():
        moved = place == lane and y > height
        assert (place, new[key][1]) == new[key]
        assert (new[key][1] > y) is moved


def test_whose_turn_it_is_shows_by_shape_as_well_as_colour():
    """Two roles never share shape and filling, up to sixteen of them."""
    shapes = {re.sub(r"#[0-9a-f]{6}", "", sign(number, 0, 0, 6)) for number in range(16)}

    assert 16 == len(shapes)


@each_language
def test_the_list_names_every_state_and_every_way(definition, language):
    text = outline(picture_of(definition, language))

    for state in definition.states.values():
        assert definition.texts.label("states", state.name)[language] in text


def test_mermaid_has_an_arrow_for_each_line(definition):
    picture = picture_of(definition, "en")
    arrows = [line for line in mermaid(picture).splitlines() if " --> " in line and "[*]" not in line]

    assert sum(len(card.lines) for lane in picture.lanes for card in lane.cards) == len(arrows)


def test_state_charts_have_every_state_and_only_known_targets(definition):
    root = ET.fromstring(scxml(definition))  # noqa: S314 - our own drawing
    ids = {one.get("id") for one in root.iter() if one.tag in {f"{SCXML}state", f"{SCXML}final"}}

    assert set(definition.states) <= ids
    assert root.get("initial") in ids
    assert {one.get("target") for one in root.iter(f"{SCXML}transition")} - {None} <= ids
    for name, state in definition.states.items():
        tag = "final" if state.final is not None else "state"
        assert root.find(f".//{SCXML}{tag}[@id='{name}']") is not None


def test_state_charts_keep_conditions_and_caps():
    path = ROOT / "tests/definitions/alone/asn-tahunan.yaml"
    definition = read(path.read_bytes(), path.with_name("asn-tahunan.texts.yaml").read_bytes())
    text = scxml(definition)

    assert 'event="act.employee_drafts.submit" cond="weights == 100" target="manager_checks"' in text
    assert "['kurang', 'sangat_kurang'].indexOf(predicate) &gt;= 0" in text
    assert 'cond="uses_manager_checks_send_back &lt; 2" target="employee_drafts"' in text


def test_processes_connect_known_nodes_and_draw_each_of_them(definition):
    root = ET.fromstring(bpmn(definition))  # noqa: S314 - our own drawing
    process = root.find(f"{BPMN}process")
    nodes = {one.get("id") for one in process if one.tag != f"{BPMN}sequenceFlow"}
    flows = process.findall(f"{BPMN}sequenceFlow")

    assert {one.get("sourceRef") for one in flows} | {one.get("targetRef") for one in flows} <= nodes
    assert nodes == {one.get("bpmnElement") for one in root.iter(f"{DI}BPMNShape")}
    assert {one.get("id") for one in flows} == {one.get("bpmnElement") for one in root.iter(f"{DI}BPMNEdge")}
    assert len(root.findall(f".//{BPMN}endEvent")) == sum(
        state.final is not None for state in definition.states.values()
    )
    hosts = {one.get("attachedToRef") for one in process.findall(f"{BPMN}boundaryEvent")}
    assert hosts <= nodes


def test_processes_have_a_timer_for_every_moment_and_a_way_for_every_act(definition):
    root = ET.fromstring(bpmn(definition))  # noqa: S314 - our own drawing
    ways = [way for state in definition.states.values() for way in state.transitions]
    timers = [way for way in ways if isinstance(way.trigger, At) and way.to != STAY]
    acts = [way for way in ways if isinstance(way.trigger, By) and way.to != STAY]
    leading = [
        one for one in root.iter(f"{BPMN}sequenceFlow") if one.get("sourceRef", "").startswith("after.")
    ]

    assert len(timers) == len(root.findall(f".//{BPMN}timerEventDefinition"))
    assert len(acts) <= len(leading)


def test_what_other_languages_cannot_say_is_told_once_each(definition):
    told = [gap.en for gap in gaps(definition)]

    assert len(told) == len(set(told))
    assert any("ladders" in one for one in told)


def test_windows_go_by_what_people_call_them():
    """No picture, list or file for other tools says the name a window has in the rules."""
    path = PATHS[0]
    ministry = read(path.read_bytes(), path.with_name("kemenkeu-triwulan.texts.yaml").read_bytes())
    drawn = picture_of(ministry, "en")
    told = "".join((outline(drawn), bpmn(ministry, "en"), scxml(ministry)))

    assert "the last day of the window Objecting" in outline(drawn)
    assert "the last day of the window Calibration" in bpmn(ministry, "en")
    assert "the first day of the window Signing" in scxml(ministry)
    assert not re.search(r"the window [a-z]", told)


def test_what_is_done_once_at_most_is_told_so():
    """`at_most: 1` is once, not 1 times."""
    path = PATHS[1]
    national = read(path.read_bytes(), path.with_name("asn-tahunan.texts.yaml").read_bytes())

    assert "at most once" in outline(picture_of(national, "en"))
    assert "1 times" not in outline(picture_of(national, "en"))
    assert "paling banyak satu kali" in outline(picture_of(national, "id"))


@pytest.mark.parametrize(
    ("language", "line"),
    [
        (
            "en",
            "Open: correction of the rating (its result replaces that of this case) → stays here",
        ),
        (
            "id",
            "Buka: koreksi penilaian (hasilnya menggantikan hasil kasus ini) → tetap di sini",
        ),
    ],
)
def test_a_closed_state_shows_the_correction_that_may_be_opened_from_it(language, line):
    """In the list, in the drawing and in Mermaid alike; nothing else leads on from there."""
    path = ROOT / "tests/definitions/linked/rated.yaml"
    rated = read(path.read_bytes(), path.with_name("rated.texts.yaml").read_bytes(), name=path.name)
    picture = picture_of(rated, language)
    words = line.partition(" (")[0]

    assert f"    - {line}" in outline(picture).splitlines()
    assert words.partition(": ")[2].split()[0] in svg(picture)
    assert f"  disclosed --> disclosed : {words.replace(':', ' ').replace('  ', ' ')}" in mermaid(picture)


@each_language
def test_where_a_case_stands_is_marked_by_a_frame_a_flag_and_in_words(definition, language):
    """One card and no other; without a case nothing is marked."""
    plain = picture_of(definition, language)
    state = next(iter(definition.states))
    marked = replace(plain, here=state)
    root = ET.fromstring(svg(marked))  # noqa: S314 - our own drawing

    assert 1 == len([one for one in root.iter() if one.get("class") == "here"])
    assert "here-flag" not in svg(plain)
    words = {"id": "kasus ini di sini", "en": "this case is here"}[language]
    assert 1 == outline(marked).count(f"[{words}]")
    assert words not in outline(plain)
