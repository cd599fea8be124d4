"""What conditions and `where` may read, and of what kind each is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.core.complaints.kinds import sort_words
from engine.core.condition_words import Kind
from engine.core.definition import (
    Count,
    Definition,
    Field,
    Figure,
    Form,
    Formula,
    Grid,
    Setting,
    Share,
    Spread,
    Table,
    Total,
)
from engine.core.paths import Sources, Way, sources_of
from engine.core.settings import allowed_values, decimals_of, sort_of

__all__ = ["PLAIN", "case_names", "figure_kind", "item_names", "kind_of", "names_of", "setting_kind"]

#: kinds of fields that hold one plain value
PLAIN = ("text", "number", "choice", "date", "scale")
_WHOLE = Kind("int")


class _Anything(Mapping[str, Kind]):
    """Every name is known, its kind is not: what other cases publish is checked where their definition is."""

    def __getitem__(self, name: str) -> Kind:
        return Kind("any")

    def __contains__(self, name: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def names_of(definition: Definition) -> Mapping[str, Kind]:
    """What the conditions of this definition's transitions and choices may read."""
    return case_names(sources_of(definition))


def case_names(sources: Sources) -> dict[str, Kind]:
    """What conditions in a case may read: plain fields, figures and settings."""
    names = {name: setting_kind(setting) for name, setting in sources.settings.items()}
    for form in sources.forms.values():
        if not form.item_only:
            names.update({f"{form.name}.{field.name}": kind_of(field) for field in _plain(form.fields)})
    names.update({name: figure_kind(figure) for name, figure in sources.figures.items()})
    return names


def item_names(way: Way) -> Mapping[str, Kind]:
    """What `where` may read of each item of a list: the items' own fields."""
    if way.root == "read":
        return _Anything()
    fields = way.fields if way.whole else way.fields[0].item
    return {field.name: kind_of(field) for field in _plain(fields)}


def names_in_entry(form: Form) -> Mapping[str, Kind]:
    """What a condition on an entry may read: the plain fields of its form."""
    return item_names(Way(path=form.name, root="journal", name=form.name, fields=form.fields, whole=True))


def kind_of(field: Field) -> Kind:
    """What a field's value is."""
    match field.kind:
        case "number":
            return Kind("int", decimals=field.decimals)
        case "scale":
            return _WHOLE
        case "choice":
            return Kind("string", field.choices)
        case _:
            return Kind("string", date=field.kind == "date")


def setting_kind(setting: Setting) -> Kind:
    """What a setting is to a condition: a constant number or word; a duration or a moment is neither."""
    match sort_of(setting.value):
        case "a number":
            return Kind("int", decimals=decimals_of(setting), constant=setting.value)
        case "a word":
            return Kind("string", allowed_values(setting), constant=setting.value)
        case sort:
            return Kind("string", unfit=sort_words(sort))


def figure_kind(figure: Figure) -> Kind:
    """What a figure comes to."""
    match figure:
        case Count():
            return _WHOLE
        case Total(decimals=decimals) | Share(decimals=decimals) | Spread(decimals=decimals):
            return Kind("int", decimals=decimals)
        case Formula(decimals=decimals):
            return Kind("int", decimals=decimals)
        case Grid(cells=cells):
            return Kind("string", tuple(sorted(set(cells.values()))))
        case Table():
            results = table_results(figure)
            return _WHOLE if _are_whole(results) else Kind("string", results)


def table_results(table: Table) -> tuple[str, ...]:
    """Everything a table can give, each once."""
    return tuple(dict.fromkeys([*(row.gives for row in table.rows), table.otherwise]))


def _are_whole(texts: Iterable[str]) -> bool:
    return all(text.removeprefix("-").isdecimal() and text.isascii() for text in texts)


def _plain(fields: Iterable[Field]) -> Iterator[Field]:
    return (field for field in fields if field.kind in PLAIN)
