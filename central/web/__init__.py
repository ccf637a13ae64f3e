"""Pages for people: plain HTML that works without script, on an old phone and a slow line; live ones for staff."""
