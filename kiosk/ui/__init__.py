"""All of PySide6: screens are told ``show(view)`` and emit presses; they hold no rule and call nothing.

``app`` makes the application and the window, ``bridge`` carries views and presses between the desk thread and the GUI
thread, ``window`` picks the screen for a view, ``theme`` and ``grid`` turn the tokens of the look into pixels,
``widgets`` holds the kit and ``screens`` one file a screen.
"""
