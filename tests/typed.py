"""What a person types, in this process. Its words are put together once: that takes longer than most commands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any
from unittest.mock import patch

from typer.main import get_command
from typer.testing import CliRunner

from api.cli import build

__all__ = ["typed"]


@cache
def _put_together() -> Any:
    return get_command(build())


def typed(words: Sequence[object], *, catch_exceptions: bool = True) -> Any:
    """What came of these words behind `siklus`: its exit code, and what it told on either output."""
    with patch("typer.testing._get_command", lambda _: _put_together()):
        given = [str(word) for word in words]
        return CliRunner().invoke(build(), given, prog_name="siklus", catch_exceptions=catch_exceptions)
