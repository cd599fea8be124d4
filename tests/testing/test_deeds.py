"""What else a step may be: steering, journals, links, files, tracks, units, and what other cases publish."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import DefinitionInvalid
from engine.testing import Report, mutants, read_examples, try_definition
from engine.testing.examples import EXAMPLE_KEYS, STEP_KEYS, TOP_KEYS
from engine.testing.people import PERSON_KEYS
from tests.worlds import ROOT, calendar, machine, practice_at

PAGES = [ROOT / "docs/reference" / name for name in ("examples.md", "examples.id.md")]


def tried(name: str, change: tuple[str, str] = ("", ""), *, mutate: bool = False) -> Report:
    """The report on the examples of a practice, with something else in them."""
    definition = machine(practice_at(name)).definition
    text = (ROOT / f"{practice_at(name)}.examples.yaml").read_text(encoding="utf-8")
    assert change[0] in text
    examples = read_examples(
        text.replace(*change, 1), definition, name=f"{name}.examples.yaml", opener=Path.read_bytes
    )
    return try_definition(definition, examples, calendar(), mutate=mutate)


HEALTH, NATIONAL, QUARTER, MINISTRY, UNIT, TRIAL = (
    "bukitintan-penilaian", "asn-tahunan", "asn-triwulan", "kemenkeu-triwulan", "unit-tahunan", "percobaan",
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "before", "after", "told"),
    [
        (HEALTH, "by: kabid, entries: {visits: 1}", "by: kabid, entries: {visits: 2}",
         "the entries of visits that count are 1, and should be 2"),
        (HEALTH, "entries: {public_views: 5}", "entries: {public_views: 4}",
         "the entries of public_views that count are 5, and should be 4"),
        (HEALTH, "      - {invite: public_views, by: personalia}\n", "", "from_outside is refused"),
        (HEALTH, "waits_for: [ani, beni, citra]", "waits_for: [ani, beni]",
         "it waits for ani, beni, citra, and should be ani, beni"),
        (HEALTH, "told: {siti: extended}", "told: nobody", "siti is told, and should not be"),
        (HEALTH, "holder: kadis, told: {kabid: handed_over, kadis: task}", "holder: kabid",
         "the task is with kadis, and should be kabid"),
        (HEALTH, "{pause: leave}, by: personalia, reason: sakit}", "{pause: dispute}, by: siti, reason: sakit}",
         "pause is refused"),
        (NATIONAL, "against: {about: behaviour, grounds: data hilang, evidence: [surat.pdf]}",
         "against: {about: behaviour, grounds: data hilang, evidence: [surat.exe]}", "object is refused"),
        (NATIONAL, "opened: improvement", "opened: none", "it opened improvement, and should be nothing"),
        (NATIONAL, "{reads: {superior: {plan.results: above}}, do: submit", "{do: submit", "submit is refused"),
        (NATIONAL, "still_open: {improvement: 0}, do: rule", "still_open: {improvement: 1}, do: rule",
         "it opened nothing, and should be improvement"),
        (QUARTER, "result: 1,", "result: 3,", "set is refused"),
        (MINISTRY, "{written: {results: reached, views: [eight, eight, nine]}, on", "{on", "sign is refused"),
        (TRIAL, "promises: {2: broken}, told: {mandor", "promises: {2: kept}, told: {mandor",
         "promise 2 is broken, and should be kept"),
        (TRIAL, "acknowledge: 2, by: mandor, reason: saya yang terlambat, refused: wrong_person",
         "acknowledge: 2, by: mandor, reason: saya yang terlambat", "acknowledge is refused"),
        (UNIT, "{predicate: sangat_baik}, {predicate: sangat_baik}, {predicate: sangat_baik}, {predicate: baik}",
         "{predicate: baik}", "close goes through, and should be refused"),
    ],
)  # fmt: skip
def test_what_comes_out_otherwise_is_told_of_every_kind_of_step(
    name: str, before: str, after: str, told: str
) -> None:
    """One word changed in examples that come out as expected, and the step that shows it says how."""
    failures = [one.failure for one in tried(name, (before, after)).failed if one.failure is not None]

    assert any(told in "; ".join(one.told) for one in failures), [one.told for one in failures]


@pytest.mark.parametrize(
    ("name", "step", "complaint"),
    [
        (HEALTH, "steer: {pause: leave}", "`steer` does not say by whom; add `by:`"),
        (HEALTH, "steer: {pause: leaf}, by: siti", "`pause` cannot be 'leaf'; did you mean 'leave'?"),
        (HEALTH, "steer: {extend: 3 working days, reassign: ani}, by: siti", "`steer` does one thing"),
        (HEALTH, "steer: extend, by: siti", "`steer` cannot be 'extend'"),
        (HEALTH, "steer: {reassign: anni}, by: siti", "there is no person 'anni'; did you mean 'ani'?"),
        (HEALTH, "do: read, steer: resume, by: siti", "a step has `do` or `steer`, not both"),
        (HEALTH, "write: {visit: kind_visit}, by: kabid", "has no journal 'visit'; did you mean 'visits'?"),
        (HEALTH, "write: {visits: kind_visits}, by: kabid", "`given` has no 'kind_visits'; did you mean 'kind_visit'?"),
        (HEALTH, "from_outside: {visits: kind_visit}", "nobody from outside writes in 'visits'; use `write`"),
        (HEALTH, "from_outside: {public_views: happy}, by: ani", "is by nobody of the chart; leave `by` out"),
        (HEALTH, "invite: visits, by: personalia", "`invite` cannot be 'visits'"),
        (HEALTH, "release: {public_views: [none]}, by: personalia", "the number of an entry must be a whole number"),
        (HEALTH, "do: read, day: 2026-01-02", "`day` belongs to `write`; leave it out"),
        (HEALTH, "entries: {visit: 1}", "has no journal 'visit'; did you mean 'visits'?"),
        (HEALTH, "opened: [improvement]", "`opened` cannot be 'improvement'"),
        (HEALTH, "reads: {units: none}", "has no read 'units'; did you mean 'unit'?"),
        (NATIONAL, "still_open: {quarters: 1}", "has no link with `open_at_most` 'quarters'"),
        (NATIONAL, "do: object, with: {objection: {grounds: x, evidence: [surat.doc]}}",
         "`files` has no 'surat.doc'; did you mean 'surat.pdf'?"),
        (MINISTRY, "written: {view: [eight]}", "no form or gathering is called 'view'; did you mean 'views'?"),
        (TRIAL, "acknowledge: 3, by: sdm", "the number of a promise must be a whole number from 1 to 2"),
        (TRIAL, "acknowledge: 2", "`acknowledge` does not say by whom; add `by:`"),
        (TRIAL, "promises: {3: kept}", "there is no promise 3; they are counted from 1 to 2"),
        (TRIAL, "promises: {2: held}", "how a promise stands cannot be 'held'"),
        (MINISTRY, "do: propose", "`do` cannot be 'propose'"),
    ],
)  # fmt: skip
def test_a_wrong_step_is_told_with_its_place(name: str, step: str, complaint: str) -> None:
    """Nearest names suggested; what belongs to a track is unknown in the case itself."""
    definition = machine(practice_at(name)).definition
    text = (ROOT / f"{practice_at(name)}.examples.yaml").read_text(encoding="utf-8")
    story = (
        "\n  wrong:\n    about: siti\n    opens: 2026-01-05\n    period: {from: 2026-01-01, to: 2026-12-31}\n"
    )
    with pytest.raises(DefinitionInvalid) as raised:
        read_examples(
            f"{text}{story}    steps: [{{{step}}}]\n", definition, name="x.yaml", opener=Path.read_bytes
        )
    told = [str(one) for one in raised.value.problems]

    assert any(complaint in one and one.startswith("x.yaml:") for one in told), told


@pytest.mark.parametrize(
    ("name", "before", "after", "complaint"),
    [
        (UNIT, "about: Dinas", "about: Dina", "there is no unit 'Dina'; did you mean 'Dinas'?"),
        (
            MINISTRY,
            "track: behaviour",
            "track: behavior",
            "`track` cannot be 'behavior'; did you mean 'behaviour'?",
        ),
        (QUARTER, "    about: siti", "    track: main\n    about: siti", "the definition has no tracks"),
    ],
)
def test_a_wrong_story_is_told(name: str, before: str, after: str, complaint: str) -> None:
    """About whom it is, and of which machine."""
    with pytest.raises(DefinitionInvalid) as raised:
        tried(name, (before, after))

    assert any(complaint in str(one) for one in raised.value.problems)


def test_tracks_are_looked_at_as_cases_are() -> None:
    """What no story of a track touches is told at its own place, and its rules are mutated too."""
    named = "{do: name, with: {nomination: three}, state: evaluators_rate}"
    report = tried(MINISTRY, (named, "{on: 2026-07-09, state: rater_names}"))
    paths = {one.path for one in report.untouched}
    of_tracks = [one for one in mutants(machine(practice_at(MINISTRY)).definition) if one.track]

    assert ("tracks", "behaviour", "rater_names", "transitions", "name") in paths
    assert {"behaviour", "results"} == {one.track for one in of_tracks}
    assert {"tracks", "roles", "ladders"} == {one.path[0] for one in of_tracks}
    assert all(one.states and one.path[1] == one.track for one in of_tracks if one.path[0] == "tracks")


def test_mutations_of_a_track_are_tried_on_its_own_stories() -> None:
    """The plan is returned twice and goes on at the second time: an example that a third would contradict."""
    results = [one for one in mutants(machine(practice_at(MINISTRY)).definition) if one.track == "results"]
    missed = {one.told for one in tried(MINISTRY, mutate=True).unnoticed if one.track == "results"}

    assert "'return' may be used once more" in {one.told for one in results} - missed
    assert "'return' needs no reason" in missed


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_reference_of_examples_names_every_key(page: Path) -> None:
    """And no reader reads a key that it does not name."""
    told = page.read_text(encoding="utf-8")
    keys = {
        *TOP_KEYS,
        *EXAMPLE_KEYS,
        *STEP_KEYS,
        *PERSON_KEYS,
        "extend",
        "pause",
        "resume",
        "reassign",
        "remind",
    }

    assert [] == sorted(
        key for key in keys if f"`{key}`" not in told and f"`{key}:" not in told and f"{{{key}:" not in told
    )
