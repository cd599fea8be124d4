"""The tables of docs/reference/proofs: what each proof found on what is shipped, and on faults planted in it.

`python -m tests.proof.answers_page` writes them into both pages, between two marks; a test compares, so they cannot
grow old. What stands around them is written by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from engine.core.definition import Label, Language
from engine.core.proof.duties import assignment, blocking
from engine.core.proof.nets import decide_net
from engine.core.proof.proving import ANSWERS, QUESTIONS, prove
from engine.core.proof.temporal import contradiction, controllable
from tests.proof.seeds import SEEDS, SHIPPED, Seed, caught, sound_ground
from tests.proof.test_duties import AWAY, ORDER_APART, ORDER_SAME, PURCHASES, everybody
from tests.proof.test_temporal import JOHN, KEPT_BY, KNOWN, LEFT, OURS, PEOPLE, fred_left, within
from tests.proof.textbook_nets import TEXTBOOK
from tests.worlds import ROOT

PAGES: Mapping[Language, Path] = {
    "en": Path(ROOT) / "docs/reference/proofs.md",
    "id": Path(ROOT) / "docs/reference/proofs.id.md",
}
_MARKS = ("<!-- made by tests/proof/answers_page.py -->\n", "<!-- end -->")
_FEW = Label(id="berkas pegawai dengan {count} orang", en="a people file of {count}")
_HEADS: Mapping[str, Label] = {
    "shipped": Label(id="Yang ditemukan pada definisi bawaan", en="What was found on what is shipped"),
    "shipped_row": Label(
        id="| definisi | pertanyaan | jawaban | kalimatnya |",
        en="| definition | question | answer | in a sentence |",
    ),
    "seeded": Label(id="Yang ditemukan pada kesalahan yang ditanam", en="What was found on planted faults"),
    "seeded_row": Label(
        id="| pertanyaan | definisi | menjadi | kode | kalimatnya |",
        en="| question | definition | made into | code | in a sentence |",
    ),
    "agreed": Label(
        id="Kesesuaian dengan contoh dari pustaka", en="Agreement with instances of the literature"
    ),
    "agreed_row": Label(id="| contoh | sesuai | dari |", en="| instances | agree | of |"),
}


def tables(language: Language) -> str:
    """All three tables, in Markdown."""
    parts = []
    for name, rows in (
        ("shipped", _shipped(language)),
        ("seeded", _seeded(language)),
        ("agreed", _agreed(language)),
    ):
        head = _HEADS[f"{name}_row"][language]
        rule = "|---" * (head.count("|") - 1) + "|"
        parts.append("\n".join((f"## {_HEADS[name][language]}\n", head, rule, *rows)) + "\n")
    return "\n".join(parts)


def _shipped(language: Language) -> Iterator[str]:
    for file in SHIPPED:
        for proof in prove(sound_ground(file)):
            said = (proof.summary, *(one.message for one in proof.findings))
            yield _row(
                _name(file),
                QUESTIONS[proof.question][language],
                ANSWERS[proof.answer][language],
                "; ".join(one[language] for one in said),
            )


def _seeded(language: Language) -> Iterator[str]:
    for seed in SEEDS:
        first = next(one for one in caught(seed) if one.code == seed.code)
        yield _row(
            QUESTIONS[seed.question][language],
            _name(seed.file),
            _planted(seed, language),
            f"`{seed.code}`",
            first.message[language],
        )


def _agreed(language: Language) -> Iterator[str]:
    counted = [*_nets(), *_times(), *_people()]
    for what, agreeing in counted:
        yield _row(what[language], str(sum(agreeing)), str(len(agreeing)))


def _nets() -> Iterator[tuple[Label, list[bool]]]:
    sources = {
        "A98": "van der Aalst 1998",
        "A11": "van der Aalst et al. 2011",
        "PM": "van der Aalst 2016",
    }
    for key, source in sources.items():
        agreeing = [decide_net(net).verdict == verdict for by, verdict, net in TEXTBOOK.values() if by == key]
        yield Label(id=f"jaring kerja, {source}", en=f"workflow nets, {source}"), agreeing


def _times() -> Iterator[tuple[Label, list[bool]]]:
    yield (
        Label(
            id="jaringan waktu dengan ketidakpastian, Vidal dan Fargier 1999; Morris dkk. 2001; Lanz dkk. 2013",
            en="networks with uncertainty, Vidal and Fargier 1999; Morris et al. 2001; Lanz et al. 2013",
        ),
        [kept == controllable(tasks, bounds) for _, tasks, bounds, kept in KNOWN],
    )
    yield (
        Label(
            id="siklus 40 sampai 30 hari, dihitung juga dengan stnu-conflicts",
            en="a cycle of 40 to 30 days, also worked out by stnu-conflicts",
        ),
        [kept == controllable(PEOPLE, [*OURS, within(days)]) for days, kept in KEPT_BY],
    )
    yield (
        Label(id="John dan Fred, Dechter, Meiri, Pearl 1991", en="John and Fred, Dechter, Meiri, Pearl 1991"),
        [possible == (contradiction([*JOHN, fred_left(minute)]) == ()) for minute, possible in LEFT],
    )


def _people() -> Iterator[tuple[Label, list[bool]]]:
    yield (
        Label(
            id="pemisahan tugas, pesanan pembelian: Crampton, Gutin, Yeo 2013; Wang, Li 2010",
            en="duties apart, the purchase order: Crampton, Gutin, Yeo 2013; Wang, Li 2010",
        ),
        [
            *(
                possible == (assignment(people, apart=ORDER_APART, same=ORDER_SAME) is not None)
                for people, possible in PURCHASES
            ),
            *(
                groups == len(blocking(everybody(*"abcd"), apart=ORDER_APART, same=ORDER_SAME, most=most))
                for most, groups in AWAY
            ),
        ],
    )


def _planted(seed: Seed, language: Language) -> str:
    """The line as it then reads; where only people or another definition are changed, that."""
    if seed.people and not seed.rules:
        return _FEW[language].format(count=seed.people.count("jabatan,aktif"))
    changes = seed.rules or next(iter(seed.others.values()))
    after = next((one for one in changes.values() if one.strip()), "")
    return f"`{after.removesuffix('visibility:').strip().splitlines()[0]}`"


def _name(file: str) -> str:
    return f"`{file.removeprefix('workflows/').removeprefix('tests/').removeprefix('definitions/')}`"


def _row(*cells: str) -> str:
    return f"| {' | '.join(one.replace('|', '&#124;') for one in cells)} |"


def parts(language: Language) -> tuple[str, str, str]:
    """What stands before the tables, the tables as they stand there, and what follows."""
    before, begins, rest = PAGES[language].read_text(encoding="utf-8").partition(_MARKS[0])
    made, ends, after = rest.partition(_MARKS[1])
    return before + begins, made, ends + after


if __name__ == "__main__":
    for one in PAGES:
        opening, _, closing = parts(one)
        PAGES[one].write_text(f"{opening}{tables(one)}{closing}", encoding="utf-8")
