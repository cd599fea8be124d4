"""Figures: what is worked out, and whether what it is worked out from exists and fits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, cast, get_args

from engine.core.case_names import figure_kind, item_names
from engine.core.complaints import Said, say
from engine.core.complaints.kinds import either
from engine.core.definition import Condition, Count, Figure, Formula, Rounding, Share, Spread, Total
from engine.core.formula import FormulaInvalid, Named, Over, names_of_formula, parse_formula
from engine.core.parse.finding import find_path, is_number
from engine.core.parse.head import read_condition
from engine.core.parse.nodes import Node
from engine.core.parse.tables import read_grid, read_table
from engine.core.paths import NUMERIC, Sources, Way

_KINDS = ("total", "count", "share", "mean", "least", "most", "grid", "table", "formula")
#: which kinds a key besides belongs to
_BESIDE = {
    "where": ("count", "share"),
    "decimals": ("total", "share", "mean", "least", "most", "formula"),
    "round": ("share", "mean", "least", "most", "formula"),
    "rows": ("table",),
    "by": ("mean",),
}
_MOST_DECIMALS = 6
Extreme = Literal["mean", "least", "most"]
_ROUNDINGS: tuple[Rounding, ...] = get_args(Rounding)
#: kinds of fields that hold several things
_SEVERAL = ("list", "link", "person", "file")


class FigureReader:
    """Reads all figures; one may be worked out from others."""

    def __init__(self, nodes: Mapping[str, Node], sources: Sources) -> None:
        self.nodes = nodes
        self.figures: dict[str, Figure] = {}
        self._sources = replace(sources, figures=self.figures)
        self._open: list[str] = []
        self._done: set[str] = set()

    def read(self) -> dict[str, Figure]:
        """All figures by name, in the order they are written; without those that were complained of."""
        for name in self.nodes:
            self.figure(name)
        return {name: self.figures[name] for name in self.nodes if name in self.figures}

    def figure(self, name: str) -> Figure | None:
        """One figure, read once, however many are worked out from it."""
        if name not in self._done:
            self._done.add(name)
            self._open.append(name)
            found = self._read(name, self.nodes[name])
            self._open.pop()
            if found is not None:
                self.figures[name] = found
        return self.figures.get(name)

    def way(self, node: Node, path: str | None, *, offset: int = 0) -> Way | None:
        """Where a path leads, the figure at its end read first; a complaint if it leads nowhere."""
        if path is not None and path in self.nodes:
            node.reading.use(path, ("figure",), node)
            if path in self._open:
                circle = " -> ".join([*self._open[self._open.index(path) :], path])
                message = say("figures_in_a_circle", circle=circle)
                node.error("circle", message, say("figure_on_forms_alone"), offset=offset)
                return None
            if self.figure(path) is None:
                return None
        return find_path(node, path, self._sources, offset=offset)

    def numeric(self, way: Way) -> bool:
        """Whether one number is to be found there."""
        return not way.listed and is_number(way, self._sources)

    def decimals_of(self, way: Way) -> int:
        """How many decimals the number there has."""
        if way.root == "figure":
            return figure_kind(self.figures[way.name]).decimals
        return way.field.decimals if way.field is not None else 0

    def _read(self, name: str, node: Node) -> Figure | None:
        entries = node.entries(say("the_figure", name=name))
        if "grid" in entries:
            return read_grid(name, node, entries, self)
        fields = node.fields(say("the_figure", name=name), (*_KINDS, *_BESIDE))
        kinds = [kind for kind in _KINDS if kind in fields]
        if len(kinds) != 1:
            if entries:
                message = say("figure_kinds", name=name, count=len(kinds))
                node.error("wrong_shape", message, say("write_one_of", names=", ".join(_KINDS)))
            return None
        kind = kinds[0]
        for key, owners in _BESIDE.items():
            if key in fields and kind not in owners:
                message = say("belongs_to", key=key, names=either(f"`{one}`" for one in owners), kind=kind)
                fields[key].error("unknown_key", message, say("remove_it"), on_key=True)
        if kind == "table":
            return read_table(name, node, fields, self)
        if kind == "formula":
            return self._formula(name, fields[kind], *_precision(fields, 0))
        path = fields[kind].text(say("what_is_counted"))
        way = self.way(fields[kind], path)
        return None if way is None else self._over(name, kind, fields, way)

    def _over(self, name: str, kind: str, fields: Mapping[str, Node], way: Way) -> Figure | None:
        """What is worked out over the items of one list."""
        match kind:
            case "count":
                return self._count(name, fields, way)
            case "share":
                return self._share(name, fields, way)
            case "total":
                return self._total(name, fields, way)
            case _:
                return self._spread(name, cast("Extreme", kind), fields, way)

    def _spread(self, name: str, of: Extreme, fields: Mapping[str, Node], way: Way) -> Spread | None:
        if "by" in fields:
            return self._by_days(name, fields, way)
        if not self._many(way):
            hint = say("lead_to_numbers")
            fields[of].error("bad_value", say("not_several_numbers", path=way.path), hint)
            return None
        decimals, rounding = _precision(fields, 0)
        return Spread(name=name, of=of, path=way.path, decimals=decimals, round=rounding)

    def _by_days(self, name: str, fields: Mapping[str, Node], way: Way) -> Spread | None:
        """A mean over the parts of the period, by their days; this case's own number stands at the same path."""
        node = fields["mean"]
        by = fields["by"].one_of(say("what_a_mean_weighs_by"), ("days",))
        if way.root != "read" or self._sources.reads[way.name].of != "parts":
            fields["by"].error("bad_value", say("days_of_parts", path=way.path), say("write_parts_path"))
            return None
        decimals, rounding = _precision(fields, 0)
        found = Spread(name=name, of="mean", path=way.path, decimals=decimals, round=rounding, by_days=True)
        own = self.way(node, found.own)
        if own is not None and not self.numeric(own):
            node.error("bad_value", say("not_a_number", path=found.own), say("formula_takes_numbers"))
            return None
        return found if own is not None and by is not None else None

    def _total(self, name: str, fields: Mapping[str, Node], way: Way) -> Total | None:
        node = fields["total"]
        number = way.listed and (way.root == "read" or (way.field is not None and way.field.kind == "number"))
        if not number:
            node.error("bad_value", say("not_a_number_in_list", path=way.path), say("write_form_list_number"))
            return None
        own = way.field.decimals if way.field is not None else 0
        decimals, _ = _precision(fields, own)
        if way.root != "read" and decimals != own:
            hint = say("total_has_own_decimals", own=own)
            fields["decimals"].error("bad_value", say("total_is_exact", decimals=decimals), hint)
        return Total(name=name, path=way.path, decimals=decimals)

    def _count(self, name: str, fields: Mapping[str, Node], way: Way) -> Count | None:
        if not self._is_list(way):
            hint = say("count_what")
            fields["count"].error("bad_value", say("is_not_a_list", path=way.path), hint)
            return None
        where = self._where(fields, way)
        return Count(name=name, path=way.path, where=where)

    def _share(self, name: str, fields: Mapping[str, Node], way: Way) -> Share | None:
        if not self._is_list(way):
            message = say("is_not_a_list", path=way.path)
            fields["share"].error("bad_value", message, say("share_of_what"))
            return None
        if "where" not in fields:
            hint = say("add_where")
            message = say("share_without_where", name=name)
            fields["share"].error("missing_key", message, hint, on_key=True)
        where = self._where(fields, way)
        if where is None:
            return None
        decimals, rounding = _precision(fields, 2)
        return Share(name=name, path=way.path, where=where, decimals=decimals, round=rounding)

    def _where(self, fields: Mapping[str, Node], way: Way) -> Condition | None:
        if "where" not in fields:
            return None
        if way.root != "read" and not way.whole and way.fields[0].kind != "list":
            message = say("nothing_to_ask", path=way.path)
            fields["where"].error("bad_value", message, say("leave_where_out"), on_key=True)
            return None
        return read_condition(fields["where"], item_names(way))

    def _formula(self, name: str, node: Node, decimals: int, rounding: Rounding) -> Formula | None:
        text = node.text(say("the_formula"))
        if text is None:
            return None
        try:
            expression = parse_formula(text)
        except FormulaInvalid as invalid:
            node.error("formula", invalid.message, invalid.suggestion, offset=invalid.offset)
            return None
        lists: dict[int, str] = {}
        fine = [self._fits(node, named, inside, lists) for named, inside in names_of_formula(expression)]
        for named, inside in names_of_formula(expression):
            if inside is not None and all(fine) and inside.offset not in lists:
                message = say("names_no_list", kind=inside.kind)
                node.error("formula", message, say("write_list_in_it"), offset=named.offset)
                return None
        if not all(fine):
            return None
        return Formula(name=name, text=text, decimals=decimals, round=rounding, place=str(node.mark))

    def _fits(self, node: Node, named: Named, inside: Over | None, lists: dict[int, str]) -> bool:
        way = self.way(node, named.path, offset=named.offset)
        if way is None:
            return False
        message: Said | None = None
        hint: Said | None = None
        if not is_number(way, self._sources):
            message, hint = say("not_a_number", path=named.path), say("formula_takes_numbers")
        elif way.listed and inside is None:
            message, hint = say("is_many_numbers", path=named.path), say("write_total", path=named.path)
        elif way.listed and way.root == "read":
            message, hint = say("cannot_stand_in_brackets", path=named.path), say("own_figure")
        elif way.listed and inside is not None:
            of = named.path.rpartition(".")[0]
            if lists.setdefault(inside.offset, of) != of:
                message = say("different_lists", path=named.path, lists=lists[inside.offset])
                hint = say("own_brackets")
        if message is not None:
            node.error("formula", message, hint, offset=named.offset)
        return message is None

    def _many(self, way: Way) -> bool:
        if way.whole:
            return any(field.kind in NUMERIC for field in way.fields)
        return way.listed and is_number(way, self._sources)

    def _is_list(self, way: Way) -> bool:
        if way.root in {"figure", "setting"}:
            return False
        if way.root == "read" or way.whole:
            return way.root != "form"
        return way.field is not None and way.field.kind in _SEVERAL


def _precision(fields: Mapping[str, Node], unsaid: int) -> tuple[int, Rounding]:
    decimals = fields["decimals"].whole("`decimals`", 0, _MOST_DECIMALS) if "decimals" in fields else None
    rounding = fields["round"].one_of("`round`", _ROUNDINGS) if "round" in fields else None
    return unsaid if decimals is None else decimals, cast("Rounding", rounding or "half_up")
