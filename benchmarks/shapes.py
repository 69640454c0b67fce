"""Pages that can be made of any size, each large in one thing: what `growth` times."""

from __future__ import annotations

from collections.abc import Callable

SENTENCE = "全年实现地区生产总值{0}.{1}亿元，同比增长{2}.3%，新建学校{2}所。"
PLAIN = "我们坚持把群众的事放在心上，走村入户听取意见，协调各方一起解决难题。"
DIGITS = "一二三四五六七八九"
HEAD = "<!DOCTYPE html><html><head><meta charset=utf-8><title>{0}年工作报告</title></head><body><h1>{0}年工作报告</h1>"


def page(body: str) -> bytes:
    return (HEAD.format(2024) + body + "</body></html>").encode()


def sentence(number: int) -> str:
    return SENTENCE.format(number + 100, number % 10, number % 9 + 1)


def numeral(number: int) -> str:
    """一 to 九十九."""
    tens, ones = divmod(number % 99 + 1, 10)
    return (("" if tens == 1 else DIGITS[tens - 1]) + "十" if tens else "") + (DIGITS[ones - 1] if ones else "")


def report(body: str) -> bytes:
    """A body between two paragraphs of a report, so that an article is found."""
    prose = "".join(f"<p>{sentence(number)}{PLAIN}</p>" for number in range(2))
    return page(prose + body + prose)


def paragraphs(n: int) -> bytes:
    return page("".join(f"<p>{sentence(number)}{PLAIN}</p>" for number in range(n)))


def plain_paragraphs(n: int) -> bytes:
    return page("".join(f"<p>{PLAIN}{number % 7 * PLAIN}</p>" for number in range(n)))


def one_line(n: int) -> bytes:
    return report(f"<p>{PLAIN * n}</p>")


def numbers_in_one_line(n: int) -> bytes:
    return report(f"<p>{''.join(map(sentence, range(n)))}</p>")


def numbers_in_one_sentence(n: int) -> bytes:
    listed = "、".join(f"第{number}小学学生{number % 900 + 1}人" for number in range(n))
    return report(f"<p>其中{listed}。</p>")


def bare_numbers(n: int) -> bytes:
    return report(f"<p>{' '.join(str(number % 997) for number in range(n))}</p>")


def chained_shares(n: int) -> bytes:
    return report(f"<p>{'5%' * n}</p>")


def chained_counts(n: int) -> bytes:
    return report(f"<p>{'5个和' * n}</p>")


def chained_comparisons(n: int) -> bytes:
    return report(f"<p>{'0相比' * n}</p>")


def one_long_number(n: int) -> bytes:
    return report(f"<p>完成投资{'1234567890' * n}元。</p>")


def chinese_numerals(n: int) -> bytes:
    return report(f"<p>增长{'三百二十一万' * n}倍。</p>")


def one_character(n: int) -> bytes:
    return report(f"<p>{'长' * n}</p>")


def punctuation(n: int) -> bytes:
    return report(f"<p>{'（“《' * n}5项{'，；：' * n}</p>")


def headings(n: int) -> bytes:
    return page(
        "".join(
            f"<h2>（{numeral(number)}）稳步推进第{number}项工作</h2><p>{sentence(number)}</p>" for number in range(n)
        )
    )


def bare_headings(n: int) -> bytes:
    return report("".join(f"<p><b>{numeral(number)}、协调推进各项工作</b></p>" for number in range(n)))


def run_in_items(n: int) -> bytes:
    return report(f"<p>{''.join(f'{numeral(number)}是{sentence(number)}' for number in range(n))}</p>")


def table_rows(n: int) -> bytes:
    rows = "".join(
        f"<tr><td>指标{number}</td><td>亿元</td><td>{number}.5</td><td>{number % 9}.1</td></tr>" for number in range(n)
    )
    head = "<tr><th>指标</th><th>单位</th><th>2024年</th><th>比上年增长（%）</th></tr>"
    return report(f"<table>{head}{rows}</table>")


def table_columns(n: int) -> bytes:
    heads = "".join(f"<th>{number}月</th>" for number in range(n))
    cells = "".join(f"<td>{number}.5</td>" for number in range(n))
    return report(f"<table><tr><th>指标</th>{heads}</tr><tr><td>产值（亿元）</td>{cells}</tr></table>")


