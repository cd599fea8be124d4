"""The picture as Mermaid's stateDiagram-v2 text, which many wikis draw."""

from __future__ import annotations

import re

from engine.core.diagram.picture import Picture


def mermaid(picture: Picture) -> str:
    """Mermaid text: phases as composite states, one arrow for each way out."""
    lines = ["stateDiagram-v2", f"  %% {picture.title}", "  direction LR"]
    names = {card.key: _id(card.key) for lane in picture.lanes for card in lane.cards}
    ends = []
    for lane in picture.lanes:
        lines.append(f'  state "{_plain(lane.title)}" as {_id("phase_" + lane.key)} {{')
        for card in lane.cards:
            title = _plain(f"{card.title} ({card.who})" if card.who else card.title)
            lines.append(f'    state "{title}" as {names[card.key]}')
            if card.kind == "final":
                ends.append(names[card.key])
        lines.append("  }")
    for lane in picture.lanes:
        for card in lane.cards:
            if card.first:
                lines.append(f"  [*] --> {names[card.key]}")
            for line in card.lines:
                target = names.get(line.target, names[card.key])
                note = f" ({line.note})" if line.note else ""
                lines.append(f"  {names[card.key]} --> {target} : {_plain(line.text + note)}")
    lines.extend(f"  {end} --> [*]" for end in ends)
    return "\n".join(lines) + "\n"


def _id(key: str) -> str:
    return re.sub(r"[^A-Za-z0-9]", "_", key)


def _plain(text: str) -> str:
    """Words that end no label: Mermaid reads `:`, `;`, `#` and quotes as its own."""
    return re.sub(r"[\"#;:{}]", " ", text).replace("  ", " ").strip()
