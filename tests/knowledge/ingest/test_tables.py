"""Tables: headings found, merged cells spread, every row said so that a quote of it holds the cell with both its headings."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.ingest.readers.tables import WIDE, Cell, Note, Row, SubHeading, read_table


def rows(*lines: str) -> list[list[Cell]]:
    """Cells parted by `|`; `text*2` covers two columns."""
    return [[_cell(text) for text in line.split("|")] for line in lines]


def _cell(text: str) -> Cell:
    words, _, columns = text.partition("*")
    return Cell(words, columns=int(columns or 1))


def said(table: list[list[Cell]]) -> list[str]:
    return [line.text for line in read_table(table).lines if isinstance(line, Row)]


def test_a_row_names_its_columns() -> None:
    assert said(rows("补贴项目|本科生|硕士生", "求职补贴|1500元|2000元")) == ["补贴项目：求职补贴；本科生：1500元；硕士生：2000元"]


def test_titles_above_the_headings_are_captions() -> None:
    table = read_table(rows("2024年补贴标准*3", "单位：元/人*3", "项目|本科|硕士", "求职补贴|1500|2000"))
    assert table.captions == ["2024年补贴标准", "单位：元/人"]
    assert [line.text for line in table.lines] == ["项目：求职补贴；本科：1500；硕士：2000"]


def test_headings_of_two_rows_are_joined_from_the_top_down() -> None:
    table = [[Cell("学历", rows=2), Cell("标准", columns=2)], [Cell("市区"), Cell("县区")], [Cell("本科"), Cell("800"), Cell("1000")]]
    assert said(table) == ["学历：本科；标准·市区：800；标准·县区：1000"]


def test_a_cell_over_several_rows_counts_for_each_of_them() -> None:
    table = [*rows("类别|项目|标准"), [Cell("生活", rows=2), Cell("伙食"), Cell("300")], [Cell("交通"), Cell("100")]]
    assert said(table) == ["类别：生活；项目：伙食；标准：300", "类别：生活；项目：交通；标准：100"]


def test_a_cell_over_several_columns_is_said_once_with_all_their_headings() -> None:
    assert said(rows("学历|市区|县区", "博士|3000*2")) == ["学历：博士；市区、县区：3000"]


def test_years_may_head_columns() -> None:
    assert said(rows("指标|2023年|2024年", "见习岗位|300|500")) == ["指标：见习岗位；2023年：300；2024年：500"]


def test_contacts_in_two_columns_are_key_and_value() -> None:
    assert said(rows("联系人|林晓", "联系电话|0999-1234567", "地址|求是路1号")) == ["联系人：林晓", "联系电话：0999-1234567", "地址：求是路1号"]


def test_a_table_of_quantities_without_headings_keeps_its_cells() -> None:
    assert said(rows("本科|1500|2000", "硕士|1800|2400")) == ["本科；1500；2000", "硕士；1800；2400"]


def test_a_line_across_heads_the_rows_below_it_and_a_remark_is_a_remark() -> None:
    table = read_table(rows("项目|标准|期限", "一、生活类*3", "伙食|300|1年", "注：每人只能申领一次。*3"))
    assert [type(line) for line in table.lines] == [SubHeading, Row, Note]


def test_rows_are_counted_without_headings_and_repeated_headings_are_left_out() -> None:
    table = read_table(rows("项目|标准", "甲补贴|100", "项目|标准", "乙补贴|200"))
    assert [(line.path, line.text) for line in table.lines if isinstance(line, Row)] == [
        ("第1行", "项目：甲补贴；标准：100"),
        ("第2行", "项目：乙补贴；标准：200"),
    ]


def test_a_wide_row_is_cut_into_lines_that_repeat_its_heading() -> None:
    headings = "|".join(["序号", "学院", *(f"第{number}项材料要求" for number in range(40))])
    values = "|".join(["1", "文学院", *(f"需要提交第{number}项材料原件" for number in range(40))])
    lines = said(rows(headings, values))
    assert len(lines) > 2
    assert all(line.startswith("序号：1；学院：文学院；") and len(line) <= WIDE for line in lines)
    assert "第39项材料要求：需要提交第39项材料原件" in lines[-1]


def test_a_cell_longer_than_a_quote_is_cut_at_its_sentences_under_its_heading() -> None:
    lines = said(rows("事项|说明", "求职补贴|" + "毕业生应当在规定时间内向院系提交申请材料。" * 40))
    assert all(line.startswith("事项：求职补贴；说明：") and len(line) <= WIDE for line in lines)
    assert "".join(line.removeprefix("事项：求职补贴；说明：") for line in lines) == "毕业生应当在规定时间内向院系提交申请材料。" * 40


def test_millions_of_cells_are_cut_and_said_so() -> None:
    table = read_table([[Cell("项目"), Cell("标准")], *([Cell("补贴"), Cell("100")] for _ in range(30_000))])
    assert table.cut
    assert len(table.lines) < 21_000


_CELLS = st.builds(Cell, st.text(max_size=8), st.integers(0, 3_000), st.integers(0, 3_000), st.booleans())


@settings(deadline=None)
@given(st.lists(st.lists(_CELLS, max_size=6), max_size=8))
def test_any_grid_is_said_without_losing_a_cell_that_starts_in_it(table: list[list[Cell]]) -> None:
    result = read_table(table)
    assert all(line.text for line in result.lines)
