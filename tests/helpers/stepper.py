"""What the tests of Backward stepper share: how to open it, and what to read off it."""

from frames import settled


def open_stepper(page, site, **state):
    """Open the figure, perhaps at a state by link."""
    asked = "".join(f"&{name}={value}" for name, value in state.items())
    page.goto(f"{site}/backward_stepper.html" + (f"#nn=backward_stepper{asked}" if asked else ""))
    page.wait_for_selector("figure.nn-mounted .nn-backward-slot")
    settled(page)
    return page.locator("figure.nn-widget .nn-live")


def focused(page):
    """Return what the element with the focus is called: BODY where the focus is lost."""
    return page.evaluate(
        "(({ activeElement: el }) => el.ariaLabel || el.labels?.[0]?.textContent"
        " || el.closest('button')?.textContent || el.tagName)(document)"
    )


def press(page, button, key="Enter"):
    """Press a button by the keyboard, and wait for what it changes."""
    button.focus()
    page.keyboard.press(key)
    settled(page)


def current(figure):
    """Return the step that is marked as the present one."""
    return figure.locator(".nn-backward-chip[aria-current=step]").get_attribute("data-step")


def result_cells(figure):
    """Return the result's matrix as the page shows it, by key."""
    return figure.locator(".nn-backward-product .nn-matrix").first.evaluate(
        "el => Object.fromEntries([...el.querySelectorAll('td[data-key]')]"
        ".map((td) => [td.dataset.key, td.textContent]))"
    )


def four_places(figure):
    """Return the lit number as the four views show it: equation, network, matrix; and the code."""
    box = figure.locator(".nn-backward-box.nn-result")
    key = box.get_attribute("data-key")
    cell = figure.locator("td.nn-result")
    network = network_text(figure, key)
    code = figure.locator(".nn-backward-token.nn-result").all_inner_texts()
    return key, box.locator("> span").last.inner_text(), network, cell.inner_text(), code


def network_text(figure, key):
    """Return what the network writes at a lit number: in a slot, on an edge, or at a bias."""
    name, *_ = key.split(".")
    if name.startswith("db"):
        return figure.locator(".nn-result > .nn-backward-bias").text_content().split(" ")[-1]
    if name.startswith("dW"):
        edge = figure.locator(f'.nn-backward-edge.nn-result[data-key="{key}"]')
        assert edge.count() == 1, key
        shown = figure.locator(".nn-backward-edge-text").all_text_contents()
        return next(text for text in shown if text)
    return figure.locator(f'.nn-backward-slot.nn-result[data-key="{key}"] text').text_content()
