"""A slow phone, as Chromium plays one: a figure is there in time, and no task holds the page for long.

Counted is the processor's time, because on a busy machine the clock also counts the work of others.
"""

import json

import pytest
from views import View


def opened(browser, page, address):
    """Return the longest task, and all work until the figure is there, in seconds."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    browser.start_tracing(page=page, categories=["toplevel"])
    page.goto(address, wait_until="commit")
    page.wait_for_selector("figure.nn-mounted .nn-live")
    metrics = devtools.send("Performance.getMetrics")["metrics"]
    page.wait_for_timeout(1000)  # it goes on to draw
    return longest_task(json.loads(browser.stop_tracing())["traceEvents"]), next(
        one["value"] for one in metrics if one["name"] == "TaskDuration"
    )


def longest_task(events):
    """Return the longest task of a page's main thread, in seconds."""
    named = [event for event in events if event["name"] == "thread_name"]
    pages = {(e["pid"], e["tid"]) for e in named if e["args"]["name"] == "CrRendererMain"}
    tasks = [e for e in events if e["name"].endswith("RunTask") and (e["pid"], e["tid"]) in pages]
    return max(task.get("tdur", 0) for task in tasks) / 1e6


@pytest.mark.parametrize("view", [View(390, "light")], ids=str)
def test_on_a_slow_phone_a_figure_is_there_in_time_and_no_task_is_long(browser, new_page, site):
    address = f"{site}/book/04-gradient-descent.html#nn=hill_descent"
    tries = []
    for _ in range(3):  # a busy machine may spoil one
        longest, work = opened(browser, new_page(), address)
        tries.append((longest, work))
        if longest < 0.6 and work < 5:
            return
    pytest.fail(f"longest task and work, in seconds: {tries}")
