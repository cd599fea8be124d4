"""What every channel does, and the standard form of the mails it carries."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Literal, Protocol

from notifications.errors import Undelivered
from notifications.message import Mail

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Channel(Protocol):
    """Carries mails one at a time; safe to share among threads."""

    @property
    def outcome(self) -> Literal["sent", "kept"]:
        """What has become of a mail that was carried: it left, or it was kept within."""
        ...

    def send(self, mail: Mail) -> None:
        """Carry a mail. Returning means it was taken over.

        Raises: Unreachable (try all of them later), Undelivered (this one; `permanent` says whether for good).
        """
        ...

    def hang_up(self) -> None:
        """Let go of what is held open between mails; the next mail opens it again."""
        ...


def usable(address: str) -> bool:
    """Whether a text is one mail address and nothing else; only ASCII, which every mail server takes."""
    try:
        return bool(_address("", address).domain)
    except Undelivered:
        return False


def as_email(mail: Mail, sender: str) -> EmailMessage:
    """The mail in standard form: plain text and page, marked as written by a machine.

    Raises: Undelivered, for good, if something in it cannot stand in a mail.
    """
    email = EmailMessage(policy=SMTP)
    try:
        email["From"] = sender
        email["To"] = _address(mail.name, mail.address)
        email["Subject"] = mail.subject
        email["Message-ID"] = mail.message_id
        email["Date"] = _EPOCH + timedelta(microseconds=mail.written_at)
        email["Auto-Submitted"] = "auto-generated"
        email["Content-Language"] = mail.language
        email.set_content(mail.text)
        email.add_alternative(mail.html, subtype="html")
    except (ValueError, MessageError) as error:
        raise Undelivered(f"the mail cannot be written: {error}", permanent=True) from None
    return email


def _address(name: str, address: str) -> Address:
    # IndexError is how the standard library answers some texts that are no address.
    with suppress(ValueError, IndexError, MessageError):
        if address.isascii():
            return Address(display_name=name, addr_spec=address)
    raise Undelivered("the address is no mail address; correct it in the people file", permanent=True)
