"""Definitions and calendars as data; see the YAML files. Code belongs elsewhere."""
