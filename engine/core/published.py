"""What a case publishes: its forms, fields and figures as others may read them.

Once something was disclosed to whom the case is about, others read what was disclosed, until it is disclosed anew; what
a case that was sent back drafts is no one else's. Before the first disclosure they read what stands there: that this is
safe is for the proofs.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from engine.core.case import Case
from engine.core.command import Contents
from engine.core.definition import Definition
from engine.core.disclosing import Record, Version
from engine.core.figures import figure_values
from engine.core.roles import Subject
from engine.core.sight import Sight
from engine.core.visibility import NEWEST, Rights, granted

__all__ = ["disclosed_by", "published_values", "values_as_disclosed"]


def disclosed_by(definition: Definition, case: Case, beside: frozenset[str]) -> Rights:
    """By what has been disclosed to whom the case is about, the grants that opened it; nothing that is open always.

    `beside` are the states that tracks around it have reached.
    """
    subjects = [name for name, role in definition.roles.items() if isinstance(role.query, Subject)]
    found = granted(definition, case, subjects, beside)
    return {name: ways for name, ways in found.items() if NEWEST not in ways}


def published_values(
    definition: Definition, contents: Contents, figures: Mapping[str, int | str] | None = None
) -> dict[str, object]:
    """The forms, fields and figures that a definition publishes, as far as they are known."""
    forms = contents.forms
    worked_out = figure_values(definition, contents, _figures_of(definition)) if figures is None else figures
    found: dict[str, object] = {}
    for path in definition.publishes:
        form, dot, field = path.partition(".")
        if dot and field in forms.get(form, {}):
            found[path] = forms[form][field]
        elif path in forms:
            found[path] = forms[path]
        elif path in worked_out:
            found[path] = worked_out[path]
    return found


def values_as_disclosed(
    definition: Definition, case: Case, contents: Contents, disclosed: Rights, record: Record
) -> dict[str, object]:
    """What a definition publishes, of what was disclosed the version that was; `record` is the case's."""
    sight = Sight(
        definition=definition, case=case, person="", rights=disclosed, names=frozenset(disclosed), newest=contents,
        record=record,
    )  # fmt: skip

    def opens(name: str, version: Version) -> bool:
        return name not in disclosed or any(record.opens(version, since) for since in disclosed[name])

    told = sight.as_read(opens)
    names = _figures_of(definition)
    figures = dict(figure_values(definition, told, names))
    for name in names & disclosed.keys():
        own = figure_values(definition, sight.of_figure(name), (name,))
        figures.pop(name, None)
        if name in own:
            figures[name] = own[name]
    return published_values(definition, told, figures)


def _figures_of(definition: Definition) -> AbstractSet[str]:
    """The figures others may read: to work out another may mean to read what many more cases publish."""
    return definition.figures.keys() & {*definition.publishes}
