"""Messages to people: rendered, dispatched and settled. What is to be said is decided by the engine."""
