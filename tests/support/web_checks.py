"""A check of HTML: what a strict policy would stop, or what should not be there."""

from html.parser import HTMLParser


class Inline(HTMLParser):
    """Finds what a strict policy would stop or what should not be there: inline scripts, styles and handlers."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        names = dict(attrs)
        ours = (names.get("src") or "").startswith("/")
        if tag in {"script", "iframe", "object", "embed", "style", "base"} and not ours:
            self.found.append(tag)
        self.found += [name for name in names if name.startswith("on") or name == "style"]
        for name in ("href", "src", "action"):
            url = (names.get(name) or "").strip().lower()
            if url and not url.startswith(("https://", "http://", "/", "#")):
                self.found.append(url)

    @classmethod
    def found_in(cls, html: str) -> list[str]:
        parser = cls()
        parser.feed(html)
        parser.close()
        return parser.found
