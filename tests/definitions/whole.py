"""The definition that uses everything this version reads, for tests."""

from __future__ import annotations

from pathlib import Path

RULES = (Path(__file__).parent / "whole.yaml").read_text(encoding="utf-8")
TEXTS = (Path(__file__).parent / "whole.texts.yaml").read_text(encoding="utf-8")
