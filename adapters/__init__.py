"""The platforms: each translates between its own words and those of the core."""
