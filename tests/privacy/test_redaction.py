"""Nothing of a person and no secret stands in a log line, whatever a log function is fed."""

from __future__ import annotations

import inspect
import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from api import telemetry
from api.redacting import REDACTED, redact, scrubbed

NAME, MAIL, NIP = "Siti Aminah Pakaya", "siti.aminah@contoh.go.id", "199506102019032023"
TOKEN, WORD = "siklus_Zx81kQpT0aYv3", "rahasia-sekali-77"
FORM = json.dumps({"plan": {"achieved": "laporan rahasia", "by": NAME}})
HOSTILE = (
    NAME,
    MAIL,
    NIP,
    "19950610 201903 2 023",
    f"password={WORD}",
    f"Authorization: Bearer {TOKEN}",
    TOKEN,
    f"postgresql://siklus:{WORD}@db/siklus",
    FORM,
    f"ok\n{{'event': 'forged', 'person': '{NAME}'}}",
    f"/cases/c-1?name={NAME}",
    f"/p/{'q' * 22}",
)
SECRET = (
    "Siti",
    "Pakaya",
    "siti.aminah",
    NIP,
    "201903",
    WORD,
    "Zx81kQpT0aYv3",
    "laporan rahasia",
    "forged",
    "q" * 22,
)


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Where the process's logs go during one test."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    stream = io.StringIO()
    telemetry.configure("debug", stream)
    yield stream
    root.handlers[:] = before
    root.setLevel(level)
    structlog.reset_defaults()


def leaks(text: str) -> list[str]:
    return [one for one in SECRET if one in text]


def hostile_calls(text: str) -> Iterator[str]:
    """Every log function there is, each of its texts being this one; their names."""
    for name, function in inspect.getmembers(telemetry, inspect.isfunction):
        if not name.startswith("log_"):
            continue
        asked = inspect.signature(function, eval_str=True).parameters
        values: dict[str, object] = {}
        for one in asked.values():
            if one.kind is inspect.Parameter.VAR_KEYWORD:
                values |= {"person": text, "case_id": text, "anything": text}
            elif one.name == "error":
                values[one.name] = ValueError(text)
            else:
                values[one.name] = _value(one.annotation, text)
        first = next(iter(asked.values()))
        if first.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD:
            function(values.pop("event"), values.pop("error"), **values)
        else:
            function(**values)
        yield name


def _value(kind: object, text: str) -> object:
    told = str(kind)
    if "tuple[str, str]" in told:
        return [(text, f"{text}: {text}")]
    if "tuple[int, str]" in told:
        return [(1, text)]
    if "Mapping" in told:
        return {text: 1}
    return 1 if kind is int else text


@pytest.mark.parametrize("text", HOSTILE)
def test_no_log_function_writes_what_it_should_not(lines: io.StringIO, text: str) -> None:
    names = list(hostile_calls(text))
    written = lines.getvalue()

    assert {"log_request", "log_batch", "log_failure", "log_delivery"} <= set(names)
    assert len(names) == len(written.splitlines())  # one line each: nothing breaks out of its line
    assert [] == leaks(written)
    assert REDACTED in written


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_library_logs_is_cut_as_well(lines: io.StringIO, text: str) -> None:
    """As template, as a value in it, as an extra, as an exception's sentence, and as structured values of ours."""
    library = logging.getLogger("some.library")
    library.warning("could not send to %s on port %d", text, 25)
    library.warning("refused", extra={"detail": text, "case_id": text})
    library.warning(text) if text not in {NAME, FORM} and "\n" not in text and "name=" not in text else None
    structlog.stdlib.get_logger("siklus.more").warning("odd.event", whatever=text, person=text)
    try:
        int(f"x{text}")
    except ValueError:
        library.exception("broke")

    assert [] == leaks(lines.getvalue())
    first = json.loads(lines.getvalue().splitlines()[0])
    assert ("could not send to %s on port %d", [REDACTED, 25]) == (first["event"], first["values"])


def test_what_our_own_lines_need_is_written_as_it_is(lines: io.StringIO) -> None:
    telemetry.log_request(
        request_id="0123456789012345", method="GET", route="/api/v1/cases/{case_id}/files/{sha256}", status=404,
        duration_us=7, person="p-0012", case_id="c-3f0c9a1be2d44f10aa21", code="not_found",
    )  # fmt: skip
    telemetry.log_batch(
        worker="serve@host-1.lan",
        cases=1,
        steps=2,
        failed=[("c-1", "StoreUnusable: x")],
        late_us=0,
        duration_us=5,
    )
    telemetry.log_dispatch(
        worker="work@host",
        claimed=2,
        outcomes={"sent": 1},
        failures=[(4, "SMTPServerDisconnected"), (5, "not_found")],
    )

    assert REDACTED not in lines.getvalue()
    served, _, sent = (json.loads(line) for line in lines.getvalue().splitlines())
    assert ("p-0012", "0123456789012345") == (served["person"], served["request_id"])
    assert [[4, "SMTPServerDisconnected"], [5, "not_found"]] == sent["failed"]


@given(st.text(min_size=1, max_size=60), st.sampled_from([NIP, MAIL, TOKEN]))
def test_no_number_address_or_token_survives_in_any_text(around: str, secret: str) -> None:
    assert secret not in scrubbed(f"{around} {secret} {around}")
    assert secret not in str(
        redact(None, "", {"event": f"{around} {secret}", "person": secret, "code": secret})
    )
