"""What a signature binds: the digest of a text, which is a form's content or a figure's value."""

from __future__ import annotations

import hashlib
from collections.abc import Container

from engine.core.case import Case
from engine.core.codec import canonical
from engine.core.command import Contents
from engine.core.definition import Definition
from engine.core.figures import figure_values

#: how much of a digest is shown to people
_SHOWN = 12


def digest_of(definition: Definition, contents: Contents, name: str) -> str:
    """The digest (hex SHA-256) of the canonical text of a form or figure; "" while there is no text to sign."""
    if name in definition.forms:
        text: object = contents.forms.get(name)
    else:
        text = figure_values(definition, contents).get(name)
    if text is None:
        return ""
    return hashlib.sha256(canonical({name: text})).hexdigest()


def signed_digest(definition: Definition, case: Case, contents: Contents, readable: Container[str]) -> str:
    """The digest of the text that is being signed in the present state; "" where nothing is.

    Only for who may read the text: few values are possible for some, and a digest would tell which it is.
    """
    rule = definition.states[case.state].gather
    if rule is None or rule.sign is None or case.gathering is None or rule.sign not in readable:
        return ""
    return digest_of(definition, contents, rule.sign)


def short(digest: str) -> str:
    """A digest as people compare it: its first twelve letters in groups of four."""
    return " ".join(digest[at : at + 4] for at in range(0, min(len(digest), _SHOWN), 4))
