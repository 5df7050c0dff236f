"""A person in a drill: what they see and press, in either language, and the times that it gave."""

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from playwright.sync_api import Locator, Page, expect

from tests.live import Live

DRILL = re.compile(r"/w/([^/]+)/drills/[0-9a-f-]{36}/$")
PATIENCE_S = 90.0


@dataclass(frozen=True)
class Words:
    """What somebody of one language writes."""

    language: str
    locale: str
    owner: str
    home: str
    why: str
    what: str
    next: str
    who: str
    when: str
    how: str
    changes: str
    answer: str


EN = Words(
    "en", "en-GB", "maya", "lighthouse-cafe",
    "It is not ours, or not right now.",
    "Something stood on our account that we did not want to say.",
    "We say more here this evening.",
    "It was our own team.",
    "This morning, on this account.",
    "One person could post without a second look.",
    "From Monday a second person reads each post before it leaves.",
    "Thank you for writing. We are looking at it and answer you here today.",
)  # fmt: skip
FR = Words(
    "fr", "fr-FR", "maya", "cafe-du-phare",
    "Ce n’est pas de nous, ou pas maintenant.",
    "Notre compte a montré quelque chose que nous ne voulions pas dire.",
    "Nous en disons plus ici ce soir.",
    "C’est notre propre équipe.",
    "Ce matin, sur ce compte.",
    "Une seule personne pouvait publier sans relecture.",
    "Dès lundi, une deuxième personne relit chaque message avant son départ.",
    "Merci de nous écrire. Nous regardons et vous répondons ici aujourd’hui.",
)  # fmt: skip


def wait_for(true: Callable[[], bool], trouble: Callable[[], str] = lambda: "") -> None:
    """Looked at again and again, as a person would; each look may take its time."""
    until = monotonic() + PATIENCE_S
    while not true():
        assert monotonic() < until, trouble()
        threading.Event().wait(0.3)


