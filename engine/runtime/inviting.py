"""People from outside: a link to one journal of one case, answers without names, and the one entry that tells them.

The token of a link is 128 random bits and is kept as its hash alone: whoever reads the database cannot follow it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from os import urandom
from typing import Any

from engine.core.audit import SALT, commitment
from engine.core.case import Case
from engine.core.codec import canonical, decode
from engine.core.command import Actor, OpenLink, ReleaseEntries, TellJournal
from engine.core.content import check_form
from engine.core.definition import Definition, Form, Journal, Label
from engine.core.filling import around
from engine.core.journal_pages import is_within, line_name, pages
from engine.core.machine import Machine
from engine.core.roles import Outside
from engine.errors import FormInvalid, NotFound, Refused
from engine.runtime.firing import Firing
from engine.runtime.joining import Joining
from engine.runtime.library import Library
from engine.runtime.reports import Fired
from engine.store import inviting, queries
from engine.store.database import Database
from engine.store.values import Invitation
from engine.store.view import View

__all__ = ["Asked", "Inviting"]

_TOKEN_BYTES = 16
_FULL = Label(
    id="Jumlah jawaban sudah mencapai batasnya", en="As many answers as are taken have come already"
)
_OVER = Label(id="Waktu untuk menjawab sudah lewat", en="The time to answer is over")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody with a link is asked: about whom, with which form, and by which rules."""

    case: Case
    definition: Definition
    journal: Journal
    form: Form
    once: bool
    #: why no answer is taken any more; None while answers are
    refusal: Label | None


class Inviting:
    """Makes links, takes answers, and tells a journal whole when its time is over."""

    def __init__(self, database: Database, library: Library, firing: Firing, joining: Joining) -> None:
        self._database = database
        self._library = library
        self._firing = firing
        self._joining = joining

    def invite(self, case_id: str, journal: str, *, actor: Actor) -> str:
        """The token of a new link to a journal; the one before stops working. Raises: NotFound, Refused."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        self._joining.after(self._firing.fire(case_id, OpenLink(journal=journal, actor=actor)))
        with self._database.write() as unit:
            made = Invitation(
                case_id=case_id, journal=journal, hash=_hash(token), made_at=self._library.now()
            )
            inviting.put_invitation(unit.driver, made)
        return token

    def asked(self, token: str) -> Asked:
        """What the holder of a token is asked. Raises: NotFound."""
        with self._database.read() as view:
            return self._asked(view, token)[0]

    def answer(self, token: str, values: Mapping[str, Any]) -> str:
        """Keep an answer; the receipt that binds it. Raises: NotFound, Refused, FormInvalid."""
        with self._database.write() as unit:
            found = inviting.invitation_of(unit.driver, _hash(token))
            # The case is held first, as by everybody else who writes: two answers never get one number.
            if found is None or unit.load(found.case_id) is None:
                raise NotFound("page", "/p/...")
            asked, machine = self._asked(unit, token)
            if asked.refusal is not None:
                raise Refused(asked.refusal.en, case=asked.case.id, label=asked.refusal)
            told = self._checked(unit, asked, machine, values)
            name = line_name(asked.journal.name)
            number = len(inviting.answers(unit.driver, asked.case.id, name)) + 1
            line: dict[str, Any] = {"number": number, "values": told, "few": asked.journal.anonymous}
            if asked.journal.held:
                line["held"] = True
            value, salt = canonical(line), urandom(SALT)
            inviting.answer(unit.driver, asked.case.id, name, number, value, salt)
        return commitment(name, value, salt)[:16]

    def release(self, case_id: str, command: ReleaseEntries, *, key: str | None = None) -> Fired:
        """Let held entries be read, or withhold them. Raises: as `Engine.obey`."""
        name = line_name(command.journal)
        with self._database.read() as view:
            rows = queries.written(view, case_id)
        kept = pages((one.form, one.seq, decode(one.value)) for one in rows if one.form == name)
        waiting = tuple(
            one.number for one in kept.get(command.journal, ()) if one.few and one.held and not one.mark
        )
        return self._joining.after(self._firing.fire(case_id, replace(command, waiting=waiting), key=key))

    def tell_all(self) -> int:
        """Tell each journal of people from outside whose time is over, case by case; how many were told."""
        told = 0
        with self._database.read() as view:
            over = [one for one in inviting.invitations(view.driver) if self._is_over(view, one)]
        for one in over:
            told += self._tell(one)
        return told

    def _is_over(self, view: View, one: Invitation) -> bool:
        case = view.load(one.case_id)
        assert case is not None, "an invitation has a case"
        return not is_within(
            self._library.machine(view, case.definition).definition.journals[one.journal], case
        )

    def _tell(self, one: Invitation) -> int:
        name = line_name(one.journal)
        with self._database.read() as view:
            rows = inviting.answers(view.driver, one.case_id, name)
        # Sorted by what binds each, which is random: the order says nothing of time.
        bound = sorted(commitment(name, value, salt) for _, value, salt in rows)
        digest = hashlib.sha256("".join(bound).encode()).hexdigest()
        try:
            self._firing.fire(one.case_id, TellJournal(journal=one.journal, count=len(rows), digest=digest))
        except Refused:
            told = 0  # told already, by another process or before a crash, or open again
        else:
            told = 1
        with self._database.write() as unit:
            case = unit.load(one.case_id)
            if case is not None and case.journals.get(one.journal) and case.journals[one.journal].told:
                inviting.take_back(unit.driver, one.case_id, one.journal)
        return told

    def _asked(self, view: View, token: str) -> tuple[Asked, Machine]:
        found = inviting.invitation_of(view.driver, _hash(token))
        case = view.load(found.case_id) if found is not None else None
        if found is None or case is None:
            raise NotFound("page", "/p/...")
        machine = self._library.machine(view, case.definition)
        definition = machine.definition
        journal = definition.journals[found.journal]
        rule = next(
            query for role in journal.by if isinstance(query := definition.roles[role].query, Outside)
        )
        refusal = None if is_within(journal, case) else _OVER
        if (
            refusal is None
            and len(inviting.answers(view.driver, case.id, line_name(journal.name))) >= rule.cap
        ):
            refusal = _FULL
        form = definition.forms[journal.form]
        asked = Asked(
            case=case, definition=definition, journal=journal, form=form, once=rule.once, refusal=refusal
        )
        return asked, machine

    def _checked(
        self, view: View, asked: Asked, machine: Machine, values: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        forms, name = asked.definition.forms, asked.form.name
        scene = self._library.scene(view, machine, asked.case)
        surrounded = around(machine, asked.case, name, view.contents(asked.case.id), scene)
        told, problems = check_form(asked.form, forms, values, surrounded)
        if problems:
            lines = "; ".join(f"{path}: {label.en}" for path, label in problems.items())
            raise FormInvalid(
                f"this answer does not fit: {lines}",
                problems={f"{name}.{path}": label for path, label in problems.items()},
            )
        return told


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
