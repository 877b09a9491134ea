"""A real Chromium for tests of pages, and our own checks of what people with other eyes and hands need."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, ViewportSize, async_playwright

WIDE: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
PATIENCE_MS = 30_000
_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_NAMED = {"button", "link", "textbox", "combobox", "checkbox", "menuitem", "option", "dialog", "listbox", "navigation"}


def chromium_path() -> str:
    """Return where a Chromium stands, or skip the test with the reason."""
    found = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
    )
    if not found:
        pytest.skip("no Chromium on this machine; the page's protocol is tested without a browser too")
    return found


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """Start a Chromium for the length of the block."""
    path = chromium_path()
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(executable_path=path, args=_ARGS)
        try:
            yield opened
        finally:
            await opened.close()


@asynccontextmanager
async def new_page(
    opened: Browser, *, size: ViewportSize = WIDE, dark: bool = False, sharp: bool = False
) -> AsyncIterator[Page]:
    """Open a page as a browser of its own (nothing shared with others)."""
    phone = size["width"] < WIDE["width"]
    context = await opened.new_context(
        viewport=size,
        color_scheme="dark" if dark else "light",
        has_touch=phone,
        is_mobile=phone,
        device_scale_factor=2 if sharp else 1,
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="Europe/Berlin",
    )
    page = await context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    try:
        yield page
    finally:
        await context.close()


def listen_for_errors(page: Page, *, besides: str = "never said") -> list[str]:
    """Return a list that fills with what the page's console calls an error or a warning, besides what is expected."""
    errors: list[str] = []

    def heard(kind: str, text: str) -> None:
        if kind in {"error", "warning"} and besides not in text:
            errors.append(f"{kind}: {text}")

    page.on("console", lambda message: heard(message.type, message.text))
    page.on("pageerror", lambda error: heard("error", str(error)))
    return errors


async def shot(page: Page, path: Path) -> None:
    """Take a picture of what is seen, once nothing moves any more."""
    await page.wait_for_timeout(250)
    await page.screenshot(path=path)


async def unnamed_controls(page: Page) -> list[str]:
    """Return the controls that a screen reader could not tell, out of the browser's own accessibility tree."""
    session = await page.context.new_cdp_session(page)
    tree = await session.send("Accessibility.getFullAXTree")
    await session.detach()
    return [
        str(node.get("backendDOMNodeId"))
        for node in tree["nodes"]
        if not node.get("ignored")
        and node.get("role", {}).get("value") in _NAMED
        and not str(node.get("name", {}).get("value", "")).strip()
    ]


async def low_contrast(page: Page, least: float = 4.5) -> list[str]:
    """Return the texts on the page whose contrast with what is behind them is too low (WCAG 2.2, 1.4.3)."""
    found: list[str] = await page.evaluate(_CONTRAST, least)
    return found


async def small_targets(page: Page, least: int = 24) -> list[str]:
    """Return the buttons and inputs that are smaller than a fingertip needs (WCAG 2.2, 2.5.8; inline ones excepted)."""
    found: list[Any] = await page.evaluate(_TARGETS, least)
    return [str(item) for item in found]


_CONTRAST = """
(least) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const rgba = (css) => known.get(css) ?? known.set(css, paint(css)).get(css);
  const paint = (css) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = css;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, under) => [0, 1, 2].map((i) => top[i] * top[3] + under[i] * (1 - top[3])).concat(1);
  const ground = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255, 1]);
  };
  const light = ([r, g, b]) => {
    const linear = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    const [x, y, z] = [r, g, b].map((v) => linear(v / 255));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ratio = (a, b) => {
    const [low, high] = [light(a), light(b)].sort((p, q) => p - q);
    return (high + 0.05) / (low + 0.05);
  };
  const bad = [];
  for (const node of document.querySelectorAll("body *")) {
    const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
    const typed = node.matches("input, textarea") && (node.value || node.placeholder);
    if ((!own && !typed) || !node.checkVisibility({ visibilityProperty: true }) || node.disabled) continue;
    const style = getComputedStyle(node, typed && !node.value ? "::placeholder" : null);
    const under = ground(node);
    const found = ratio(over(rgba(style.color), under), under);
    const words = node.textContent.trim().slice(0, 30);
    if (found < least) bad.push(`${node.tagName}.${node.className} "${words}" ${found.toFixed(2)}`);
  }
  return bad;
}
"""
_TARGETS = """
(least) => [...document.querySelectorAll("button, input, select, textarea, [role=option], .place")]
  .filter((node) => node.checkVisibility({ visibilityProperty: true }))
  .filter((node) => !node.matches(".link, .command, .check input"))
  .map((node) => [node, node.getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && (box.width < least || box.height < least))
  .map(([node, box]) => `${node.tagName}.${node.className} ${Math.round(box.width)}x${Math.round(box.height)}`)
"""
