"""What every page must keep to, as checks that any test can run on a rendered page."""

from html.parser import HTMLParser

DATA_SCRIPTS = {"application/json", "application/ld+json"}


class PageRules(HTMLParser):
    """Collects what a page does that the content security policy or a screen reader minds."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.language = ""
        self.main_headings = 0
        self.mains = 0
        self.ids: set[str] = set()
        self.label_targets: set[str] = set()
        self.fields: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self._policy(tag, found)
        if identity := found.get("id"):
            if identity in self.ids:
                self._fault(f"two elements have the id {identity!r}")
            self.ids.add(identity)
        if tag == "html":
            self.language = found.get("lang") or ""
        self.main_headings += tag == "h1"
        self.mains += tag == "main"
        if tag == "label":
            self.label_targets.add(found.get("for") or "")
        if tag in {"input", "select", "textarea"} and found.get("type") not in {
            "hidden",
            "submit",
            "button",
        }:
            self.fields.add(found.get("id") or "")
        if tag == "img" and "alt" not in found:
            self._fault(f"an image has no alt: {found.get('src')}")

    def _policy(self, tag: str, found: dict[str, str | None]) -> None:
        if "style" in found:
            self._fault(f"<{tag}> has a style attribute")
        if tag == "style":
            self._fault("the page has a <style> element")
        if tag == "script" and "src" not in found and found.get("type") not in DATA_SCRIPTS:
            self._fault("the page has an inline script")
        self.faults += [
            f"line {self.getpos()[0]}: <{tag}> has {name}"
            for name in found
            if name.startswith("on")
        ]
        for name in ("src", "href", "action"):
            address = found.get(name) or ""
            if address.startswith("javascript:"):
                self._fault(f"<{tag}> runs script from {name}")
            if tag in {"script", "link", "img", "iframe"} and address.startswith(("http", "//")):
                self._fault(f"<{tag}> loads {address} from elsewhere")

    def _fault(self, text: str) -> None:
        self.faults.append(f"line {self.getpos()[0]}: {text}")


def faults_of_part(html: str) -> list[str]:
    """Faults of a piece of a page, such as an answer to htmx."""
    page = PageRules()
    page.feed(html)
    return page.faults


def faults_of_page(html: str) -> list[str]:
    """Faults of a whole page: policy, language, one main part with one heading, named fields."""
    page = PageRules()
    page.feed(html)
    if page.language not in {"sv", "en"}:
        page.faults.append(f"the page's language is {page.language!r}")
    if page.mains != 1:
        page.faults.append(f"the page has {page.mains} main parts")
    if page.main_headings != 1:
        page.faults.append(f"the page has {page.main_headings} h1")
    page.faults += [
        f"the field {name!r} has no label" for name in sorted(page.fields - page.label_targets)
    ]
    return page.faults
