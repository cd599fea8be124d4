"""The picture as a nested list: the same content, for those who listen and for those who compare."""

from __future__ import annotations

from collections.abc import Iterator

from engine.core.diagram.picture import Card, Picture
from engine.core.diagram.words import WORDS


def outline(picture: Picture) -> str:
    """The nested list as Markdown text, ending in a line feed."""
    return outlined(picture) + "\n"


def outlined(picture: Picture) -> str:
    """The nested list without a last line feed."""
    return "\n".join(_lines(picture))


def _lines(picture: Picture) -> Iterator[str]:
    titles = {card.key: card.title for lane in picture.lanes for card in lane.cards}
    yield picture.title
    for lane in picture.lanes:
        yield f"- {lane.title}" + (f" ({lane.note})" if lane.note else "")
        for card in lane.cards:
            yield from _card(card, titles, picture)


def _card(card: Card, titles: dict[str, str], picture: Picture) -> Iterator[str]:
    word = WORDS[picture.language]
    begin = f"{word['begin']}: " if card.first else ""
    said = [part for part in (card.who, card.badge) if part]
    here = f" [{word['here']}]" if card.key == picture.here else ""
    yield f"  - {begin}{card.title}" + (f" ({'; '.join(said)})" if said else "") + here
    for tick in card.ticks:
        kinds = ", ".join(word[kind] for kind in tick.kinds)
        yield f"    - {tick.text}: {kinds}"
    for line in card.lines:
        note = f" ({line.note})" if line.note else ""
        target = titles.get(line.target, word["stay"])
        mark = f" [{word[line.mark]}]" if line.mark in {"moment", "fact"} else ""
        yield f"    - {line.text}{note}{mark} → {target}"
