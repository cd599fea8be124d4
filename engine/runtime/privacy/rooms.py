"""Everything the engine does about personal data, in one place to ask it of."""

from __future__ import annotations

from engine.core.privacy.glass import HOUR
from engine.runtime.identity.together import Together
from engine.runtime.library import Library
from engine.runtime.privacy.breaking import Breaking
from engine.runtime.privacy.documenting import Documents
from engine.runtime.privacy.erasing import Erasures
from engine.runtime.privacy.exporting import Exporting
from engine.runtime.privacy.holding import Holds
from engine.runtime.privacy.looking import Looking
from engine.runtime.privacy.retaining import Retaining
from engine.store.database import Database

__all__ = ["Privacy"]


class Privacy:
    """The rooms of privacy.

    `reads` are looks at people's data; `erasures` take words and names away, `retention` proposes them and `holds` stop
    them; `exports` gather what there is about one person, `documents` are sheets of one case; `glass` is opened to one
    by two for some hours.
    """

    def __init__(self, database: Database, library: Library, together: Together) -> None:
        self._library = library
        self._swept = 0
        self.reads = Looking(database, library)
        self.exports = Exporting(database, library)
        self.documents = Documents(database, library)
        self.glass = Breaking(database, library, together)
        self.erasures = Erasures(database, library)
        self.retention = Retaining(database, library, self.erasures)
        self.holds = Holds(database, library)

    def tend(self) -> None:
        """What each beat does: write the looks that wait, tell of break-glass that has ended by itself, sweep."""
        self.reads.flush()
        self.glass.tend()
        now = self._library.now()
        if now >= self._swept + HOUR:  # where it cannot be done, trying more often would not help
            self._swept = now
            self.erasures.residue.overwrite()
