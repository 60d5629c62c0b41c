"""A folder served on this machine, for as long as a test needs it."""

import functools
import threading
import time
from contextlib import ExitStack, contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer


class QuietHandler(SimpleHTTPRequestHandler):
    """A file server that does not write a line for each request."""

    def log_message(self, *_):
        """Say nothing."""


@contextmanager
def serve(folder, port=0, handler=QuietHandler):
    """Serve a folder on loopback; give its address, without a slash at the end."""
    handler = functools.partial(handler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def send_with_policy(page, policy, addresses="**/*"):
    """Have answers reach the page as from a host with this Content-Security-Policy."""

    def send(route):
        answer = route.fetch()
        headers = {**answer.headers, "content-security-policy": policy}
        route.fulfill(response=answer, headers=headers)

    page.route(addresses, send)


class Host:
    """A folder on a server that can be stopped, started again, and asked what it was asked for."""

    def __init__(self, folder):
        self.folder, self.asked, self.left = folder, [], None
        self.running, self.port = ExitStack(), 0
        self.pause = 0  # seconds before each answer

    def start(self):
        """Serve, at the same address every time; return it."""
        address = self.running.enter_context(serve(self.folder, self.port, self._handler()))
        self.port = int(address.rpartition(":")[2])
        return address

    def stop(self):
        """Answer nobody."""
        self.running.close()

    def break_off_after(self, count):
        """Answer so many requests more, then close every connection without a word."""
        self.left = count

    def _handler(self):
        host = self

        class Handler(QuietHandler):
            def do_GET(self):
                host.asked.append(self.path)
                time.sleep(host.pause)
                if host.left is not None:
                    host.left -= 1
                if host.left is None or host.left >= 0:
                    super().do_GET()

        return Handler
