"""Faults planted in sound definitions, each a change of the text and what must be found: who checks proofs begins here.

Shipped definitions come first; what only linked definitions can do wrong is planted in those the tests and the
practices of the language have.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path

from engine.core.chart import Chart
from engine.core.definition import Definition
from engine.core.proof.finding import Finding, Ground, Proof, Question
from engine.core.proof.proving import PROVERS, QUESTIONS
from engine.core.roster import read_roster
from tests.proof.grounds import changed
from tests.worlds import ROOT, calendar

ANNUAL = "workflows/templates/annual"
PROBATION = "workflows/templates/probation"
NATIONAL = "tests/definitions/alone/asn-tahunan"
LINKED = "tests/definitions/linked/annual"
UNIT = "tests/definitions/linked/unit-year"
TRACKED = "tests/definitions/linked/tracked"
QUARTERS = "workflows/asn-triwulan"
IMPROVEMENT = "workflows/asn-perbaikan"
YEAR = "workflows/asn-tahunan"
SHIPPED = (YEAR, ANNUAL, PROBATION)
ALLOWANCE = "tests/definitions/linked/allowance"
RATED = "tests/definitions/linked/rated"
CLINIC = "workflows/bukitintan-penilaian"
#: the folder whose definitions belong together
_TOGETHER = "tests/definitions/linked"
#: where promises are put
_PLACE = "\nvisibility:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    """One fault: the question that finds it and by which code, the definition, and what of it is changed to what."""

    question: Question
    code: str
    file: str
    rules: Mapping[str, str]
    texts: Mapping[str, str] = field(default_factory=dict)
    #: another people file than the demo's
    people: str = ""
    #: changes of the definitions beside it, by name
    others: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def _seed(
    question: Question, code: str, file: str, rules: Mapping[str, str], texts: Mapping[str, str] | None = None
) -> Seed:
    return Seed(question=question, code=code, file=file, rules=rules, texts=texts or {})


def _by_hand(line: str) -> dict[str, str]:
    """The texts of a way that no longer happens by itself: its label stands among the buttons."""
    return {line: "", "\nbuttons:": f"\nbuttons:\n{line}"}


def _by_itself(line: str) -> dict[str, str]:
    return {line: "", "\nautomatic:": f"\nautomatic:\n{line}"}


def _people(*rows: str) -> str:
    """A people file of few."""
    head = "nip,nama,unit,jabatan,atasan,zona,surel,jenis,skema,status,tugas,mulai,pengganti"
    return "\n".join((head, *(f"{one}" for one in rows), ""))


def _person(key: str, above: str = "", duties: str = "", kind: str = "PNS") -> str:
    who = f"{key},Orang {key},Dinas,Pegawai,{above},WIB,{key.lower()}@contoh.example"
    return f"{who},{kind},jabatan,aktif,{duties},2020-01-01,"


def _promise(file: str, promise: str) -> Seed:
    return _seed("kept", "promise_broken", file, {_PLACE: f"\npromises: [{promise}]{_PLACE}"})


_TOP = _person("A-0", kind="eksternal")
_RATING = "rating:      {rater: [former_rater_rates, rater_rates], reviewer: [handed_over, reviewer_looks], employee: "

SEEDS: tuple[Seed, ...] = (
    # sound: every case can always finish, and everything has a use
    _seed("sound", "cannot_finish", ANNUAL, {
        "received: {to: done}": "received: {to: rating, at_most: 1}",
        "deemed:   {at: due, to: done}": "deemed: {by: employee, to: rating, at_most: 1}",
        "ladder: gentle}}\n      transitions:\n        received":
        "ladder: standard}}\n      transitions:\n        received",
        "exempt: {by: hr, to: left": "exempt: {by: hr, to: done",
    }, _by_hand("  deemed: {id: Dianggap diterima, en: Counts as received}\n")),
    _seed("sound", "loop_without_cap", NATIONAL, {
        "give_back: {to: rater_rates, reason: required, at_most: 1}": "give_back: {to: rater_rates, reason: required}",
    }),
    _seed("sound", "loop_without_cap", ANNUAL, {
        "send_back: {to: drafting, reason: required, at_most: 2, then: running}":
        "send_back: {to: drafting, reason: required}",
    }),
    _seed("sound", "never_entered", PROBATION, {"duty_count >= 2": "duty_count >= 11"}),
    _seed("sound", "then_never", PROBATION, {
        "talk:    {to: going_on, notify: employee}":
        "talk: {to: going_on, at_most: 2, then: judging, notify: employee}",
    }),
    # never stuck: if nobody acts, every case ends or rests with somebody who hears of it
    _seed("never_stuck", "waits_for_ever", ANNUAL, {
        "year_over: {at: period.to, to: reporting}": "year_over: {by: rater, to: reporting}",
    }, _by_hand("  year_over: {id: Tahun berakhir, en: The year is over}\n")),
    _seed("never_stuck", "waits_for_ever", PROBATION, {
        "halfway: {at: halfway_on, to: looking}": "halfway: {by: mentor, to: looking}",
    }, _by_hand("  halfway: {id: Setengah tahun berlalu, en: Half the year is over}\n")),
    _seed("never_stuck", "upon_without_at", QUARTERS, {
        "not_waited: {at: not_waited_on, to: rater_rates}": "not_waited: {by: rater, to: rater_rates}",
    }, _by_hand("  not_waited:   {id: Tidak ditunggu lebih lama, en: Not waited for any longer}\n")),
    _seed("never_stuck", "waits_for_ever", NATIONAL, {
        "time_over:  {at: improvement_time after entry, to": "time_over:  {by: hr, to",
    }, _by_hand("  time_over:                 {id: Masa perbaikan berakhir, en: The improvement period is over}\n")),
    # decided and filled: each fork leads exactly one way, on what was written
    _seed("decided", "rows_overlap", NATIONAL, {
        "predicate in ['kurang', 'sangat_kurang']": "predicate in ['kurang', 'sangat_kurang', 'sangat_baik']",
    }),
    _seed("decided", "row_never", NATIONAL, {
        "predicate == 'sangat_baik'": "predicate == 'sangat_baik' && predicate == 'baik'",
    }),
    _seed("decided", "may_be_empty", NATIONAL, {"lapsed:  {at: due, to: done}": "lapsed:  {at: due, to: by_decree}"}),
    _seed("decided", "when_always", PROBATION, {"duty_count >= 2": "duty_count >= 1"}),
    _seed("decided", "when_never", ANNUAL, {"weights == 100": "weights == 801"}),
    _seed("decided", "may_be_left_out", PROBATION, {
        "verdict: {choice: [fit, not_fit]}": "verdict: {choice: [fit, not_fit], optional: true}",
    }),
    _seed("decided", "read_may_be_missing", IMPROVEMENT, {
        "outcome.improved == 'yes'": "good_quarters >= 2",
    }),
    _seed("decided", "may_be_empty", CLINIC, {
        "{when: \"rating.results == 'below' || rating.behaviour == 'below'\"": '{when: "citizens < 5"',
        "{when: \"rating.results == 'above' && rating.behaviour != 'below'\"": '{when: "citizens > 50"',
    }),
    _seed("decided", "nobody_named", CLINIC, {"skip: {at: due, to: rater_rates}": "skip: {at: due, to: peers_answer}"}),
    _seed("decided", "may_be_nothing", ANNUAL, {
        "{list_of: goal, count: 1..8}": "{list_of: goal, count: 0..8}",
        "weights: {total: plan.goals.weight}": "weights: {mean: plan.goals.weight}",
        "agree:     {to: running": 'agree: {when: "weights >= 20", to: running',
    }),
    # on time: dates, windows, rungs and phases fit on every entry day of the year
    _seed("on_time", "deadline_cannot_be_kept", NATIONAL, {
        "plan_least:       {is: 20 working days, allow: 16": "plan_least:       {is: 12 working days, allow: 12",
    }),
    _seed("on_time", "deadline_cannot_be_kept", NATIONAL, {
        "rated_least:      {is: 15 working days, allow: 13": "rated_least:      {is: 10 working days, allow: 10",
    }),
    _seed("on_time", "window_too_short", NATIONAL, {
        "plan_least:       {is: 20 working days, allow: 16 working days .. 30":
        "plan_least:       {is: 60 working days, allow: 15 working days .. 60",
    }),
    _seed("on_time", "always_past", ANNUAL, {
        "nobody: {at: nobody_acts after due, to: unrated": "nobody: {at: 31 January, to: unrated",
    }),
    _seed("on_time", "born_late", ANNUAL, {"form: plan, due: drafting_time}": "form: plan, due: {date: 31 March}}"}),
    _seed("on_time", "rung_never_rings", ANNUAL, {
        "nobody_acts:    {is: 20 working days, allow: 15": "nobody_acts:    {is: 5 working days, allow: 5",
    }),
    _seed("on_time", "timers_coincide", PROBATION, {
        "end:     {to: ended, reason: required": "end:     {at: 30 working days after entry, to: ended",
    }, _by_itself("  end: {id: Tidak diangkat, en: Do not confirm}\n")),
    _seed("on_time", "timer_takes_work", PROBATION, {
        "silent:  {at: nobody_acts after due, to: going_on": "silent:  {at: 5 working days after entry, to: going_on",
    }),
    _seed("on_time", "due_before_opening", PROBATION, {
        "shows: tasks, due: looking_time}": "shows: tasks, not_before: 1 September, due: {date: 31 July}}",
    }),
    # staffed: every role finds somebody for every person, duties apart
    Seed(question="staffed", code="nobody_for_role", file=NATIONAL, rules={}, people=_people(
        _TOP, _person("A-1", "A-0", "kepala"), _person("A-2", "A-1"),
    )),
    Seed(question="staffed", code="nobody_stands_in", file=ANNUAL, rules={}, people=_people(
        _TOP, _person("A-1", "A-0", "kepala"), _person("A-2", "A-1"),
    )),
    Seed(question="staffed", code="duties_not_apart", file=ANNUAL, rules={
        _PLACE: f"\npromises: [{{never_same: [rate, exempt]}}]{_PLACE}",
    }, people=_people(
        _TOP, _person("A-1", "A-0", "kepala;pengelola kepegawaian"), _person("A-2", "A-1"),
    )),
    Seed(question="staffed", code="duties_not_apart", file=TRACKED, rules={
        "transitions: {mark: {to: marked},": "transitions: {mark: {to: hr_looks},",
        "    marked: {final: complete}\n": (
            "    hr_looks:\n"
            "      transitions: {accept: {by: hr, to: marked}, over: {at: 5 days after entry, to: marked}}\n"
            "    marked: {final: complete}\n"
        ),
        _PLACE: f"\npromises: [{{never_same: [mark, accept]}}]{_PLACE}",
    }, texts={
        "      marked: {id": "      hr_looks: {id: Dilihat, en: Looked at}\n      marked: {id",
        "      mark: {id: Nilai, en: Mark}\n    automatic:\n": (
            "      mark: {id: Nilai, en: Mark}\n      accept: {id: Terima, en: Accept}\n    automatic:\n"
            "      over: {id: Lewat, en: Over}\n"
        ),
    }, people=_people(
        _TOP, _person("A-1", "A-0", "kepala;pengelola kepegawaian"), _person("A-2", "A-1"),
    )),
    Seed(question="staffed", code="too_few_to_name", file=ANNUAL, rules={
        "plan: {goals: {list_of: goal, count: 1..8}}":
        "plan: {goals: {list_of: goal, count: 1..8}, peers: {person: colleagues, count: 3..5}}",
    }, texts={"  plan.goals: {": "  plan.peers: {id: Rekan, en: Peers}\n  plan.goals: {"}, people=_people(
        _TOP, _person("A-1", "A-0", "kepala;pengelola kepegawaian"), _person("A-2", "A-1"),
    )),
    Seed(question="staffed", code="nobody_stands_in", file=ANNUAL, rules={
        "  hr: {desk: personnel, of: employee, not: employee}":
        "  panel: {committee: ethics, of: agency, not: [employee, rater]}\n"
        "  hr: {desk: personnel, of: employee, not: employee}",
        "task: {who: rater, shows: [plan, weights], due: agreeing_time}":
        "gather: {who: panel, form: report, as: views, need: 2, due: agreeing_time}",
        "agree:     {to: running, notify": "agree:     {upon: gathered, to: running, notify",
        "send_back: {to: drafting": "send_back: {by: rater, to: drafting",
    }, texts={
        "\nroles:": "\ngatherings:\n  views: {id: Pandangan, en: Views}\nroles:\n  panel: {id: Panel, en: Panel}",
        **_by_itself("  agree: {id: Setujui rencana, en: Agree to the plan}\n"),
    }, people=_people(
        _TOP, _person("A-1", "A-0", "kepala;pengelola kepegawaian"), _person("A-2", "A-1", "committee:ethics"),
        _person("A-3", "A-1", "committee:ethics"), _person("A-4", "A-1", "pengelola kepegawaian"),
    )),
    Seed(question="staffed", code="nobody_stands_in", file=PROBATION, rules={}, people=_people(
        _TOP, _person("A-1", "A-0", "kepala"), _person("A-3", "A-1", kind="CPNS"),
    )),
    # seen rightly: nobody reads a judgement before its disclosure, nobody is asked about what they may not see
    _seed("seen_rightly", "seen_too_early", NATIONAL, {f"{_RATING}[handed_over, disclosed]": f"{_RATING}running"}),
    _seed("seen_rightly", "seen_too_early", PROBATION, {
        "judgement: {mentor: judging, employee: [deciding, confirmed]":
        "judgement: {mentor: judging, employee: judging",
    }),
    _seed("seen_rightly", "shown_too_early", NATIONAL, {
        "task: {who: employee, form: report, shows: plan,":
        "task: {who: employee, form: report, shows: [plan, rating],",
    }),
    _seed("seen_rightly", "figure_wider", NATIONAL, {
        "  objection:   {employee: always,": "  predicate: {hr: running}\n  objection:   {employee: always,",
    }),
    _seed("seen_rightly", "asked_unseen", PROBATION, {
        "confirm: {to: confirmed, reason: required":
        "confirm: {when: \"judgement.verdict == 'fit'\", to: confirmed, reason: required",
        "shows: [tasks, judgement]": "shows: tasks", "head: deciding": "head: confirmed",
    }),
    _seed("seen_rightly", "seen_by_onlooker", NATIONAL, {
        "\nforms:\n": "\n  panel: {committee: ethics, of: employee, not: employee}\nforms:\n",
        f"{_RATING}[handed_over, disclosed]": f"{_RATING}[handed_over, disclosed], panel: reviewer_looks",
    }, {"\nroles:\n": "\nroles:\n  panel: {id: Majelis etik, en: Ethics panel}\n"}),
    _seed("seen_rightly", "shown_before_other", YEAR, {
        "task: {who: employee, form: report, shows: [plan,":
        "task: {who: employee, form: report, shows: [superior.rating, plan,",
    }),
    Seed(question="seen_rightly", code="shown_before_other", file=ALLOWANCE, rules={
        "rated_good: {rater: always}": "rated_good: {rater: always, employee: always}",
    }, others={"rated": {
        "  rating: {employee: disclosed": "  rating: {employee: unrated",
        "  score: {employee: disclosed": "  score: {employee: unrated",
    }}),
    _seed("seen_rightly", "judged_in_bulk", NATIONAL, {
        "seen:    {to: disclosed}": "seen:    {to: disclosed, bulk: true}",
    }),
    _seed("seen_rightly", "grant_never", PROBATION, {"duty_count >= 2": "duty_count >= 11"}),
    # promises kept
    _promise(NATIONAL, "{after: running, never: running}"),
    _promise(NATIONAL, "{never_same: [rate, award]}"),
    _promise(NATIONAL, "{after: employee_explains, always: reviewer_rules, within: 5 working days}"),
    _promise(ANNUAL, "{never: running, before: agree}"),
    _promise(ANNUAL, "{at_most: 2, of: drafting}"),
    _promise(PROBATION, "{ends_by: 31 December}"),
    _promise(TRACKED, "{after: employee_enters, always: entered}"),
    # across files
    Seed(question="across_files", code="not_published", file=UNIT, rules={}, others={
        "annual": {"running, rated, rating]": "running, rated]"},
    }),
    _seed("across_files", "other_missing", LINKED, {"{workflow: quarter,": "{workflow: quartre,"}),
    _seed("across_files", "correction_unfit", RATED, {
        '"rating.points / 10", decimals: 1}': '"rating.points / 10", decimals: 2}',
    }),
    Seed(question="across_files", code="correction_unfit", file=RATED, rules={}, others={
        "correction": {"publishes: [rating, score]": "publishes: [rating]"},
    }),
    Seed(question="across_files", code="opens_itself", file=LINKED, rules={
        "segment: {workflow: annual, outlives: true, period: rest}": "segment: {workflow: annual, outlives: true}",
    }),
    Seed(
        question="across_files",
        code="wait_for_ever",
        file=LINKED,
        rules={
            ", missed: {at: 10 March next year, to: disclosed}": "",
            "running, rated, rating]": "running, disclosed]",
        },
        texts={"  missed: {id: Sidang unit tidak ditunggu, en: The unit's session is not waited for}\n": ""},
        others={"unit-year": {
            "members reached rated": "members reached disclosed",
            "{at: 15 February next year, to: session_open}": "{upon: members reached left, to: session_open}",
            "shows: members.rating, ": "",
        }},
    ),
)  # fmt: skip


@cache
def family(file: str) -> Mapping[str, Definition]:
    """The definitions in the folder of one, as they are, by workflow."""
    folder = (Path(ROOT) / file).parent
    names = sorted(one.name.removesuffix(".texts.yaml") for one in folder.glob("*.texts.yaml"))
    return {
        one: changed(f"{file.rpartition('/')[0]}/{one}")
        for one in names
        if (folder / f"{one}.yaml").is_file()
    }


def planted(seed: Seed) -> Ground:
    """What the proofs stand on once the fault is there."""
    known = dict(family(seed.file)) if seed.question == "across_files" else {}
    folder = seed.file.rpartition("/")[0]
    known |= {name: changed(f"{folder}/{name}", rules) for name, rules in seed.others.items()}
    people = charted(seed.people) if seed.people else _demo(seed.file)
    return _ground(changed(seed.file, seed.rules, seed.texts), known, people)


def sound_ground(file: str) -> Ground:
    """What the proofs stand on without any fault."""
    together = file.startswith(_TOGETHER) or file == YEAR
    return _ground(changed(file), family(file) if together else {}, _demo(file))


def _ground(definition: Definition, others: Mapping[str, Definition], people: Chart) -> Ground:
    return Ground(definition=definition, calendar=calendar(), year=2026, chart=people, others=others)


@cache
def charted(text: str) -> Chart:
    """The chart of a people file."""
    numbers = count(1)
    read = read_roster(text.encode(), "people.csv", keys={}, new_key=lambda: f"p-{next(numbers):04d}")
    return Chart(segments=read.people, version="chart:seeds")


def _demo(file: str) -> Chart:
    """The demo agency; for the year on probation one of its people has only just come."""
    text = (Path(ROOT) / "workflows/examples/people-demo.csv").read_text(encoding="utf-8")
    before = "sri.botutihe@telagabiru.example,PNS"
    return charted(text.replace(before, before.replace("PNS", "CPNS")) if file == PROBATION else text)


def asked(ground: Ground, question: Question) -> Proof:
    """The answer to one question."""
    return PROVERS[list(QUESTIONS).index(question)](ground)


@cache
def _caught(number: int) -> tuple[Finding, ...]:
    seed = SEEDS[number]
    return asked(planted(seed), seed.question).findings


def caught(seed: Seed) -> tuple[Finding, ...]:
    """What the question the fault belongs to says of it."""
    return _caught(SEEDS.index(seed))
