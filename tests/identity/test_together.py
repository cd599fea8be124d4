"""What no administrator does alone to somebody else's account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from engine.core.identity.account import OPERATOR, Account, NewAccount
from engine.core.identity.together import ACT_KINDS, Act, ActKind, takes_two
from engine.errors import Conflict, LinkOver, NotYours, Refused, SecondNeeded
from tests.identity.conftest import DAY, HOUR, House

NEW = "sandi baru yang panjang"
ADMIN: dict[str, Any] = {"roles": {"administrator"}}


def act(kind: ActKind, account: Account, **fields: str) -> Act:
    return Act(kind=kind, account=account.id, fields=fields)


def letters(house: House) -> list[tuple[str, str, Mapping[str, Any]]]:
    """Every letter: to whom, of which kind, with what."""
    with house.database.read() as view:
        rows = view.driver.rows("SELECT recipient, kind, data FROM outbox ORDER BY id")
    from engine.core.codec import decode  # noqa: PLC0415

    return [(to, kind, decode(bytes(data))) for to, kind, data in rows]


def two_administrators(house: House) -> tuple[Account, Account]:
    one, two = (house.person(login, email=f"{login}@contoh.go.id", **ADMIN) for login in ("satu", "dua"))
    house.clock.instant += 8 * DAY
    return one, two


def test_one_administrator_alone_opens_nobodys_account(house: House) -> None:
    """No new link for an account in use, no app taken off, no other person, no rights: each is to be asked for."""
    admin, _ = two_administrators(house)
    owner = house.person("budi")
    house.with_app(owner)
    accounts = house.accounts
    for attempt in (
        lambda: accounts.invite(owner.id, by=admin.id),
        lambda: accounts.reset_totp(owner.id, by=admin.id),
        lambda: accounts.change(owner.id, roles={"auditor"}, by=admin.id),
        lambda: accounts.change(owner.id, oidc_issuer="https://id.example", oidc_subject="7", by=admin.id),
        lambda: accounts.create(NewAccount(login="tiga", name="Tiga", **ADMIN), by=admin.id),
    ):
        with pytest.raises(SecondNeeded, match="second administrator"):
            attempt()
    assert house.accounts.find(owner.id).has_totp  # type: ignore[union-attr]
    assert house.check("budi") is not None


def test_what_opens_nobodys_account_is_done_alone(house: House) -> None:
    """A first link for a new account, a name, rights taken away, an account disabled and enabled."""
    admin, other = two_administrators(house)
    made = house.accounts.create(NewAccount(login="baru", name="Baru"), by=admin.id)
    house.accounts.set_password(house.accounts.invite(made.id, by=admin.id), NEW)
    house.accounts.change(made.id, name="Baru Sekali", by=admin.id)
    house.accounts.disable(made.id, by=admin.id)
    house.accounts.enable(made.id, by=admin.id)

    assert set() == house.accounts.change(other.id, roles=(), by=admin.id).roles


def test_a_second_administrator_says_yes_and_gets_the_link(house: House) -> None:
    admin, other = two_administrators(house)
    owner = house.person("budi", email="budi@contoh.go.id")
    request = house.accounts.together.ask(act("invite", owner), by=admin.id)
    with pytest.raises(NotYours, match="another administrator"):
        house.accounts.together.carry_out(request.id, by=admin.id)
    house.clock.instant += 2 * DAY
    with pytest.raises(NotYours, match="another administrator"):
        house.accounts.together.carry_out(request.id, by=admin.id)

    done = house.accounts.together.carry_out(request.id, by=other.id)
    house.accounts.set_password(done.link, NEW)
    assert house.check("budi", NEW) is not None
    with pytest.raises(Conflict):
        house.accounts.together.carry_out(request.id, by=other.id)
    assert ["password_set", "invited", "act_done", "act_asked"] == house.told(owner)[:4]


def test_the_only_administrator_waits_a_day_in_which_the_owner_may_refuse(house: House) -> None:
    admin = house.person("satu", **ADMIN)
    owner = house.person("budi", email="budi@contoh.go.id")
    house.with_app(owner)
    together, asked = house.accounts.together, act("reset_totp", owner)
    request = together.ask(asked, by=admin.id)
    assert request == together.ask(asked, by=admin.id)
    house.clock.instant += DAY - HOUR
    with pytest.raises(NotYours, match="no other administrator"):
        together.carry_out(request.id, by=admin.id)

    told = [data for to, kind, data in letters(house) if (to, kind) == (owner.id, "account_asked")]
    token = str(told[0]["page"]).removeprefix("/refuse/")
    assert owner.id == together.of_letter(token)[1].id
    together.refuse_by_letter(token)
    with pytest.raises(LinkOver):
        together.refuse_by_letter(token)
    house.clock.instant += DAY
    with pytest.raises(Conflict):
        together.carry_out(request.id, by=admin.id)

    again = together.ask(asked, by=admin.id)
    house.clock.instant += DAY
    assert not together.carry_out(again.id, by=admin.id).account.has_totp
    with house.database.read() as view:
        assert () == view.verify()


def test_an_account_one_made_is_no_second_administrator(house: House) -> None:
    """Neither while it is new, nor while either had a hand in the other."""
    admin = house.person("satu", **ADMIN)
    owner = house.person("budi")
    house.clock.instant += 8 * DAY
    puppet = house.accounts.create(NewAccount(login="boneka", name="Boneka"), by=admin.id)
    house.accounts.set_password(house.accounts.invite(puppet.id, by=admin.id), NEW)
    rights = house.accounts.together.ask(act("change", puppet, roles="administrator"), by=admin.id)
    house.clock.instant += DAY
    assert {"administrator"} == house.accounts.together.carry_out(rights.id, by=admin.id).account.roles

    request = house.accounts.together.ask(act("invite", owner), by=admin.id)
    with pytest.raises(NotYours):
        house.accounts.together.carry_out(request.id, by=puppet.id)
    house.clock.instant += 6 * DAY
    with pytest.raises(NotYours, match="no other"):  # the account is old by now, the hand is not
        house.accounts.together.carry_out(
            house.accounts.together.ask(act("reset_totp", owner), by=puppet.id).id, by=admin.id
        )


def test_disabling_the_other_administrator_does_not_shorten_the_wait(house: House) -> None:
    """Whoever makes themselves the only one waits as long as a new account would."""
    admin, other = two_administrators(house)
    owner = house.person("budi")
    house.accounts.disable(other.id, by=admin.id)
    request = house.accounts.together.ask(act("invite", owner), by=admin.id)
    house.clock.instant += 6 * DAY
    with pytest.raises(NotYours):
        house.accounts.together.carry_out(request.id, by=admin.id)
    house.clock.instant += DAY
    assert house.accounts.together.carry_out(request.id, by=admin.id).link


def test_what_was_asked_is_void_with_its_asker_and_after_two_weeks(house: House) -> None:
    admin, other = two_administrators(house)
    owner, late = house.person("budi"), house.person("sari")
    together = house.accounts.together
    asked, old = (together.ask(act("invite", one), by=admin.id) for one in (owner, late))
    together.ask(act("change", owner, roles="auditor"), by=admin.id)
    with pytest.raises(Refused, match="waits"):
        together.ask(act("change", owner, roles="privacy"), by=other.id)
    house.accounts.disable(admin.id, by=other.id)
    with pytest.raises(Refused, match="no administrator any more"):
        together.carry_out(asked.id, by=other.id)
    house.accounts.enable(admin.id, by=other.id)
    house.clock.instant += 14 * DAY
    assert () == together.waiting(other.id)
    with pytest.raises(Conflict):
        together.carry_out(old.id, by=other.id)


def test_nobody_but_administrators_and_the_owner_has_a_say(house: House) -> None:
    admin, other = two_administrators(house)
    owner, stranger = house.person("budi"), house.person("asing")
    together = house.accounts.together
    request = together.ask(act("invite", owner), by=admin.id)
    for nobody in (stranger, owner):
        with pytest.raises(NotYours):
            together.carry_out(request.id, by=nobody.id)
    with pytest.raises(NotYours):
        together.refuse(request.id, by=stranger.id)
    with pytest.raises(NotYours):
        together.ask(act("invite", owner), by=stranger.id)
    with pytest.raises(NotYours, match="own account"):
        together.ask(act("reset_totp", other), by=other.id)
    together.refuse(request.id, by=owner.id)
    assert () == together.waiting(admin.id)


def test_the_owner_administrators_and_auditors_are_told(house: House) -> None:
    """Of what was asked and done; only the owner's letter can refuse. At the shell it is told as well."""
    admin, other = two_administrators(house)
    auditor = house.person("tiga", roles={"auditor"})
    owner = house.person("budi", email="budi@contoh.go.id")
    before = len(letters(house))
    house.accounts.together.ask(act("invite", owner), by=admin.id)
    told = letters(house)[before:]
    assert {owner.id, admin.id, other.id, auditor.id} == {to for to, _, _ in told}
    assert [owner.id] == [to for to, _, data in told if "/refuse/" in str(data["page"])]

    before = len(letters(house))
    house.accounts.invite(owner.id, by=OPERATOR)
    assert {(owner.id, "account_done"), (auditor.id, "account_done")} <= {
        (to, kind) for to, kind, _ in letters(house)[before:]
    }


def test_another_address_is_told_to_the_one_before(house: House) -> None:
    admin, _ = two_administrators(house)
    owner = house.person("budi", email="lama@contoh.go.id")
    before = len(letters(house))
    house.accounts.change(owner.id, email="baru@contoh.go.id", by=admin.id)

    told = [data for _, _, data in letters(house)[before:]]
    assert [None, "lama@contoh.go.id"] == [data.get("address") for data in told]


@pytest.mark.parametrize("kind", ACT_KINDS)
def test_an_account_without_a_way_in_can_be_helped_by_one(kind: ActKind) -> None:
    """It is nobody's yet; only rights take two from the beginning."""
    bare = Account(id="a-1", login="baru", name="Baru", created_at=0)
    assert not takes_two(bare, act(kind, bare, person="p-1"))
    assert takes_two(bare, act("change", bare, roles="administrator"))
