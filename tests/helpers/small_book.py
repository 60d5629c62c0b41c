"""The small books that tests build: the settings that they share, and how they are built."""

import subprocess
import sys

import gallery
import yaml
from sources import ROOT

CONFIG = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
SHEETS = CONFIG["sphinx"]["config"]["html_css_files"]


def settle(folder, extensions, **settings):
    """Write the settings of a book in `folder`: the gallery's, its extensions, its own."""
    gallery.write_settings(folder, {**gallery.SETTINGS, "extensions": extensions, **settings})


def build(folder, out, *options):
    """Build it, a warning being an error; return the finished process."""
    command = [sys.executable, "-m", "sphinx", "-qW", *options, folder, out]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
