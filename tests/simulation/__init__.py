"""Two years of sessions on a turned clock, compared with an oracle that shares no code with the core."""
