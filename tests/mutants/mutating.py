"""Small changes of a program's text, one at a time: what tests of it should notice.

A mutant is made of the syntax tree: another comparison, another number, a condition turned round, a branch not taken, a
statement left out. Words for people are left alone: another sentence is no other verdict.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Mutant", "mutants"]

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.LShift: ast.RShift, ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd, ast.Mod: ast.Mult, ast.FloorDiv: ast.Mult, ast.Pow: ast.Mult,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A function with one thing changed: where, what stands there now, and the function to be put in its place."""

    line: int
    function: str
    told: str
    made: ast.Module


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant of the functions of a program, in the order of the text."""
    for name, function in _functions(ast.parse(source), ""):
        skipped = {id(one) for part in _for_people(function) for one in ast.walk(part)}
        order = [one for one in ast.walk(function) if hasattr(one, "lineno")]
        for at, node in enumerate(order):
            if node is function or id(node) in skipped:
                continue
            for number in range(len(_changes(node))):
                made = copy.deepcopy(function)
                other = [one for one in ast.walk(made) if hasattr(one, "lineno")][at]
                after = _changes(other)[number]
                whole = _Putting(other, after).visit(made)
                told = "left out" if isinstance(after, ast.Pass) else _first_line(after)
                assert isinstance(whole, ast.FunctionDef)
                module = ast.fix_missing_locations(ast.Module(body=[_FUTURE, whole], type_ignores=[]))
                yield Mutant(
                    line=node.lineno, function=name, told=f"{_first_line(node)} -> {told}", made=module
                )


#: annotations stay words
_FUTURE = ast.parse("from __future__ import annotations").body[0]


def _first_line(node: ast.AST) -> str:
    return ast.unparse(node).split("\n")[0][:70]


def _functions(node: ast.AST, name: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    for one in ast.iter_child_nodes(node):
        if isinstance(one, ast.ClassDef):
            yield from _functions(one, f"{name}{one.name}.")
        elif isinstance(one, ast.FunctionDef):
            yield f"{name}{one.name}", one


def _for_people(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """Sentences and what builds them, docstrings, annotations: other words are no other verdict."""
    yield from function.decorator_list
    for one in ast.walk(function):
        # None of these is ever worked out: within a function no annotation is (PEP 526), and others stay words.
        if isinstance(one, ast.AnnAssign | ast.arg) and one.annotation is not None:
            yield one.annotation
        if isinstance(one, ast.FunctionDef) and one.returns is not None:
            yield one.returns
        if isinstance(one, ast.JoinedStr) or (
            isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)
        ):
            yield one
        elif isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute) and one.func.attr == "say":
            yield from one.args[1:]


def _changes(node: ast.AST) -> list[ast.AST]:
    """What could stand there instead."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _COMPARED:
        other = _COMPARED[type(node.ops[0])]()
        return [ast.Compare(left=node.left, ops=[other], comparators=node.comparators)]
    if isinstance(node, ast.Compare) and len(node.ops) > 1:
        return [
            ast.Compare(left=node.left, ops=[*node.ops[:at], _COMPARED[type(one)](), *node.ops[at + 1 :]],
                        comparators=node.comparators)
            for at, one in enumerate(node.ops) if type(one) in _COMPARED
        ]  # fmt: skip
    if isinstance(node, ast.BoolOp):
        turned = ast.And() if isinstance(node.op, ast.Or) else ast.Or()
        fewer = [[*node.values[:at], *node.values[at + 1 :]] for at in range(len(node.values))]
        left = [one[0] if len(one) == 1 else ast.BoolOp(op=node.op, values=one) for one in fewer]
        return [ast.BoolOp(op=turned, values=node.values), *left]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        return [node.operand]
    if isinstance(node, ast.BinOp) and type(node.op) in _COUNTED:
        return [ast.BinOp(left=node.left, op=_COUNTED[type(node.op)](), right=node.right)]
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        return [ast.Constant(value=not node.value)]
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        return [ast.Constant(value=node.value + 1)]
    return _statements(node)


def _statements(node: ast.AST) -> list[ast.AST]:
    if isinstance(node, ast.If):
        never = ast.If(test=ast.Constant(value=False), body=node.body, orelse=node.orelse)
        always = ast.If(test=ast.Constant(value=True), body=node.body, orelse=node.orelse)
        return [never, always]
    if isinstance(node, ast.AugAssign) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
        return [ast.Pass()]
    if isinstance(node, ast.Return) and node.value is not None and not isinstance(node.value, ast.Constant):
        return [ast.Return(value=ast.Constant(value=None))]
    return []


class _Putting(ast.NodeTransformer):
    """Puts one node in another's place."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self._old, self._new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        """The new one for the old one."""
        return self._new if node is self._old else self.generic_visit(node)
