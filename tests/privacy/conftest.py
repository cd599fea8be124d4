"""An agency on either engine, and cases brought to their end in it."""

from __future__ import annotations

from tests.postgres import postgres_server
from tests.runtime.conftest import agency, place

__all__ = ["agency", "place", "postgres_server"]
