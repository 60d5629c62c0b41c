"""Find a Firefox and a WebKit for the smoke tests: Playwright's own build, or the system's.

Playwright drives only builds of its own, and newer ones than a system has. The system's Firefox
listens by itself; the system's WebKit has a driver, and needs a screen.
"""

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

PROGRAMS = {"firefox": [("firefox-esr", "firefox")], "webkit": [("WebKitWebDriver",), ("Xvfb",)]}
PACKAGES = {"firefox": "firefox-esr", "webkit": "webkit2gtk-driver xvfb"}


def own_build(name):
    """Tell whether Playwright's own build of an engine is on this machine."""
    with sync_playwright() as playwright:
        return Path(getattr(playwright, name).executable_path).is_file()


def of_the_system(name):
    """Return the programs that an engine of this system needs, or None if one is not there."""
    found = [next(filter(None, map(shutil.which, names)), None) for names in PROGRAMS[name]]
    return found if all(found) else None


def find():
    """Tell which engines are here."""
    return [name for name in PROGRAMS if own_build(name) or of_the_system(name)]


def wanted(name):
    """Say what an engine needs that is not here."""
    return (
        f"Not run in {name}: it needs Playwright's own build (.venv/bin/python -m playwright "
        f"install {name}) or, on Debian, apt install {PACKAGES[name]}."
    )
