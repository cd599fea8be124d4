"""Fields nobody asked for: what a request says beside what is asked changes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict

from api import requests
from engine.core.codec import decode
from engine.store import queries
from tests.api.conftest import STAFF, Office, hidden, typed_plan
from tests.attacks.attackers import kept_of
from tests.worlds import plan

#: what one would like to set of a case, a person, an account
WISHES: Mapping[str, Any] = {
    "state": "disclosed", "subject": "p-0001", "visit": 99, "ended": "complete", "rating": 5, "id": "c-00000000",
    "actor": "p-0001", "person": "p-0001", "behalf": "p-0001", "roles": ["administrator"], "role": "administrator",
    "is_admin": True, "duties": ["personnel"], "at": "2020-01-01T00:00:00Z", "due": "2099-01-01", "tasks": [],
    "frozen": [], "holder": "p-0001", "kind": "demo", "__class__": "x", "__proto__": {"is_admin": True},
    "constructor": {"prototype": {"is_admin": True}},
}  # fmt: skip


def lets_in_more(model: type[BaseModel]) -> bool:
    """Whether what a model does not name comes through, silently or not."""
    return model.model_config.get("extra") != "forbid" or not model.model_config.get("frozen", False)


def bodies() -> list[type[BaseModel]]:
    found = [
        one
        for one in vars(requests).values()
        if isinstance(one, type) and issubclass(one, BaseModel) and one.__module__ == requests.__name__
    ]
    assert len(found) > 15
    return found


def test_every_body_names_all_it_takes() -> None:
    """A field too many is refused, never ignored: nobody learns by trying."""
    assert [] == [one.__name__ for one in bodies() if lets_in_more(one)]


def test_a_body_that_takes_more_would_be_noticed() -> None:
    """As the framework makes them, they take anything."""

    class Loose(BaseModel):
        model_config = ConfigDict(frozen=True)

    assert lets_in_more(Loose)


def test_the_description_says_so_of_every_body(office: Office) -> None:
    """Whatever a route takes, its schema is closed, also where it comes from another room."""
    told = office.stranger().get("/api/v1/openapi.json").json()
    schemas, seen = told["components"]["schemas"], 0
    for path, methods in told["paths"].items():
        for method, one in methods.items():
            body = one.get("requestBody", {}).get("content", {})
            for kind, content in body.items():
                reference = content["schema"].get("$ref") or next(
                    part["$ref"] for part in content["schema"]["anyOf"] if "$ref" in part
                )
                seen += 1
                assert "application/json" == kind
                assert schemas[reference.rpartition("/")[2]]["additionalProperties"] is False, (method, path)
    assert seen > 15


def test_an_act_takes_no_wish(office: Office) -> None:
    """Each wish is refused by name, and the case is what it was."""
    case = office.case_of()
    before = kept_of(office, case)
    for name, value in WISHES.items():
        body = {"forms": {"plan": plan(60, 40)}, name: value}
        answer = office.program(STAFF).post(f"/api/v1/cases/{case}/acts/submit", json=body)
        assert 422 == answer.status_code, name
    assert before == kept_of(office, case)


def test_a_form_takes_no_wish(office: Office) -> None:
    """A page's form ignores what it does not have, and only that: the plan is kept, nothing else is."""
    case, client = office.case_of(), office.browser(STAFF)
    fields = hidden(client.get(f"/cases/{case}").text) | typed_plan(60, 40) | {"trigger": "submit"}
    extra = {name: str(value) for name, value in WISHES.items()} | {f"plan.{name}": "1" for name in WISHES}
    sent = client.post(f"/cases/{case}/acts", data=extra | fields)
    after = office.engine.case(case, None)

    assert 303 == sent.status_code
    assert office.key_of(STAFF) == after.case.subject
    assert "disclosed" != after.case.state
    assert not after.case.ended
    with office.engine.database.read() as view:
        (written,) = [one for one in queries.written(view, case) if one.form == "plan"]
    assert {"behaviour", "consequences", "resources", "results"} == set(decode(written.value))
