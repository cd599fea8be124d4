"""What waits for a second administrator, as pages show it: what, for whom, asked by whom, and whether one may do it."""

from __future__ import annotations

from typing import Any

from fastapi import Request

from api.pages.words import Words
from api.visiting import SignedIn, engine_of
from engine.core.identity.account import SYSTEM_ROLES
from engine.core.identity.together import Act, roles_in
from engine.core.telling_days import say_moment

__all__ = ["waiting_rows"]


def waiting_rows(
    request: Request, asker: SignedIn, word: Words, account_id: str = ""
) -> list[dict[str, Any]]:
    """What waits, for one account or for all, the latest first."""
    return [
        {
            "id": one.request.id,
            "account": one.account,
            "asker": one.asker,
            "act": _said(request, one.request.act, word),
            "asked": say_moment(one.request.asked_at, "UTC", word.language),
            "hindrance": one.hindrance[word.language] if one.hindrance else "",
            "about_me": one.account.id == asker.account.id,
        }
        for one in engine_of(request).accounts.together.waiting(asker.account.id, account_id)
    ]


def _said(request: Request, act: Act, word: Words) -> str:
    """What is to be done; of a change, what it sets."""
    parts = []
    if "roles" in act.fields:
        roles = roles_in(act.fields["roles"])
        said = ", ".join(word(f"role.{one}") for one in SYSTEM_ROLES if one in roles)
        parts.append(word("waiting.roles", roles=said or "–"))
    if "person" in act.fields:
        held = engine_of(request).chart.history(act.fields["person"])
        parts.append(word("waiting.person", person=held[-1].name if held else word("accounts.nobody")))
    return f"{word(f'waiting.{act.kind}')}{': ' if parts else ''}{'; '.join(parts)}"
