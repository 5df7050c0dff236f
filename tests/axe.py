"""What axe-core has against a page that a browser shows."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def faults(page: Page) -> list[str]:
    """A line for each, with the address and the element."""
    page.wait_for_load_state("networkidle")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    wish = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    result = page.evaluate("wish => axe.run(document, wish)", wish)
    return [
        f"{page.url} {one['id']}: {node['html'][:120]}"
        for one in result["violations"]
        for node in one["nodes"][:2]
    ]
