"""Mail over SMTP, with the standard library. The one door to smtplib."""

from __future__ import annotations

import smtplib
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal

from notifications.channels.channel import as_email
from notifications.errors import Undelivered, Unreachable
from notifications.message import Mail

_PERMANENT = 500
_CLOSING = 421


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """The server that takes our mail, and in whose name it is sent."""

    host: str
    port: int = 25
    encryption: Literal["none", "starttls", "tls"] = "none"
    user: str = ""
    password: str = field(default="", repr=False)
    sender: str = "siklus@localhost"
    #: longest wait for one answer of the server
    timeout_seconds: float = 20.0
    #: whom to trust, when the system's own certificates are not enough
    trust: ssl.SSLContext | None = field(default=None, repr=False)


class SmtpChannel:
    """Hands mails to a mail server over one connection that is opened when needed."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._line: smtplib.SMTP | None = None
        self._lock = threading.Lock()

    @property
    def outcome(self) -> Literal["sent", "kept"]:
        """Sent: the server has taken the mail over."""
        return "sent"

    def send(self, mail: Mail) -> None:
        """Hand a mail to the server. Raises: Unreachable, Undelivered."""
        email = as_email(mail, self._server.sender)
        with self._lock:
            line = self._open_line()
            try:
                line.send_message(email)
            except smtplib.SMTPRecipientsRefused as refused:
                code, _ = next(iter(refused.recipients.values()))
                raise self._refused(code, "the recipient") from None
            except smtplib.SMTPDataError as refused:
                raise self._refused(refused.smtp_code, "the mail") from None
            except (smtplib.SMTPException, OSError) as failed:
                self._drop()
                raise _unreachable(self._server, failed) from None

    def hang_up(self) -> None:
        """Close the connection, politely if it still stands."""
        with self._lock:
            line, self._line = self._line, None
            if line is not None:
                with suppress(smtplib.SMTPException, OSError):
                    line.quit()

    def _open_line(self) -> smtplib.SMTP:
        """A connection that answers: the one there is, or a new one. No mail is under way yet, so none can double."""
        if self._line is not None:
            with suppress(smtplib.SMTPException, OSError):
                if self._line.noop()[0] == 250:  # noqa: PLR2004 - SMTP's "fine"
                    return self._line
            self._drop()
        try:
            self._line = self._dial()
        except (smtplib.SMTPException, OSError) as failed:
            raise _unreachable(self._server, failed) from None
        return self._line

    def _dial(self) -> smtplib.SMTP:
        server = self._server
        trust = server.trust or ssl.create_default_context()
        line = (
            smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout_seconds, context=trust)
            if server.encryption == "tls"
            else smtplib.SMTP(server.host, server.port, timeout=server.timeout_seconds)
        )
        try:
            if server.encryption == "starttls":
                line.starttls(context=trust)
            if server.user:
                line.login(server.user, server.password)
        except BaseException:
            line.close()
            raise
        return line

    def _refused(self, code: int, what: str) -> Undelivered | Unreachable:
        if code == _CLOSING:
            self._drop()
            return Unreachable(f"{self._server.host} is closing down (421)", host=self._server.host)
        return Undelivered(f"{self._server.host} refused {what} ({code})", permanent=code >= _PERMANENT)

    def _drop(self) -> None:
        line, self._line = self._line, None
        assert line is not None, "only a line that was opened is dropped"
        line.close()


def _unreachable(server: MailServer, failed: Exception) -> Unreachable:
    told = (
        f"{failed.smtp_code}" if isinstance(failed, smtplib.SMTPResponseException) else type(failed).__name__
    )
    return Unreachable(
        f"mail cannot be handed to {server.host}:{server.port} ({told}); it is kept and tried again later",
        host=server.host,
        port=server.port,
    )
