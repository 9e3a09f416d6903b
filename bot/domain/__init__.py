"""The rules of study: frozen values and pure functions of (state, now)."""
