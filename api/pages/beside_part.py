"""What a case's page shows of other cases: forms and figures in the words of their own rules, a set only counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from api.pages.case_parts import naming
from api.pages.told_forms import Line, Told, told_values
from api.pages.words import Words
from engine.core.case_names import figure_kind
from engine.core.definition import Definition, Language
from engine.core.labels import number_words, value_label
from engine.core.telling import say_day
from engine.runtime import Beside, CaseView


def beside(view: CaseView, word: Words) -> tuple[Told, ...]:
    """What this viewer may read of other cases, one part for each; those a read finds are told with it."""
    return tuple(_told(view, one, word) for one in view.beside)


def _told(view: CaseView, one: Beside, word: Words) -> Told:
    labels = view.definition.texts.labels
    kind = "reads" if one.name in view.definition.reads else "linked"
    title = labels[kind][one.name][word.language]
    if kind == "linked":
        title = f"{title}, {say_day(one.cases[0].period_from, word.language)}"
    tell = _counted if one.many else _single
    return Told(name=one.name, title=title, lines=tuple(tell(one, word, naming(view, word))))


def _single(one: Beside, word: Words, named: Callable[[str], str]) -> Iterator[Line]:
    rules, language = one.definition, word.language
    for path, value in one.values.items():
        form, _, field = path.partition(".")
        if path in rules.figures:
            yield Line(label=_label(rules, path, language), text=_plain(rules, path, value, language))
        elif not field and isinstance(value, Mapping):
            yield from told_values(rules, form, value, language, named).lines
        elif any(one.name == field for one in rules.forms[form].fields):
            yield from told_values(rules, form, {field: value}, language, named).lines
        else:
            text = ", ".join(_plain(rules, path, each, language) for each in _flat(value))
            yield Line(label=_label(rules, path, language), text=text)


def _counted(one: Beside, word: Words, _: Callable[[str], str]) -> Iterator[Line]:
    """How many there are, and how often each plain value; never whose."""
    rules, language = one.definition, word.language
    for path, value in one.values.items():
        found = _flat(value)
        counts = Counter(_plain(rules, path, each, language) for each in found if isinstance(each, str | int))
        parts = [word("unit.cases", count=len(found))]
        parts += [f"{text}: {count}" for text, count in sorted(counts.items())]
        yield Line(label=_label(rules, path, language), text=" · ".join(parts))


def _label(rules: Definition, path: str, language: Language) -> str:
    """What a published path is called where it comes from."""
    labels = rules.texts.labels
    for kind in ("figures", "forms", "fields"):
        if path in labels[kind]:
            return labels[kind][path][language]
    return _label(rules, path.rpartition(".")[0], language) if "." in path else path


def _plain(rules: Definition, path: str, value: Any, language: Language) -> str:
    figure = rules.figures.get(path)
    form, _, name = path.partition(".")
    fields = rules.forms[form].fields if form in rules.forms else ()
    choices = next((one.choices for one in fields if one.name == name), ())
    known = figure_kind(figure).values if figure is not None else choices
    if value in known:
        return value_label(rules, path, str(value))[language]
    return number_words(value, language) if figure is not None else str(value)


def _flat(value: object) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else (value,)
