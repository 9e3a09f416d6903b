"""An example study group, so that a new user sees a living one."""