@dataclass
class Desk:
    """One installation with its brand, and its owner at a browser."""

    live: Live
    words: Words
    page: Page
    login: tuple[str, str]
    table: list[str] = field(default_factory=list)
    here: str = ""
    slug: str = ""

    def at(self, path: str) -> str:
        return f"{self.live.url}/w/{self.slug}/{path}"

    def open(self, path: str) -> None:
        self.page.goto(self.at(path))

    def sign_in(self) -> None:
        self.page.fill("[name=login]", self.login[0])
        self.page.fill("[name=password]", self.login[1])
        self.page.click("main button")
        self.page.wait_for_url(lambda url: "/account/login/" not in url)

    def begin(self, scenario: str) -> None:
        """Alone, a minute in a second; returns when its clock goes."""
        self.page.goto(f"{self.live.url}/w/{self.words.home}/drills/new/")
        self.page.check(f"main [name=scenario][value={scenario}]")
        self.page.select_option("main [name=language]", self.words.language)
        self.page.select_option("main [name=speed]", "60")
        for one in self.page.locator("select[name^=role-]").all():
            one.select_option("")
        self.send(self.page.locator("main form button[data-kind=primary]"))
        self.page.wait_for_url(DRILL)
        self.here = self.page.url
        found = DRILL.search(self.here)
        assert found is not None
        self.slug = found[1]
        assert self.page.locator(".notice[role=note]").is_visible()
        running = self.page.locator(".state[data-tone=care]")
        expect(running).to_be_visible(timeout=PATIENCE_S * 1000)

    def alarm(self) -> None:
        """The alarm is told; its notice leads to its page."""
        brand = re.compile(self.slug.rstrip("-0123456789").split("-")[-1], re.IGNORECASE)
        mine = self.page.locator("main li").filter(has_text=brand)
        notice = mine.locator("button").filter(has_text=re.compile(r"^\s*(Alarm|Alerte)"))

        def told() -> bool:
            self.page.goto(f"{self.live.url}/notices/")
            if not notice.count():
                return False
            self.send(notice.first)
            return f"/w/{self.slug}/alarms/" in self.page.url

        wait_for(told, lambda: self.page.locator("main").inner_text())

    def press(self, action: str) -> None:
        """The button of the form with this address."""
        self.send(self.page.locator(f"main form[action$='{action}'] button").last)

    def send(self, button: Locator) -> None:
        """Pressed, and the next page is there."""
        with self.page.expect_navigation():
            button.click()

    def pause(self) -> None:
        self.open("pause/")
        self.page.fill("main [name=why]", self.words.why)
        self.send(self.page.locator("main form button[data-kind=primary]"))
        self.page.wait_for_url(re.compile(r"/pauses/[0-9a-f-]{36}/"))

    def incident(self, kind: str) -> None:
        """Opened by hand."""
        self.open("incidents/new/")
        self.page.select_option("main [name=kind]", kind)
        self.page.fill("main [name=title]", self.words.what)
        self.send(self.page.locator("main form button[data-kind=primary]"))
        self.page.wait_for_url(re.compile(r"/incidents/[0-9a-f-]{36}/"))

    def tab(self, name: str) -> None:
        """Of the incident that is open in the page."""
        base = re.sub(r"(/incidents/[0-9a-f-]{36}/).*", rf"\1{name}/", self.page.url)
        self.page.goto(base)

    def decide(self, origin: str, decision: str) -> None:
        """The aid is asked; whatever it says, a person signs."""
        self.tab("decide")
        self.page.check(f"main [name=origin][value={origin}]")
        self.send(self.page.locator("main form button[data-kind=primary]").last)
        self.page.check(f"main [name=decision][value={decision}]")
        self.page.fill("main [name=why]", self.words.why)
        self.send(self.page.locator("main form[action*='/decide/'] button[data-kind=primary]"))
        expect(self.page.locator("#notices .notice").first).to_be_visible()

    def state(self, kind: str) -> None:
        """A statement of this kind is written, and leaves: alone, its author confirms it."""
        self.tab("statement")
        words = self.words
        self.page.select_option("main [name=kind]", kind)
        parts = {
            "what": words.what, "next": words.next, "who": words.who, "when_where": words.when,
            "how": words.how, "changes": words.changes,
        }  # fmt: skip
        for name, text in parts.items():
            self.page.fill(f"main [name={name}]", text)
        if not self.page.locator("main [name=channels]:checked").count():
            self.page.locator("main [name=channels]").first.check()
        self.page.check("main [name=alone]")
        self.send(self.page.locator("main form button[data-kind=primary]").last)
        expect(self.page.locator("#notices .notice").first).to_be_visible()

    def answer(self) -> None:
        """The first who waits in the inbox gets an answer."""

        def waits() -> bool:
            self.open("inbox/next/")
            return self.page.locator("#answer-text").count() > 0

        wait_for(waits)
        self.page.fill("#answer-text", self.words.answer)
        self.send(self.page.locator("#answer-form button[name=then]").first)

    def review(self, decision: str) -> Callable[[], None]:
        """Each planned line of the pause is decided, one after the other. The deed that does the same
        for lines that came since: they are made in rounds, and a person looks again."""
        base = re.sub(r"(/pauses/[0-9a-f-]{36}/).*", r"\1review/?what=planned", self.page.url)
        undecided = self.page.locator("main form[action$='/review/decide/']")

        def there() -> bool:
            self.page.goto(base)
            return undecided.count() > 0

        wait_for(there)
        open_lines = self.page.locator(
            "main li[id^='line-']:not(:has(.state)) form[action$='/review/decide/']"
        )

        def rest() -> None:
            self.page.goto(base)
            while open_lines.count():
                one = open_lines.first
                one.locator("[name=decision]").select_option(decision)
                one.locator("[name=why]").fill(self.words.why)
                self.send(one.locator("button"))
                self.page.goto(base)

        rest()
        return rest

    def ends(
        self, scenario: str, wanted: dict[str, str], meanwhile: Callable[[], None] = lambda: None
    ) -> None:
        """The drill's page shows its four times, each from the row that was meant; then it ends."""
        slots = self.page.locator("main table tbody tr")
        began = monotonic()

        def whole() -> bool:
            meanwhile()
            self.page.goto(self.here)
            return all(len(cells(n)) > 1 and cells(n)[1] for n in range(4))

        def cells(n: int) -> list[str]:
            return slots.nth(n).locator("th, td").all_inner_texts()[1:3]

        wait_for(whole, lambda: self.page.locator("main").inner_text())
        for n, step in enumerate(("noticed", "contained", "decided", "answered")):
            on_clock, real = cells(n)
            self.table.append(
                f"{self.words.language} {scenario:16} {step:10} {on_clock:>8} {real:>12}"
            )
        facts = dict(zip(
            ("noticed", "contained", "decided", "answered"),
            slots.evaluate_all("rows => rows.map(one => one.dataset.fact)"), strict=True,
        ))  # fmt: skip
        assert facts == wanted, facts
        assert monotonic() - began < PATIENCE_S
        self.page.locator("main bw-dialog a[data-open]").first.click()
        self.press("/end/")
        expect(self.page.locator(".state[data-tone=done]").first).to_be_visible()
