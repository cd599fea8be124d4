"""The last import of people is taken back, as long as nothing was built on it; else it says what was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from engine.core.audit import commitment
from engine.core.chart import Chart
from engine.core.chart_effects import LEAVES, MOVES, effect_of
from engine.core.chart_version import version_of
from engine.core.codec import canonical, decode
from engine.core.command import Actor
from engine.core.definition import Label
from engine.core.permitting import demand_reason
from engine.errors import Refused
from engine.runtime.library import Library
from engine.runtime.on_demand import contents_of
from engine.runtime.peopling import Peopling
from engine.store import queries
from engine.store.database import Database
from engine.store.values import Replaced
from engine.store.view import View

__all__ = ["Undoing"]

_STREAM = "people"
_NOTICED = "noticed"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Passed:
    """A case that followed the import: its id, the entry, and who handed a task over then."""

    case: str
    seq: int
    before: tuple[str, ...]


class Undoing:
    """Takes the last import back."""

    def __init__(self, database: Database, library: Library, peopling: Peopling) -> None:
        self._database = database
        self._library = library
        self._peopling = peopling

    def undo(self, *, actor: Actor, reason: str) -> int:
        """Put the chart back as it was before the last import; how many tasks went back.

        Raises: ReasonMissing; Refused, naming the first case in which something was built on the import; Conflict.
        """
        told = demand_reason(reason)
        with self._database.write() as unit:
            chart, last = self._library.chart(unit), unit.replaced()
            if last is None:
                raise _refusal(
                    Label(id="Tidak ada impor yang dapat dibatalkan.", en="There is no import to take back.")
                )
            changed = {one.key for one in last.segments} | set(last.added)
            kept = tuple(one for one in chart.segments if one.key not in changed)
            segments = (*kept, *last.segments)
            version = version_of(segments, chart.delegations, chart.trainings)
            restored = replace(chart, segments=segments, version=version)
            self._demand_unbuilt(unit, last, restored)
            now, salt = self._library.now(), self._library.salt()
            unit.put_people(segments, version, before=chart.version)
            unit.put_replaced(None)
            facts = {
                "actor": actor.facts(),
                "chart": version,
                "before": chart.version,
                "undone": last.version,
                "content": {"reason": commitment("reason", canonical(told), salt)},
            }
            entry = unit.append(_STREAM, "undone", now, facts)
            unit.put_statement(_STREAM, entry.seq, told, salt)
        return self._peopling.follow_chart()

    def _demand_unbuilt(self, view: View, last: Replaced, restored: Chart) -> None:
        """Raises: Refused, if somebody acted on what the import moved, or a task would not come back."""
        for key in last.added:
            if queries.cases(view, subject=key, limit=1) or any(
                key in {one.giver, one.taker} for one in restored.delegations
            ):
                raise _refusal(
                    Label(
                        id="Sudah ada kasus atau pelimpahan tentang orang yang masuk bersama impor itu.",
                        en="There is a case or a delegation by now about somebody who joined with that import.",
                    )
                )
        for one in self._passed(view, last):
            case = view.load(one.case)
            assert case is not None, "an entry of a case has a case"
            later = queries.history(view, case.stream, after=one.seq)
            if any("person" in decode(line.body).get("actor", {}) for line in later):
                raise _refusal(
                    Label(
                        id=f"Seseorang sudah bertindak dalam kasus {case.id} setelah tugasnya beralih.",
                        en=f"somebody has acted in case {case.id} since its task passed on",
                    )
                )
            if not self._comes_back(view, one, restored):
                raise _refusal(
                    Label(
                        id=f"Tugas kasus {case.id} tidak akan kembali kepada pemegang semula; alihkan sendiri.",
                        en=f"the task of case {case.id} would not go back to who had it; give it to them by hand",
                    )
                )

    def _passed(self, view: View, last: Replaced) -> Iterator[_Passed]:
        """The cases that followed since the import. Raises: Refused, if one noted a fact, which stays noted."""
        for _, seq, kind, body in view.followed_since(last.at):
            facts = decode(body)
            case = str(facts["case"])
            if kind == _NOTICED:
                if facts["cause"]["fact"] not in {LEAVES, MOVES}:
                    continue
                raise _refusal(
                    Label(
                        id=f"Kasus {case} sudah mencatat bahwa pegawai berhenti atau pindah; catatan tidak dihapus.",
                        en=f"case {case} has noted that the employee left or moved, and what is noted stays",
                    )
                )
            before = tuple(to for to, told in facts.get("told", ()) if told == "handed_over")
            yield _Passed(case=case, seq=seq, before=before)

    def _comes_back(self, view: View, one: _Passed, restored: Chart) -> bool:
        case = view.load(one.case)
        assert case is not None, "an entry of a case has a case"
        machine = self._library.machine(view, case.definition)
        scene = replace(self._library.scene(view, machine, case), chart=restored)
        contents = contents_of(view, self._library, machine, case, scene)
        found = effect_of(machine, case, contents, scene)
        holders = {task.holder for task in (found.after if found is not None else case).waiting}
        return set(one.before) <= holders


def _refusal(why: Label) -> Refused:
    return Refused(f"the import cannot be taken back: {why.en}", label=why)