def many_tables(n: int) -> bytes:
    head = "<tr><th>指标</th><th>2024年（亿元）</th></tr>"
    rows = "<tr><td>产值</td><td>5.1</td></tr><tr><td>税收</td><td>2.2</td></tr>"
    return report(f"<table>{head}{rows}</table>" * n)


def flat_tags(n: int) -> bytes:
    return report("<div><span>协商</span><i></i></div>" * n)


def inline_tags(n: int) -> bytes:
    return report(f"<p>{'<span style=color:red>协商<b>8</b>次，</span>' * n}</p>")


def nested_tags(n: int) -> bytes:
    return report("<div>" * n + "<p>办理提案5件。</p>" + "</div>" * n)


def nested_text(n: int) -> bytes:
    return report("<div>协商5次" * n + "</div>" * n)


def open_tags(n: int) -> bytes:
    return report("<p><b><i><a href=x>协商" * n)


def nested_tables(n: int) -> bytes:
    return report("<table><tr><td>协商" * n)


def attributes(n: int) -> bytes:
    return report(f"<p {' '.join(f'data-x{number}=y' for number in range(n))}>协商5次。</p>")


def comments(n: int) -> bytes:
    return report("<!-- 5 -->&nbsp;&amp;<!--" * n)


def angles(n: int) -> bytes:
    return report("<" * n + "p>协商5次。")


def links(n: int) -> bytes:
    item = "<li><a href=/{0}>关于第{0}次会议的通知</a> 2024-05-{1:02}</li>"
    return report(f"<ul>{''.join(item.format(number, number % 28 + 1) for number in range(n))}</ul>")


def labels(n: int) -> bytes:
    return report("<p>来源：溪口日报 作者：林一 发布时间：2024-05-06 浏览次数：55</p>" * n)


def breaks(n: int) -> bytes:
    return report("<p>" + "".join(f"{sentence(number)}<br>　　" for number in range(n)) + "</p>")


def spaces(n: int) -> bytes:
    return report("<p>协商" + " \t　" * n + "5次。</p>")


def plain_text(n: int) -> bytes:
    return "\n".join(sentence(number) + PLAIN for number in range(n)).encode()


def markdown(n: int) -> bytes:
    return (
        "# 2024年工作报告\n\n" + "\n\n".join(f"## {numeral(number)}、工作\n\n{sentence(number)}" for number in range(n))
    ).encode()


def markdown_blanks(n: int) -> bytes:
    return ("# 2024年工作报告\n\n" + SENTENCE + "\n\n# 一" + "\t" * n + "二\n\n| 一 |\n" + "\t" * n + "二 |").encode()


def contents_dots(n: int) -> bytes:
    return report(f"<p><b>一、工作回顾{'…' * n}x5</b></p>")


def gb18030(n: int) -> bytes:
    return paragraphs(n).decode().replace("charset=utf-8", "charset=gb2312").encode("gb18030")


# Shape → how many of its pieces the smallest page has: some milliseconds each, and 64 times as many in some seconds.
SHAPES: dict[Callable[[int], bytes], int] = {
    paragraphs: 50,
    plain_paragraphs: 300,
    one_line: 1500,
    numbers_in_one_line: 40,
    numbers_in_one_sentence: 100,
    bare_numbers: 300,
    chained_shares: 100,
    chained_counts: 100,
    chained_comparisons: 100,
    one_long_number: 10000,
    chinese_numerals: 10000,
    one_character: 50000,
    punctuation: 1000,
    headings: 30,
    bare_headings: 200,
    run_in_items: 40,
    table_rows: 40,
    table_columns: 30,  # 1920 at most: a table of over 2000 columns is read line by line, which costs more per cell
    many_tables: 40,
    flat_tags: 300,
    inline_tags: 40,
    nested_tags: 1000,
    nested_text: 200,
    open_tags: 100,
    nested_tables: 100,
    attributes: 5000,
    comments: 3000,
    angles: 10000,
    links: 100,
    labels: 200,
    breaks: 50,
    spaces: 50000,
    plain_text: 50,
    markdown: 30,
    markdown_blanks: 30000,
    contents_dots: 30000,
    gb18030: 50,
}
