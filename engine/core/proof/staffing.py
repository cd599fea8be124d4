"""Staffed: does every role find somebody for every person, with duties kept apart; and who may not be away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from engine.core.chart import Chart
from engine.core.definition import Label
from engine.core.places import Path
from engine.core.proof.crew import Crew, Roster, crews
from engine.core.proof.crew_words import case_of, looked_at, names_of, people_of
from engine.core.proof.dated import both
from engine.core.proof.duties import assignment, blocking
from engine.core.proof.enough import check_enough
from engine.core.proof.entries import year_of
from engine.core.proof.finding import Answer, Finding, Ground, Proof, answer_of
from engine.core.proof.heard import check_heard
from engine.core.proof.stories import say_role, say_state
from engine.core.roles import Subject

__all__ = ["prove_staffed"]


def prove_staffed(ground: Ground) -> Proof:
    """Whether every case finds somebody for every role; `facts` has who may not be away, alone and in pairs."""
    if ground.chart is None:
        return Proof(
            question="staffed",
            answer="not_proven",
            summary=Label(
                id="tanpa berkas pegawai tidak ada yang dinyatakan; berikan dengan --people",
                en="nothing is claimed without a people file; give one with --people",
            ),
        )
    day = _day(ground, ground.chart)
    roster = Roster(ground.definition, ground.chart, day)
    found = tuple(crews(roster))
    if not found:
        return Proof(
            question="staffed",
            answer="not_proven",
            summary=Label(
                id="tidak seorang pun dalam berkas pegawai tercakup",
                en="nobody in the people file is covered",
            ),
        )
    away = _away(roster, found)
    findings = (
        *_unfilled(roster, found),
        *_not_apart(roster, found),
        *check_enough(roster, found),
        *check_heard(roster, found),
        *_needed(roster, away),
    )
    people = sum(len(crew.group.keys) for crew in found)
    return Proof(
        question="staffed",
        answer=answer_of(findings),
        summary=_summary(answer_of(findings), people, day, away),
        findings=findings,
        facts={
            "day": day.isoformat(),
            "people": people,
            "groups": len(found),
            "needed": _told(away, 1),
            "pairs": _told(away, 2),
            "read_on_that_day": [
                role.name for role in ground.definition.roles.values() if role.as_of not in {"now", "entry"}
            ],
        },
    )


def _day(ground: Ground, chart: Chart) -> date:
    """The day the first case of the year opens; where the chart begins later, its first day with everybody on it."""
    day = year_of(ground).entries[0].day
    if chart.people(day):
        return day
    return max((one.valid_from for one in chart.segments), default=day)


def _away(roster: Roster, found: Sequence[Crew]) -> Mapping[frozenset[str], int]:
    """Groups of one or two people without whom some step of a case has nobody, with how many cases each stops.

    Nobody can stand in for the person a case is about: their own steps are left out.
    """
    stopped: dict[frozenset[str], int] = {}
    known: dict[tuple[tuple[str, tuple[str, ...]], ...], tuple[frozenset[str], ...]] = {}
    for crew in found:
        others = {
            name: people
            for name, people in crew.candidates.items()
            if people and not isinstance(roster.definition.roles[name].query, Subject)
        }
        boards = roster.boards(crew)
        key = (*sorted(others.items()), *((one.name, one.people) for one in boards))
        if key not in known:
            there = {*others, *(one.name for one in boards)}
            apart = [pair for pair in roster.apart if set(pair) <= there]
            known[key] = blocking(others, apart=apart, boards=boards)
        for group in known[key]:
            if group:
                stopped[group] = stopped.get(group, 0) + len(crew.group.keys)
    return stopped


def _told(away: Mapping[frozenset[str], int], size: int) -> list[list[object]]:
    return [
        [*sorted(group), cases]
        for group, cases in sorted(away.items(), key=lambda one: (-one[1], sorted(one[0])))
        if len(group) == size
    ]


def _summary(answer: Answer, people: int, day: date, away: Mapping[frozenset[str], int]) -> Label:
    if answer == "refuted":
        return Label(id="ada pekerjaan yang tidak ada orangnya", en="some work has nobody to do it")
    pairs = sum(len(group) == 2 for group in away)  # noqa: PLR2004 - a pair
    apart = Label(id="", en="")
    if pairs:
        noun = "pair" if pairs == 1 else "pairs"
        apart = Label(
            id=f"; {pairs} pasang tidak boleh absen bersama", en=f"; {pairs} {noun} may not be away together"
        )
    return both(
        f"setiap peran terisi untuk {{people}} kasus ({{day}}){apart.id}",
        f"every role is filled for {{people}} {'case' if people == 1 else 'cases'} (on {{day}}){apart.en}",
        people=people,
        day=day,
    )


def _unfilled(roster: Roster, found: Sequence[Crew]) -> Iterator[Finding]:
    """Roles for which nobody is found, with the persons whose cases would stop."""
    for name in roster.working:
        lost = [crew for crew in found if name in crew.missing]
        if lost:
            tried = lost[0].missing[name]
            yield Finding(
                code="nobody_for_role",
                question="staffed",
                severity="error",
                path=("roles", name),
                message=both(
                    "tidak ada yang menjadi {role} untuk {who}",
                    "nobody is {role} for {who}",
                    role=say_role(roster.definition, name),
                    who=names_of(roster, lost),
                ),
                story=(
                    case_of(roster, lost[0].group),
                    both("Dilihat: {tried}.", "Looked at: {tried}.", tried=looked_at(roster, tried)),
                ),
                suggestion=Label(
                    id="isi jabatan, tunjuk pelaksana tugas atau pengganti, atau tambahkan `else` pada peran",
                    en="fill the post, name an acting head or a substitute, or give the role an `else`",
                ),
                facts={"role": name, "people": [key for crew in lost for key in crew.group.keys]},
            )


def _not_apart(roster: Roster, found: Sequence[Crew]) -> Iterator[Finding]:
    """Cases in which duties that must be apart fall to the same people, however they are given out."""
    lost = [
        crew
        for crew in found
        if not crew.missing
        and assignment(crew.candidates, apart=roster.apart, boards=roster.boards(crew)) is None
    ]
    if not lost:
        return
    crew = lost[0]
    alone = [pair for pair in roster.apart if _clashes(roster, crew, pair)]
    clash = (alone or list(roster.apart))[0]
    yield Finding(
        code="duties_not_apart",
        question="staffed",
        severity="error",
        path=_place(roster, clash),
        message=both(
            "{one} dan {other} tidak dapat dipisahkan untuk {who}",
            "{one} and {other} cannot be kept apart for {who}",
            one=_said(roster, clash[0]),
            other=_said(roster, clash[1]),
            who=names_of(roster, lost),
        ),
        story=(
            case_of(roster, crew.group),
            *(
                both(
                    "{role}: {who}",
                    "{role}: {who}",
                    role=_said(roster, name),
                    who=people_of(roster, crew.candidates.get(name) or crew.members[name]),
                )
                for name in clash
            ),
        ),
        suggestion=Label(
            id="tunjuk orang lain untuk salah satu peran, atau tambahkan `else`",
            en="name somebody else for one of the roles, or add an `else`",
        ),
        facts={"roles": list(clash), "people": [key for one in lost for key in one.group.keys]},
    )


def _clashes(roster: Roster, crew: Crew, pair: tuple[str, str]) -> bool:
    """Whether two duties by themselves cannot be different people's."""
    roles = {name: crew.candidates[name] for name in pair if name in crew.candidates}
    boards = [one for one in roster.boards(crew) if one.name in pair]
    return assignment(roles, apart=[pair], boards=boards) is None


