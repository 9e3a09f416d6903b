"""The core of Bareng: a study group's rules, free of any platform, database or clock."""
