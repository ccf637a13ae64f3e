"""Central: the office's queue, over HTTP.

Theory of operation. One process, one writer. Every change is a job for the writer thread (`central.store.database`),
which runs the jobs that wait in one ``BEGIN IMMEDIATE`` transaction, commits once and only then lets the callers
answer: what a kiosk was told is on the disk. Events are rows of the same transaction, numbered from the office's
row, so that their ids are in commit order; `central.feed` watches the database for commits, its own and those of
other processes, and carries new events to the open streams.

Floors, from the ground: ``store`` (all SQL), ``auth`` and ``passwords``; ``usecases`` (the rules, one transaction
each); ``feed``; ``web`` (the pages' text) and ``api`` (HTTP); ``app`` (where the parts meet); ``server`` and ``cli``.
"""
