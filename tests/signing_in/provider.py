"""A real OpenID provider on Node.js for the tests: oidc-provider from npm, installed once into a cached folder.

The version is the last that runs on the Node.js of Debian 12, which `.ci/run` installs where there is none.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx2
import pytest

_HERE = Path(__file__).parent
_CACHE = _HERE.parent.parent / ".cache" / "provider"
CLIENT, SECRET = "siklus", "a secret of the tests: neither here nor there"


@dataclass
class TestProvider:
    """The provider as tests see it: where it is, who is known there, and how it lies."""

    __test__ = False

    issuer: str
    people: dict[str, dict[str, Any]] = field(default_factory=dict)

    def know(self, login: str, *, amr: list[str] | None = None, **claims: Any) -> None:
        """Let it know somebody from now on."""
        self.people[login] = {"claims": claims, "amr": amr or ["pwd"]}
        self._pull(people=self.people)

    def lie(self, how: str) -> None:
        """Let what it says be wrong in this way; "" lets it be honest again."""
        self._pull(lie=how)

    def _pull(self, **said: Any) -> None:
        assert 200 == httpx2.post(f"{self.issuer}/lever", json=said).status_code

    def visit(
        self, address: str, login: str, browser: httpx2.Client | None = None
    ) -> tuple[str, dict[str, str]]:
        """Sign in there as a browser sent to this address; where it sends the browser back to, with what."""
        with browser or httpx2.Client() as client:
            while urlsplit(address).netloc == urlsplit(self.issuer).netloc:
                answer = client.get(address)
                if answer.status_code == 200:
                    assert "<form" in answer.text
                    answer = client.post(address, data={"login": login})
                assert answer.status_code in {302, 303}, answer.text
                address = urljoin(address, answer.headers["location"])
        return address, dict(parse_qsl(urlsplit(address).query))


@contextmanager
def running(callback: str, after: str, host: str = "127.0.0.1") -> Iterator[TestProvider]:
    """A provider that knows one client: us, at this callback."""
    port = free_port()
    script = _installed() / "provider.mjs"
    with subprocess.Popen(
        [_node(), "--no-warnings", str(script), str(port), callback, after, host],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert "listening\n" == process.stdout.readline(), "the provider did not start"
            yield TestProvider(f"http://{host}:{port}")
        finally:
            process.terminate()


def _node() -> str:
    found = shutil.which("node") or shutil.which("nodejs")
    if found is None or shutil.which("npm") is None:
        why = "Node.js with npm is not installed"
        if os.environ.get("SIKLUS_REQUIRE_ALL") == "1":
            pytest.fail(f"{why}, and nothing may be skipped here")
        pytest.skip(why)
    return found


def _installed() -> Path:
    """The folder with the provider's own packages, installed if they are not there; one test process does it."""
    wanted = (_HERE / "package.json").read_bytes()
    folder = _CACHE / hashlib.sha256(wanted).hexdigest()[:12]
    folder.mkdir(parents=True, exist_ok=True)
    with (_CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        shutil.copy(_HERE / "provider.mjs", folder)
        if not (folder / "done").exists():
            _node()
            (folder / "package.json").write_bytes(wanted)
            subprocess.run(
                ["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"],
                cwd=folder,
                check=True,
                capture_output=True,
                timeout=110,
            )
            (folder / "done").touch()
    return folder


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
