"""Each rule of tests/rules.py can fail: it is shown a planted fault, and its innocent twin."""

import pytest

from tests import rules

LAYERS = [{"publishing"}, {"delivery"}, {"channels"}]


def test_a_key_that_points_up_is_found() -> None:
    keys = [("channels", "publishing"), ("publishing", "channels"), ("delivery", "delivery")]

    assert rules.keys_pointing_up(keys, LAYERS) == ["a row of channels points up to publishing"]


@pytest.mark.parametrize("call", ["post.save()", "Post.objects.create(a=1)", "x.bulk_create([])"])
def test_a_write_is_found(call: str) -> None:
    assert len(rules.writes(f"def view():\n    {call}\n")) == 1


def test_a_call_that_only_sounds_like_a_write_is_not() -> None:
    assert rules.writes("saved = services.save_draft(post)\ncreate()\n") == []


def test_a_manager_is_found() -> None:
    assert rules.managers("Post.objects.filter(a=1)") == ["line 1: .objects"]
    assert rules.managers("objects = selectors.posts()") == []


@pytest.mark.parametrize(
    "source",
    [
        "from breakwater.delivery.services import it_is_out\n",
        "from breakwater.delivery.services.answers import leave_it as gone\n",
        "from breakwater.delivery import services\nservices.it_is_not_out(row)\n",
        "from breakwater.delivery.services import outcomes as o\no.settle([])\n",
        "import breakwater.delivery.services as d\nd.leave_it(row)\n",
        "import breakwater.delivery.services\nbreakwater.delivery.services.leave_it(row)\n",
    ],
)
def test_a_way_past_the_post_is_found(source: str) -> None:
    assert len(rules.passed_by(source)) == 1


def test_the_way_through_publishing_is_fine() -> None:
    source = "from breakwater.publishing import services\nservices.leave_it(row)\n"

    assert rules.passed_by(source) == []


@pytest.mark.parametrize(
    "source",
    [
        "kind = 'mastodon'",
        "from breakwater.networks.mastodon import auth",
        "import breakwater.networks.mastodon",
        "def mastodon_limit(): pass",
        "if channel.is_mastodon: pass",
    ],
)
def test_a_named_network_is_found(source: str) -> None:
    assert len(rules.named_networks(source, ["bluesky", "mastodon"])) == 1


def test_an_explanation_may_name_a_network() -> None:
    source = '"""As Mastodon does."""\n# mastodon\nslug = "mast"\nmastodontic = 1\n'

    assert rules.named_networks(source, ["mastodon"]) == []


def test_an_ordinary_word_may_stand_in_a_text_but_not_alone() -> None:
    policy, slug = "csp = \"default-src 'none'; sandbox\"", "network = 'sandbox'"

    assert rules.named_networks(policy, ["sandbox"], also_words=["sandbox"]) == []
    assert len(rules.named_networks(policy, ["sandbox"])) == 1
    assert len(rules.named_networks(slug, ["sandbox"], also_words=["sandbox"])) == 1


def test_a_network_named_in_a_page_is_found() -> None:
    assert rules.named_networks_in_page('<p class="bluesky">', ["bluesky"]) == ["names 'bluesky'"]
    assert rules.named_networks_in_page("{# bluesky #}<p>", ["bluesky"]) == []


def test_a_slug_of_one_letter_is_found_where_something_is_compared_with_it() -> None:
    planted = (
        'if slug == "x":\n    pass\n',
        'match slug:\n    case "x":\n        pass\n',
        "from breakwater.networks import x\n",
        "from breakwater.networks.x.auth import XAuth\n",
    )

    assert [len(rules.compared_with(source, ["x"])) for source in planted] == [1, 1, 1, 1]
    assert rules.compared_with('x = "x"\nif x == 3:\n    y = {"x": 1}\n', ["x"]) == []


def test_a_long_file_is_found() -> None:
    assert rules.too_long("x = 1\n" * 401) == ["401 lines"]
    assert rules.too_long("x = 1\n" * 400) == []


def test_a_long_function_is_found() -> None:
    assert rules.too_long("async def f():\n" + "    x = 1\n" * 50) == ["f has 51 lines"]
    assert rules.too_long("def f():\n" + "    x = 1\n" * 49) == []


def test_a_missing_file_of_a_network_is_found() -> None:
    there = ["manifest.py", "auth.py", "outbound.py", "inbound.py"]

    assert rules.missing_files(there) == ["errors.py is missing"]
    assert rules.missing_files([*there, "errors.py", "more.py"]) == []


def test_a_sleep_is_found() -> None:
    assert rules.sleeps("import time\ntime.sleep(1)\n") == ["line 2: time.sleep"]
    assert rules.sleeps("from time import sleep\n") == ["line 1: from time import sleep"]
    assert rules.sleeps("await asyncio.sleep(1)\n") == []


def test_a_look_at_the_clock_is_found() -> None:
    assert rules.reads_clock("from breakwater.core import clock\n") != []
    assert rules.reads_clock("from breakwater.core.clock import now\n") != []
    assert rules.reads_clock("from breakwater.core import crypto\n") == []


@pytest.mark.parametrize(
    "page",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        '<a onclick="go()">',
        '<b hx-on:click="go()">',
        "<script>go()</script>",
        '<script nonce="x">go()</script>',
        '<a href="javascript:go()">',
    ],
)
def test_something_inline_is_found(page: str) -> None:
    assert len(rules.inline(page)) == 1


def test_a_page_with_addresses_only_is_fine() -> None:
    page = '<script src="/a.js" defer></script><p class="styled" data-on="1">{# style="" #}</p>'

    assert rules.inline(page) == []


def test_an_undeclared_import_is_found() -> None:
    assert rules.undeclared("import requests.adapters\nimport os\n", {"os": True}) == [
        "imports requests"
    ]


def test_a_picture_that_differs_is_seen() -> None:
    page = (
        "# A\n\n```\nconfig         composition\nweb | api      edges\n               more\n```\n"
    )

    assert rules.pictured_layers(page) == [{"config"}, {"web", "api"}]


def test_a_setting_that_is_not_told_is_seen() -> None:
    assert rules.settings_asked('A = env.number("SEND_SLOTS", 16)\nb.text("lower")') == {
        "BREAKWATER_SEND_SLOTS"
    }
    assert rules.settings_told("| `BREAKWATER_DATA` | x |\nsee `BREAKWATER_KEYS`\n") == {
        "BREAKWATER_DATA"
    }


def test_a_loop_that_is_not_told_is_seen() -> None:
    assert rules.loops_run('_keep_running("sing", _sing, stopping),') == {"sing"}
    assert rules.loops_told("- `one`: x\n## Processes\n- `two`: y\nsee `three`:\n") == {"two"}


def test_a_bag_is_found() -> None:
    assert rules.bags(["people/utils.py", "people/services.py"]) == ["people/utils.py"]
