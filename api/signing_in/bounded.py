"""How answers of an identity provider come in: up to a size, and only as they are."""

from __future__ import annotations

from collections.abc import Iterator

import httpx2

__all__ = ["Bounded"]

_MOST_BYTES = 512 * 1024


class Bounded(httpx2.HTTPTransport):
    """Answers up to a size, and only as they are: packed ones could be small outside and endless inside."""

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """The answer to one request. Raises: httpx2.DecodingError for a packed one."""
        request.headers["Accept-Encoding"] = "identity"
        response = super().handle_request(request)
        if response.headers.get("content-encoding", "identity") != "identity":
            response.close()
            raise httpx2.DecodingError("the answer is packed", request=request)
        assert isinstance(response.stream, httpx2.SyncByteStream)
        return httpx2.Response(
            response.status_code, headers=response.headers, stream=_UpTo(response.stream, request)
        )


class _UpTo(httpx2.SyncByteStream):
    """A stream that breaks off where it becomes too long."""

    def __init__(self, stream: httpx2.SyncByteStream, request: httpx2.Request) -> None:
        self._stream, self._request = stream, request

    def __iter__(self) -> Iterator[bytes]:
        taken = 0
        for part in self._stream:
            taken += len(part)
            if taken > _MOST_BYTES:
                raise httpx2.ReadError("the answer is too long", request=self._request)
            yield part

    def close(self) -> None:
        """Give the connection back."""
        self._stream.close()
