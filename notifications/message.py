"""What is said to one person: the matter it is about, the words, and the mail made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.core.audit import Entry
from engine.core.case import Case
from engine.core.definition import Definition, Language
from engine.core.outlook import Consequence
from engine.core.scene import Scene
from engine.core.stepping_in import Offer
from engine.core.telling import Standing, Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """The case a message is about as it stands now, and what the one who is told is in it.

    `note` is what somebody wrote to go with the message.
    """

    definition: Definition
    case: Case
    consequences: Sequence[Consequence]
    scene: Scene
    roles: Sequence[str] = ()
    note: str = ""
    history: Sequence[Entry] = ()
    offers: Sequence[Offer] = ()

    @property
    def standing(self) -> Standing:
        """What the case is told from."""
        return Standing(
            definition=self.definition,
            case=self.case,
            scene=self.scene,
            consequences=self.consequences,
            history=self.history,
            offers=self.offers,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A message in words: its subject, what it says first, a note with it, and what the case says of itself."""

    subject: str
    lead: str
    note: str
    telling: Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """A message as one of several in a mail: its subject, what it says first, a note, what follows if nobody acts."""

    subject: str
    lead: str
    note: str
    ignored: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail ready to leave. `message_id` is the same however often the same message is sent."""

    address: str
    name: str
    subject: str
    text: str
    html: str
    language: Language
    message_id: str
    #: when the message came to be, microseconds UTC
    written_at: int
