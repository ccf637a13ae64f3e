"""All of the kiosk's SQL, and the journal file beside it.

A thread opens its own `kiosk.storage.store.Store`. Every write is one short ``BEGIN IMMEDIATE`` transaction in WAL mode
with ``synchronous=FULL``, so that several threads and several processes (``kiosk ticket …`` beside a running kiosk) may
write, and what was said to be committed survives a power cut. Times, days and randomness come from the caller; nothing
here reads a clock.
"""
