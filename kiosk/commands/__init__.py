"""The groups of the command line, one file each; they put parts together through `kiosk.backroom` and print JSON."""
