"""Fake platform servers on loopback, for the real client libraries."""
