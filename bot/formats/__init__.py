"""File formats of quiz items: each is read all or nothing and written so that nothing it can hold is lost."""
