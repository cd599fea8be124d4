"""The channel of a demo: no mail ever leaves. People read their messages on the pages."""

from __future__ import annotations

from typing import Literal

from notifications.channels.channel import as_email
from notifications.message import Mail


class KeptChannel:
    """Writes each mail as if to send it, so that what could not be sent is found, and then keeps it within."""

    def __init__(self, sender: str = "siklus@localhost") -> None:
        self._sender = sender

    @property
    def outcome(self) -> Literal["sent", "kept"]:
        """Kept: the message stays in the outbox, where the pages show it."""
        return "kept"

    def send(self, mail: Mail) -> None:
        """Check that the mail could be sent; it is not. Raises: Undelivered."""
        as_email(mail, self._sender).as_bytes()

    def hang_up(self) -> None:
        """Nothing is held open."""
