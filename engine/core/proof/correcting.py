"""Whether what corrects a closed case can: about the same, publishing the same, leaving nothing half corrected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.core.case_names import figure_kind
from engine.core.definition import Definition, Field, Form, Label, Link
from engine.core.proof.finding import Finding
from engine.core.visibility import inputs_of

__all__ = ["check_corrections"]

#: what is wrong, and what would do
_Fault = tuple[Label, Label]


def check_corrections(definition: Definition, known: Mapping[str, Definition]) -> Iterator[Finding]:
    """Corrections whose result could never, or only in part, take the place of that of the closed case."""
    for link in definition.linked.values():
        other = known.get(link.workflow)
        if not link.corrects or other is None:
            continue
        for message, suggestion in _faults(definition, other, link):
            yield Finding(
                code="correction_unfit",
                question="across_files",
                severity="error",
                path=("linked", link.name),
                message=message,
                suggestion=suggestion,
                facts={"workflow": other.workflow},
            )


def _faults(definition: Definition, other: Definition, link: Link) -> Iterator[_Fault]:
    name, own = other.workflow, definition.workflow
    if definition.subject != other.subject:
        yield (
            Label(
                id=f"kasus '{name}' tidak mengenai hal yang sama dengan '{own}'",
                en=f"cases of '{name}' are not about the same as those of '{own}'",
            ),
            Label(id="samakan `subject` keduanya", en="give both the same `subject`"),
        )
    if all(state.final != "complete" for state in other.states.values()):
        yield (
            Label(
                id=f"'{name}' tidak pernah berakhir `complete`, jadi '{link.name}' tidak pernah mengoreksi apa pun",
                en=f"'{name}' never ends `complete`, so '{link.name}' never corrects anything",
            ),
            Label(id="beri keadaan `final: complete`", en="give it a state `final: complete`"),
        )
    mine, theirs = _values(definition), _values(other)
    shared = [path for path in mine if path in theirs]
    if not shared:
        yield (
            Label(
                id=f"'{name}' tidak menerbitkan apa pun yang diterbitkan '{own}', jadi tidak ada yang dikoreksi",
                en=f"'{name}' publishes nothing that '{own}' publishes, so nothing would be corrected",
            ),
            Label(
                id=f"terbitkan di sana: {', '.join(mine) or '-'}",
                en=f"publish there: {', '.join(mine) or 'nothing is published here yet'}",
            ),
        )
    yield from _alike(definition, other, shared)
    yield from _left_behind(definition, other, shared)


def _alike(definition: Definition, other: Definition, shared: list[str]) -> Iterator[_Fault]:
    for path in shared:
        if _shape(definition, path) != _shape(other, path):
            yield (
                Label(
                    id=f"'{path}' di '{other.workflow}' lain bentuknya daripada di sini",
                    en=f"'{path}' of '{other.workflow}' has another shape than here",
                ),
                Label(
                    id="samakan isian, nilai, dan desimalnya",
                    en="give it the same fields, values and decimals",
                ),
            )


def _left_behind(definition: Definition, other: Definition, shared: list[str]) -> Iterator[_Fault]:
    """What is published here and hangs on what is corrected, but would be read as it was."""
    touched = {path.partition(".")[0] for path in shared}
    for path in _values(definition):
        root = path.partition(".")[0]
        hangs = {root} if root in definition.forms else inputs_of(definition, path)
        if path not in shared and touched & hangs:
            yield (
                Label(
                    id=f"'{path}' bergantung pada yang dikoreksi, tetapi '{other.workflow}' tidak menerbitkannya",
                    en=f"'{path}' hangs on what is corrected, and '{other.workflow}' does not publish it",
                ),
                Label(
                    id=f"terbitkan '{path}' di sana, agar yang lama tidak terbaca di samping yang baru",
                    en=f"publish '{path}' there, or an old value would be read beside a new one",
                ),
            )


def _values(definition: Definition) -> tuple[str, ...]:
    return tuple(path for path in definition.publishes if _shape(definition, path) is not None)


def _shape(definition: Definition, path: str) -> object:
    """What a published value looks like; None for a state, which has none."""
    form, dot, name = path.partition(".")
    if path in definition.figures:
        return figure_kind(definition.figures[path])
    if form not in definition.forms:
        return None
    fields = definition.forms[form].fields
    return tuple(_field(one, definition.forms) for one in fields if not dot or one.name == name)


def _field(field: Field, forms: Mapping[str, Form]) -> object:
    inner = field.item or (forms[field.item_form].fields if field.item_form else ())
    below = tuple(_field(one, forms) for one in inner)
    return field.name, field.kind, field.decimals, field.choices, field.lines, below
