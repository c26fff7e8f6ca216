"""Imports the packages named and says their versions."""

import sys
from importlib import import_module
from importlib.metadata import version

from exchange import check

for name in sys.argv[1:]:
    with check(f"{name} {version(name)}"):
        import_module(name.replace("-", "_"))
