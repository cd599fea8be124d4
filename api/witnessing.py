"""A witness over HTTP: add-checkpoint of C2SP tlog-witness, the newest checkpoint of each log, and nothing else."""

from __future__ import annotations

import asyncio

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from engine.core.sealing.witnessing import LARGEST_REQUEST
from engine.errors import KeysUnusable
from engine.witness import Answer, Witness

__all__ = ["witness_app"]

#: seconds within which a request must be there whole
_BODY_SECONDS = 20.0
_TOO_LARGE = Answer(status=413, body=f"a request has at most {LARGEST_REQUEST} bytes\n")
_TOO_SLOW = Answer(status=408, body="the request did not come in time\n")
_PACKED = Answer(status=415, body="a request comes as it is, not packed\n")


def witness_app(witness: Witness, *, body_seconds: float = _BODY_SECONDS) -> Starlette:
    """The application of a witness."""

    async def add_checkpoint(request: Request) -> Response:
        if request.headers.get("content-encoding", "identity") != "identity":
            return _response(_PACKED)
        try:
            async with asyncio.timeout(body_seconds):
                body = await _body(request)
        except TimeoutError:
            return _response(_TOO_SLOW)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            return _response(_TOO_LARGE)
        try:
            return _response(await run_in_threadpool(witness.add_checkpoint, body))
        except KeysUnusable as error:
            return _response(Answer(status=500, body=f"{error}\n"))

    async def latest(request: Request) -> Response:
        return _response(await run_in_threadpool(witness.latest, request.path_params["name"]))

    return Starlette(
        routes=[
            Route("/add-checkpoint", add_checkpoint, methods=["POST"]),
            Route("/{name:path}/checkpoint", latest, methods=["GET"]),
        ]
    )


async def _body(request: Request) -> bytes | None:
    """The body, no further than a request can be long; None for a longer one."""
    parts, taken = [], 0
    async for part in request.stream():
        taken += len(part)
        if taken > LARGEST_REQUEST:
            return None
        parts.append(part)
    return b"".join(parts)


def _response(answer: Answer) -> Response:
    # Set by hand: Starlette would put a charset behind text/x.tlog.size, and clients compare it to the letter.
    return Response(
        answer.body,
        status_code=answer.status,
        headers={"content-type": answer.kind, "x-content-type-options": "nosniff"},
    )
