"""HTTP: what comes in is read strictly, what goes out is a message of `models.messages` or a problem."""
