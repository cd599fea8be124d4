"""Pictures of a definition: drawn (SVG), as text, as Mermaid, and as SCXML and BPMN for other people's tools.

Everything here is pure and deterministic: the same definition gives the same bytes, and because states stand in the
order in which they are written, one more state moves only what stands below it.
"""

from __future__ import annotations

from engine.core.diagram.bpmn import bpmn
from engine.core.diagram.gaps import gaps
from engine.core.diagram.mermaid import mermaid
from engine.core.diagram.outline import outline
from engine.core.diagram.picture import picture_of
from engine.core.diagram.scxml import scxml
from engine.core.diagram.svg import STYLE, Spot, spot_of, svg

__all__ = ["STYLE", "Spot", "bpmn", "gaps", "mermaid", "outline", "picture_of", "scxml", "spot_of", "svg"]
