"""Visibility: who may read what, since which moment. Grants only; what is not granted is not seen."""

from __future__ import annotations

from engine.core.complaints import say
from engine.core.definition import Grant
from engine.core.parse.nodes import Node
from engine.core.parse.words import AUDITOR

ALWAYS = "always"


def read_grants(node: Node) -> tuple[Grant, ...]:
    """One grant for each form, figure, gathering or journal and role."""
    grants: list[Grant] = []
    for what, readers in node.entries("`visibility`").items():
        node.reading.use(what, ("form", "figure", "gathering", "journal"), readers)
        if readers.value == {}:
            hint = say("name_a_role")
            readers.error("wrong_shape", say("nobody_sees", what=what), hint, on_key=True)
        for role, since in readers.entries(say("who_sees", what=what)).items():
            if role != AUDITOR:
                node.reading.use(role, ("role",), since)
            if since.value == ALWAYS:
                grants.append(Grant(what=what, role=role, since=()))
                continue
            states = since.names(say("since_when"), *node.reading.state_kinds())
            if states:
                grants.append(Grant(what=what, role=role, since=states))
    # The order of grants means nothing; a fixed one keeps equal definitions equal.
    return tuple(sorted(grants, key=lambda grant: (grant.what, grant.role)))
