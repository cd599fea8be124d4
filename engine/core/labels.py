"""Where the words for a thing stand in the texts of a definition."""

from __future__ import annotations

from engine.core.correction_acts import correction_label, is_correction
from engine.core.definition import CANNOT_JUDGE, By, Definition, Field, Label, Language, Transition
from engine.core.gather_acts import LABELS

#: The sections of a sidecar of texts, besides its title.
SECTIONS = (
    "phases", "states", "buttons", "automatic", "roles", "forms", "fields", "values", "figures", "refusals", "settings",
    "reads", "linked", "windows", "pauses", "gatherings", "journals", "delegations",
)  # fmt: skip
#: The sections a track has of its own, under `tracks` and its name, besides its title.
TRACK_SECTIONS = ("states", "buttons", "automatic", "refusals", "delegations")


def transition_label(definition: Definition, transition: Transition) -> Label:
    """The words for a transition: on its button, or for a move that happens by itself.

    A text under the rule (`employee_drafts.submit`) is nearer than one under the bare name (`submit`). The acts of
    a gathering, and those that open a correction, have words of their own.
    """
    if transition.rule in LABELS:
        return LABELS[transition.rule]
    if is_correction(transition):
        return correction_label(definition, transition)
    section = definition.texts.labels["buttons" if isinstance(transition.trigger, By) else "automatic"]
    return section.get(transition.rule) or section[transition.name]


def refusal_label(definition: Definition, transition: Transition) -> Label | None:
    """What is said when a transition's condition is not true; None if it has none."""
    return definition.texts.labels["refusals"].get(transition.rule)


def window_labels(definition: Definition, language: str) -> dict[str, str]:
    """What the windows of the timetable are called in a language."""
    return {name: definition.texts.label("windows", name)[language] for name in definition.timetable}


def value_label(definition: Definition, owner: str, value: str) -> Label:
    """The words for a value of a choice or a scale (`rating.results`) or of a grid (`predicate`).

    A text under the whole name (`rating.results.below`) is nearer than one under the bare value (`below`).
    """
    section = definition.texts.labels["values"]
    return section.get(f"{owner}.{value}") or section[value]


def step_words(definition: Definition, owner: str, field: Field, step: str, language: Language) -> str:
    """A step of a scale with its words, if it has any: which end of a scale is good no number says."""
    if step == CANNOT_JUDGE:
        return CANNOT_JUDGE_LABEL[language]
    section = definition.texts.labels["values"]
    label = section.get(f"{owner}.{step}") or section.get(step)
    return step if label is None or step not in field.worded else f"{step}: {label[language]}"


def what_label(definition: Definition, name: str) -> Label:
    """The words for something that can be read: a form, a figure, or what was gathered."""
    labels = definition.texts.labels
    return next(labels[kind][name] for kind in ("gatherings", "forms", "figures") if name in labels[kind])


_KILO, _MEGA = 1_000, 1_000_000

#: the answer every scale offers besides its numbers
CANNOT_JUDGE_LABEL = Label(id="tidak dapat menilai", en="cannot judge")


def number_words(value: object, language: Language) -> str:
    """A number as it is kept, with the decimal sign of the language: Indonesian writes a comma."""
    return str(value).replace(".", ",") if language == "id" else str(value)


def size_words(size: int, language: Language) -> str:
    """How large a file is: `840 B`, `12 kB`, `1,4 MB`."""
    if size < _KILO:
        return f"{size} B"
    if size < _MEGA:
        return f"{round(size / _KILO)} kB"
    return f"{number_words(f'{size / _MEGA:.1f}', language)} MB"
