"""Documents of cases: each that is made is told in the log, and whoever holds one can ask the log about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.core.audit import Entry, chain
from engine.core.codec import decode
from engine.core.documents import MadeFrom, made_from, newest_equal
from engine.core.privacy.erasing import PRIVACY
from engine.core.privacy.official import Official
from engine.errors import NotFound
from engine.runtime.library import Library
from engine.runtime.privacy.looking import asked_unnamed
from engine.runtime.privacy.saying import say
from engine.runtime.reports import CaseView
from engine.store import kin, queries, sealing, streams
from engine.store.database import Database
from engine.store.view import View

__all__ = ["Documented", "Documents", "LogSays"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Documented:
    """A document that was made: what from, and the entry that tells of it."""

    made_from: MadeFrom
    entry: Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSays:
    """What the log says of a document: when it was made, whether its case stands there as it was, how it is sealed."""

    made_at: int
    case_seq: int
    case_hash: str
    #: whether the case's entry has the chain value the document names
    holds: bool
    #: whether something has been written in the case since
    moved_on: bool
    leaf: int | None
    #: the size of the first checkpoint that holds it, when that was signed, and how many witnesses signed it
    sealed_size: int = 0
    sealed_at: int | None = None
    witnesses: int = 0


class Documents:
    """Tells of documents in the log, and finds them there again."""

    def __init__(self, database: Database, library: Library) -> None:
        self._database = database
        self._library = library

    def may_make(self, view: CaseView, who: str) -> bool:
        """Whether a document can be made for somebody: not for one whose name would tell who was asked unnamed."""
        return who == view.case.subject or not asked_unnamed(view, who)

    def make(self, view: CaseView, *, who: Official) -> Documented:
        """Tell in the log that a document of what this viewer reads is made. Raises: NotFound where none may be."""
        if not self.may_make(view, who.key):
            raise NotFound("document", view.case.id)
        with self._database.write() as unit:
            made = made_from(
                view.case.id, view.history[-1], newest_equal(_written(unit, view), view.contents)
            )
            facts = {"object": view.case.id, "document": made.facts()}
            seq = say(unit, self._library, "documented", facts, who=who)
            (entry,) = streams.history(unit.driver, PRIVACY, seq - 1, 1)
        return Documented(made_from=made, entry=entry)

    def told(self, number: int, digest: str) -> LogSays:
        """What the log says of a document with this number and hash. Raises: NotFound."""
        with self._database.read() as view:
            found = streams.history(view.driver, PRIVACY, number - 1, 1)
            told = decode(found[0].body) if found and found[0].kind == "documented" else {}
            facts = told.get("document", {})
            if not found or facts.get("digest") != digest:
                raise NotFound("document", digest[:64])
            return self._told(view, found[0], f"case/{told['object']}", facts["entry"], facts["hash"])

    def _told(self, view: View, entry: Entry, stream: str, seq: int, told: str) -> LogSays:
        then = streams.history(view.driver, stream, seq - 1, 1)
        leaf = sealing.leaf_of(view.driver, entry.stream, entry.seq)
        points = sealing.checkpoints(view.driver, limit=1, of=leaf) if leaf is not None else ()
        return LogSays(
            made_at=entry.at,
            case_seq=seq,
            case_hash=told,
            holds=bool(then) and chain(then[0].body) == told,
            moved_on=bool(streams.history(view.driver, stream, seq, 1)),
            leaf=leaf,
            sealed_size=points[0].size if points else 0,
            sealed_at=points[0].at if points else None,
            witnesses=len(sealing.cosignatures(view.driver, [points[0].size])) if points else 0,
        )


def _written(view: View, shown: CaseView) -> Iterator[tuple[str, int, str, bytes, bytes]]:
    """All that was written in a case and in what hangs on it, where its forms may have been written too."""
    parent = (shown.case.parent,) if shown.case.parent else ()
    children = (one.id for one in kin.children(view, shown.case.id))
    for case in (*parent, *children, shown.case.id):
        for one in queries.written(view, case):
            yield case, one.seq, one.form, one.value, one.salt
