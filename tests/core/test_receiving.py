"""Who gets the work by an act is known before it is done: in every story beside the shipped definitions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from engine.core.permitting import options
from engine.core.receiving import receiver
from engine.testing import read_examples, try_definition
from engine.testing.world import World
from tests.workflows.families import FOLDER, shipped
from tests.workflows.touched import shipped_definition
from tests.worlds import calendar


def test_whoever_is_named_gets_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Never anybody else; and oftener than not somebody is named."""
    act, came, otherwise = World.act, Counter[str](), []

    def watched(
        world: World, trigger: str, *, by: str, forms: Mapping[str, Mapping[str, Any]], reason: str = ""
    ) -> None:
        before, case = len(world.steps), world.case
        offered = options(world.machine, case, by, world.scene, world.contents)
        named = [
            receiver(world.machine.definition, case, one, by, world.scene)
            for one in offered
            if one.role is not None and one.transition.name == trigger
        ]
        act(world, trigger, by=by, forms=forms, reason=reason)
        after = world.steps[before].case
        got = None if after.task is None or after.visit == case.visit else after.task.holder
        if named and named[0] is not None:
            came["named"] += 1
            if named != [got]:
                otherwise.append((case.state, trigger, named, got))
        elif got is not None:
            came["not named"] += 1

    monkeypatch.setattr(World, "act", watched)
    for name in shipped():
        path = FOLDER / f"{name}.examples.yaml"
        definition = shipped_definition(name)
        examples = read_examples(path.read_bytes(), definition, name=path.name, opener=Path.read_bytes)
        report = try_definition(definition, examples, calendar(), mutate=False)
        assert [] == [(one.example, one.failure) for one in report.failed]

    assert [] == otherwise
    assert came["named"] > 3 * came["not named"] > 0, came
