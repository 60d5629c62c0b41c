"""A slow phone, as Chromium plays one: nothing holds the page for long.

Counted is the processor's time, because on a busy machine the clock also counts the work of others.
"""

import json

import pytest
from views import View


def opened(browser, page, address):
    """Return the longest task until a second after the figure is there, in seconds."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    browser.start_tracing(page=page, categories=["toplevel"])
    page.goto(address, wait_until="commit")
    page.wait_for_selector("figure.nn-mounted .nn-live")
    page.wait_for_timeout(1000)  # it goes on to draw
    return longest_task(json.loads(browser.stop_tracing())["traceEvents"])


def longest_task(events):
    """Return the longest task of a page's main thread, in seconds."""
    named = [event for event in events if event["name"] == "thread_name"]
    pages = {(e["pid"], e["tid"]) for e in named if e["args"]["name"] == "CrRendererMain"}
    tasks = [e for e in events if e["name"].endswith("RunTask") and (e["pid"], e["tid"]) in pages]
    return max(task.get("tdur", 0) for task in tasks) / 1e6


@pytest.mark.parametrize("view", [View(390, "light")], ids=str)
def test_on_a_slow_phone_no_task_of_a_figure_holds_the_page_for_a_second(browser, new_page, site):
    address = f"{site}/book/04-gradient-descent.html#nn=hill_descent"
    tries = []
    while len(tries) < 3:  # a busy machine may spoil one
        tries.append(opened(browser, new_page(), address))
        if tries[-1] < 0.9:
            return
    pytest.fail(f"longest tasks, in seconds: {tries}")
