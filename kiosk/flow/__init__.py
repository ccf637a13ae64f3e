"""A visit as a state machine: ``step(state, event) -> (state, effects)``. No Qt, no I/O, no clock."""
