"""The API asked at random, from its own description: nothing breaks, and every answer is one that is written down."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from engine.core.command import Actor
from tests.api.conftest import RATER, STAFF, Office
from tests.attacks.attackers import HOSTILE
from tests.clients import Client
from tests.signing_in.conftest import HOUR, House
from tests.worlds import on_desk, plan

SECRET = "rahasia-kinerja-5f2"
_TEXTS = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=20),
    st.text(alphabet="0123456789-:TZ +.", max_size=12),
    st.just(""),
)
_DAYS = st.one_of(
    st.dates().map(str), st.sampled_from(["2026-02-30", "0000-01-01", "2026-W01-1", "9999-12-31"])
)
_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=8,
)


#: method, pattern, address and what is sent
Request = tuple[str, str, str, dict[str, Any]]


class Described:
    """The API as it describes itself."""

    def __init__(self, told: dict[str, Any], known: dict[str, list[str]]) -> None:
        self.schemas = told["components"]["schemas"]
        self.known = known
        self.operations = [
            (method, path, one)
            for path, methods in sorted(told["paths"].items())
            for method, one in sorted(methods.items())
        ]

    def requests(self) -> st.SearchStrategy[Request]:
        """Method, pattern, address and what is sent, mostly as described, sometimes not."""
        return st.sampled_from(self.operations).flatmap(self._request)

    def _request(self, operation: tuple[str, str, Any]) -> st.SearchStrategy[Request]:
        method, path, one = operation
        asked = one.get("parameters", [])
        names = {item["name"]: self._named(item) for item in asked if item["in"] == "path"}
        queries = {item["name"]: self._named(item) for item in asked if item["in"] == "query"}
        body = one.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
        sent = st.none() if body is None else st.one_of(self.values(body), self.values(body), _ANYTHING)

        def asked_for(filled: dict[str, str], query: dict[str, str], value: Any) -> Request:
            return method, path, _address(path, filled, query), {} if value is None else {"json": value}

        return st.builds(
            asked_for,
            st.fixed_dictionaries(names),
            st.fixed_dictionaries({}, optional=queries),
            sent,
        )

    def _named(self, item: dict[str, Any]) -> st.SearchStrategy[str]:
        known = self.known.get(item["name"], ["x"])
        return st.one_of(st.sampled_from(known), self.values(item["schema"]).map(str), _TEXTS)

    def values(self, schema: dict[str, Any]) -> st.SearchStrategy[Any]:
        """Values of a schema; of a text without a shape also names of what is there."""
        if "$ref" in schema:
            return self.values(self.schemas[schema["$ref"].rpartition("/")[2]])
        if "anyOf" in schema:
            return st.one_of([self.values(one) for one in schema["anyOf"]])
        if "enum" in schema or "const" in schema:
            return st.sampled_from(schema.get("enum") or [schema["const"]])
        if schema.get("type") == "object":
            return self._object(schema)
        if schema.get("type") == "array":
            return st.lists(self.values(schema.get("items", {})), max_size=3)
        return self._plain(schema)

    def _plain(self, schema: dict[str, Any]) -> st.SearchStrategy[Any]:
        texts = st.one_of(_TEXTS, st.sampled_from([one for many in self.known.values() for one in many]))
        kinds: dict[str, st.SearchStrategy[Any]] = {
            "string": _DAYS if schema.get("format") == "date" else texts,
            "integer": st.integers(schema.get("minimum", -3) - 1, schema.get("maximum", 1000) + 1),
            "boolean": st.booleans(),
            "null": st.none(),
        }
        return kinds.get(schema.get("type", ""), _ANYTHING)

    def _object(self, schema: dict[str, Any]) -> st.SearchStrategy[Any]:
        fields = {name: self.values(one) for name, one in schema.get("properties", {}).items()}
        needed = set(schema.get("required", []))
        made = st.fixed_dictionaries(
            {name: one for name, one in fields.items() if name in needed},
            optional={name: one for name, one in fields.items() if name not in needed},
        )
        if isinstance(schema.get("additionalProperties"), dict) or not fields:
            forms = st.just({"plan": plan(60, 40)}) | st.dictionaries(_TEXTS, _ANYTHING, max_size=2)
            return made.flatmap(lambda one: forms.map(lambda more: one | more)) if fields else forms
        return made


def _address(path: str, filled: dict[str, str], query: dict[str, str]) -> str:
    address = path
    for name, value in filled.items():
        address = address.replace(f"{{{name}}}", quote(str(value), safe="") or "x")
    asked = "&".join(f"{quote(name)}={quote(str(value))}" for name, value in query.items())
    return f"{address}?{asked}" if asked else address


def described(office: Office) -> Described:
    case = office.case_of()
    known = {
        "case_id": [case, office.case_of(RATER), "c-00000000"], "person_id": [office.id_of(STAFF), office.id_of(RATER)],
        "trigger": ["submit", "pass", "send_back"], "journal": ["daily"], "name": ["id-asn"], "number": ["1"],
        "digest": [one.digest for one in office.engine.definitions()], "sha256": ["0" * 64],
        "workflow": ["asn-tahunan"], "cycle": ["asn-tahunan-2026"],
    }  # fmt: skip
    return Described(office.stranger().get("/api/v1/openapi.json").json(), known)


def allowed(api: Described, method: str, path: str) -> set[int]:
    """The statuses the description names for an operation."""
    return {int(status) for status in api.schemas and _operation(api, method, path)["responses"]}


def _operation(api: Described, method: str, path: str) -> Any:
    return next(one for known, pattern, one in api.operations if (known, pattern) == (method, path))


def asked_at_random(office: Office, examples: int) -> None:
    """Ask as an employee whose colleague's plan holds a secret, as nobody, and as the desk."""
    given_plan = plan(60, 40)
    given_plan["behaviour"] = SECRET
    office.fire("submit", STAFF, plan=given_plan)
    api = described(office)
    desk = office.engine.chart.person(on_desk("personnel")).name
    peers = [
        one for one in office.engine.chart.segments if not one.duties and not one.external and one.status
    ]
    stranger = next(
        one.name for one in peers
        if one.name not in {STAFF, RATER} and not office.engine.case(office.case_of(), one.key).roles
        and not office.engine.case(office.case_of(), one.key).held
    )  # fmt: skip
    clients = {"": office.stranger(), stranger: office.program(stranger), desk: office.program(desk)}

    asked(api, clients, examples, frozenset({"", stranger}))
    assert office.engine.verify() == []


