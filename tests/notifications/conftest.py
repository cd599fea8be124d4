"""A running mail server and offices whose databases are closed when a test is over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.notifications.mail_host import MailHost
from tests.notifications.office import DESK, HEAD, SITI, Office, open_office


@pytest.fixture
def host() -> Iterator[MailHost]:
    """A mail server that takes everything."""
    with MailHost().up() as running:
        yield running


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[..., Office]]:
    """Opens an office of these people."""
    with ExitStack() as ends:

        def make(*people: str, kind: str = "real") -> Office:
            office = open_office(tmp_path, *people, kind=kind)
            ends.callback(office.database.close)
            return office

        yield make


@pytest.fixture
def office(opened: Callable[..., Office]) -> Office:
    """One appraised employee, Siti, her superior Yusuf and the personnel desk, Ani."""
    return opened(HEAD, DESK, SITI)
