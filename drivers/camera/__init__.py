"""Cameras: a real one through OpenCV, and films, pictures and a synthetic scene that stand in for one."""
