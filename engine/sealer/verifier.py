"""The verifier as it is handed out: `engine/verify.py` with the rooms of `engine/lawful` written into it, one file."""

from __future__ import annotations

import ast
import threading
from functools import lru_cache
from pathlib import Path

__all__ = ["ROOMS", "verifier"]

_ENGINE = Path(__file__).parents[1]
#: the rooms of the second report, each after those it stands on
ROOMS = (
    "days",
    "rules",
    "standing",
    "clocks",
    "acting",
    "looks",
    "moves",
    "stops",
    "rungs",
    "beside",
    "walk",
    "kept",
    "report",
)
_OURS = "engine.lawful"
_HERE = "# The second report. In a pack the rooms of `engine/lawful` stand here, and nothing is imported.\n"


_TURN = threading.Lock()


def verifier() -> bytes:
    """The one file that stands in every pack, always the same for the same sources."""
    with (
        _TURN
    ):  # Python 3.11 counts how deep a tree is for all threads together, and stumbles over two at once
        return _written()


@lru_cache(maxsize=1)
def _written() -> bytes:
    whole = (_ENGINE / "verify.py").read_text(encoding="utf-8")
    rooms = [_room((_ENGINE / "lawful" / f"{name}.py").read_text(encoding="utf-8")) for name in ROOMS]
    before, there, after = _without_ours(whole).partition(_HERE)
    assert there, "verify.py says where the rooms belong"
    return "\n\n".join([before.rstrip() + "\n", *rooms, f"# The command.\n{after}"]).encode()


def _room(source: str) -> str:
    """A room without its imports of others: what it says of itself as a comment, then all it defines."""
    tree = ast.parse(source)
    told = ast.get_docstring(tree) or ""
    comment = "".join(f"# {line}".rstrip() + "\n" for line in told.splitlines())
    first = next(one for one in tree.body if not _is_head(one))
    heads = [one for one in tree.body if isinstance(one, ast.Import | ast.ImportFrom) and not _is_ours(one)]
    imports = "".join(f"{ast.unparse(one)}\n" for one in heads)
    lines = source.splitlines(keepends=True)
    # A comment above the first thing that is defined belongs to it.
    start = max(one.end_lineno or 0 for one in tree.body if _is_head(one) and one.lineno < first.lineno)
    return f"{comment}\n{imports}\n{''.join(lines[start:]).strip()}\n"


def _is_head(one: ast.stmt) -> bool:
    is_all = isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == "__all__"
    is_text = isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)
    return isinstance(one, ast.Import | ast.ImportFrom) or is_all or is_text


def _is_ours(one: ast.stmt) -> bool:
    return isinstance(one, ast.ImportFrom) and (
        one.module == "__future__" or (one.module or "").startswith(_OURS)
    )


def _without_ours(source: str) -> str:
    """The source without its imports of the rooms, which stand in the same file by then."""
    lines = source.splitlines(keepends=True)
    for one in sorted(filter(_is_room, ast.walk(ast.parse(source))), key=_line, reverse=True):
        first, last = one.lineno, one.end_lineno or one.lineno  # type: ignore[attr-defined]
        before = lines[first - 2]
        del lines[first - 1 : last]
        if before == "if TYPE_CHECKING:\n":
            del lines[first - 2]
    return "".join(lines)


def _is_room(one: ast.AST) -> bool:
    return isinstance(one, ast.ImportFrom) and (one.module or "").startswith(_OURS)


def _line(one: ast.AST) -> int:
    return int(getattr(one, "lineno", 0))