def _said(roster: Roster, duty: str) -> Label:
    """What a duty is called: its role, or the state in which several are asked."""
    board = roster.meeting.boards.get(duty)
    return say_role(roster.definition, duty) if board is None else say_state(board.machine, board.state)


def _place(roster: Roster, pair: tuple[str, str]) -> Path:
    """Where a pair of duties is written: at a role of it."""
    return ("roles", next(name for name in pair if name not in roster.meeting.boards))


def _needed(roster: Roster, away: Mapping[frozenset[str], int]) -> Iterator[Finding]:
    """People of whom each alone stops cases when away."""
    alone = {next(iter(group)): cases for group, cases in away.items() if len(group) == 1}
    for key, cases in sorted(alone.items()):
        yield Finding(
            code="nobody_stands_in",
            question="staffed",
            severity="warning",
            path=("roles",),
            message=both(
                "bila {who} absen, {cases} kasus berhenti: tidak ada yang dapat menggantikannya",
                "if {who} is away, nobody can stand in; cases that stop: {cases}",
                who=people_of(roster, (key,)),
                cases=cases,
            ),
            story=(
                both(
                    "{day}: {who} mulai absen; tugasnya menunggu sampai ia kembali.",
                    "{day}: {who} goes away; the tasks wait until they are back.",
                    day=roster.day,
                    who=people_of(roster, (key,)),
                ),
            ),
            suggestion=Label(
                id="tunjuk pengganti atau pelaksana tugas, atau tambahkan `else` pada peran",
                en="name a substitute or an acting head, or give the role an `else`",
            ),
            facts={"person": key, "cases": cases},
        )
