"""What a page's form sends, read before the endpoint's thread begins."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

_MOST_FIELDS = 2_000


async def posted_fields(request: Request) -> dict[str, str]:
    """The fields of a sent form as texts; of several of one name the last counts. Files are not taken."""
    async with request.form(max_fields=_MOST_FIELDS, max_files=0) as sent:
        return {name: value for name, value in sent.items() if isinstance(value, str)}


Posted = Annotated[dict[str, str], Depends(posted_fields)]
