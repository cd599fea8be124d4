"""Why something was refused, in one sentence, wherever several refusals stand below one another."""

from __future__ import annotations

from api.problems import problem_of
from engine.core.definition import Label, Language
from engine.errors import SiklusError

__all__ = ["say_refusal"]


def say_refusal(error: SiklusError, language: Language) -> str:
    """Why a row is refused, in one sentence."""
    problem, label = problem_of(error), error.data.get("label")
    more = [one[language] for one in problem.problems.values()]
    more += [label[language]] if isinstance(label, Label) else []
    return f"{problem.title[language]}: {'; '.join(more)}" if more else problem.title[language]
