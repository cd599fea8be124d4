"""The national cycle with other promises than its own, for tests that watch them on real databases."""

from __future__ import annotations

from pathlib import Path

from tests.worlds import ROOT

__all__ = ["PROMISES", "promised_cycle"]

#: one that a submitted plan breaks, one that it settles, one with a day, one about the end
PROMISES = (
    "{never: submit, before: running}",
    "{never: running, before: submit}",
    "{after: employee_drafts, always: submit, within: 3 working days}",
    "{ends_by: 31 December next year}",
)


def promised_cycle(folder: Path) -> str:
    """The rules and texts of the national cycle in a folder, promising these; its path without an end."""
    rules, texts = (ROOT / f"tests/definitions/alone/asn-tahunan{end}" for end in (".yaml", ".texts.yaml"))
    told, mark, _ = rules.read_text(encoding="utf-8").partition("\npromises:")
    assert mark
    promising = f"{told}{mark} [{', '.join(PROMISES)}]\n"
    (folder / rules.name).write_text(promising, encoding="utf-8")
    (folder / texts.name).write_text(texts.read_text(encoding="utf-8"), encoding="utf-8")
    return str(folder / "asn-tahunan")
