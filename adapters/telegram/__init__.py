"""Bareng on telegram."""
