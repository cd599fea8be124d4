"""Signing in: with a password and a code, through an identity provider, by a one-time link; and accounts."""
