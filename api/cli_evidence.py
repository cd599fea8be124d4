"""`siklus audit views`: whether the views in an evidence pack say what its entries say."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.cli_options import JsonOption
from api.cli_speech import BROKEN, counted, put_json, remark, say


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
