"""The panel of those who may step in: remind, take the task over, grant days, give it away, pause the clock."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from api.pages.words import Words
from api.problems import RequestInvalid
from api.visiting import Visitor
from engine.core.command import Extend, Pause, Reassign, Remind, Resume, Steering
from engine.core.definition import Label
from engine.core.moments import Duration
from engine.core.pausing import hold, own_ends, reasons
from engine.core.telling import say_waiting
from engine.core.telling_names import say_pause
from engine.errors import SiklusError
from engine.runtime import CaseView, Engine

VERBS = ("remind", "take", "extend", "reassign", "pause", "resume")
_MOST_DAYS = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Steered:
    """What was sent from the panel, and why it was refused."""

    verb: str
    values: Mapping[str, str]
    refusal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What the panel offers.

    `name` is whom the work waits for, "" for whoever looks; `units` are people to give the task to: number and name,
    by unit.
    """

    name: str
    verbs: tuple[str, ...]
    units: Mapping[str, tuple[tuple[str, str], ...]]
    kinds: tuple[tuple[str, str], ...]
    key: str
    sent: str = ""
    refusal: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


def steering_panel(view: CaseView, viewer: str, word: Words, steered: Steered | None) -> Panel | None:
    """The panel, for those who may steer this case; None for everybody else."""
    case = view.case
    if not view.may_steer or not case.waiting:
        return None
    paused = bool(own_ends(case))
    kinds = tuple(
        (kind, say_pause(view.definition, kind, word.language))
        for kind in reasons(view.definition)
        if hold(view.definition, case, kind, view.scene)
    )
    offered = {*view.offers, *(["resume"] if paused else ["pause"] if kinds else [])}
    if steered is not None:
        offered.add(steered.verb)
    return Panel(
        name=""
        if all(task.holder == viewer for task in case.waiting)
        else say_waiting(view.definition, case, view.scene.chart, word.language, viewer),
        verbs=tuple(verb for verb in VERBS if verb in offered),
        units=_candidates(view),
        kinds=kinds,
        key=secrets.token_urlsafe(16),
        sent=steered.verb if steered else "",
        refusal=steered.refusal if steered else "",
        values=steered.values if steered else {},
    )


def command_of(engine: Engine, visitor: Visitor, verb: str, posted: Mapping[str, str]) -> Steering:
    """The command a sent panel asks for. Raises: RequestInvalid, NotFound (nobody has that number)."""
    actor, reason = visitor.actor, posted.get("reason", "").strip()
    match verb:
        case "remind":
            return Remind(actor=actor, note=reason)
        case "extend":
            amount = posted.get("amount", "")
            if not amount.isascii() or not amount.isdigit() or not 1 <= int(amount) <= _MOST_DAYS:
                raise _wrong(
                    Label(
                        id=f"Jumlah hari kerja harus bilangan 1 sampai {_MOST_DAYS}.",
                        en=f"Working days must be a number from 1 to {_MOST_DAYS}.",
                    )
                )
            return Extend(by=Duration(int(amount), "working days"), actor=actor, reason=reason)
        case "reassign":
            if not posted.get("to"):
                raise _wrong(
                    Label(id="Pilih seorang penerima tugas.", en="Choose somebody to take the task.")
                )
            return Reassign(to=engine.person_by_id(posted["to"]).key, actor=actor, reason=reason)
        case "take":
            return Reassign(to=visitor.key, actor=actor, reason=reason)
        case "pause":
            return Pause(kind=posted.get("kind", ""), actor=actor, reason=reason)
        case "resume":
            return Resume(actor=actor, reason=reason)
        case _:
            raise _wrong(Label(id="Langkah ini tidak dikenal.", en="There is no such step."))


def refusal_of(error: SiklusError, title: Label, language: str) -> str:
    """Why the panel's step was refused, in this language."""
    label = error.data.get("label")
    told = label if isinstance(label, Label) else title
    return error.message if language == "en" and not isinstance(label, Label) else told[language]


def _wrong(label: Label) -> RequestInvalid:
    return RequestInvalid(label.en, label=label)


def _candidates(view: CaseView) -> dict[str, tuple[tuple[str, str], ...]]:
    """People who might take the task: those of the units concerned and the heads of all units, as far as in service."""
    chart, case = view.scene.chart, view.case
    today = view.scene.today(case.zone)
    taken = {case.subject, *(task.holder for task in case.waiting)}
    concerned = {one.unit for key in taken if (one := chart.near(key, today))}
    units: dict[str, list[tuple[str, str]]] = {}
    for person in chart.people(today):
        near = person.unit in concerned or "head" in person.duties
        free = person.key not in taken and not person.external
        if near and free and person.serves_on(today):
            units.setdefault(person.unit, []).append((person.person_id, f"{person.name} – {person.position}"))
    return {unit: tuple(units[unit]) for unit in sorted(units)}
