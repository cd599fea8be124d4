"""Errors as people and programs on the web meet them: RFC 9457 problems, from one table of statuses.

The only place that knows HTTP statuses of our errors. `problem_of` makes the value; routes answer it as
`application/problem+json`, pages as a friendly page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from api.problem_titles import TITLES
from engine.core.complaints import Lines
from engine.core.definition import Label
from engine.core.places import Problem as FileProblem
from engine.core.roster_words import RowProblem
from engine.errors import (
    CalendarInvalid,
    DefinitionInvalid,
    PeopleInvalid,
    Refused,
    SiklusError,
)

MEDIA_TYPE = "application/problem+json"


class NobodyAsks(SiklusError):
    """The request does not say who asks."""

    code = "nobody_asks"


class SignInRefused(SiklusError):
    """Somebody could not be signed in. `data["label"]` says why in both languages."""

    code = "sign_in_refused"


class ProviderUnreachable(SiklusError):
    """The identity provider does not answer, or not as such a provider must."""

    code = "provider_unreachable"


class SecondFactorMissing(SiklusError):
    """Somebody is signed in, but has yet to set up the second factor their account needs."""

    code = "second_factor_missing"


class SignInStale(SiklusError):
    """Somebody is signed in, but too long ago for what they ask."""

    code = "sign_in_stale"


class NoPerson(SiklusError):
    """The account that asks belongs to nobody on the chart, and what it asks for is a person's."""

    code = "no_person"


#: what follows from it, said below the title that says it
NOBODYS = Label(
    id="Tidak ada tugas atau kasus untuk akun ini; administrator dapat menautkannya dengan seorang pegawai.",
    en="There are no tasks or cases for this account; an administrator can link it to a person.",
)


class OutOfScope(SiklusError):
    """The token that came with the request is not made for this."""

    code = "out_of_scope"


class CrossSite(SiklusError):
    """A page of another site tried to do something in this person's name."""

    code = "cross_site"


class RequestInvalid(SiklusError):
    """The request itself is not well formed. `data["problems"]` maps a place to a sentence."""

    code = "request_invalid"


class TooLarge(SiklusError):
    """The request carries more than is taken."""

    code = "too_large"


class Misdirected(SiklusError):
    """The request was sent to a name this installation does not have."""

    code = "misdirected"


class WrongMedia(SiklusError):
    """What was sent is of a kind that is not taken here."""

    code = "wrong_media"


class TooLong(SiklusError):
    """The address or the headers say more than is read."""

    code = "too_long"


class TooSlow(SiklusError):
    """What was announced did not come."""

    code = "too_slow"


class TooOften(SiklusError):
    """The same was asked more often than is good. `data["wait_seconds"]` says when it may be asked again."""

    code = "too_often"


class MethodNotAllowed(SiklusError):
    """This address exists, but not for this method."""

    code = "method_not_allowed"


class Unforeseen(SiklusError):
    """Something broke on our side. What happened is in the log under the request's id."""

    code = "unforeseen"


STATUS: Mapping[str, int] = {
    "error": 500,
    "unforeseen": 500,
    "definition_invalid": 422,
    "people_invalid": 422,
    "sheet_invalid": 422,
    "calendar_invalid": 422,
    "launch_invalid": 422,
    "request_invalid": 422,
    "form_invalid": 422,
    "reason_missing": 422,
    "guard_refused": 422,
    "nobody_asks": 401,
    "sign_in_refused": 403,
    "second_factor_missing": 403,
    "sign_in_stale": 403,
    "no_person": 403,
    "out_of_scope": 403,
    "provider_unreachable": 503,
    "not_yours": 403,
    "cross_site": 403,
    "wrong_person": 403,
    "not_found": 404,
    "method_not_allowed": 405,
    "refused": 409,
    "unknown_trigger": 409,
    "not_yet": 409,
    "one_by_one": 409,
    "case_closed": 409,
    "nothing_to_undo": 409,
    "acted_since": 409,
    "nobody_found": 409,
    "conflict": 409,
    "restless": 500,
    "entry_too_large": 422,
    "idempotency_mismatch": 422,
    "stale_visit": 412,
    "too_large": 413,
    "too_long": 431,
    "too_slow": 408,
    "too_often": 429,
    "wrong_media": 415,
    "misdirected": 421,
    "account_invalid": 422,
    "second_needed": 409,
    "link_over": 410,
    "keys_unusable": 503,
    "store_unusable": 503,
    "log_broken": 500,
    "log_damaged": 500,
    "note_unreadable": 422,
    "policy_invalid": 422,
    "sealer_unusable": 503,
    "witness_unusable": 503,
    "witness_silent": 503,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A refusal as it is answered. `problems` maps a place ("plan.results") to a sentence in both languages."""

    code: str
    status: int
    title: Label
    detail: str
    detail_id: str
    allowed: tuple[str, ...] = ()
    problems: Mapping[str, Label]

    def json(self, instance: str) -> dict[str, Any]:
        """The members of the problem document."""
        told: dict[str, Any] = {
            "type": f"/problems/{self.code}",
            "title": self.title.en,
            "status": self.status,
            "detail": self.detail,
            "instance": instance,
            "code": self.code,
        }
        if self.allowed or self.status in {403, 409, 412, 422}:
            told["allowed"] = list(self.allowed)
        if self.problems:
            told["problems"] = [
                {"at": place, "text": {"id": label.id, "en": label.en}}
                for place, label in self.problems.items()
            ]
        return told


def problem_of(error: SiklusError) -> Problem:
    """The problem an error is answered as. The Indonesian detail is the most exact sentence there is for it."""
    title = TITLES.get(error.code, TITLES["error"])
    label = error.data.get("label")
    exact = label if isinstance(label, Label | Lines) else title
    return Problem(
        code=error.code,
        status=STATUS.get(error.code, STATUS["error"]),
        title=title,
        detail=_writable(error.message),
        detail_id=_writable(exact["id"]),
        allowed=error.allowed if isinstance(error, Refused) else (),
        problems=_problems(error),
    )


def _problems(error: SiklusError) -> Mapping[str, Label]:
    if isinstance(error, DefinitionInvalid | PeopleInvalid):
        return _numbered(error.problems)
    given = error.data.get("problems")
    if isinstance(error, CalendarInvalid) and isinstance(given, tuple):
        return {str(number): _both(one["id"], one["en"]) for number, one in enumerate(given, start=1)}
    if not isinstance(given, Mapping):
        return {}
    return {
        _writable(str(place)): _both(told.id, told.en) if isinstance(told, Label) else _both(str(told))
        for place, told in given.items()
    }


def _numbered(lines: Iterable[object]) -> Mapping[str, Label]:
    return {str(number): _line(one) for number, one in enumerate(lines, start=1)}


def _line(problem: object) -> Label:
    if isinstance(problem, FileProblem | RowProblem):
        return _both(problem.told("id"), problem.told("en"))
    return _both(str(problem))


def _both(indonesian: str, english: str | None = None) -> Label:
    return Label(id=_writable(indonesian), en=_writable(indonesian if english is None else english))


def _writable(told: str) -> str:
    """A sentence as it can be sent: what was asked may be quoted in it, and may hold half a letter (a surrogate)."""
    return told.encode(errors="replace").decode()
