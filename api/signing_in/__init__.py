"""Signing in: with a password and a code, through an identity provider, by a one-time link; and accounts."""

from fastapi import APIRouter, Depends

from api.route_actions import guard
from api.signing_in import accounts, elsewhere, links, own, signing

__all__ = ["sign_in_routes"]


def sign_in_routes() -> APIRouter:
    """The pages of signing in and of accounts. A demo has none of them."""
    routes = APIRouter(dependencies=[Depends(guard)])
    for part in (signing, elsewhere, links, own, accounts):
        routes.include_router(part.router)
    return routes
