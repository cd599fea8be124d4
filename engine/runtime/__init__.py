"""The engine at work: launch, fire, let time pass, preview. Each public method is one transaction, or says so."""

from engine.runtime.attaching import AttachedFile
from engine.runtime.boards import Placed, Placing
from engine.runtime.bulking import BulkReport, Looked, Result
from engine.runtime.engine import Engine
from engine.runtime.launching import TimetableText
from engine.runtime.promises import PromiseCount, PromiseLine, PromisePage
from engine.runtime.reports import (
    Beside,
    CalendarPreview,
    CaseView,
    DayChanged,
    DueReport,
    Fired,
    LaunchReport,
    LaunchRow,
    LinkedCase,
    MovedClock,
    OutageReport,
    PeoplePreview,
    PeopleReport,
    Recounted,
    TaskView,
)
from engine.runtime.units import Coming, UnitLook
from engine.runtime.vetting import Rules

__all__ = [
    "AttachedFile",
    "Beside",
    "BulkReport",
    "CalendarPreview",
    "CaseView",
    "Coming",
    "DayChanged",
    "DueReport",
    "Engine",
    "Fired",
    "LaunchReport",
    "LaunchRow",
    "LinkedCase",
    "Looked",
    "MovedClock",
    "OutageReport",
    "PeoplePreview",
    "PeopleReport",
    "Placed",
    "Placing",
    "PromiseCount",
    "PromiseLine",
    "PromisePage",
    "Recounted",
    "Result",
    "Rules",
    "TaskView",
    "TimetableText",
    "UnitLook",
]
