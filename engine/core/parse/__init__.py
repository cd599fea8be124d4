"""From the text of a definition to its value, or to everything that is wrong with it.

Its identity is the hex SHA-256 of one domain byte, 0x03, followed by the canonical JSON of
`{"order": ..., "rules": ..., "texts": ...}`: the effective values of both files, every scalar as the text that was
typed, and the order of names where it means something (see `order`). Comments, quotes, line ends and the order of all
other keys are no part of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.core.codec import canonical, decode
from engine.core.definition import Definition
from engine.core.definition.identity import identity
from engine.core.parse.assemble import assemble
from engine.core.parse.order import order_of, restored
from engine.core.parse.reading import Reading
from engine.core.source import Document, Problem, read_yaml
from engine.errors import DefinitionInvalid

__all__ = ["Examined", "examine", "problems", "read", "read_documents", "reopen"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Examined:
    """What came of reading two texts: everything to say about them, and the definition if nothing is an error.

    `rules` knows where each rule is written, for whoever has more to say of one later.
    """

    definition: Definition | None
    problems: tuple[Problem, ...]
    rules: Document


def read(
    rules_text: str | bytes, texts_text: str | bytes, *, name: str = "rules", texts_name: str = "texts"
) -> Definition:
    """The definition two texts make; `name` and `texts_name` are how problems call the files.

    Raises:
        DefinitionInvalid: with all problems at once, sorted by place; warnings among them, but never alone.

    """
    definition, found = read_documents(read_yaml(rules_text, name), read_yaml(texts_text, texts_name))
    if definition is None:
        raise DefinitionInvalid(name, found)
    return definition


def problems(
    rules_text: str | bytes, texts_text: str | bytes, *, name: str = "rules", texts_name: str = "texts"
) -> tuple[Problem, ...]:
    """Everything to say about two texts, warnings included, sorted by place."""
    return examine(rules_text, texts_text, name=name, texts_name=texts_name).problems


def examine(
    rules_text: str | bytes, texts_text: str | bytes, *, name: str = "rules", texts_name: str = "texts"
) -> Examined:
    """The definition two texts make, if they make one, with everything to say about them and every rule's place."""
    rules = read_yaml(rules_text, name)
    definition, found = read_documents(rules, read_yaml(texts_text, texts_name))
    return Examined(definition=definition, problems=found, rules=rules)


def reopen(source: bytes) -> Definition:
    """The definition that was stored as its canonical JSON; its digest is the one it had.

    Raises:
        DefinitionInvalid: the bytes are not a definition this version can read.

    """
    try:
        values = decode(source)
        rules = Document(name="rules", values=restored(values["rules"], values["order"]))
        texts = Document(name="texts", values=values["texts"])
    except (ValueError, TypeError, KeyError, AttributeError):
        raise DefinitionInvalid(
            "the stored definition", ["these bytes are not a stored definition"]
        ) from None
    definition, found = read_documents(rules, texts)
    if definition is None:
        raise DefinitionInvalid("the stored definition", found)
    return definition


def read_documents(rules: Document, texts: Document) -> tuple[Definition | None, tuple[Problem, ...]]:
    """The definition two documents make, or None, with everything to say about them."""
    reading = Reading(rules, texts)
    if rules.broken or texts.broken:
        return None, reading.problems()
    source = canonical({"order": order_of(rules.values), "rules": rules.values, "texts": texts.values})
    definition = assemble(reading, source, identity(source))
    return definition, reading.problems()
