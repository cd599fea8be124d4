"""What comes with the program: definitions, calendars, the demo's people. Data in the package `workflows`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from api.calendar_texts import calendar_values
from engine.core.calendar import Calendar
from engine.errors import NotFound
from engine.runtime import Engine, Rules

#: how the file of texts beside a definition ends
TEXTS = ".texts.yaml"
#: and how the file of examples does
EXAMPLES = ".examples.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The two texts of a definition, and how problems call their files."""

    rules: str
    texts: str
    name: str
    texts_name: str

    @property
    def given(self) -> Rules:
        """As the engine takes it."""
        return Rules(rules=self.rules, texts=self.texts, name=self.name, texts_name=self.texts_name)


def shipped_definition(workflow: str) -> Source:
    """The definition of that name that comes with the program. Raises: NotFound."""
    folder = _folder()
    rules, texts = folder / f"{workflow}.yaml", folder / f"{workflow}{TEXTS}"
    if not (rules.is_file() and texts.is_file()):
        known = sorted(one.name.removesuffix(TEXTS) for one in folder.iterdir() if one.name.endswith(TEXTS))
        raise NotFound("workflow", workflow, known)
    return Source(
        rules=rules.read_text(encoding="utf-8"),
        texts=texts.read_text(encoding="utf-8"),
        name=rules.name,
        texts_name=texts.name,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """The files a definition of one's own begins with, by how they end, and the schemas editors complete them with."""

    files: Mapping[str, str]
    schemas: Mapping[str, str]


def shipped_template(name: str) -> Template:
    """The template of that name that comes with the program. Raises: NotFound."""
    folder = _folder() / "templates"
    known = sorted(one.name.removesuffix(TEXTS) for one in folder.iterdir() if one.name.endswith(TEXTS))
    if name not in known:
        raise NotFound("template", name, known)
    schemas = (one for one in (_folder() / "schema").iterdir() if one.name.endswith(".json"))
    return Template(
        files={
            end: (folder / f"{name}{end}").read_text(encoding="utf-8") for end in (".yaml", TEXTS, EXAMPLES)
        },
        schemas={one.name: one.read_text(encoding="utf-8") for one in schemas},
    )


def shipped_calendar(name: str) -> dict[str, object]:
    """The values of the calendar of that name that comes with the program. Raises: NotFound, CalendarInvalid."""
    for file in _calendars():
        if file.name == f"{name}.yaml":
            return _calendar_values(file)
    raise NotFound("calendar", name, [one.name.removesuffix(".yaml") for one in _calendars()])


def demo_people(name: str = "people-demo.csv") -> tuple[bytes, str]:
    """A people file for demos, and its name: that of the demo's agency unless another is named."""
    file = _folder() / "examples" / name
    return file.read_bytes(), file.name


def texts_beside(rules: Path) -> Path:
    """Where the texts of a definition file belong: `name.texts.yaml` beside `name.yaml`."""
    return rules.with_name(rules.name.removesuffix(rules.suffix) + TEXTS)


def add_shipped_calendars(engine: Engine) -> tuple[Calendar, ...]:
    """Store the calendars that come with the program and are not known yet, or know later decrees; those stored."""
    stored = []
    for file in _calendars():
        values = _calendar_values(file)
        if _knows_more(Calendar.from_values(values), engine):
            stored.append(engine.add_calendar(values))
    return tuple(stored)


def _calendars() -> list[Traversable]:
    """The files of calendars, in the order of their names."""
    found = [file for file in (_folder() / "calendars").iterdir() if file.name.endswith(".yaml")]
    return sorted(found, key=lambda one: one.name)


def _calendar_values(file: Traversable) -> dict[str, object]:
    return calendar_values(file.read_text(encoding="utf-8"), file.name)


def _knows_more(calendar: Calendar, engine: Engine) -> bool:
    try:
        known = engine.calendar(calendar.name)
    except NotFound:
        return True
    return _last_decree(known) < _last_decree(calendar)


def _last_decree(calendar: Calendar) -> str:
    """The day of the last decree a version knows, from its name: `id-asn@2026-09-15:982d38ff`."""
    return calendar.version.rpartition("@")[2].partition(":")[0]


def _folder() -> Traversable:
    return files("workflows")
