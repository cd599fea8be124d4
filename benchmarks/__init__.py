"""What the engine costs beside the same statements by hand: `python -m benchmarks`."""
