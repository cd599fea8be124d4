"""What Siklus is made of: no library below its floor, no secret kept, no call that runs what it is given."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from threading import Thread

import pytest

from api.problems import ProviderUnreachable
from api.signing_in.oidc import Provider, Registration
from api.signing_in.slips import Going
from tests.attacks.attackers import ROOT, product

#: versions below which there is a known hole, and which
FLOORS = {
    "authlib": ("1.6.11", "CVE-2026-27962, CVE-2025-61920, state of the sign-in in a cache"),
    "starlette": ("1.3.1", "CVE-2025-62727, CVE-2026-48710, CVE-2026-48817, CVE-2026-54282"),
    "jinja2": ("3.1.6", "CVE-2025-27516"),
    "python-multipart": ("0.0.18", "CVE-2024-53981"),
    "h11": ("0.16.0", "CVE-2025-43859"),
    "pyyaml": ("5.4", "CVE-2020-14343"),
    "cryptography": ("44.0.1", "CVE-2024-12797"),
}
#: libraries that are given up, or that two packages bring under one name
NEVER = (
    "passlib",
    "python-jose",
    "casbin",
    "pycasbin",
    "bleach",
    "defusedcsv",
    "fastapi-sessions",
    "starlette-csrf",
)
#: calls that run, load or start what they are given
DANGEROUS = {
    "eval", "exec", "compile", "__import__", "os.system", "os.popen", "subprocess.run", "subprocess.Popen",
    "subprocess.call", "subprocess.check_output", "pickle.loads", "pickle.load", "marshal.loads", "shelve.open",
    "yaml.load", "yaml.unsafe_load", "tempfile.mktemp", "ctypes.CDLL", "Markup", "random.random", "random.choice",
    "hashlib.md5", "random.randint", "random.Random", "uuid.uuid1",
}  # fmt: skip
SECRETS = re.compile(
    r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY|AKIA[0-9A-Z]{16}|\bgh[pousr]_[A-Za-z0-9]{36}|\bxox[baprs]-[0-9A-Za-z-]{10,}"
    r"|\bsiklus_[A-Za-z0-9_-]{40,}|\bsk-[A-Za-z0-9]{32,}|\beyJ[A-Za-z0-9_-]{20,}\.eyJ[A-Za-z0-9_-]{20,}\."
    r"|(?i:password|secret|token)[\"']?\s*[:=]\s*[\"'](?=[^\"']*\d)(?=[^\"']*[A-Za-z])[A-Za-z0-9+/=_-]{24,}[\"']"
)


def numbers(told: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", told)[:4])


@pytest.mark.parametrize("name", FLOORS)
def test_what_is_installed_is_not_older_than_its_floor(name: str) -> None:
    """A hole that is known is not installed, pinned or allowed."""
    floor, _ = FLOORS[name]
    try:
        installed = version(name)
    except PackageNotFoundError:
        pytest.fail(f"{name} is not installed; take its floor out")
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").lower()
    (pinned,) = re.findall(rf"^{re.escape(name)}==(\S+)$", pins, re.MULTILINE)
    ranges = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    stated = [line for line in ranges if re.split(r"[\[<>=;]", line)[0].strip().lower() == name]
    least = [numbers(found[1]) for line in stated if (found := re.search(r">=\s*([\d.]+)", line))]

    assert numbers(installed) >= numbers(floor)
    assert numbers(pinned) >= numbers(floor)
    assert all(one >= numbers(floor) for one in least)


def test_every_range_has_a_floor() -> None:
    """Nobody gets an old version because nothing forbade it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [
        *project["dependencies"],
        *(one for extra in project["optional-dependencies"].values() for one in extra),
    ]

    assert [] == [line for line in lines if ">=" not in line]


def test_what_was_given_up_is_not_installed() -> None:
    """Nor what would be overwritten by a namesake."""
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").lower()

    assert [] == [name for name in NEVER if re.search(rf"^{re.escape(name)}==", pins, re.MULTILINE)]


def tracked() -> list[Path]:
    told = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in told.decode().split("\0") if name and (ROOT / name).is_file()]


def secrets_in(text: str) -> list[str]:
    """What looks like a secret; invented ones of tests and pages say that they are."""
    return [
        one[0] for one in SECRETS.finditer(text) if not re.search(r"(?i)invented|example|xxxx|0000", one[0])
    ]


def test_no_secret_stands_in_the_repository() -> None:
    """Neither keys nor tokens nor passwords, in any file that is kept."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    found = {}
    for path in tracked():
        try:
            told = secrets_in(path.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            continue
        if told:
            found[path.relative_to(ROOT).as_posix()] = told

    assert {} == found


def test_a_secret_would_be_found() -> None:
    """Each kind the scan knows."""
    key, token = "-----BEGIN " + "PRIVATE KEY-----", "siklus_" + "a1B2" * 12
    password = "password = '" + "hunter2" * 4 + "'"
    for planted in (key, token, "AKIA" + "ABCDEFGH12345678", password):
        assert secrets_in(f"x {planted} y"), planted


def calls() -> Iterator[tuple[str, str]]:
    """File and name of every call in the product."""
    return ((file, ast.unparse(node.func)) for file, node in product() if isinstance(node, ast.Call))


def test_no_dangerous_call_stands_in_the_product() -> None:
    """Nothing that is typed, sent or stored becomes a program."""
    assert set() == {(file, name) for file, name in calls() if name in DANGEROUS}


def imported() -> set[tuple[str, str]]:
    """File and name of everything the product imports."""
    found = set()
    for file, node in product():
        if isinstance(node, ast.Import):
            found |= {(file, one.name) for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {(file, f"{node.module}.{one.name}") for one in node.names}
    return found


def test_no_secret_comes_of_guessable_chance() -> None:
    """`random` is nowhere; what must not be guessed comes from the operating system."""
    assert set() == {file for file, name in imported() if name.split(".")[0] == "random"}


def test_only_named_cryptography_is_used() -> None:
    """AES-GCM, HKDF and SHA-256 behind one door; the hash functions by name."""
    doors = {file for file, name in imported() if name.split(".")[0] == "cryptography"}
    hashes = {re.match(r"hashlib\.\w+", name)[0] for _, name in calls() if name.startswith("hashlib.")}  # type: ignore[index]

    assert {"engine/keys.py"} == doors
    # sha512 is part of Ed25519, which the outsider's verifier has to know by itself
    assert hashes <= {"hashlib.sha256", "hashlib.sha1", "hashlib.scrypt", "hashlib.sha512"}


def test_our_own_calls_follow_no_redirects() -> None:
    """A provider whose description has moved elsewhere is not followed there; there is no other place that calls."""
    came: list[str] = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            came.append(self.path)
            self.send_response(302)
            self.send_header("Location", "/moved")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        issuer = f"http://127.0.0.1:{server.server_port}"
        asked = Registration(
            issuer=issuer, client_id="siklus", client_secret="x", scope="openid", wanted=frozenset(),
            redirect_uri="http://127.0.0.1:8000/sign-in/back",
        )  # fmt: skip
        with pytest.raises(ProviderUnreachable):
            Provider(asked).way_there(Going(since=0, state="s", nonce="n", verifier="v", back="/"))
        server.shutdown()

    assert ["/.well-known/openid-configuration"] == came
    rooms = {"bounded", "oidc", "provider_description"}
    assert {f"api/signing_in/{one}.py" for one in rooms} == {
        file for file, name in imported() if name.split(".")[0] == "httpx2"
    }
