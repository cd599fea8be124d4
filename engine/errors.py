"""Every error Siklus raises on purpose.

Each class has a stable `code` for programs and logs, keeps its data as attributes, and makes its sentence from
that data: what could not be done, with what, and what would work. HTTP and exit codes are not known here.
This module imports nothing of ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar


class SiklusError(Exception):
    """The base of every error that a caller may want to show to a person."""

    code: ClassVar[str] = "error"

    def __init__(self, message: str, **data: object) -> None:
        super().__init__(message)
        self.message = message
        self.data: Mapping[str, object] = data

    def __str__(self) -> str:
        return self.message


class DefinitionInvalid(SiklusError):
    """A definition file has problems; nothing was stored. `problems` lists all of them, in file order."""

    code = "definition_invalid"

    def __init__(self, name: str, problems: Iterable[object]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(str(problem) for problem in self.problems)
        super().__init__(f"{name} has {len(self.problems)} problem(s):\n{lines}", name=name)


class PeopleInvalid(SiklusError):
    """A people file has problems; nothing was imported. `problems` lists all of them, by row."""

    code = "people_invalid"

    def __init__(self, name: str, problems: Iterable[object]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(str(problem) for problem in self.problems)
        super().__init__(f"{name} has {len(self.problems)} problem(s):\n{lines}", name=name)


class SheetInvalid(SiklusError):
    """A table file cannot be read at all. `message_id` is the same sentence in Indonesian."""

    code = "sheet_invalid"

    def __init__(self, message: str, message_id: str) -> None:
        self.message_id = message_id
        super().__init__(message)


class CalendarInvalid(SiklusError):
    """A calendar file or a calendar question makes no sense (unknown calendar, a year no data can cover)."""

    code = "calendar_invalid"


class NotFound(SiklusError):
    """What was asked for does not exist. `kind` and `key` say what; `known` lists the nearest names, if any."""

    code = "not_found"

    def __init__(self, kind: str, key: str, known: Iterable[str] = ()) -> None:
        self.kind, self.key, self.known = kind, key, tuple(known)
        hint = f"; known: {', '.join(self.known)}" if self.known else ""
        super().__init__(f"there is no {kind} {key!r}{hint}", kind=kind, key=key)


class Refused(SiklusError):
    """The case says no. Nothing changed. `allowed` names what could be done instead; None where that was not asked."""

    code = "refused"

    def __init__(self, message: str, *, allowed: Iterable[str] | None = None, **data: object) -> None:
        self.allowed = tuple(allowed or ())
        hint = ""
        if self.allowed:
            hint = f"; allowed here: {', '.join(self.allowed)}"
        elif allowed is not None:
            hint = "; nothing is open to you here now"
        super().__init__(message + hint, allowed=list(self.allowed), **data)


class UnknownTrigger(Refused):
    """The state has no such way out."""

    code = "unknown_trigger"


class WrongPerson(Refused):
    """The actor holds none of the roles that may do this."""

    code = "wrong_person"


class NotYet(Refused):
    """The state opens later (`not_before`)."""

    code = "not_yet"


class GuardRefused(Refused):
    """A condition is not true. `verdicts` has every guard with its answer and reason, in both languages."""

    code = "guard_refused"


class FormInvalid(Refused):
    """What was filled in does not fit the form. `problems` maps a field path to a sentence in both languages."""

    code = "form_invalid"


class ReasonMissing(Refused):
    """This act needs a reason."""

    code = "reason_missing"


class CaseClosed(Refused):
    """The case has reached a final state; a closed case does not move."""

    code = "case_closed"


class Restless(SiklusError):
    """A case moves by itself again and again at one instant: its definition has a circle that should not exist."""

    code = "restless"


class EntryTooLarge(SiklusError):
    """What would have to be told does not fit into one entry of the log; nothing was written."""

    code = "entry_too_large"


class StaleVisit(Refused):
    """The form was opened in an earlier visit of the state; the case has moved since."""

    code = "stale_visit"


class OneByOne(Refused):
    """The act is for one case at a time, not for many at once. `data["label"]` says why in both languages."""

    code = "one_by_one"


class NothingToUndo(Refused):
    """No move of the case may be taken back now: none allows it, or its time is over."""

    code = "nothing_to_undo"


class ActedSince(Refused):
    """The move cannot be taken back any more: something came after it. Who (`by`) and when (`at`) are told."""

    code = "acted_since"


class NobodyFound(SiklusError):
    """Not one person of the chart may fill a role on that day. `tried` tells who was looked at and why not."""

    code = "nobody_found"

    def __init__(self, role: str, tried: Iterable[str] = ()) -> None:
        self.role, self.tried = role, tuple(tried)
        looked = (
            f" (looked at: {'; '.join(self.tried)})" if self.tried else " (the chart names nobody for it)"
        )
        super().__init__(
            f"nobody can fill the role {role!r}{looked}; "
            "name an acting head or a substitute, staff the personnel desk, or name an external official",
            role=role,
            tried=list(self.tried),
        )


class NotYours(SiklusError):
    """This person may not see or do that here. Nothing of it was shown; it may or may not exist."""

    code = "not_yours"


class AccountInvalid(SiklusError):
    """An account, a password or a token cannot be as asked. `problems` maps a field to a label in both languages."""

    code = "account_invalid"

    def __init__(self, message: str, problems: Mapping[str, object]) -> None:
        self.problems = problems
        told = "; ".join(f"{field}: {_english(label)}" for field, label in problems.items())
        super().__init__(f"{message}: {told}", problems=problems)


class SecondNeeded(Refused):
    """One administrator does not do this alone. `data["act"]` is what a second one would say yes to."""

    code = "second_needed"


class LinkOver(SiklusError):
    """A one-time link leads nowhere: it was used, is older than a day, or never was."""

    code = "link_over"


class SealerUnusable(SiklusError):
    """The log cannot be sealed as it is set up: it has another name, or one that no log can have."""

    code = "sealer_unusable"


class WitnessUnusable(SiklusError):
    """A witness cannot work as it is set up: its file has problems, or another process has its memory."""

    code = "witness_unusable"


class WitnessSilent(SiklusError):
    """A witness could not be asked: it is not there, too slow, or answers with what no witness says."""

    code = "witness_silent"


class LogDamaged(SiklusError):
    """What was sealed or signed is no longer what it was. Nothing was signed; `problems` lists what differs."""

    code = "log_damaged"

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(
            "the sealed log is damaged, and nothing was signed; keep the files as they are and find out who changed"
            " them:\n" + "\n".join(self.problems)
        )


class NoteUnreadable(SiklusError):
    """A signed note, a key, a checkpoint or a proof is not written as its specification says."""

    code = "note_unreadable"


class PolicyInvalid(SiklusError):
    """A trust policy has problems. `problems` lists all of them, each with its line."""

    code = "policy_invalid"

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("the policy has problems:\n" + "\n".join(self.problems))


class KeysUnusable(SiklusError):
    """The key file of the installation is missing, cannot be read, lies open to others, or is another's."""

    code = "keys_unusable"


class Conflict(SiklusError):
    """Somebody else wrote first; nothing of this attempt was kept. Trying again is safe."""

    code = "conflict"


class IdempotencyMismatch(SiklusError):
    """The same idempotency key came with another request."""

    code = "idempotency_mismatch"


class LaunchInvalid(SiklusError):
    """A cycle cannot be launched as asked (period, opening date, nobody covered)."""

    code = "launch_invalid"


class StoreUnusable(SiklusError):
    """The database is missing, of another kind, of another version, or its guards are not in place."""

    code = "store_unusable"


class LogBroken(SiklusError):
    """The audit log does not verify. `problems` names each entry that does not."""

    code = "log_broken"

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"the audit log does not verify: {'; '.join(self.problems)}")


def _english(label: Any) -> str:
    """The English sentence of a label, whatever it is made of."""
    return str(label["en"])
