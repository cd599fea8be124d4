"""What a page is to whoever looks at all of them: a name, the route that answers it, an address, and who looks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One page: `address` is whole, and `cookies` are those of somebody whom the page is for."""

    name: str
    route: str
    address: str
    cookies: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    #: whether it shows names of the code, for those who write programs
    raw: bool = False
    #: what is filled in and pressed there, which route that is sent to, and how it answers; "" for the page itself
    sent: Callable[[Any], None] | None = None
    to: str = ""
    answers: int = 200

    @property
    def root(self) -> str:
        """Where the agency is served."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"
