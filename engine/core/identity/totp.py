"""Codes of authenticator apps (RFC 6238: SHA-1, 30 seconds, six digits), and the codes for when the app is lost."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

__all__ = [
    "RECOVERY_CODES",
    "code_at",
    "enrolment_uri",
    "is_recovery_code",
    "recovery_code",
    "recovery_hash",
    "secret_text",
    "step_of",
]

_STEP_US, _DIGITS = 30_000_000, 6
#: steps before and after the present one whose codes are taken: apps' clocks are not exact
_WINDOW = 1
#: how many codes for a lost app are made at once
RECOVERY_CODES = 10
_GROUP = 6
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_RECOVERY = re.compile(r"[a-z2-7]{24}")


def code_at(secret: bytes, step: int) -> str:
    """The code of one step of 30 seconds."""
    mac = hmac.digest(secret, step.to_bytes(8, "big"), hashlib.sha1)
    at = mac[-1] & 0x0F
    number = int.from_bytes(mac[at : at + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**_DIGITS:0{_DIGITS}}"


def step_of(secret: bytes, code: str, *, now: int, after: int) -> int | None:
    """The step a code is of, if it may be taken now and is of a later one than `after`; else None.

    All codes of the window are compared, whichever fits.
    """
    typed = "".join(code.split()).encode("utf-8", "replace")
    present = now // _STEP_US
    fits = [
        step
        for step in range(max(0, present - _WINDOW), present + _WINDOW + 1)
        if hmac.compare_digest(code_at(secret, step).encode(), typed)
    ]
    return next((step for step in fits if step > after), None)


def secret_text(secret: bytes) -> str:
    """A secret as people type it into an app."""
    return base64.b32encode(secret).decode().rstrip("=")


def enrolment_uri(secret: bytes, *, login: str, issuer: str) -> str:
    """A secret as apps read it from a picture (the key URI format that authenticator apps agree on)."""
    label = f"{_quoted(issuer)}:{_quoted(login)}"
    return f"otpauth://totp/{label}?secret={secret_text(secret)}&issuer={_quoted(issuer)}"


def recovery_code(random: bytes) -> str:
    """A code for a lost app, from 15 random bytes: 120 bits, so that a plain hash of it gives nothing away."""
    text = base64.b32encode(random).decode().lower()
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def is_recovery_code(typed: str) -> bool:
    """Whether what was typed has the form of a code for a lost app."""
    return _RECOVERY.fullmatch(_plain(typed)) is not None


def recovery_hash(typed: str) -> str:
    """What is kept of a code for a lost app, however it was typed."""
    return hashlib.sha256(_plain(typed).encode()).hexdigest()


def _plain(typed: str) -> str:
    return "".join(one for one in typed.lower() if one not in "- ")


def _quoted(text: str) -> str:
    """A text as it stands in a URI: what is not unreserved (RFC 3986) as its bytes."""
    return "".join(
        one if one in _UNRESERVED else "".join(f"%{byte:02X}" for byte in one.encode()) for one in text
    )
