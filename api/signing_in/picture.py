"""The picture a phone reads when an authenticator app is set up: drawn here, so that the secret goes nowhere."""

from __future__ import annotations

import segno


def code_picture(text: str) -> str:
    """A QR code as SVG that stands in a page by itself, black on white whatever surrounds it, with a quiet border."""
    drawn = segno.make(text, error="m", micro=False)
    return str(
        drawn.svg_inline(
            scale=5, border=4, dark="#000", light="#fff", svgclass="code-picture", lineclass=None
        )
    )
