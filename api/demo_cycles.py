"""Which of the shipped cycles a demo may live, each with what is launched beside it and for which people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from api.shipped import shipped_definition
from engine.core.command import OPERATOR
from engine.core.definition import Definition
from engine.errors import NotFound
from engine.runtime import Engine

#: the demo's first day, and the year that is appraised from then on
OPENS = date(2025, 12, 1)
YEAR = 2026


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A cycle to live: what is launched for it, and the people file that comes with the program for it."""

    launches: tuple[str, ...]
    people: str = "people-demo.csv"
    #: where those it is about come later than the demo begins
    opens: date = OPENS


#: by the name it is asked for; what these open by themselves is published with them
OFFERS: Mapping[str, Offer] = MappingProxyType(
    {
        "asn-tahunan": Offer(launches=("asn-tahunan",)),
        "asn-bulanan": Offer(launches=("asn-bulanan",)),
        "unit-tahunan": Offer(launches=("unit-tahunan",)),
        "bukitintan-penilaian": Offer(launches=("bukitintan-penilaian", "bukitintan-unit")),
        "curug-evaluasi": Offer(launches=("curug-evaluasi",)),
        "kemenkeu-triwulan": Offer(launches=("kemenkeu-triwulan", "kemenkeu-unit")),
        "kupang-kinerja": Offer(launches=("kupang-kinerja", "kupang-unit")),
        "percobaan": Offer(launches=("percobaan",), people="people-employer.csv", opens=date(2025, 12, 29)),
        "plaju-kebijakan": Offer(launches=("plaju-kebijakan", "plaju-unit")),
        "plaju-standar": Offer(launches=("plaju-standar",)),
    }
)


def offer_of(cycle: str) -> Offer:
    """What is launched for this cycle. Raises: NotFound, with the names there are."""
    if cycle not in OFFERS:
        raise NotFound("cycle", cycle, sorted(OFFERS))
    return OFFERS[cycle]


def publish_shipped(engine: Engine, workflow: str) -> Definition:
    """Publish a shipped definition and those that it opens, unless one of that name is."""
    known = {one.workflow: one for one in engine.definitions()}
    if workflow in known:
        return engine.definition(known[workflow].digest)
    source = shipped_definition(workflow)
    done = engine.publish(
        source.rules, source.texts, name=source.name, texts_name=source.texts_name, actor=OPERATOR
    )
    publish_linked(engine, done)
    return done


def publish_linked(engine: Engine, definition: Definition) -> None:
    """Publish the shipped definitions that this one opens, and those that they do, unless something of that name is."""
    for link in definition.linked.values():
        if not link.workflow:
            continue
        try:
            publish_shipped(engine, link.workflow)
        except NotFound:
            continue  # the launch says what is missing
