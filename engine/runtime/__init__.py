"""The engine at work: launch, fire, let time pass, preview. Each public method is one transaction, or says so."""

from engine.runtime.attaching import AttachedFile
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
from engine.runtime.vetting import Rules

__all__ = [
    "AttachedFile",
    "Beside",
    "BulkReport",
    "CalendarPreview",
    "CaseView",
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
    "PromiseCount",
    "PromiseLine",
    "PromisePage",
    "Recounted",
    "Result",
    "Rules",
    "TaskView",
    "TimetableText",
]
