"""`siklus audit views` and `search`: whether a pack's views say what its entries say, and entries looked up."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli_options import ByOption, DatabaseOption, JsonOption, author_named, installation
from api.cli_speech import BROKEN, counted, put_json, remark, say, table


def views(
    *,
    pack: Annotated[Path, typer.Argument(metavar="PACK", help="The evidence pack, a zip.")],
    as_json: JsonOption = False,
) -> None:
    """Work the views of a pack out again from its entries, and say which of them say something else.

    Nothing here says that the entries are true: verify.py does, and is to be run first. Exits with 7 if a view differs.
    """
    from engine.sealer import differing
    from engine.verify import Pack, UnusableError

    try:
        names = Pack(str(pack)).names
        wrong = differing(pack)
    except (UnusableError, ValueError) as error:
        raise typer.BadParameter(str(error), param_hint="PACK") from None
    if as_json:
        put_json({"pack": str(pack), "differing": list(wrong)})
    elif wrong:
        say("".join(f"{one} is not what the entries of the pack make it.\n" for one in wrong).rstrip())
    else:
        count = sum(one.startswith("views/") for one in names)
        say(f"{pack}: {counted(count, 'view')[:-1]}, each what the entries make it.")
        remark("That the entries are true is shown by verify.py alone.")
    if wrong:
        raise typer.Exit(BROKEN)


def search(  # noqa: PLR0913 - everything entries are looked up by
    ctx: typer.Context,
    *,
    person: Annotated[
        str, typer.Option("--person", metavar="WHO", help="Who acted, or for whom: a login, number or key.")
    ] = "",
    subject: Annotated[
        str, typer.Option("--subject", metavar="WHO", help="Whom the case is about: a number, or unit:NAME.")
    ] = "",
    case: Annotated[str, typer.Option("--case", metavar="ID", help="Entries of this case.")] = "",
    stream: Annotated[
        str, typer.Option("--stream", metavar="NAME", help="Of this stream: people, log, ...")
    ] = "",
    unit: Annotated[str, typer.Option("--unit", metavar="NAME", help="Of cases of this unit.")] = "",
    kind: Annotated[str, typer.Option("--kind", metavar="KIND", help="Of this kind: moved, rung, ...")] = "",
    transition: Annotated[
        str, typer.Option("--transition", metavar="RULE", help="By this rule: employee_drafts.submit.")
    ] = "",
    version: Annotated[
        str, typer.Option("--version", metavar="NAME", help="Under these rules: asn-tahunan@1, or a digest.")
    ] = "",
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="A part of the reason given.")] = "",
    automatic: Annotated[
        bool | None, typer.Option("--automatic/--human", help="What happened by itself, or what people did.")
    ] = None,
    override: Annotated[
        bool, typer.Option("--override", help="By break-glass, or from outside the ways of a case.")
    ] = False,
    gap: Annotated[
        int, typer.Option("--gap", metavar="DAYS", min=0, help="After so many days of silence.")
    ] = 0,
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="From this day on, in UTC.")] = "",
    last: Annotated[str, typer.Option("--to", metavar="DAY", help="Up to this day.")] = "",
    before: Annotated[
        int | None, typer.Option("--before", metavar="LEAF", min=0, help="Only entries before this leaf.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1_000, help="At most so many.")] = 50,
    sample: Annotated[
        int, typer.Option("--sample", metavar="NUMBER", min=0, help="So many drawn by lot.")
    ] = 0,
    seed: Annotated[int, typer.Option("--seed", min=0, help="The same seed draws the same.")] = 0,
    by_unit: Annotated[bool, typer.Option("--by-unit", help="Draw so many of each unit.")] = False,
    again: Annotated[
        bool, typer.Option("--again", help="First make anew, from the entries, what searches look in.")
    ] = False,
    by: ByOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Look sealed entries up, the newest first, or draw some by lot as a work list.

    That somebody looked is recorded.
    """
    from api.auditing import AUDIT, Sought, looked_up, page_out, wanted
    from engine.sealer import trace_again, trace_leaves

    told = "" if automatic is None else "yes" if automatic else "no"
    sought = Sought(
        person=person, subject=subject, case=case, stream=stream, unit=unit, kind=kind, transition=transition,
        version=version, reason=reason, automatic=told, override=override, gap=gap, first=first, last=last,
    )  # fmt: skip
    with installation(ctx, database) as house:
        looker = author_named(house.engine, by)
        (trace_again if again else trace_leaves)(house.database)
        if sample:
            asked = wanted(house.engine, sought, besides=looker)
            house.engine.privacy.reads.note(looker, AUDIT, ["log"])
            page = house.engine.search.sample(asked, count=sample, seed=seed, by_unit=by_unit, before=before)
        else:
            page = looked_up(house.engine, looker, sought, before=before, limit=limit)
        out = page_out(house.engine, page, "en")
    if as_json:
        put_json(out.model_dump(mode="json"))
        return
    rows = [
        (
            str(one.leaf),
            one.at[:16].replace("T", " "),
            f"{one.stream} {one.seq}",
            one.actor,
            one.told or one.kind,
        )
        for one in out.entries
    ]
    table(("leaf", "when", "entry", "who", "what"), rows)
    if sample:
        remark(f"Drawn by lot: {len(rows)}. Draw the same with --seed {seed} --before {out.leaves}.")
    elif out.next_before is not None:
        remark(f"There are more: --before {out.next_before}.")
