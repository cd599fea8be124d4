"""What a signature binds: the digest of a text, which is a form's content or a figure's value."""

from __future__ import annotations

import hashlib

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


def signed_digest(definition: Definition, case: Case, contents: Contents) -> str:
    """The digest of the text that is being signed in the present state; "" where nothing is."""
    rule = definition.states[case.state].gather
    signs = rule is not None and rule.sign is not None and case.gathering is not None
    return digest_of(definition, contents, rule.sign) if signs and rule is not None and rule.sign else ""


def short(digest: str) -> str:
    """A digest as people compare it: its first twelve letters in groups of four."""
    return " ".join(digest[at : at + 4] for at in range(0, min(len(digest), _SHOWN), 4))
