"""``build.py stats``: the figures, and columns that stay straight under Chinese."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest

from digest.cli import main
from digest.desk.stats import Table, as_csv, as_text, words_in
from digest.diagnostics import cells

if TYPE_CHECKING:
    from pathlib import Path

NOTE = """\
# AI: 2024.03

# 1. 工具

## 1.1. [llamafile 一个文件](https://github.com/a/llamafile)
<!-- digest: topics=inference pick handle=lin -->

模型 it's GPT-4 和 https://github.com/b

## 1.2. [另一件](https://arxiv.org/abs/2403.00001)
<!-- digest: draft -->
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a curator's folder with a note of two entries, one of them a draft."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "entries").mkdir()
    (tmp_path / "entries" / "2024-03.md").write_text(NOTE, encoding="utf-8")
    site = "title: Desk\nlanguage: zh\nbase_url: https://example.org/\n"
    (tmp_path / "site.yaml").write_text(site, encoding="utf-8")
    return tmp_path


TEXT = f"""\
digest           count
notes                1
entries              1
words               13
links                2
images               0
people               1
hosts                1
picks                1
drafts               0
labelled by you      1
unsure               0

months   entries
2024-03        1  {"▇" * 62}

categories       entries  labelled  unsure
tools  工具            1         1       0
models  模型           0         0       0
papers  论文           0         0       0
tutorials  教程        0         0       0
news  资讯             0         0       0
opinions  观点         0         0       0

topics               entries
inference  推理部署        1  {"▇" * 50}

hosts       entries
github.com        1  {"▇" * 59}

people  entries
@lin          1  {"▇" * 63}

dialects  notes  entries
sections      1        1

links  links
code       2
"""


def test_as_text_every_table_fits_80_columns_and_stays_straight(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del desk
    assert main(["stats"]) == 0
    out, err = capsys.readouterr()
    assert out == TEXT
    assert err == ""
    assert max(map(cells, out.split("\n"))) == 80


def test_drafts_count_when_asked_for(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del desk
    assert main(["stats", "--drafts", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    whole = {row["name"]: row["count"] for row in found["digest"]}
    assert (whole["entries"], whole["drafts"], whole["hosts"]) == (2, 1, 2)
    assert found["categories"][0] == {
        "name": "tools  工具",
        "entries": 2,
        "labelled": 2,
        "unsure": 0,
    }


def test_as_csv_every_count_is_a_row(
    desk: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    del desk
    assert main(["stats", "--format", "csv"]) == 0
    data = capsysbinary.readouterr().out
    assert b"\n" not in data.replace(b"\r\n", b"")
    rows = list(csv.reader(io.StringIO(data.decode(), newline="")))
    assert rows[:2] == [["table", "name", "measure", "count"], ["digest", "notes", "count", "1"]]
    assert ["people", "'@lin", "entries", "1"] in rows


def test_a_long_table_is_cut_as_text_and_says_so() -> None:
    rows = tuple((f"host-{n}.example.org", (100 - n,)) for n in range(20))
    table = Table(name="hosts", columns=("entries",), rows=rows, open=True)
    lines = as_text([table]).split("\n")
    assert len(lines) == 17
    assert lines[-1] == "and 5 more; `--format csv` has them all"
    assert as_csv([table]).count("\r\n") == 21


def test_a_long_name_is_cut_to_what_fits() -> None:
    table = Table(name="people", columns=("entries",), rows=(("名" * 40, (1,)),))
    assert as_text([table]).split("\n")[1] == f"{'名' * 17}…        1"


def test_words_are_chinese_characters_and_latin_words() -> None:
    assert words_in("模型 it's GPT-4，0.3 版 — ok") == 3 + 4


def test_a_folder_without_notes_is_an_error(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del desk
    assert main(["stats", "--notes", "nowhere"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "nowhere: error[R001]: there is no such folder" in err
