"""Starts MiniStack with the resource types it lacks recorded only, and with the patches of this folder."""

import importlib.util
import pathlib
import sys

from ministack import app

here = pathlib.Path(__file__).parent


def load(path: pathlib.Path):
    spec = importlib.util.spec_from_file_location(f"kerf_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


load(here / "lacking.py").record()
for path in sorted((here / "patches").glob("*.py")):
    load(path).apply()
    print(f"patched: {path.stem}", flush=True)

sys.argv = ["ministack"]
app.main()
