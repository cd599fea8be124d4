"""What the people of the demo do when a task is theirs: which act, with which form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from api import demo_words as words
from api.demo_behaviours import AMENDED, NOT_IMPROVING, Behaviour
from api.demo_words import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An act as it is fired: the trigger, its forms, the reason if it needs one."""

    trigger: str
    forms: Mapping[str, Form] = field(default_factory=dict)
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whom a case is about, as far as acts depend on it.

    `colleague` is somebody of their unit, by key; `written` has the forms that were filled in so far.
    """

    row: int
    position: str
    behaviour: Behaviour
    colleague: str = ""
    written: frozenset[str] = frozenset()


def act_in(workflow: str, state: str, subject: Subject) -> Act | None:
    """What the holder of the task in this state does about this subject; None if they let it pass."""
    find = _WORKFLOWS.get(workflow)
    return find(subject).get(state) if find is not None else None


def _year(subject: Subject) -> Mapping[str, Act]:
    plan = {"plan": words.plan_of(subject.position)}
    objects = Act(trigger="object", forms={"objection": words.OBJECTION})
    return {
        "employee_drafts": Act(trigger="submit", forms=plan),
        "manager_checks": Act(trigger="pass"),
        "rater_agrees": Act(trigger="agree", forms={"dialogue": words.DIALOGUE}),
        "both_sign": Act(trigger="sign"),
        "manager_sets": Act(trigger="set", forms=plan),
        "employee_reports": Act(trigger="send", forms={"report": words.report_of(subject.position)}),
        "rater_rates": Act(trigger="rate", forms={"rating": words.rating_of(*subject.behaviour.rated)}),
        "reviewer_looks": Act(trigger="accept"),
        "disclosed": objects if subject.behaviour.objects else Act(trigger="received"),
        "both_explain": Act(trigger="answer", forms={"explanation": words.EXPLANATION}),
        "reviewer_rules": _ruling(subject),
        "head_recognises": Act(trigger="award", forms={"recognition": words.RECOGNITION}),
        "employee_consents": Act(trigger="answer", forms={"consent": words.CONSENT}),
    }


def _ruling(subject: Subject) -> Act:
    if subject.row in AMENDED:
        rating = words.rating_of("as", "as")
        reason = "Bukti dukung menunjukkan target tercapai; penilaian diperbaiki."
    else:
        rating = words.rating_of(*subject.behaviour.rated)
        reason = "Penilaian didukung bukti; keberatan tidak dapat diterima."
    return Act(trigger="rule", forms={"rating": rating}, reason=reason)


def _quarter(subject: Subject) -> Mapping[str, Act]:
    done = words.realisation_of(subject.row, planned="action_plan" in subject.written)
    rating = words.rating_of_quarter(*subject.behaviour.rated)
    return {
        "employee_plans": Act(trigger="set", forms={"action_plan": words.action_plan_of(subject.position)}),
        "employee_reports": Act(trigger="send", forms={"realisation": done}),
        "rater_rates": Act(trigger="rate", forms={"rating": rating}),
    }


def _improvement(subject: Subject) -> Mapping[str, Act]:
    outcome = words.NOT_IMPROVED if subject.row in NOT_IMPROVING else words.IMPROVED
    agreement = {**words.AGREEMENT, "coach": subject.colleague}
    return {
        "rater_proposes": Act(trigger="notify", forms={"agreement": agreement}),
        "rater_judges": Act(trigger="judged", forms={"outcome": outcome}),
        "test_held": Act(trigger="answer", forms={"test": words.TEST}),
        "ppk_decides": Act(trigger="decide", forms={"decree": words.DECREE}),
    }


_WORKFLOWS: Mapping[str, Callable[[Subject], Mapping[str, Act]]] = {
    "asn-tahunan": _year,
    "asn-triwulan": _quarter,
    "asn-perbaikan": _improvement,
}
