"""A person's data as a whole: what every table holds of people, and how it is given out, erased, joined."""
