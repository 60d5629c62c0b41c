"""A page of the system's own Firefox or WebKit, by the names that Playwright has for what it does.

Both take WebDriver's commands: WebKit over HTTP from its driver, Firefox over a socket of its own
(Marionette, which geckodriver would talk to). Only what the smoke tests use is here.
"""

import json
import os
import socket
import subprocess
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from sources import BUILT

KEYS = {"Control": "\ue009", "Enter": "\ue007", "ArrowRight": "\ue014"}
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # WebDriver's name for a reference
PATHS = {
    "Navigate": "url",
    "Refresh": "refresh",
    "ExecuteScript": "execute/sync",
    "FindElement": "element",
    "ElementClick": "element/{id}/click",
    "ElementSendKeys": "element/{id}/value",
    "SetWindowRect": "window/rect",
    "TakeScreenshot": "screenshot",
}
WAIT = 60  # seconds on a busy machine
CALL = "const it = {}; return typeof it === 'function' ? it(arguments[0]) : it"
ENABLED = "(selector) => document.querySelector(selector)?.matches(':not(:disabled)')"
GROW = (
    "({ width, height }) => [width + outerWidth - innerWidth, height + outerHeight - innerHeight]"
)


class RefusedError(Exception):
    """The browser could not do what it was told, yet or at all."""


@contextmanager
def firefox(program):
    """Start Firefox with a new profile; give the function that sends it a command."""
    # A Firefox in a snap sees no /tmp.
    with tempfile.TemporaryDirectory(dir=BUILT.parent, ignore_cleanup_errors=True) as profile:
        Path(profile, "user.js").write_text('user_pref("marionette.port", 0);\n', "utf-8")
        flags = ["--headless", "--no-remote", "--marionette", "--profile", profile]
        with running([program, *flags]):
            port = until(lambda: int(Path(profile, "MarionetteActivePort").read_text()))
            with socket.create_connection(("127.0.0.1", port), timeout=WAIT) as wire:
                yield marionette(wire)


def marionette(wire):
    """Return a function that sends a command to Firefox and gives its answer."""
    answers = wire.makefile("rb")

    def read():
        length = b"".join(iter(lambda: answers.read(1), b":"))
        return json.loads(answers.read(int(length)))

    def call(name, **parameters):
        text = json.dumps([0, 1, f"WebDriver:{name}", parameters]).encode()
        wire.sendall(b"%d:%s" % (len(text), text))
        *_, error, answer = read()
        if error:
            raise RefusedError(error["message"])
        return answer.get("value", answer)

    read()  # its greeting
    call("NewSession")
    return call


@contextmanager
def webkit(driver, xvfb):
    """Start WebKit's driver on a screen of its own; give the function that sends it a command."""
    with ExitStack() as stack:
        reader, writer = os.pipe()
        screen = [xvfb, "-displayfd", str(writer), "-screen", "0", "1600x1200x24"]
        stack.enter_context(running(screen, pass_fds=[writer]))
        os.close(writer)
        with open(reader) as pipe:
            display = f":{pipe.readline().strip()}"
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        environment = {**os.environ, "DISPLAY": display}
        stack.enter_context(running([driver, f"--port={port}"], env=environment))

        def ask(method, path, **parameters):
            data = json.dumps(parameters).encode() if method == "POST" else None
            request = Request(f"http://127.0.0.1:{port}{path}", data, method=method)
            try:
                with urlopen(request, timeout=WAIT) as response:
                    return json.load(response)["value"]
            except HTTPError as error:
                raise RefusedError(json.load(error)["value"]["message"]) from None

        until(lambda: ask("GET", "/status"))
        session = ask("POST", "/session", capabilities={})["sessionId"]
        stack.callback(ask, "DELETE", f"/session/{session}")

        def call(name, **parameters):
            path = PATHS[name].format(**parameters)
            method = "GET" if name == "TakeScreenshot" else "POST"
            return ask(method, f"/session/{session}/{path}", **parameters)

        yield call


@contextmanager
def running(command, **options):
    """Run a program until the end of the block."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    program = subprocess.Popen(command, **quiet, **options)
    try:
        yield
    finally:
        program.terminate()
        program.wait(WAIT)


def until(act):
    """Try until it works, and return what it gives; in the end raise what kept it from working."""
    end = time.monotonic() + WAIT
    while True:
        try:
            return act()
        except (OSError, ValueError, RefusedError):
            if time.monotonic() > end:
                raise
        time.sleep(0.1)


class Page:
    """The one page of a browser; a selector is CSS, and is waited for."""

    def __init__(self, call):
        self._call = call

    def goto(self, address):
        """Open an address, and wait until it has loaded."""
        self._call("Navigate", url=address)

    def reload(self):
        """Load the page again."""
        self._call("Refresh")

    def evaluate(self, expression, arg=None):
        """Return what an expression is, or what a function gives for the argument."""
        return self._call("ExecuteScript", script=CALL.format(expression), args=[arg])

    def wait_for_function(self, expression, arg=None):
        """Wait until an expression is true."""
        return until(lambda: self._true(expression, arg))

    def _true(self, expression, arg):
        value = self.evaluate(expression, arg)
        if not value:
            raise RefusedError(f"never true: {expression}")
        return value

    def _find(self, selector):
        return self._call("FindElement", using="css selector", value=selector)[ELEMENT]

    def click(self, selector):
        """Click on an element once it is there, can be pressed, and nothing covers it."""
        self.wait_for_function(ENABLED, selector)
        until(lambda: self._call("ElementClick", id=self._find(selector)))

    def type(self, selector, text):
        """Type into an element, key by key."""
        keys = text.replace("\n", KEYS["Enter"])  # WebKit types no other end of a line
        until(lambda: self._call("ElementSendKeys", id=self._find(selector), text=keys))

    def press(self, selector, keys):
        """Press a key, or several at once: Control+a."""
        self.type(selector, "".join(KEYS.get(key, key) for key in keys.split("+")))

    def set_input_files(self, selector, files):
        """Choose files."""
        text = "\n".join(map(str, files))
        until(lambda: self._call("ElementSendKeys", id=self._find(selector), text=text))

    def set_viewport_size(self, size):
        """Make the window as large as the page is to be."""
        width, height = self.evaluate(GROW, size)
        self._call("SetWindowRect", width=width, height=height)
