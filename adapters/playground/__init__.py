"""Bareng on playground."""
