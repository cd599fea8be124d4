"""Facts as an author writes them, wherever the language waits for one: `upon`, and the pauses' `until` and `while`.

`employee leaves`, `employee moves`, `gathered`, `<link> closed`, `<read> reaches <state>`; `reached` says the same.
"""

from __future__ import annotations

import re

from engine.core.complaints import say
from engine.core.complaints.kinds import kind_words
from engine.core.definition import FACTS, Closed, EmployeeFact, Fact, Gathered, Reached
from engine.core.parse.nodes import Node
from engine.core.places import nearest, quoted

_CLOSED = re.compile(r"([a-z][a-z0-9_]*) closed")
_REACHED = re.compile(r"([a-z][a-z0-9_]*) (?:reaches|reached) ([a-z][a-z0-9_]*)")
_SHAPES = say("facts_known")
_SECTIONS = {"link": "linked", "read": "reads"}


def read_fact(node: Node) -> Fact | None:
    """The fact a text says, with the link or read it names looked up; or None and a complaint."""
    said = node.text(say("a_fact"))
    text = " ".join(said.split()) if said is not None else ""
    if text in FACTS:
        return EmployeeFact(what="leaves" if text.endswith("leaves") else "moves")
    if text == "gathered":
        return Gathered()
    if match := _CLOSED.fullmatch(text):
        return Closed(link=match[1]) if _known(node, "link", match[1]) else None
    if match := _REACHED.fullmatch(text):
        return Reached(read=match[1], state=match[2]) if _known(node, "read", match[1]) else None
    if said is not None:
        node.error(
            "bad_value", say("is_no_fact", said=quoted(said)), nearest(text, (*FACTS, "gathered")) or _SHAPES
        )
    return None


def read_facts(node: Node) -> tuple[Fact, ...]:
    """One fact or a list of them; each is named once."""
    facts = [fact for item in node.one_or_more(say("a_fact")) if (fact := read_fact(item)) is not None]
    for text in dict.fromkeys(fact.text for fact in facts):
        if sum(fact.text == text for fact in facts) > 1:
            node.error("bad_value", say("fact_twice", text=text), say("name_it_once"))
    return tuple(dict.fromkeys(facts))


def _known(node: Node, kind: str, name: str) -> bool:
    """Whether a link or read of this name is declared; complains at once, since all names are declared by now."""
    reading = node.reading
    if name in reading.names(kind):
        reading.use(name, (kind,), node)
        return True
    if kind not in reading.unreadable:
        hint = nearest(name, reading.names(kind)) or say("declare_under", section=_SECTIONS[kind])
        node.error("unknown_name", say("there_is_no", kind=kind_words(kind), name=quoted(name)), hint)
    return False
