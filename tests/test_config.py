from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from digest.config import SETTINGS, Config, address, load, with_slash, without_address
from tests.told import told


def test_all_settings_are_read() -> None:
    config, found = load(
        "site.yaml",
        "title: 深度文摘\ndescription: 每天十条\nlanguage: en\nbase_url: https://example.org/ai\n"
        "author: 编者\nfeed_size: 20\npage_size: 40\nnewest: 10\n"
        "repository: https://git.example.org/ai\n"
        "repository_lines: /src/branch/main/{path}#L{first}\n",
    )
    assert config == Config(
        title="深度文摘",
        description="每天十条",
        language="en",
        base_url="https://example.org/ai/",
        author="编者",
        feed_size=20,
        page_size=40,
        newest=10,
        repository="https://git.example.org/ai",
        repository_lines="/src/branch/main/{path}#L{first}",
    )
    assert found == []


def test_a_title_is_all_that_is_needed() -> None:
    config, found = load("site.yaml", "title: 1.10\n")
    assert config == Config(
        title="1.10",
        description="",
        language="zh",
        base_url=None,
        author=None,
        feed_size=50,
        page_size=50,
        newest=30,
        repository=None,
        repository_lines="/blob/HEAD/{path}#L{first}-L{last}",
    )
    assert found == []


def test_lines_of_a_repository_need_a_path() -> None:
    config, found = load("site.yaml", "title: 文摘\nrepository_lines: /blob/HEAD\n")
    assert config == Config(title="文摘")
    assert told(found) == [
        (
            "site.yaml:2:19-29 C005 `repository_lines` must start with `/` and hold `{path}`, found"
            " `/blob/HEAD` (write `repository_lines: /blob/HEAD/{path}#L{first}-L{last}`)"
        )
    ]


def test_without_a_title_the_rest_is_still_checked() -> None:
    config, found = load("site.yaml", "newest: many\n")
    assert config == Config()
    assert told(found) == [
        "site.yaml-1 C006 `title` is missing: the name of the site (add a line `title: …`)",
        (
            "site.yaml:1:9-13 C005 `newest` must be a whole number from 1 to 500, found `many`"
            " (write `newest: 30`)"
        ),
    ]


def test_what_was_typed_is_never_guessed() -> None:
    config, found = load(
        "site.yaml",
        "title: no\n"
        "description: 2025-02-30\n"
        "author: 12:30\n"
        "feed_size: 12:30\n"
        "page_size: 1.10\n"
        "newest: 0\n"
        "language: no\n"
        "base_url: example.org\n"
        "repository: [https://example.org/]\n"
        "feedsize: 20\n",
    )
    assert config == Config(title="no", description="2025-02-30", author="12:30")
    size = "must be a whole number from 1 to 500, found"
    absolute = "must be an absolute http(s) address, found"
    assert told(found) == [
        (
            "site.yaml:7:11-13 C005 `language` must be zh or en, found `no`"
            " (write `language: zh` or `language: en`)"
        ),
        (
            f"site.yaml:8:11-22 C005 `base_url` {absolute} `example.org`"
            " (write `base_url: https://example.org/`)"
        ),
        f"site.yaml:4:12-17 C005 `feed_size` {size} `12:30` (write `feed_size: 50`)",
        f"site.yaml:5:12-16 C005 `page_size` {size} `1.10` (write `page_size: 50`)",
        f"site.yaml:6:9-10 C005 `newest` {size} `0` (write `newest: 30`)",
        (
            "site.yaml:9:13-35 C005 `repository` must be a single value, found a list"
            " (write `repository: …` on one line)"
        ),
        "site.yaml:10:1-9 C003 unknown key `feedsize` (did you mean `feed_size`?)",
    ]


def test_a_file_that_is_no_yaml_gives_no_configuration() -> None:
    config, found = load("site.yaml", "title: AI: news\n")
    assert config is None
    assert [diagnostic.code.name for diagnostic in found] == ["C002"]


@pytest.mark.parametrize(
    "written",
    [
        "https://example.org",
        "http://localhost:8000/digest/",
        "https://xn--fsqu00a.example/%E6%96%87/",
    ],
)
def test_an_absolute_address_is_kept_as_written(written: str) -> None:
    assert address(written) == written


@pytest.mark.parametrize(
    "written",
    [
        "example.org/digest",
        "/digest/",
        "ftp://example.org/",
        "https:///digest/",
        "https://example.org/?page=1",
        "https://example.org/#top",
        "https://me:secret@example.org/",
        "https://example.org:99999/",
        "https://例子.example/",
        "https://example.org/a b",
        "https://example.org/\n",
        "",
    ],
)
def test_other_addresses_are_refused(written: str) -> None:
    assert address(written) is None


def test_a_base_address_ends_in_one_slash() -> None:
    assert with_slash("https://example.org/ai") == "https://example.org/ai/"
    assert with_slash("https://example.org/ai/") == "https://example.org/ai/"


def test_a_build_without_base_address_is_told_what_it_lacks() -> None:
    assert told(without_address(Config(), "site.yaml")) == [
        (
            "site.yaml-1 S102 `base_url` is missing, and feeds need absolute addresses"
            " (write `base_url: https://…/` into that file, or build with `--base-url`)"
        )
    ]
    assert without_address(Config(base_url="https://example.org/"), "site.yaml") == ()


def test_every_setting_is_explained_in_both_languages() -> None:
    assert [setting.name for setting in SETTINGS] == [field.name for field in fields(Config)]
    assert all(setting.zh and setting.en and setting.kind for setting in SETTINGS)
    assert {setting.name: setting.default for setting in SETTINGS if not setting.required} == {
        "description": "",
        "language": "zh",
        "base_url": None,
        "author": None,
        "feed_size": 50,
        "page_size": 50,
        "newest": 30,
        "repository": None,
        "repository_lines": "/blob/HEAD/{path}#L{first}-L{last}",
    }


def test_the_site_yaml_that_digest_ships_is_clean() -> None:
    text = (Path(__file__).parent.parent / "site.yaml").read_text(encoding="utf-8")
    config, found = load("site.yaml", text)
    assert config is not None
    assert found == []
