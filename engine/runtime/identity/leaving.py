"""Accounts of people who left: disabled on the day the chart says, and given back when the chart is corrected."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from engine.core.chart import Chart
from engine.core.identity.account import ALONE, Account, AccountState
from engine.core.identity.account_log import CHART, AccountKindOfEntry
from engine.core.identity.expiry import HOUR
from engine.core.identity.leaving import left_by
from engine.runtime.identity.doing import end_ways_in
from engine.runtime.identity.register import Register
from engine.store import accounts as filed
from engine.store.unit import Unit

__all__ = ["Leaving"]


class Leaving:
    """Lets accounts follow the chart: looked at with each chart, and once an hour, since a day may begin somewhere."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._seen: tuple[str, int] | None = None

    def follow(self, chart: Chart, now: int) -> int:
        """Disable the accounts of those who left, and enable again those that only this had disabled; how many.

        The last administrator stays: nobody would be there to correct anything.
        """
        seen = (chart.version, now // HOUR)
        if seen == self._seen:
            return 0
        gone = left_by(chart, now)
        with self._register.database.read() as view:
            leaving = filed.of_people(view.driver, gone, state="active")
            back = [one for one in filed.in_state(view.driver, "left") if one.person not in gone]
        changed = self._let(leaving, "left") + self._let(back, "active") if leaving or back else 0
        self._seen = seen
        return changed

    def _let(self, accounts: Collection[Account], state: AccountState) -> int:
        changed = 0
        with self._register.database.write() as unit:
            for known in accounts:
                account = self._register.account(unit, known.id)
                if account.state == known.state and not self._is_last(unit, account, state):
                    self._change(unit, account, state)
                    changed += 1
        return changed

    def _is_last(self, unit: Unit, account: Account, state: AccountState) -> bool:
        leaves = state == "left" and ALONE in account.roles
        return leaves and set(filed.administrators(unit.driver)) <= {account.id}

    def _change(self, unit: Unit, account: Account, state: AccountState) -> None:
        filed.change_account(unit.driver, replace(account, state=state))
        if state == "left":
            end_ways_in(self._register, unit, account.id)
        told: AccountKindOfEntry = "left" if state == "left" else "came_back"
        self._register.say(unit, told, by=CHART, account=account.id)
