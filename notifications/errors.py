"""Why a mail did not leave: nobody could be reached, or this one mail was refused."""

from __future__ import annotations

from engine.errors import SiklusError


class Unreachable(SiklusError):
    """The mail server cannot be used at all now; it is not the fault of any one mail, and all of them wait."""

    code = "mail_unreachable"


class Undelivered(SiklusError):
    """The server took calls but not this mail. `permanent` says that trying again would come to the same."""

    code = "mail_undelivered"

    def __init__(self, message: str, *, permanent: bool) -> None:
        self.permanent = permanent
        super().__init__(message, permanent=permanent)
