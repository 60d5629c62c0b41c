"""Build the book strictly: a warning is an error, and every one is shown."""

import shutil
import subprocess
import sys
from pathlib import Path

from sources import BUILT, ROOT, digest

STAMP = BUILT.parent / "shared-sources.txt"


def build(fresh=False):
    """Build what changed, or all when something shared did; return whether it worked."""
    now = digest()
    fresh = fresh or not STAMP.is_file() or STAMP.read_text() != now
    STAMP.unlink(missing_ok=True)
    if fresh:
        # Not only --all: pages and files that no longer have a source must go too.
        shutil.rmtree(BUILT.parent / ".doctrees", ignore_errors=True)
        shutil.rmtree(BUILT, ignore_errors=True)
    command = [shutil.which("jupyter-book", path=str(Path(sys.executable).parent)), "build", "."]
    command += ["-W", "-n", "--keep-going", "-q"]
    print("Building the book.", flush=True)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout, done.stderr, sep="\n")  # and no stamp: the next build shows it all again
    else:
        STAMP.write_text(now)
    return not done.returncode


if __name__ == "__main__":
    if not build():
        sys.exit("The book was not built: the lines above say why.")
    print(f"The book is built. Open {BUILT / 'index.html'}")
