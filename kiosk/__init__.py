"""The appliance: a touchscreen that identifies a person and hands out a printed ticket."""
