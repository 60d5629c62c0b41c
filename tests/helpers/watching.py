"""A page that tells on itself: a list collects what a reader's page must not do."""

from urllib.parse import urlsplit

# The page comes back from the browser's cache of pages.
AGAIN = "window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"
WITHOUT_HOST = {"data", "blob", "about", "file"}


def watch(page, host, problems):
    """Note everything a reader's page must not do."""

    def on_request(request):
        address = urlsplit(request.url)
        if address.scheme not in WITHOUT_HOST and address.netloc != host:
            problems.append(f"asked another host: {request.url}")

    def on_failure(request):
        # Leaving a page aborts what it was still loading, and is no fault.
        if "ERR_ABORTED" not in (request.failure or ""):
            problems.append(f"could not load: {request.url} ({request.failure})")

    def on_response(response):
        if response.status >= 400:
            problems.append(f"status {response.status}: {response.url}")

    def on_console(message):
        if message.type == "error":
            problems.append(f"console: {message.text} at {page.url}")

    page.on("request", on_request)
    page.on("requestfailed", on_failure)
    page.on("response", on_response)
    page.on("console", on_console)
    page.on("pageerror", lambda error: problems.append(f"exception: {error} at {page.url}"))
