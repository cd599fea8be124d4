"""Every sentence about a wrong file is in the table, in both languages, with the values that whoever says it gives."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.core.complaints import Said, say
from engine.core.complaints.kinds import either, either_kind, kind_words
from engine.core.complaints.saying import Lines
from engine.core.complaints.table import ROOMS, SENTENCES
from engine.core.complaints.yaml_reader import reader_words
from engine.core.definition import Label

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [one for room in ("engine", "api") for one in sorted((ROOT / room).rglob("*.py"))]
#: a value in a sentence; other things in braces are pieces of YAML, such as `{text: 300}`
VALUE = re.compile(r"\{([a-z]\w*)\}")


def said_in(text: str) -> Iterator[tuple[object, frozenset[str | None]]]:
    """Every sentence that a module says: its key, None if it is not written out, and the names of its values."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
            key = node.args[0] if len(node.args) == 1 else None
            yield getattr(key, "value", None), frozenset(word.arg for word in node.keywords)


def speaks(path: Path) -> bool:
    """Whether a module says sentences of the table; the command line has a `say` of its own."""
    return "from engine.core.complaints" in path.read_text(encoding="utf-8")


USED = {one for path in SOURCES if speaks(path) for one in said_in(path.read_text(encoding="utf-8"))}


def test_what_is_said_is_found_in_the_source():
    """The search sees keys and values, and keys that are not written out."""
    text = "say('a')\nsay('b', x=1, y=2)\nsay(key)\n"

    assert [("a", frozenset()), ("b", frozenset({"x", "y"})), (None, frozenset())] == list(said_in(text))
    assert len(USED) > 600


def test_whatever_is_said_is_in_the_table_with_its_values():
    """Whoever says something new writes it in both languages, and gives what both speak of."""
    wanted = {(key, frozenset(VALUE.findall(SENTENCES[key][0]))) for key in SENTENCES}

    assert [] == sorted(map(str, USED - wanted))


def test_no_sentence_is_left_over():
    """What nobody says any more is removed."""
    assert [] == sorted(SENTENCES.keys() - {key for key, _ in USED})


def test_both_languages_say_the_same_values():
    """A value that one language leaves out would be lost to whoever reads it."""
    values = {key: [set(VALUE.findall(one)) for one in both] for key, both in SENTENCES.items()}

    assert [] == [key for key, (english, indonesian) in values.items() if english != indonesian]
    assert [] == [key for key, both in SENTENCES.items() if not all(map(str.strip, both))]


def test_what_is_to_be_typed_is_the_same_in_both_languages():
    """Between backquotes stands what an author types, which has one form."""
    typed = {key: [set(re.findall(r"`([a-z_]+:?)`", one)) for one in both] for key, both in SENTENCES.items()}

    assert [] == [key for key, (english, indonesian) in typed.items() if not english <= indonesian]


def test_a_key_stands_in_one_room():
    """No room takes away a sentence of another."""
    assert len(SENTENCES) == sum(len(room.SENTENCES) for room in ROOMS)


def test_sentences_are_worded_when_they_are_told():
    """The values of a sentence may be sentences themselves; pieces of YAML in braces stay."""
    said = say("does_not_say", what=say("the_role", name="rater"), key="of")

    assert "the role 'rater' does not say `of`" == said["en"]
    assert "peran 'rater' tidak menyebut `of`" == said["id"]
    assert (
        "add `aman: {id: ..., en: ...}` under `states`" == say("add_text", key="aman", section="states")["en"]
    )


def test_values_that_look_like_places_for_values_stay_what_they_are():
    """What an author typed is never read as a piece of a sentence."""
    assert (
        "tugas tidak memiliki kunci '{what}'" == say("has_no_key", what=say("a_task"), key="'{what}'")["id"]
    )


def test_equal_sentences_are_equal_values():
    """A problem is told once, however its values were given."""
    assert say("has_no_key", what="x", key="y") == say("has_no_key", key="y", what="x")
    assert 1 == len({say("a_task"), Said("a_task")})


def test_alternatives_are_joined():
    """However many there are."""
    assert "peran" == either(map(kind_words, ["role"]))["id"]
    assert (
        "state or choice or state of track recovery"
        == (either(map(kind_words, ["state", "choice", "state of track recovery"]))["en"])
    )
    assert ("state or a choice", "keadaan atau percabangan") == tuple(
        either_kind(["state", "choice"])[language] for language in ("en", "id")
    )


def test_what_the_reader_of_yaml_says_is_put_into_words():
    """What it never said before is told as it says it."""
    known = reader_words("while parsing a flow mapping", "did not find expected ',' or '}'")

    assert "while parsing a flow mapping did not find expected ',' or '}'" == known["en"]
    assert "seharusnya ada ',' atau '}' di sini (dalam pemetaan { })" == known["id"]
    assert "something new" == reader_words(None, "something\n new")["id"]


@pytest.mark.parametrize(
    "told", [Label(id="satu", en="one"), say("empty"), Lines((Label(id="satu", en="one"),))]
)
def test_what_is_told_in_both_languages_is_not_searched_without_saying_in_which(told: object) -> None:
    """It raises at once, where it used to look for an end that never comes."""
    with pytest.raises(TypeError):
        assert "one" in told  # type: ignore[operator]
    with pytest.raises(TypeError):
        iter(told)  # type: ignore[call-overload]
