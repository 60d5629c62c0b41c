"""Find a Chromium for the tests, or get one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# Chromium without windows comes first: the tests take three fifths of the time in it.
NAMES = ["chromium-headless-shell", "chromium", "chromium-browser"]
NAMES += ["google-chrome", "google-chrome-stable"]
DOWNLOAD_SECONDS = 300
# No first-run pages, no background traffic: every request a test sees is the page's own.
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def flags():
    """List the flags to start Chromium with; its sandbox refuses to run as root."""
    return FLAGS + (["--no-sandbox"] if is_root() else [])


def is_root():
    """Tell whether this runs as root; Windows has none."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def find():
    """Return the path of a Chromium that starts, or None."""
    candidates = [shutil.which(name) for name in NAMES] + [downloaded()]
    return next((path for path in candidates if path and starts(path)), None)


def obtain():
    """Return the path of a Chromium, fetching one if there is none; or say what to install."""
    path = find() or (download() and find()) or (install_package() and find())
    return path or sys.exit(
        "The browser tests need Chromium: install it (on Debian: sudo apt install chromium; "
        "elsewhere Chromium or Google Chrome) so that it is on the PATH."
    )


def starts(path):
    """Tell whether the program runs at all: a download may lack the libraries it needs."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def downloaded():
    """Return where Playwright's own Chromium would lie, if it is there."""
    cache = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    places = [Path(cache)] if cache else [Path.home() / ".cache/ms-playwright"]
    places.append(Path.home() / "Library/Caches/ms-playwright")
    places.append(Path.home() / "AppData/Local/ms-playwright")
    programs = [f"chromium_headless_shell-*/*/chrome-headless-shell{end}" for end in ("", ".exe")]
    programs += ["chromium-*/chrome-linux*/chrome", "chromium-*/chrome-win*/chrome.exe"]
    programs.append("chromium-*/chrome-mac*/*.app/Contents/MacOS/*")
    found = [path for place in places for name in programs for path in place.glob(name)]
    return str(max(found)) if found else None  # the one without windows, if it is among them


def download():
    """Ask Playwright for its Chromium; return whether that worked."""
    print("No Chromium on the PATH: asking Playwright for one.", flush=True)
    return succeeds([sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"])


def install_package():
    """Install Debian's Chromium where this may be done; return whether that worked."""
    if not (shutil.which("apt-get") and is_root()):
        return False
    print("Installing Debian's Chromium.", flush=True)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
    packages = ("chromium-headless-shell", "chromium")  # the first is not everywhere
    return succeeds(["apt-get", "update", "-qq"]) and any(
        succeeds([*install, package]) for package in packages
    )


def succeeds(command):
    """Run a command without questions; return whether it ended well and in time."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, timeout=DOWNLOAD_SECONDS
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0
