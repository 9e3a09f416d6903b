"""Bareng on discord."""
