"""The outside of Siklus: HTTP, web pages, the command line, settings and wiring. It decides nothing."""
