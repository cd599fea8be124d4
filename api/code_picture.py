"""Codes that phones read, drawn here: what they say, such as the secret of an authenticator app, goes nowhere else."""

from __future__ import annotations

import segno

__all__ = ["code_picture", "code_rows"]


def code_picture(text: str) -> str:
    """A QR code as SVG that stands in a page by itself, black on white whatever surrounds it, with a quiet border."""
    drawn = segno.make(text, error="m", micro=False)
    return str(
        drawn.svg_inline(
            scale=5, border=4, dark="#000", light="#fff", svgclass="code-picture", lineclass=None
        )
    )


def code_rows(text: str) -> tuple[tuple[bool, ...], ...]:
    """The squares of the same code, row by row, true where it is dark."""
    drawn = segno.make(text, error="m", micro=False)
    return tuple(tuple(bool(one) for one in row) for row in drawn.matrix)
