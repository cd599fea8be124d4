"""How the model says no."""

from __future__ import annotations


class No(Exception):
    """The case refuses, with this code."""
