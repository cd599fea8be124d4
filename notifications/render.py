"""Words into a mail: plain text and a small page, from templates per language. The one door to jinja2 for mail."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import get_args
from urllib.parse import quote, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from engine.core.chart import Chart, Person
from engine.core.definition import Language
from engine.store.values import Letter
from notifications.composing import compose
from notifications.message import Brief, Mail, Matter, Told
from notifications.people_words import lead_beside, line_beside, page_beside

__all__ = [
    "brief",
    "case_link",
    "language_of",
    "message_id",
    "one_line",
    "render",
    "render_beside",
    "render_digest",
]

_DIGEST = {"id": "{count} kabar dari Siklus", "en": "{count} messages from Siklus"}

_HOST = re.compile(r"[A-Za-z0-9.-]+")


def render(letter: Letter, matter: Matter, person: Person, base_url: str) -> Mail:
    """The mail that tells this person this message, in their language."""
    language = language_of(person)
    told = compose(letter, matter, language)
    values = _values(told, case_link(base_url, letter), language)
    return Mail(
        address=person.email.strip(),
        name=one_line(person.name),
        subject=one_line(told.subject),
        text=_environment().get_template(f"{language}/mail.txt").render(values).strip() + "\n",
        html=_environment().get_template(f"{language}/mail.html").render(values),
        language=language,
        message_id=message_id(letter, base_url),
        written_at=letter.created_at,
    )


def brief(letter: Letter, matter: Matter, person: Person, base_url: str) -> Brief:
    """The same message as one of several in a mail."""
    told = compose(letter, matter, language_of(person))
    return Brief(
        subject=one_line(told.subject),
        lead=told.lead,
        note=told.note,
        ignored=told.telling.ignored[0] if told.telling.ignored else "",
        link=case_link(base_url, letter),
    )


def render_digest(letters: Sequence[Letter], briefs: Sequence[Brief], person: Person, base_url: str) -> Mail:
    """One mail for several messages to a person, in the order in which they came to be."""
    language = language_of(person)
    subject = _DIGEST[language].format(count=len(briefs))
    values = {"subject": subject, "briefs": briefs, "language": language}
    return Mail(
        address=person.email.strip(),
        name=one_line(person.name),
        subject=subject,
        text=_environment().get_template(f"{language}/digest.txt").render(values).strip() + "\n",
        html=_environment().get_template(f"{language}/digest.html").render(values),
        language=language,
        message_id=_message_id("\n".join(sorted(one.key for one in letters)), base_url),
        written_at=max(one.created_at for one in letters),
    )


def render_beside(
    letter: Letter, chart: Chart, person: Person, base_url: str, names: Mapping[str, str]
) -> Mail:
    """The mail of a message that is about people and no case; `names` are logins of accounts by id."""
    language = language_of(person)
    values = {
        "subject": line_beside(letter, chart, language, names),
        "lead": lead_beside(letter, chart, language, names),
        "link": f"{base_url.rstrip('/')}{page_beside(letter)}",
        "language": language,
    }
    return Mail(
        address=person.email.strip(),
        name=one_line(person.name),
        subject=one_line(values["subject"]),
        text=_environment().get_template(f"{language}/people.txt").render(values).strip() + "\n",
        html=_environment().get_template(f"{language}/people.html").render(values),
        language=language,
        message_id=message_id(letter, base_url),
        written_at=letter.created_at,
    )


def language_of(person: Person) -> Language:
    """The language to write to a person in: the one they chose, else Indonesian."""
    return "en" if person.language == "en" else "id"


def case_link(base_url: str, letter: Letter) -> str:
    """The address of the page a message is about. It names the task, so that the page can say it is done already.

    Opening it only shows: no link of ours ever approves anything.
    """
    link = f"{base_url.rstrip('/')}/cases/{quote(letter.case_id, safe='')}"
    return f"{link}?task={quote(letter.task_id, safe='')}" if letter.task_id else link


def message_id(letter: Letter, base_url: str) -> str:
    """The Message-ID of a message: made from its key in the outbox, so that a double is known for one."""
    return _message_id(letter.key, base_url)


def _message_id(key: str, base_url: str) -> str:
    digest = hashlib.sha256(key.encode()).hexdigest()[:40]
    host = urlsplit(base_url).hostname or ""
    return f"<{digest}@{host if _HOST.fullmatch(host) else 'siklus.invalid'}>"


def one_line(text: str) -> str:
    """A text without line ends and other control characters, which have no place in a header."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _values(told: Told, link: str, language: Language) -> Mapping[str, object]:
    return {
        "subject": told.subject,
        "lead": told.lead,
        "note": told.note,
        "told": told.telling,
        "link": link,
        "language": language,
    }


@cache
def _environment() -> Environment:
    """The templates, read once. In pages everything is escaped; plain text is left as it is."""
    assert set(get_args(Language)) == {"id", "en"}, "each language has its folder of templates"
    return Environment(
        loader=PackageLoader("notifications"),
        autoescape=select_autoescape(
            enabled_extensions=("html",), disabled_extensions=("txt",), default=True
        ),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