def asked(
    api: Described,
    clients: Mapping[str, Client],
    examples: int,
    unread: Collection[str],
    between: Callable[[], None] = lambda: None,
) -> Counter[int]:
    """What came of asking at random; `unread` read no secret, `between` happens before each."""
    came: Counter[int] = Counter()

    @settings(
        max_examples=examples, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(api.requests(), st.sampled_from(list(clients)))
    def ask(request: Request, who: str) -> None:
        method, path, address, sent = request
        if sent:
            sent = {
                "content": json.dumps(sent["json"]).encode(),
                "headers": {"Content-Type": "application/json"},
            }
        between()
        answer = clients[who].request(method.upper(), address, **sent)
        told = (who, method, address, sent)
        came[answer.status_code] += 1
        assert answer.status_code < 500, (told, answer.text[:300])
        assert answer.status_code in allowed(api, method, path) | {404, 405, 422}, told
        if who in unread:
            assert SECRET not in answer.text, told

    ask()
    return came


def asked_by_account(house: House, examples: int) -> Counter[int]:
    """Ask as people who signed in, by the cookie of a browser and by tokens of programs, of all scopes and of one."""
    given_plan = plan(60, 40)
    given_plan["behaviour"] = SECRET
    case = house.engine.cases(subject=house.key_of(STAFF))[0].id
    house.engine.fire(case, "submit", actor=Actor(person=house.key_of(STAFF)), forms={"plan": given_plan})
    known = {"case_id": [case, "c-00000000"], "trigger": ["submit", "pass", "send_back"], "name": ["id-asn"],
             "person_id": [one.person_id for one in house.engine.chart.segments[:3]]}  # fmt: skip
    api = Described(house.app.openapi(), known)
    view = house.engine.case(case, None)
    near = {view.case.subject, *(one.holder for one in view.case.tasks)}
    stranger = next(
        one.name for one in house.engine.chart.segments
        if one.key not in near and not one.duties and not one.external and not house.engine.case(case, one.key).roles
    )  # fmt: skip
    account, auditor = house.account("orang", person=stranger), house.account("periksa", "auditor")
    end = house.clock.now() + 30 * 24 * HOUR
    clients = {"cookie": house.signed_in(account)}
    for who, scopes in (("all", {"read", "act", "manage"}), ("read", {"read"}), ("act", {"act"})):
        clients[f"token {who}"] = house.program(
            house.engine.tokens.make(account.id, who, scopes, end, account.id)[0]
        )
    sent, _ = house.engine.tokens.make(auditor.id, "log", {"read"}, end, auditor.id)
    clients["auditor"] = house.program(sent)

    def later() -> None:
        house.clock.instant += 3_000_000  # nobody asks so often that they wait

    # the definition opens plans to auditors, so theirs is the one account that may read it
    came = asked(api, clients, examples, frozenset(clients) - {"auditor"}, later)
    assert house.engine.verify() == []
    return came


@pytest.mark.timeout(120)
def test_no_request_breaks_anything(office: Office) -> None:
    """A share of them in every run."""
    asked_at_random(office, 120)


@pytest.mark.long
@pytest.mark.timeout(1_800)
def test_no_request_breaks_anything_however_long(office: Office) -> None:
    """Thousands of them."""
    asked_at_random(office, 6_000)


@pytest.mark.timeout(120)
def test_no_request_of_an_account_breaks_anything(house: House) -> None:
    """By cookie and by token, most are answered as asked, or refused for want of a right or a scope."""
    came = asked_by_account(house, 30)
    assert came[403] + came[200] > came[401]


@pytest.mark.long
@pytest.mark.timeout(1_800)
def test_no_request_of_an_account_breaks_anything_however_long(house: House) -> None:
    """Thousands of them."""
    came = asked_by_account(house, 7_500)
    assert came[200] > 100, came
    assert not came[401]
