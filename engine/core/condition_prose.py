"""A condition as people read it: labels for its names and values, words for its signs."""

from __future__ import annotations

import re
from collections.abc import Mapping

from engine.core.definition import Definition, Language
from engine.core.labels import number_words

_WORD = re.compile(
    r"'[^']*'|\"[^\"]*\"|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*|==|!=|<=|>=|&&|\|\||-?\d+(?:\.\d+)?|\S"
)
_SIGNS: Mapping[Language, Mapping[str, str]] = {
    "id": {
        "==": "sama dengan",
        "!=": "tidak sama dengan",
        "<=": "paling banyak",
        ">=": "paling sedikit",
        "<": "kurang dari",
        ">": "lebih dari",
        "in": "salah satu dari",
        "&&": "dan",
        "||": "atau",
        "!": "bukan",
        "true": "ya",
        "false": "tidak",
    },
    "en": {
        "==": "is",
        "!=": "is not",
        "<=": "is at most",
        ">=": "is at least",
        "<": "is below",
        ">": "is above",
        "in": "is one of",
        "&&": "and",
        "||": "or",
        "!": "not",
        "true": "yes",
        "false": "no",
    },
}


def say_condition(definition: Definition, text: str, language: Language, *, form: str = "") -> str:
    """The condition in words: “Jumlah bobot” sama dengan 100. One about an entry names the fields of its `form`."""
    said, name = [], ""
    for found in _WORD.finditer(text):
        word = found[0]
        if word in {"[", "]"}:
            continue
        if word[0] in "'\"":
            said.append(_value(definition, name, word[1:-1], language))
        elif word in _SIGNS[language]:
            said.append(_SIGNS[language][word])
        else:
            name = word if word[0].isalpha() else name
            name = f"{form}.{name}" if form and name == word else name
            said.append(
                _name(definition, name, language) if word[0].isalpha() else number_words(word, language)
            )
    return " ".join(said).replace(" ,", ",").replace("( ", "(").replace(" )", ")")


def _name(definition: Definition, name: str, language: Language) -> str:
    """The label of a figure, a field or a setting; a number or a bracket stays as it is."""
    for section in ("figures", "fields", "settings"):
        label = definition.texts.labels.get(section, {}).get(name)
        if label is not None:
            return f"“{label[language]}”"
    return name


def _value(definition: Definition, name: str, value: str, language: Language) -> str:
    labels = definition.texts.labels.get("values", {})
    label = labels.get(f"{name}.{value}") or labels.get(value)
    return f"“{label[language] if label is not None else value}”"
