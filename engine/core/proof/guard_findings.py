"""What is said of forks, tables and conditions that do not decide: each with the values that show it."""

from __future__ import annotations

from engine.core.definition import Choice, Label, Row
from engine.core.places import Path
from engine.core.proof.boxes import Box, Range, Values
from engine.core.proof.finding import Finding
from engine.core.proof.saying import Sense
from engine.core.proof.stories import SOMEBODY, say_named, say_value

__all__ = ["otherwise_never", "overlap", "row_never", "unclear", "when_always", "when_never"]


def overlap(sense: Sense, path: Path, name: str, box: Box, rows: tuple[int, int]) -> Finding:
    """Two rows that both fit, with one employee's values."""
    who = _witness(sense, box)
    first, second = (number + 1 for number in rows)
    unsure = _correlated(sense, box)
    return Finding(
        code="rows_overlap",
        question="decided",
        severity="unproven" if unsure else "error",
        path=path,
        message=Label(
            id=f"baris {first} dan {second} dari '{name}' sama-sama cocok bila {who.id}",
            en=f"rows {first} and {second} of '{name}' both fit if {who.en}",
        ),
        story=(
            Label(id=f"Dalam kasus {SOMEBODY}, {who.id}.", en=f"In {SOMEBODY}'s case, {who.en}."),
            Label(
                id="Kedua baris benar, jadi tidak ada yang memutuskan: kasus tidak dapat pindah.",
                en="Both rows are true, so neither decides: the case cannot move.",
            ),
        ),
        suggestion=Label(
            id="ubah salah satu syarat agar keduanya saling mengecualikan",
            en="change one of the conditions, so that they exclude each other",
        ),
        facts={"rows": [first, second], "values": {key: _plain(one) for key, one in box.items()}},
    )


def _witness(sense: Sense, box: Box) -> Label:
    """One employee's values, told."""
    parts = []
    for name, values in box.items():
        what, value = say_named(sense.definition, name), _one(sense, name, values)
        parts.append((f"{what.id} {value.id}", f"{what.en} {value.en}"))
    return Label(
        id=" dan ".join(one for one, _ in parts) or "nilai apa pun",
        en=" and ".join(other for _, other in parts) or "any values",
    )


def _one(sense: Sense, name: str, values: Values) -> Label:
    shown = sense.shown(name, values)
    if shown.startswith("'"):
        return say_value(sense.definition, name, shown.strip("'"))
    return Label(id=shown.replace("not one of", "bukan"), en=shown)


def _correlated(sense: Sense, box: Box) -> bool:
    """Whether the box names a figure beside others, so that its values might not come together in any case."""
    return len(box) > 1 and any(name in sense.definition.figures for name in box)


def _plain(values: Values) -> object:
    if isinstance(values, Range):
        return {"first": values.first, "last": values.last}
    return {"others": values.others, "texts": sorted(values.values)}


def row_never(path: Path, choice: Choice | None, row: Row | None, number: int, *, name: str = "") -> Finding:
    """A row that no values lead to."""
    of = choice.name if choice is not None else name
    if row is not None and row.when is None:
        return otherwise_never(path, of)
    return Finding(
        code="row_never",
        question="decided",
        severity="error",
        path=path,
        message=Label(
            id=f"baris {number + 1} dari '{of}' tidak pernah cocok",
            en=f"row {number + 1} of '{of}' never fits",
        ),
        suggestion=Label(
            id="betulkan syaratnya, atau hapus baris itu", en="correct its condition, or remove the row"
        ),
    )


def otherwise_never(path: Path, name: str) -> Finding:
    """An `otherwise` that is never taken."""
    return Finding(
        code="otherwise_never",
        question="decided",
        severity="warning",
        path=path,
        message=Label(
            id=f"`otherwise` dari '{name}' tidak pernah berlaku: baris lainnya sudah mencakup semua nilai",
            en=f"the `otherwise` of '{name}' is never taken: the other rows cover every value",
        ),
        suggestion=Label(
            id="hapus satu baris dan biarkan `otherwise` mewakilinya",
            en="remove one row and let `otherwise` stand for it",
        ),
    )


def when_never(path: Path, rule: str) -> Finding:
    """A condition that is never true."""
    return Finding(
        code="when_never",
        question="decided",
        severity="error",
        path=path,
        message=Label(
            id=f"syarat '{rule}' tidak pernah benar, jadi tindakan itu selalu ditolak",
            en=f"the condition of '{rule}' is never true, so the act is always refused",
        ),
        suggestion=Label(
            id="bandingkan dengan nilai yang mungkin ada", en="compare with a value that can occur"
        ),
    )


def when_always(path: Path, rule: str) -> Finding:
    """A condition that keeps nothing out."""
    return Finding(
        code="when_always",
        question="decided",
        severity="warning",
        path=path,
        message=Label(
            id=f"syarat '{rule}' selalu benar, jadi tidak menyaring apa pun",
            en=f"the condition of '{rule}' is always true, so it keeps nothing out",
        ),
        suggestion=Label(id="hapus syaratnya, atau perketat", en="remove it, or make it stricter"),
    )


def unclear(path: Path, name: str) -> Finding:
    """More values than were looked at: nothing is claimed."""
    return Finding(
        code="too_many_values",
        question="decided",
        severity="unproven",
        path=path,
        message=Label(
            id=f"nilai yang dibandingkan '{name}' terlalu banyak untuk diperiksa semuanya",
            en=f"'{name}' compares too many values for all of them to be looked at",
        ),
        suggestion=Label(
            id="jadikan sebagian perbandingan itu angka tersendiri",
            en="work part of the comparisons out in a figure",
        ),
    )
