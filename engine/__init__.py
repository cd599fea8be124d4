"""Appraisal cycles as declarative, timed and audited state machines: the engine without its shell."""
