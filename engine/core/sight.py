"""What one person reads of a case: which names, and of each the newest version that is open to them.

Where a case was sent back after a disclosure, whoever reads by a grant since then reads on what was disclosed, and
figures as they come of that; drafts wait for the next disclosure. Whoever is at work, or reads by a grant that counts
always, reads what stands there now, and everybody what they wrote themselves of what they may read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.core.case import Case, Notebook
from engine.core.case_lists import Outcome
from engine.core.codec import decode
from engine.core.command import Contents
from engine.core.condition_words import names_in
from engine.core.definition import Condition, Definition
from engine.core.disclosing import Disclosing, Record, Version
from engine.core.figures import figure_values, thin_figures
from engine.core.hiding import figures_of_few
from engine.core.journal_pages import Page, line_name, pages, values_of
from engine.core.kept import result_name
from engine.core.visibility import NEWEST, Rights, inputs_of, reads_inputs

__all__ = ["Sight", "asks_for_record"]

#: whether a version of what is kept under a name is open
_Opens = Callable[[str, Version], bool]


def asks_for_record(machines: Iterable[Disclosing], rights: Rights) -> bool:
    """Whether some of this may be read as it once was: a case can be sent back behind a grant it is read by."""
    ways = {since for found in rights.values() if NEWEST not in found for since in found}
    return any(one.reopens(since) for one in machines for since in ways)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What one person reads of a case as it stands. `record` is None where all that is read is the newest."""

    definition: Definition
    case: Case
    person: str
    rights: Rights
    #: the forms, figures, gatherings, journals and others' values that are read (`visibility.with_figures`)
    names: frozenset[str]
    newest: Contents
    record: Record | None = None

    def forms(self) -> dict[str, Mapping[str, object]]:
        """The forms that are read, as far as a version of them is open."""
        found = self.as_read(self._opens).forms
        return {name: found[name] for name in found if name in self.rights}

    def gathered(self) -> dict[str, Any]:
        """The answers of gatherings that are over and are read."""
        found = self.as_read(self._opens).gathered
        return {name: found[name] for name in found if name in self.rights}

    def outcomes(self) -> dict[str, Outcome]:
        """What came of gatherings whose answers are read; of those told as they once were, without who answered."""
        found = {name: one for name, one in self.case.gathered.items() if name in self.rights}
        for name in list(found) if self.record is not None else ():
            told = self.record.outcomes.get(name, ()) if self.record is not None else ()
            kept: Outcome | None = None
            for version, outcome in told:
                fits = kept is None or outcome.enough or not kept.enough
                if fits and self._opens(name, version):
                    kept = outcome
            if kept is None:
                del found[name]
            elif kept.visit != found[name].visit:
                found[name] = kept
        return found

    def pages(self, told: Mapping[str, Iterable[Page]]) -> dict[str, tuple[Page, ...]]:
        """Those of these entries of journals that may be read by a grant."""
        return {
            name: tuple(page for page in ones if self._opens_page(name, page, self._opens))
            for name, ones in told.items()
        }

    def figures(self) -> dict[str, int | str]:
        """The figures that are read, worked out from what is open by the same grants; none of too few people."""
        names = [name for name in self.definition.figures if name in self.names]
        whole = self._worked_out(self.as_read(self._opens)) if names and self.record is None else None
        found: dict[str, int | str] = {}
        for name in names:
            values, thin = whole if whole is not None else self._worked_out(self.of_figure(name))
            if name in values and (name not in thin or self._reads_singly(name)):
                found[name] = values[name]
        return found

    def unsaid_figures(self) -> frozenset[str]:
        """The figures that are read and not told, since they would tell of too few people of a set."""
        names = [name for name in self.definition.figures if name in self.names]
        return frozenset(
            name
            for name in names
            if not self._reads_singly(name) and name in figures_of_few(self.definition, self.of_figure(name))
        )

    def _worked_out(self, told: Contents) -> tuple[dict[str, int | str], frozenset[str]]:
        return figure_values(self.definition, told), self._thin(told)

    def _thin(self, told: Contents) -> frozenset[str]:
        """The figures that would tell of too few people: of answers without names, or of a set looked at as a whole."""
        return thin_figures(self.definition, told) | figures_of_few(self.definition, told)

    def _reads_singly(self, figure: str) -> bool:
        """Whether a figure tells somebody nothing about single people: they read each answer, or are to sign it."""
        rule = self.definition.states[self.case.state].gather
        signs = rule is not None and rule.sign == figure and NEWEST in self.rights.get(figure, ())
        return signs or reads_inputs(self.definition, figure, self.rights)

    def of_figure(self, figure: str) -> Contents:
        """What a figure that is read is worked out from, for this reader."""
        granted = self.rights.get(figure, frozenset())
        if NEWEST in granted:
            return self.as_read(lambda _, __: True)
        inherits = reads_inputs(self.definition, figure, self.rights)

        def opens(name: str, version: Version) -> bool:
            return self._by_grant(granted, version) or (inherits and self._opens(name, version))

        return self.as_read(opens)

    def reads_condition(self, condition: Condition, seq: int) -> bool:
        """Whether all that a condition was answered from at that entry of the case is read."""
        return all(self.reads_then(name, seq) for name in names_in(condition.text))

    def opens_version(self, name: str, seq: int) -> bool:
        """Whether what an entry of the case wrote under a name is read, be it the newest or not."""
        if self.record is None:
            return name in self.rights
        found = (one for one in self.record.versions.get(name, ()) if one.seq == seq)
        return any(self._opens(name, one) for one in found)

    def reads_names(self, condition: Condition, filled: str | None = None) -> bool:
        """Whether all that a condition reads now is read; `filled` is the form that the reader fills in for it."""
        return all(
            self._is_filled(name, filled) or self.reads_then(name, self.case.seq)
            for name in names_in(condition.text)
        )

    def reads_then(self, name: str, seq: int) -> bool:
        """Whether what stood under a name of a condition at that entry of the case is read."""
        definition, root = self.definition, name.partition(".")[0]
        if name in definition.settings:
            return True
        if name not in definition.figures:
            return bool({name, root} & self.rights.keys()) and self._open_then(root, seq, self._opens)
        granted = self.rights.get(name, frozenset())
        if not self._reads_singly(name) and name in self._thin(self.newest):
            return False
        if NEWEST in granted:
            return True

        def opens(kept: str, version: Version) -> bool:
            return self._by_grant(granted, version) or self._opens(kept, version)

        roots = {one.partition(".")[0] for one in inputs_of(definition, name)}
        return name in self.names and all(self._open_then(one, seq, opens) for one in roots)

    def _is_filled(self, name: str, filled: str | None) -> bool:
        """Whether a name of a condition tells of nothing but what the reader fills in or reads anyway."""
        if filled is None:
            return False
        if name not in self.definition.figures:
            return name.partition(".")[0] == filled
        return all(
            one == filled or self.reads_then(one, self.case.seq) for one in inputs_of(self.definition, name)
        )

    def _open_then(self, root: str, seq: int, opens: _Opens) -> bool:
        """Whether the version that stood there at an entry is open."""
        if self.record is None:
            return True
        for kept in (root, result_name(root), line_name(root)):
            told = [
                one
                for one in self.record.versions.get(kept, ())
                if one.case != self.case.id or one.seq <= seq
            ]
            newest = self.record.told.get(root) if told and told[-1].seq < 0 else told[-1] if told else None
            if told and (newest is None or not opens(root, newest)):
                return False
        return True

    def _by_grant(self, granted: Iterable[tuple[str, ...]], version: Version) -> bool:
        """Whether one of these grants opens a version."""
        return any(self.record is None or self.record.opens(version, since) for since in granted)

    def _opens(self, name: str, version: Version) -> bool:
        ways = self.rights.get(name, frozenset())
        return (bool(ways) and self.person in version.authors) or self._by_grant(ways, version)

    def _opens_page(self, name: str, page: Page, opens: _Opens) -> bool:
        if self.record is None:
            return True
        if page.seq < 0:
            told = self.record.told.get(name)
            return told is not None and opens(name, told)
        found = (one for one in self.record.versions.get(line_name(name), ()) if one.seq == page.seq)
        return any(opens(name, one) for one in found)

    def as_read(self, opens: _Opens) -> Contents:
        """The contents with what is open only, the newest of each."""
        told = replace(self.newest, journals=dict(self._whole_journals()))
        if self.record is None:
            return told
        kept = self.record.versions
        forms = {name: self._latest(name, name, opens) for name in told.forms}
        gathered = {name: self._latest(name, result_name(name), opens) for name in told.gathered}
        lines = [
            (name, version.seq, decode(version.value))
            for name, ones in kept.items()
            if name[1:] in told.journals and name == line_name(name[1:])
            for version in ones
        ]
        journals = {
            name: tuple(page for page in ones if self._opens_page(name, page, opens))
            for name, ones in pages(lines).items()
        }
        return replace(
            told,
            forms={name: one for name, one in forms.items() if one is not None},
            gathered={name: one for name, one in gathered.items() if one is not None},
            journals={name: ones for name, ones in values_of(journals).items() if name in told.journals},
        )

    def _latest(self, name: str, kept: str, opens: _Opens) -> Any:
        assert self.record is not None
        found = (one for one in reversed(self.record.versions.get(kept, ())) if opens(name, one))
        newest = next(found, None)
        return decode(newest.value) if newest is not None else None

    def _whole_journals(self) -> Iterator[tuple[str, Any]]:
        """Journals as far as they may be counted; those without names only once they were told as a whole."""
        for name, entries in self.newest.journals.items():
            journal = self.definition.journals.get(name)
            told = self.case.journals.get(name, Notebook()).told
            if journal is None or not journal.anonymous or told:
                yield name, entries
