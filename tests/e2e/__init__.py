"""Central's live pages, played in a real browser; `make screens` takes their pictures."""
