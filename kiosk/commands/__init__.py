"""The groups of the command line, one file each; they put parts together through `kiosk.assemble` and print JSON."""
