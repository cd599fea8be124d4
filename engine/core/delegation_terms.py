"""The terms on which a delegation is given and ended: to whom, for how long, by whom, and who is told of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from engine.core.assigning import PERSONNEL
from engine.core.chain import desk_holders
from engine.core.chart import Chart, Person
from engine.core.definition import Label
from engine.core.delegation import MOST_LINKS, Delegation, longest_chain
from engine.core.telling_days import say_date
from engine.core.zones import local_date

__all__ = ["LONGEST", "around", "may_end", "may_give", "told_of", "unfit"]

#: days a delegation lasts at most
LONGEST = 366


def unfit(new: Delegation, chart: Chart, now: int) -> Label | None:
    """Why this delegation cannot be given, in words; None if it can."""
    giver, taker = chart.person(new.giver), chart.person(new.taker)
    today = local_date(now, giver.zone)
    if new.giver == new.taker:
        return Label(id="Pilih orang lain daripada pemberinya.", en="Choose somebody other than the giver.")
    return _bad_days(new, today) or _absent(new, chart, taker, today) or _tangled(new, chart)


def _bad_days(new: Delegation, today: date) -> Label | None:
    if new.last < new.first:
        return Label(id="Hari terakhir mendahului hari pertama.", en="The last day is before the first.")
    if new.last < today:
        return Label(
            id="Pelimpahan tidak berlaku surut; hari terakhirnya sudah lewat.",
            en="A delegation does not reach back; its last day has passed.",
        )
    if new.last - new.first >= timedelta(days=LONGEST):
        return Label(
            id=f"Pelimpahan berlaku paling lama {LONGEST} hari.",
            en=f"A delegation lasts {LONGEST} days at most.",
        )
    return None


def _absent(new: Delegation, chart: Chart, taker: Person, today: date) -> Label | None:
    day = max(new.first, today)
    post = chart.at(new.taker, day)
    if post is None or not post.serves_on(day):
        return Label(
            id=f"{taker.name} tidak bertugas pada {say_date(day, 'id')}.",
            en=f"{taker.name} is not in service on {say_date(day, 'en')}.",
        )
    if chart.at(new.giver, day) is None:
        return Label(
            id="Pemberi pelimpahan tidak memegang jabatan pada hari itu.",
            en="The giver holds no post on that day.",
        )
    if new.subjects == (new.taker,):
        return Label(id="Tidak seorang pun memutus kasusnya sendiri.", en="Nobody decides their own case.")
    return None


def _tangled(new: Delegation, chart: Chart) -> Label | None:
    """Loops, chains that are too long, and what was given already."""
    for one in chart.delegations:
        same = (one.giver, one.taker, one.scope) == (new.giver, new.taker, new.scope)
        if one.id != new.id and same and one.meets(new):
            return Label(
                id="Pelimpahan yang sama sudah ada pada hari-hari itu.",
                en="The same delegation is there already on those days.",
            )
    links = longest_chain(new, chart.delegations)
    names = " → ".join(chart.person(key).name for key in (links[0].giver, *(one.taker for one in links)))
    people = [links[0].giver, *(one.taker for one in links)]
    if len(set(people)) < len(people):
        return Label(
            id=f"Pelimpahan itu akan kembali ke pemberinya: {names}.",
            en=f"It would come back to where it began: {names}.",
        )
    if len(links) > MOST_LINKS:
        return Label(
            id=f"Pelimpahan hanya dapat diteruskan sekali; ini menjadi {names}.",
            en=f"A delegation is passed on once at most; this would make {names}.",
        )
    return None


def may_give(chart: Chart, giver: str, taker: str, person: str | None, now: int) -> bool:
    """Whether this person may delegate the giver's work: the giver, or the personnel desk, but never to themselves."""
    return person is None or person == giver or (person != taker and _serves_desk(chart, person, now))


def may_end(chart: Chart, one: Delegation, person: str | None, now: int) -> bool:
    """Whether this person may end a delegation: whoever gave it, whoever took it, and the personnel desk."""
    return person is None or person in {one.giver, one.taker} or _serves_desk(chart, person, now)


def told_of(chart: Chart, one: Delegation, actor: str | None, day: date) -> tuple[str, ...]:
    """Who hears of it: the taker, the giver, the giver's superior, and their personnel desk; not who did it."""
    giver = chart.near(one.giver, day) or chart.person(one.giver)
    superior = chart.superior(one.giver, day)
    serving = [post for post in desk_holders(chart, "personnel", giver, day) if post.serves_on(day)]
    desk = [post.key for post in serving if post.unit == serving[0].unit]
    people = [one.taker, one.giver, *([superior.key] if superior is not None else []), *desk]
    return tuple(key for key in dict.fromkeys(people) if key != actor)


def around(chart: Chart, giver: str, day: date) -> Iterator[Person]:
    """People a giver might think of: those of the unit, those above and below, the heads of other units; each once."""
    own = chart.near(giver, day)
    if own is None:
        return
    seen = {giver}
    heads = (one for one in chart.people(day) if "head" in one.duties)
    near = (
        chart.members(own.unit, day),
        chart.line_above(giver, day),
        chart.direct_reports(giver, day),
        heads,
    )
    for one in (person for group in near for person in group):
        if one.key not in seen and not one.external:
            seen.add(one.key)
            yield one


def _serves_desk(chart: Chart, person: str, now: int) -> bool:
    history = chart.history(person)
    today = local_date(now, history[-1].zone) if history else None
    own = chart.at(person, today) if today is not None else None
    return own is not None and today is not None and PERSONNEL in own.duties and own.serves_on(today)
