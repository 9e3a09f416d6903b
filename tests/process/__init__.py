"""Bareng as its own process, on both fake platforms at once: it is killed, and nothing is lost."""
