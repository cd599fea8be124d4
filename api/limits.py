"""Whatever a definition allows its agencies, proven too: each end of a range, each value of a list, one at a time.

The values between the ends, and several settings changed at once, are proven when an agency's file says them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from api.shipped import Source
from engine.core.definition import Definition, Label, Setting
from engine.core.parse.overriding import examine_overridden
from engine.core.proof.finding import Finding, Ground, Proof
from engine.core.proof.proving import prove
from engine.core.settings import allowed_values

__all__ = ["Limits", "try_limits"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How many values were tried besides those that are written, and what each of them would break."""

    tried: int
    findings: tuple[Finding, ...]


def try_limits(source: Source, ground: Ground, proofs: Sequence[Proof]) -> Limits:
    """What agencies could break within `allow`: findings of theirs that the definition as written does not have."""
    definition = ground.definition
    known = {(one.code, one.path) for one in _errors(proofs)}
    values = [(one, value) for one in definition.settings.values() for value in _others(one)]
    findings: list[Finding] = []
    for setting, value in values:
        found = _errors(prove(replace(ground, definition=_changed(source, definition, setting, value))))
        findings += [_told(setting, value, one) for one in found if (one.code, one.path) not in known]
    return Limits(tried=len(values), findings=tuple(findings))


def _others(setting: Setting) -> Iterator[str]:
    yield from (one for one in dict.fromkeys(allowed_values(setting)) if one != setting.value)


def _errors(proofs: Sequence[Proof]) -> list[Finding]:
    return [one for proof in proofs for one in proof.findings if one.severity == "error"]


def _changed(source: Source, definition: Definition, setting: Setting, value: str) -> Definition:
    """The definition as an agency would live by it that changes nothing but this setting."""
    override = {
        "overrides": definition.name,
        "agency": "-",
        "settings": {setting.name: {"is": value, "note": "-"}},
    }
    found = examine_overridden(source.rules, source.texts, json.dumps(override)).definition
    # What is allowed was read along with the rules, which had no error.
    assert found is not None, f"{setting.name}: {value}"
    return found


def _told(setting: Setting, value: str, found: Finding) -> Finding:
    return replace(
        found,
        code="allowed_value",
        path=("settings", setting.name, "allow"),
        message=Label(
            id=f"'{setting.name}' boleh '{value}', dan bila begitu {found.message.id}",
            en=f"'{setting.name}' may be '{value}', and then {found.message.en}",
        ),
        suggestion=Label(
            id=f"persempit `allow` di `settings: {setting.name}`",
            en=f"allow less in `settings: {setting.name}`",
        ),
        facts={"setting": setting.name, "value": value, "code": found.code},
    )
