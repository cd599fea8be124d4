"""What each comparison of a condition compares, and its numbers at one scale.

A number with decimals reaches CEL as a whole number, scaled by 10**decimals; so the constants it is compared with are
written anew at the same scale: `score >= 3.5` over two decimals is `score >= 350`. Settings are constants and are put
in the same way. The places of the words are kept, so that what CEL complains of is shown where it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.core.complaints import say
from engine.core.complaints.kinds import decimals_words
from engine.core.condition_words import BUILT_IN, COMPARISONS, Fault, Kind, Word, number_words, words_of

__all__ = ["Scaled", "comparison_faults", "scaled", "scaled_text"]

_DECIMAL = re.compile(r"(-?)([0-9]{1,15})(?:\.([0-9]{1,9}))?")
_NUMBERS = frozenset({"number", "decimal"})
#: what may stand inside the list of an `in`
_LISTED = frozenset({"number", "decimal", "text", "name"})


@dataclass(frozen=True, slots=True)
class Scaled:
    """A condition with its numbers at their scale, the names that are left in it, and where its pieces came from."""

    text: str
    names: tuple[str, ...]
    _pieces: tuple[tuple[int, int], ...]

    def place(self, offset: int) -> int:
        """Where the character at this offset stood in the text as written."""
        at, origin = max(piece for piece in self._pieces if piece[0] <= offset)
        return origin + (offset - at)


def scaled_text(text: str, decimals: int) -> int | None:
    """A decimal text as a whole number of its last decimal: "82.5" at two decimals is 8250; None if it does not fit."""
    match = _DECIMAL.fullmatch(text)
    fraction = (match[3] or "") if match is not None else ""
    if match is None or len(fraction) > decimals:
        return None
    return int(match[1] + match[2] + fraction.ljust(decimals, "0"))


def comparison_faults(text: str, names: Mapping[str, Kind]) -> tuple[Fault, ...]:
    """What is wrong with what is compared: two names, bracketed sides, more decimals than the name has."""
    words = tuple(words_of(text))
    faults = [fault for number in range(len(words)) for fault in _sign_faults(words, number, names)]
    # Only of what compares a name with a constant can be said how fine the constant may be.
    return tuple(
        faults or (fault for number in range(len(words)) for fault in _number_faults(words, number, names))
    )


def scaled(text: str, names: Mapping[str, Kind]) -> Scaled:
    """A condition without faults, its numbers scaled and its number settings put in."""
    words = tuple(words_of(text))
    said, at, out = [], 0, 0
    pieces = [(0, 0)]
    left: dict[str, None] = {}
    for number, (kind, word, place) in enumerate(words):
        put = word
        if kind in _NUMBERS:
            partner = _partner(words, number)
            decimals = names[partner].decimals if partner in names else 0
            put = str(scaled_text(word, decimals)) if decimals else word
        elif kind == "name" and word not in BUILT_IN:
            own = names[word]
            if own.constant and own.type == "int":
                put = str(scaled_text(own.constant, _scale(words, number, names)))
            else:
                left[word] = None
        said.append(text[at:place] + put)
        out += place - at
        pieces.append((out, place))
        out, at = out + len(put), place + len(word)
        pieces.append((out, at))
    return Scaled(text="".join(said) + text[at:], names=tuple(left), _pieces=tuple(pieces))


def _scale(words: tuple[Word, ...], number: int, names: Mapping[str, Kind]) -> int:
    """The scale a setting is put in at: that of the name it is compared with, else its own."""
    partner = _partner(words, number)
    return names[partner].decimals if partner in names else names[words[number][1]].decimals


def _partner(words: tuple[Word, ...], number: int) -> str:
    """The name that the constant at this place is compared with; "" if there is none beside it."""
    first = number - 1 if number and words[number - 1][1] == "-" else number
    for sign, other in ((number + 1, number + 2), (first - 1, first - 2)):
        if 0 <= sign < len(words) and 0 <= other < len(words) and words[sign][1] in COMPARISONS:
            return words[other][1] if _is_name(words[other]) else ""
    back = first - 1
    while back > 0 and (words[back][0] in _LISTED or words[back][1] in {",", "-"}):
        back -= 1
    if back > 1 and words[back][1] == "[" and words[back - 1][1] == "in" and _is_name(words[back - 2]):
        return words[back - 2][1]
    return ""


def _is_name(word: Word) -> bool:
    return word[0] == "name" and word[1] not in BUILT_IN


def _sign_faults(words: tuple[Word, ...], number: int, names: Mapping[str, Kind]) -> Iterator[Fault]:
    """A comparison stands between one value and one constant."""
    _, sign, at = words[number]
    if sign not in COMPARISONS or not 0 < number < len(words) - 1:
        return
    before, after = words[number - 1], words[number + 1]
    for side, bracket in ((before, ")"), (after, "(")):
        if side[1] == bracket:
            yield Fault(side[2], say("compares_with_constant", sign=sign), say("take_it_away"))
            return
    if not (_is_name(before) and _is_name(after)):
        return
    constants = [names[side[1]].constant for side in (before, after) if side[1] in names]
    if all(constants):
        message = say("both_are_settings", before=before[1], after=after[1])
        yield Fault(at, message, say("compare_with_setting"))
    elif any(constants):
        yield from _word_faults(before, after, names)
    else:
        hint = say("write_difference", before=before[1], after=after[1])
        yield Fault(at, say("compares_two_names", sign=sign, before=before[1], after=after[1]), hint)


def _word_faults(before: Word, after: Word, names: Mapping[str, Kind]) -> Iterator[Fault]:
    """A setting that is a word is compared with something that may say every word it may be."""
    setting, other = (before, after) if names[before[1]].constant else (after, before)
    known = names[other[1]].values
    for value in names[setting[1]].values if known else ():
        if value not in known:
            message = say("setting_never_fits", setting=setting[1], value=value, other=other[1])
            yield Fault(setting[2], message, say("allow_only", names=", ".join(known)))


def _number_faults(words: tuple[Word, ...], number: int, names: Mapping[str, Kind]) -> Iterator[Fault]:
    """A constant has no more decimals than what it is compared with."""
    kind, word, at = words[number]
    own = names.get(word) if kind == "name" else None
    told = own.constant if own is not None and own.type == "int" else word
    if kind not in _NUMBERS and (own is None or own.type != "int" or not own.constant):
        return
    partner = names.get(_partner(words, number))
    if partner is None:
        if kind == "decimal":
            yield Fault(at, say("no_whole_number", word=word), say("compare_with_decimals"))
    elif partner.type == "int":
        if scaled_text(told, partner.decimals) is None:
            yield _too_fine(words, number, partner)
    elif partner.type == "any" and kind == "decimal":
        hint = say("compare_whole_or_text")
        yield Fault(at, say("decimals_unknown", partner=_partner(words, number)), hint)
    elif own is not None:
        message = say("text_and_number", partner=_partner(words, number), word=word)
        yield Fault(at, message, say("compare_same_type"))


def _too_fine(words: tuple[Word, ...], number: int, partner: Kind) -> Fault:
    _, word, at = words[number]
    name = _partner(words, number)
    if len(word.partition(".")[0]) > len("999999999999999"):
        return Fault(at, say("number_too_large", word=word), say("write_15_digits"))
    if not partner.decimals:
        return Fault(at, say("no_whole_number", word=word), say("write_whole", name=name))
    hint = say("write_at_most_decimals", decimals=decimals_words(partner.decimals))
    return Fault(at, say("too_many_decimals", name=name, number_words=number_words(partner), word=word), hint)
