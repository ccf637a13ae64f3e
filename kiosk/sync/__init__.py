"""The kiosk's way to central: numbers, outbox, time, settings, enrolment.

Everything here may fail at any moment and the kiosk goes on. One thread (`kiosk.sync.thread`) talks to central in the
background with a store of its own; the only question asked while a person waits is the one for a number
(`kiosk.sync.numbers`), and it gets 300 ms.
"""
