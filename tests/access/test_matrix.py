"""The matrix people audit: fresh, whole, and of one mind with the definition and the rules."""

from __future__ import annotations

from engine.core.access import RULES
from engine.core.access.matrix import matrix_of
from engine.core.access.words import ACTION_WORDS, WHO_WORDS
from engine.core.visibility import readable
from tests.worlds import World, machine


def test_every_rule_and_atom_has_words() -> None:
    """In both languages."""
    for rule in RULES:
        assert WHO_WORDS[type(rule.who)].id
        assert all(ACTION_WORDS[action].en for action in rule.actions)


def test_the_matrix_says_what_may_be_read_from_the_first_day() -> None:
    """What it calls open always is what a case in its first state opens to the role, its own work aside."""
    world = World()
    definition = machine().definition
    matrix = matrix_of(definition)
    forms = {definition.texts.label("forms", name) for name in definition.forms}
    for number, role in enumerate(definition.roles):
        always = {row.what for row in matrix.reads if "always" == row.since[number].en}
        opened = {
            definition.texts.label("forms", name)
            for name in readable(definition, world.case, "p-nobody", [role])
            if name in definition.forms
        }
        assert opened == always & forms
