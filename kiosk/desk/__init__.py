"""Use cases: what the kiosk does for a person.

The desk thread owns the visit; everything else reaches it as an event.
"""
