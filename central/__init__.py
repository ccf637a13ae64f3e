"""Central: the office's queue server, over HTTP."""
