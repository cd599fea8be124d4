"""Measurements of the engine beside the same work on the bare driver."""
