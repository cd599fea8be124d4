"""The pure core: it decides, and touches no clock, database, network, log or source of randomness."""
