"""Cases that belong together: which opens which, which ends with which, which takes the place of another's result."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.model.life import Life


class Kin:
    """All cases of an installation, and what they have still to tell one another."""

    def __init__(self) -> None:
        self.lives: list[Life] = []
        self._openings: list[tuple[Life, str]] = []
        self._over: list[Life] = []
        #: whether anything was left to tell since this was last looked at
        self.stirred = False

    def add(self, life: Life) -> None:
        """A case begins."""
        self.lives.append(life)

    def opens(self, life: Life, link: str) -> None:
        """A case is to open another."""
        self._openings.append((life, link))
        self.stirred = True

    def ended(self, life: Life) -> None:
        """A case is over, which concerns those that end with it and the one it corrects."""
        self._over.append(life)
        self.stirred = True

    def untold(self) -> tuple[list[tuple[Life, str]], list[Life]]:
        """What is still to be told, to be put back if what happens next is taken back."""
        return [*self._openings], [*self._over]

    def put_back(self, untold: tuple[list[tuple[Life, str]], list[Life]]) -> None:
        """It is as it was then."""
        self._openings, self._over = untold

    def is_open(self, life: Life, link: str) -> bool:
        """Whether a case opened by this link is open, or about to be."""
        coming = any((one, name) == (life, link) for one, name in self._openings)
        return coming or any(not one.ended for one in life.children(link))

    def pass_on(self) -> None:
        """Open what is to be opened, and tell whoever is concerned, until nothing is left."""
        while self._openings or self._over:
            openings, self._openings = self._openings, []
            for parent, link in openings:
                if not parent.ended or parent.outlived_by(link):
                    self.add(parent.open(link))
            over, self._over = self._over, []
            for life in over:
                life.correct()
                for child in life.children():
                    if not child.ended and not life.outlived_by(child.link):
                        child.end()
        self.stirred = False
