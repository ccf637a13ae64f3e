"""A package on purpose: a dependency installs a folder of the same name, which would otherwise be mixed in."""
