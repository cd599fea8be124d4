"""How often somebody may ask: acts, lists, exports and open links, per account and per address, over all workers.

Counted in the database, so that more workers do not mean more tries. Of an address only a keyed hash is kept, with
another key every day. Nobody signs in to a demo, so nobody is counted there. Signing in has counts of its own.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import threading
import time
from dataclasses import dataclass
from os import urandom
from typing import Literal

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from api.origins import SAFE
from api.problems import TooOften
from api.visiting import signed_in_or_none, visitor_or_none
from engine.clock import Clock
from engine.core.definition import Label
from engine.runtime import Engine
from engine.runtime.identity import rate_key

__all__ = ["LIMITS", "Family", "Meter", "family_of", "meter_of", "metered"]

Family = Literal["acts", "lists", "exports", "links"]
_DAY_US = 86_400_000_000
_MINUTE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """So many a minute for an account, and for an address, behind which a whole agency may sit.

    Reading need not write each time: a worker fetches a bundle and spends it by itself.
    """

    account: int
    address: int
    bundle: int = 1


LIMITS: dict[Family, Limit] = {
    "acts": Limit(account=120, address=2_400),
    "lists": Limit(account=240, address=4_800, bundle=10),
    "exports": Limit(account=60, address=1_200, bundle=5),
    "links": Limit(account=60, address=120),
}
_BELOW = r"(?:/api/v1)?"
_FAMILIES: tuple[tuple[Family, re.Pattern[str]], ...] = (
    ("links", re.compile(r"/(?:(?:p|link|refuse)/[^/]+|public)")),
    (
        "exports",
        re.compile(
            rf"{_BELOW}/(?:cases/[^/]+/(?:files/[^/]+|history)|people/[^/]+/handover|handover|.*export.*)"
        ),
    ),
    (
        "lists",
        re.compile(
            rf"{_BELOW}/(?:cases|messages|promises(?:/counts)?|delegations(?:/candidates)?|accounts|denials|reads|audit(?:/entries)?"
            r"|people(?:/[^/]+/(?:tasks|messages))?)"
        ),
    ),
)


def family_of(method: str, path: str) -> Family | None:
    """What a request is counted as; None for a page about one thing, which is not."""
    found = next((family for family, pattern in _FAMILIES if pattern.fullmatch(path)), None)
    return found if found in {"links", "exports"} or method in SAFE else "acts"


class Meter:
    """Counts what accounts and addresses ask for."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._secret = engine.keys.derive("addresses") if engine.keys.made else urandom(32)
        self._lock = threading.Lock()
        #: what a worker has fetched and not spent: how much, and until when it may
        self._fetched: dict[str, tuple[int, float]] = {}

    def demand(self, family: Family, *, who: str, address: str) -> None:
        """Count one. Raises: TooOften, with the seconds to wait."""
        limit, day = LIMITS[family], self._clock.now() // _DAY_US
        near = self._engine.rates.counted(address)
        hidden = hmac.new(self._secret, f"{day}\0{near}".encode(), hashlib.sha256).hexdigest()
        waits = [self._wait(rate_key(f"{family}-address", hidden), limit.address, limit.bundle)]
        if who:
            waits.append(self._wait(rate_key(f"{family}-account", who), limit.account, limit.bundle))
        if wait := max(waits):
            raise TooOften(
                f"this was asked too often; try again in {wait} seconds",
                wait_seconds=wait,
                label=Label(
                    id=f"Permintaan ini terlalu sering diajukan; coba lagi dalam {wait} detik.",
                    en=f"This was asked too often; try again in {wait} seconds.",
                ),
            )

    def _wait(self, key: str, most: int, bundle: int) -> int:
        with self._lock:
            left, until = self._fetched.get(key, (0, 0.0))
            if left and time.monotonic() < until:
                self._fetched[key] = (left - 1, until)
                return 0
        wait = self._engine.rates.take(key, most=most // bundle, per_seconds=_MINUTE)
        if not wait and bundle > 1:
            with self._lock:
                self._forget()
                self._fetched[key] = (bundle - 1, time.monotonic() + _MINUTE)
        return wait

    def _forget(self) -> None:
        """Keep no more than is in use."""
        now = time.monotonic()
        if len(self._fetched) > 10_000:  # noqa: PLR2004 - some megabytes
            self._fetched = {key: one for key, one in self._fetched.items() if one[1] > now and one[0]}


def meter_of(engine: Engine, clock: Clock) -> Meter | None:
    """What counts the visitors of an installation, by the machine's clock; None in a demo."""
    return None if engine.database.kind == "demo" else Meter(engine, clock)


async def metered(request: Request) -> None:
    """Count this request, where it is of a kind that is counted. Raises: TooOften."""
    meter: Meter | None = request.app.state.meter
    family = family_of(request.method, request.url.path)
    if meter is not None and family is not None:
        await run_in_threadpool(_count, meter, family, request)


def _count(meter: Meter, family: Family, request: Request) -> None:
    address = request.client.host if request.client else ""
    meter.demand(family, who=_asker(request), address=address)


def _asker(request: Request) -> str:
    """The account that asks, or in a demo that counts the persona; "" for nobody."""
    found = signed_in_or_none(request)
    if found is not None:
        return found.account.id
    asks = visitor_or_none(request)
    return asks.key if asks else ""
