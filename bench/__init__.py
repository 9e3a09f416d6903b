"""Measures Bareng against the bare libraries it stands on: `python -m bench` writes bench/results.md."""
