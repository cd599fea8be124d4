"""What a password must hold: length, and nothing that whoever knows the person would try first.

After NIST SP 800-63B-4 and OWASP ASVS 5.0 (6.2): at least 12 characters, at most 128, every character allowed, no rule
about kinds of characters, no end by the calendar. What is checked against is the person, the agency, repetition, and
what became known (`engine.breached`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

from engine.core.definition import Label

__all__ = ["LONGEST", "SHORTEST", "normal", "password_problems"]

SHORTEST, LONGEST = 12, 128
#: characters that must be left when known words are taken out
_LEFT = 8
#: different characters there must be, and how much of it may be steps of one (`1234`, `cba`, `aaa`)
_DIFFERENT, _STEPS = 5, 0.6
_SHORTEST_WORD = 3
_OUR_WORDS = ("siklus", "password", "kata sandi", "katasandi", "sandi", "admin", "administrator", "rahasia")


def normal(password: str) -> str:
    """A password as it is hashed: typed on another keyboard, the same characters are the same bytes (NFC)."""
    return unicodedata.normalize("NFC", password)


def password_problems(
    password: str,
    *,
    login: str,
    name: str,
    email: str = "",
    agency: Iterable[str] = (),
    breached: bool = False,
) -> tuple[Label, ...]:
    """Why a password cannot be taken, in words that say what would do; nothing if it can.

    `breached` says that it stands on the list of those that became known.
    """
    given = normal(password)
    found: list[Label] = []
    if len(given) < SHORTEST:
        found.append(_SHORT)
    if len(given) > LONGEST:
        found.append(_LONG)
        return tuple(found)
    plain = given.casefold()
    if len(_without(plain, _words((login, name, email, *agency)))) < min(_LEFT, len(plain)):
        found.append(_KNOWN)
    if _repeats(plain) or _runs(plain):
        found.append(_REPEATS)
    if breached:
        found.append(_BREACHED)
    return tuple(found)


def _words(texts: Iterable[str]) -> tuple[str, ...]:
    """What somebody who knows the person or the agency tries first, the longest first."""
    found = set(_OUR_WORDS)
    for text in texts:
        plain = normal(text).casefold()
        found |= {plain, *re.split(r"[\W_]+", plain)}
    return tuple(sorted((one for one in found if len(one) >= _SHORTEST_WORD), key=len, reverse=True))


def _without(plain: str, words: Iterable[str]) -> str:
    for word in words:
        plain = plain.replace(word, "")
    return plain


def _repeats(plain: str) -> bool:
    """Whether it is one short piece again and again, or nearly one character."""
    if len(set(plain)) < min(_DIFFERENT, len(plain)):
        return True
    whole = len(plain)
    return any(plain == (plain[:size] * (whole // size + 1))[:whole] for size in range(1, whole // 3 + 1))


def _runs(plain: str) -> bool:
    """Whether most of it counts up, down, or stays."""
    if len(plain) < SHORTEST:
        return False
    steps = [ord(b) - ord(a) for a, b in pairwise(plain)]
    even = sum(a == b and abs(a) <= 1 for a, b in pairwise(steps))
    return even >= _STEPS * (len(steps) - 1)


_SHORT = Label(
    id=f"kata sandi paling sedikit {SHORTEST} tanda; empat kata yang tidak berkaitan sudah cukup",
    en=f"a password has at least {SHORTEST} characters; four words that have nothing to do with one another will do",
)
_LONG = Label(
    id=f"kata sandi paling banyak {LONGEST} tanda; yang lebih pendek sudah cukup",
    en=f"a password has at most {LONGEST} characters; a shorter one will do",
)
_KNOWN = Label(
    id=f"tanpa nama, nama masuk, nama instansi, dan kata seperti “sandi”, kata sandi ini tinggal kurang dari {_LEFT}"
    " tanda; pakailah kata yang tidak berkaitan dengan Anda",
    en=f"without your name, your login, the agency's name and words such as “password” fewer than {_LEFT} characters"
    " are left; use words that have nothing to do with you",
)
_BREACHED = Label(
    id="kata sandi ini ada dalam daftar kata sandi yang pernah bocor; pakailah kata-kata pilihan Anda sendiri",
    en="this is on the list of passwords that were stolen and made known; use words of your own choice",
)
_REPEATS = Label(
    id="kata sandi ini mengulang atau mengurutkan tanda; empat kata yang tidak berkaitan lebih kuat",
    en="this repeats or counts up characters; four words that have nothing to do with one another are stronger",
)
