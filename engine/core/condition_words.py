"""The words of a condition, and what may not be said in one.

A condition compares named values with constants, and joins comparisons with `&&`, `||`, `!`. Whatever else CEL can
do (sums, calls, macros, patterns, the clock) is refused here, before CEL ever sees the text, with the figure to write
instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from engine.core.complaints import Said, say
from engine.core.complaints.kinds import decimals_words
from engine.core.places import nearest

__all__ = [
    "BUILT_IN",
    "COMPARISONS",
    "ConditionInvalid",
    "Fault",
    "Kind",
    "Word",
    "check_words",
    "names_in",
    "number_words",
    "words_of",
]

LONGEST = 1_000
MOST_NAMES = 12
#: so many unknown names are told with a suggestion; a text that has more is no condition but noise
_MOST_TOLD = 20

Word = tuple[str, str, int]

_WORD = re.compile(
    r"(?P<space>\s+)|(?P<text>'[^'\\]*'|\"[^\"\\]*\")|(?P<decimal>\d+\.\d+)|(?P<number>\d+)"
    r"|(?P<name>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)|(?P<sign>==|!=|<=|>=|&&|\|\||[-<>!()\[\],])|(?P<other>.)",
    re.DOTALL,
)
BUILT_IN = frozenset({"true", "false", "in"})
_ORDER = frozenset({"<", ">", "<=", ">="})
COMPARISONS = _ORDER | {"==", "!="}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SUMS = frozenset("+-*/%")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a name stands for in a condition.

    `values` lists the only texts it can have, if that is known. A number of `decimals` reaches CEL scaled by
    10**decimals. "any" is what another case publishes: its type is not known here.
    """

    type: Literal["int", "string", "bool", "any"]
    values: tuple[str, ...] = ()
    decimals: int = 0
    #: what a setting holds, which stands for itself; "" for everything that varies from case to case
    constant: str = ""
    #: what it is, if it is nothing that can be compared ("a duration")
    unfit: Said | None = None
    #: a text written as in 2026-01-31
    date: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a condition; `offset` counts characters from 0, `unknown` is a name nobody knows."""

    offset: int
    message: Said
    suggestion: Said | None = None
    unknown: str = ""


class ConditionInvalid(ValueError):
    """A text is no condition; `faults` say why and where."""

    def __init__(self, text: str, faults: tuple[Fault, ...]) -> None:
        super().__init__(f"{text!r} is no condition: {'; '.join(fault.message['en'] for fault in faults)}")
        self.text, self.faults = text, faults


def names_in(text: str) -> tuple[str, ...]:
    """The names a condition reads, each once, in the order they stand in it."""
    found = (word for kind, word, _ in words_of(text) if kind == "name" and word not in BUILT_IN)
    return tuple(dict.fromkeys(found))


def check_words(text: str, names: Mapping[str, Kind]) -> tuple[Fault, ...]:
    """What is wrong with a condition before its types are checked."""
    if len(text) > LONGEST:
        return (Fault(0, say("condition_too_long", most=LONGEST, count=len(text)), say("make_it_a_figure")),)
    words = tuple(words_of(text))
    each = (fault for number in range(len(words)) for fault in _word_faults(words, number, names))
    faults = list(islice(each, _MOST_TOLD))
    read = {word for kind, word, _ in words if kind == "name" and word not in BUILT_IN}
    if not faults and not read:
        faults.append(Fault(0, say("condition_reads_nothing"), say("name_figure_or_field")))
    if len(read) > MOST_NAMES:
        faults.append(
            Fault(
                0, say("condition_reads_too_much", count=len(read), most=MOST_NAMES), say("make_it_a_figure")
            )
        )
    return tuple(faults)


def words_of(text: str) -> Iterator[Word]:
    """The words of a condition: what each is (name, number, text, sign, ...), itself, where it stands."""
    for match in _WORD.finditer(text):
        if match.lastgroup != "space":
            yield match.lastgroup or "other", match[0], match.start()


def _word_faults(words: tuple[Word, ...], number: int, names: Mapping[str, Kind]) -> Iterator[Fault]:
    kind, word, at = words[number]
    following = words[number + 1][1] if number + 1 < len(words) else ""
    if kind == "other":
        yield _strange(words, number)
    elif kind == "sign" and word == "-":
        before = words[number - 1] if number else ("sign", "", 0)
        negative = before[0] == "sign" and before[1] not in {")", "]"}
        negative = negative or before[1] == "in"
        numeric = number + 1 < len(words) and words[number + 1][0] in {"number", "decimal"}
        if not negative or not numeric:
            yield _strange(words, number)
    elif kind == "name" and word not in BUILT_IN:
        if following == "(":
            yield _call(words, number)
        elif word not in names:
            yield _unknown(word, at, names)
        elif (unfit := names[word].unfit) is not None:
            message = say("cannot_be_compared", word=word, unfit=unfit)
            yield Fault(at, message, say("wait_with_at"))
        else:
            yield from _value_faults(words, number, names[word])


def _strange(words: tuple[Word, ...], number: int) -> Fault:
    _, word, at = words[number]
    if word in _SUMS:
        sides = [words[one][1] for one in (number - 1, number + 1) if 0 <= one < len(words)]
        left, right = sides if len(sides) == len("ab") else ("a", "b")
        hint = say("write_formula_figure", left=left, word=word, right=right)
        return Fault(at, say("condition_only_compares", word=word), hint)
    if word in "'\"":
        return Fault(at, say("text_does_not_end"), say("put_it_in_single_quotes"))
    if word == "=":
        return Fault(at, say("no_comparison"), say("write_equals"))
    return Fault(at, say("no_meaning_in_condition", word=word), say("signs_of_conditions"))


def _call(words: tuple[Word, ...], number: int) -> Fault:
    """A call or a macro, with the figure that says the same."""
    _, word, at = words[number]
    path, _, called = word.rpartition(".")
    if not path and number + 2 < len(words) and words[number + 2][0] == "name":
        path = words[number + 2][1]
    path = path or "form.list"
    if called in {"all", "exists", "exists_one", "filter"}:
        hint = say("write_count_where", path=path)
    elif called == "size":
        hint = say("write_count", path=path)
    elif called in {"map", "sum"}:
        hint = say("write_total_figure", path=path)
    elif called == "has":
        hint = say("missing_refuses")
    else:
        hint = say("make_it_some_figure")
    return Fault(at, say("calls_a_function", word=word), hint)


def _unknown(word: str, at: int, names: Mapping[str, Kind]) -> Fault:
    if word in {"now", "today"}:
        return Fault(at, say("no_day_in_condition"), say("use_a_moment"))
    if word == "null":
        return Fault(at, say("never_null"), say("leave_it_out"))
    inside = sorted(name for name in names if name.startswith(f"{word}."))
    hint = say("say_which_field", names=", ".join(inside[:6])) if inside else nearest(word, names)
    hint = hint or say("known", known=_listed(sorted(names)))
    return Fault(at, say("nothing_called_so", word=word), hint, word)


def _value_faults(words: tuple[Word, ...], number: int, kind: Kind) -> Iterator[Fault]:
    """Comparisons of a name with texts it can never have, or in an order its values do not have."""
    name = words[number][1]
    if number + 2 < len(words) and words[number + 1][1] == "in" and words[number + 2][1] == "[":
        for word in words[number + 3 :]:
            if word[1] == "]":
                break
            yield from _never(word, name, kind)
    if not kind.values and not kind.date:
        return
    for sign, other in ((number + 1, number + 2), (number - 1, number - 2)):
        if not 0 <= sign < len(words):
            continue
        if words[sign][1] in _ORDER and kind.values:
            yield Fault(words[sign][2], say("values_have_no_order", name=name), say("use_equals_or_in"))
        elif words[sign][1] in COMPARISONS and 0 <= other < len(words):
            yield from _never(words[other], name, kind)


def _never(word: Word, name: str, kind: Kind) -> Iterator[Fault]:
    value = word[1][1:-1]
    if word[0] != "text":
        return
    if kind.type == "int":
        yield Fault(
            word[2],
            say("never_a_text", name=name, number_words=number_words(kind)),
            say("write_the_number_without_quotes"),
        )
    elif kind.date and value and not _DATE.fullmatch(value):
        yield Fault(word[2], say("date_and_never", name=name, value=value), say("write_a_date"))
    elif kind.values and value not in kind.values:
        hint = nearest(value, kind.values) or say("its_values", names=_listed(kind.values))
        yield Fault(word[2], say("never_this_value", name=name, value=value), hint)


def number_words(kind: Kind) -> Said:
    """What a number is called in a complaint."""
    if not kind.decimals:
        return say("a_whole_number")
    return say("number_with_decimals", decimals=decimals_words(kind.decimals))


def _listed(names: tuple[str, ...] | list[str]) -> str:
    shown = ", ".join(names[:8])
    return f"{shown}, ..." if len(names) > 8 else shown  # noqa: PLR2004 - a hint, not a catalogue
