"""An agency's own numbers: a small file that changes settings of a definition, within what each allows.

    overrides: asn-tahunan@4
    agency: Dinas Kesehatan
    settings:
      objection: 14 working days
      draft_on: {is: 12 January, note: the councils meet on the 15th}

The effective definition is read and checked whole, as if the numbers had stood in it from the beginning. It keeps the
workflow's name and version and has a digest of its own, because what an agency lives by is what was decided there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from engine.core.complaints import say
from engine.core.definition import Definition, Setting
from engine.core.parse import Examined, read_documents
from engine.core.parse.nodes import Node
from engine.core.parse.reading import Reading
from engine.core.places import Document, Path, Problem, Value, dotted, nearest, quoted
from engine.core.settings import within
from engine.core.source import read_yaml
from engine.errors import DefinitionInvalid

__all__ = ["examine_overridden", "problems_overridden", "read_overridden"]

_KEYS = ("overrides", "agency", "settings")
_SETTING_KEYS = ("is", "basis", "note")
_LONGEST_NAME = 200


class _Change(NamedTuple):
    """What an agency says of one setting, key by key, and where."""

    values: Mapping[str, Value]
    path: Path


def read_overridden(
    rules_text: str | bytes,
    texts_text: str | bytes,
    override_text: str | bytes,
    *,
    name: str = "rules",
    texts_name: str = "texts",
    override_name: str = "override",
) -> Definition:
    """The effective definition of an agency.

    Raises:
        DefinitionInvalid: with all problems at once; those that the agency's numbers cause stand in its own file.

    """
    rules, texts = read_yaml(rules_text, name), read_yaml(texts_text, texts_name)
    definition, found = _overridden(rules, texts, read_yaml(override_text, override_name))
    if definition is None:
        raise DefinitionInvalid(override_name, found)
    return definition


def problems_overridden(
    rules_text: str | bytes,
    texts_text: str | bytes,
    override_text: str | bytes,
    *,
    name: str = "rules",
    texts_name: str = "texts",
    override_name: str = "override",
) -> tuple[Problem, ...]:
    """Everything to say about an agency's file and the definition it changes, warnings included."""
    return examine_overridden(
        rules_text, texts_text, override_text, name=name, texts_name=texts_name, override_name=override_name
    ).problems


def examine_overridden(
    rules_text: str | bytes,
    texts_text: str | bytes,
    override_text: str | bytes,
    *,
    name: str = "rules",
    texts_name: str = "texts",
    override_name: str = "override",
) -> Examined:
    """The effective definition of an agency, if there is one, with everything to say and the place of every rule."""
    rules, texts = read_yaml(rules_text, name), read_yaml(texts_text, texts_name)
    definition, found = _overridden(rules, texts, read_yaml(override_text, override_name))
    return Examined(definition=definition, problems=found, rules=rules)


def _overridden(
    rules: Document, texts: Document, override: Document
) -> tuple[Definition | None, tuple[Problem, ...]]:
    base, known = read_documents(rules, texts)
    if base is None:
        return None, known
    reading = Reading(override, Document(name="", values={}))
    agency, changes = "", dict[str, _Change]()
    if not override.broken:
        agency, changes = _read(Node(reading, override, (), override.values), base)
    if reading.problems():
        return None, (*reading.problems(), *known)
    definition, found = read_documents(_merged(rules, agency, changes), texts)
    said = [_placed(one, _cause(one, rules, texts, changes), override) for one in found if one not in known]
    return definition, (*dict.fromkeys(said), *(one for one in known if one in found))


def _read(top: Node, base: Definition) -> tuple[str, dict[str, _Change]]:
    fields = top.fields(say("an_override"), _KEYS, _KEYS)
    if "overrides" in fields:
        told = fields["overrides"].text(say("what_is_overridden"))
        if told is not None and told != base.name:
            message = say("overrides_another", told=quoted(told), base=base.name)
            hint = say("write_overrides", base=base.name)
            fields["overrides"].error("bad_value", message, hint)
    agency = (fields["agency"].text(say("the_agency_name")) or "") if "agency" in fields else ""
    if len(agency) > _LONGEST_NAME:
        fields["agency"].error("bad_value", say("agency_name_too_long", most=_LONGEST_NAME))
    entries = fields["settings"].entries("`settings`") if "settings" in fields else {}
    changes: dict[str, _Change] = {}
    for name, node in entries.items():
        setting = base.settings.get(name)
        if setting is None:
            known = ", ".join(base.settings)
            hint = nearest(name, base.settings) or (
                say("known", known=known) if known else say("it_has_no_settings")
            )
            node.error(
                "unknown_name", say("has_no_setting", base=base.name, name=quoted(name)), hint, on_key=True
            )
        else:
            changes[name] = _read_change(setting, node)
    return agency, changes


def _read_change(setting: Setting, node: Node) -> _Change:
    if isinstance(node.value, dict):
        fields = node.fields(say("the_override_of", setting=setting.name), _SETTING_KEYS, ("is",))
        node = fields.get("is", node)
        values = {key: one.value for key, one in fields.items()}
        for key in ("basis", "note"):
            if key in fields:
                fields[key].texts(say("the_key_of_override", key=key))
    else:
        values = {"is": node.value}
    value = node.text(say("the_setting_value")) if "is" in values else None
    if value is not None and not within(setting.allow, value):
        allowed = setting.allow if isinstance(setting.allow, str) else ", ".join(setting.allow)
        message = say("not_for_agency", value=quoted(value), setting=setting.name)
        node.error("not_allowed", message, say("allowed_is", text=allowed))
    return _Change(values, node.path)


def _merged(rules: Document, agency: str, changes: Mapping[str, _Change]) -> Document:
    """The rules as if the agency's numbers had been written there; the places are still those of the rules."""
    settings = rules.values.get("settings")
    assert isinstance(settings, dict) or not changes, "settings were read"
    merged = dict(settings) if isinstance(settings, dict) else {}
    for name, change in changes.items():
        before = merged[name]
        assert isinstance(before, dict), "a setting was read"
        merged[name] = {**before, **change.values}
    values: dict[str, Value] = {**rules.values, "agency": agency}
    if merged:
        values["settings"] = merged
    return replace(rules, values=values)


def _cause(problem: Problem, rules: Document, texts: Document, changes: Mapping[str, _Change]) -> Path:
    """Where the agency's file says what causes a problem: the one number that makes it alone, else all of them."""
    for name, change in changes.items():
        alone = read_documents(_merged(rules, "alone", {name: change}), texts)[1]
        if problem in alone:
            return change.path
    return ("settings",)


def _placed(problem: Problem, path: Path, override: Document) -> Problem:
    message = say("with_this", mark=str(problem.mark), message=problem.message)
    return replace(problem, mark=override.value_mark(path), path=dotted(path), message=message)
