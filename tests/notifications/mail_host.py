"""A real SMTP server for tests: in a thread, on a port of its own, with moods."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session


class MailHost:
    """Keeps what it was given.

    `refuse` maps a recipient to the answer it gets; `refuse_data` answers every mail; `drops_the_line` hangs up
    instead of answering.
    """

    def __init__(self, *, login: tuple[str, str] | None = None, tls: ssl.SSLContext | None = None) -> None:
        self.refuse: dict[str, str] = {}
        self.refuse_data = ""
        self.drops_the_line = False
        self.mails: list[EmailMessage] = []
        self.envelopes: list[Envelope] = []
        self.port = 0
        self._login = login
        self._tls = tls
        self._loop: asyncio.AbstractEventLoop | None = None

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Takes a recipient, or refuses it."""
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Takes a mail, or refuses it."""
        if self.drops_the_line:
            server.transport.abort()
            return "250 OK"
        if self.refuse_data:
            return self.refuse_data
        assert isinstance(envelope.content, bytes)
        self.envelopes.append(envelope)
        read = envelope.content.replace(b"\r\n", b"\n")
        self.mails.append(message_from_bytes(read, policy=policy.default))
        return "250 OK"

    @contextmanager
    def up(self) -> Iterator[MailHost]:
        """The server answers while the block runs; again on the same port the next time."""
        ready = threading.Event()
        thread = threading.Thread(target=self._serve, args=(ready,))
        thread.start()
        ready.wait()
        try:
            yield self
        finally:
            assert self._loop is not None
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join()

    def _serve(self, ready: threading.Event) -> None:
        loop = self._loop = asyncio.new_event_loop()
        server = loop.run_until_complete(loop.create_server(self._session, "127.0.0.1", self.port))
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        loop.run_forever()
        server.close()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()

    def _session(self) -> SMTP:
        return SMTP(
            self,
            hostname="mail.test",
            loop=self._loop,
            enable_SMTPUTF8=False,
            tls_context=self._tls,
            authenticator=self._check if self._login else None,
            auth_required=self._login is not None,
            auth_require_tls=False,
        )

    def _check(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: object
    ) -> AuthResult:
        assert self._login is not None
        user, password = (one.encode() for one in self._login)
        right = getattr(given, "login", b"") == user and getattr(given, "password", b"") == password
        return AuthResult(success=right, handled=False)
