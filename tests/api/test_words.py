"""Everything the pages say exists in both languages, and is used."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from api.pages.words import SHELL_WORDS, WORDS, Words
from api.pages.words_accounts import ACCOUNT_WORDS
from api.pages.words_audit import AUDIT_WORDS
from api.pages.words_bulk import BULK_WORDS
from api.pages.words_calendar import CALENDAR_WORDS
from api.pages.words_cancelling import CANCELLING_WORDS
from api.pages.words_case import CASE_WORDS
from api.pages.words_checkpoint import CHECKPOINT_WORDS
from api.pages.words_clock import CLOCK_WORDS
from api.pages.words_delegation import DELEGATION_WORDS
from api.pages.words_denials import DENIALS_WORDS
from api.pages.words_documents import DOCUMENT_WORDS
from api.pages.words_gathering import GATHERING_WORDS
from api.pages.words_journal import JOURNAL_WORDS
from api.pages.words_outages import OUTAGE_WORDS
from api.pages.words_parked import PARKED_WORDS
from api.pages.words_people import PEOPLE_WORDS
from api.pages.words_privacy import PRIVACY_WORDS
from api.pages.words_promises import PROMISE_WORDS
from api.pages.words_public import PUBLIC_WORDS
from api.pages.words_publication import PUBLICATION_WORDS
from api.pages.words_signing_in import SIGNING_IN_WORDS
from api.pages.words_superior import SUPERIOR_WORDS
from api.pages.words_trainings import TRAINING_WORDS
from api.pages.words_unit import UNIT_WORDS
from api.pages.words_unsent import UNSENT_WORDS
from api.pages.words_year import YEAR_WORDS

PAGES = Path(__file__).parents[2] / "api/pages"
API = PAGES.parent
#: keys put together while a page is made
MADE = re.compile(
    r"how\.|audit\.|timeline\.(lane|shape|deviation)_|waiting\.|cancel\.(done_|agree|refuse|button)|scope\.|role\.|factor\.|signin\.why_|account\.done_|accounts\.(active|disabled|left|done_)|duty\.|calendar\.(holiday|collective_leave)|delegation\.done_|import\.(joiners|leavers|status_changes|unit_moves|superior_changes|new_heads|acting|not_in_file|vacant|both_act)|group\.|publication\.(proposed|published|withdrawn)|steer\.|way\.employee|way\.gathered|journal\.(mark\.|one_per_)|col\.|inbox\.(overdue|today|week|later)|case\.(here|passed|ahead|missed)|privacy\.(kept|state|done)_|glass\.(state|done|right)_|case\.linked_(full|dropped|waiting)"
    r"how\.|ladder\.(reminds|tells|hands|goes_on|ends|starts|breaks|stuck|more)|board\.(how|standing)_|audit\.|timeline\.(lane|shape|deviation)_|waiting\.|cancel\.(done_|agree|refuse|button)|scope\.|role\.|factor\.|signin\.why_|account\.done_|accounts\.(active|disabled|left|done_)|duty\.|calendar\.(holiday|collective_leave)|delegation\.done_|import\.(joiners|leavers|status_changes|unit_moves|superior_changes|new_heads|acting|not_in_file|vacant|both_act)|group\.|publication\.(proposed|published|withdrawn)|steer\.|way\.employee|way\.gathered|journal\.mark\.|col\.|inbox\.(overdue|today|week|later)|case\.(here|passed|ahead|missed)|privacy\.(kept|state|done)_|glass\.(state|done|right)_|case\.linked_(full|dropped|waiting)"
)


def parts(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", sorted(WORDS))
def test_a_word_is_whole_in_both_languages(key) -> None:
    """Neither language is empty, and both take the same parts."""
    label = WORDS[key]

    assert label.id.strip()
    assert label.en.strip()
    assert parts(label.id) == parts(label.en)


@pytest.mark.parametrize("key", sorted(key for key, label in WORDS.items() if "count" in parts(label.en)))
def test_one_is_spoken_of_as_one(key) -> None:
    """English has no "1 cases" and no "1 things wait": where it would, the words have a form for one."""
    said = Words("en")(key, **{name: 1 if name == "count" else name.upper() for name in parts(WORDS[key].en)})

    assert not re.search(r"\b1 (?:[a-z]+ )?(?:[a-rt-z]*[a-rt-z]s|people|are|were|have|wait)\b", said), said


def test_no_word_leaves_its_number_open() -> None:
    """Neither "case(s)" nor "person(s)": whoever writes this has not counted."""
    assert [] == [key for key, label in WORDS.items() if "(s)" in label.en]


def test_no_key_stands_twice() -> None:
    """The tables do not hide words of one another."""
    tables = (
        SHELL_WORDS,
        AUDIT_WORDS,
        BULK_WORDS,
        CALENDAR_WORDS,
        CANCELLING_WORDS,
        CASE_WORDS,
        DENIALS_WORDS,
        DOCUMENT_WORDS,
        GATHERING_WORDS,
        JOURNAL_WORDS,
        PUBLIC_WORDS,
        PUBLICATION_WORDS,
        DELEGATION_WORDS,
        PEOPLE_WORDS,
        OUTAGE_WORDS,
        CHECKPOINT_WORDS,
        CLOCK_WORDS,
        PARKED_WORDS,
        PROMISE_WORDS,
        SUPERIOR_WORDS,
        TRAINING_WORDS,
        SIGNING_IN_WORDS,
        ACCOUNT_WORDS,
        PRIVACY_WORDS,
        UNIT_WORDS,
        UNSENT_WORDS,
        YEAR_WORDS,
    )

    assert len(WORDS) == sum(map(len, tables))


def sources() -> str:
    found = [
        *PAGES.glob("*.py"),
        *PAGES.glob("templates/*.html"),
        API / "documentation.py",
        *API.glob("signing_in/*.py"),
    ]
    return "\n".join(path.read_text(encoding="utf-8") for path in found if not path.name.startswith("words"))


def test_every_word_is_said_somewhere() -> None:
    """Words nobody says are removed, so that nobody translates them."""
    text = sources()
    unsaid = {
        key
        for key in WORDS
        if not any(f'"{said}"' in text for said in (key, key.removesuffix("_one"))) and not MADE.match(key)
    }

    assert set() == unsaid


def test_no_page_says_a_word_that_does_not_exist() -> None:
    """A misspelt key is found here, not by a reader."""
    said = set(re.findall(r'\bword\("([a-z_.:]+)"[,)]', sources()))

    assert set() == said - WORDS.keys()
