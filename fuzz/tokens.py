"""What pages of this kind are made of, and what breaks them: fuzzed text and markup are put together from these."""

from __future__ import annotations


def words(text: str) -> list[str]:
    return text.split()


PHRASES = words("""
    全年 办理 提案 新增就业 其中 分别 同比 比上年 比2020年 年均 增长 下降 减少 增加到 提高到 由 至 占 达 共
    实现 完成 力争 目标 计划 预计 位居全省 翻一番 今年 去年 上半年 截至12月底 2024年 2021—2025年 “十四五”
    三年来 地区生产总值 农民 收入 学校 道路 委员 各位代表 甲镇 工作回顾 政府工作报告 统计公报 注 合计 指标
    单位：万元 以及 和 每 个 次 之 的 了
""")
NUMERALS = words("""
    0 1 3 5.3 459 12.50 1,234.5 1，234 -0.3 －2.2 １２ ３．５ 1/3 ½ 3:7 5% 百分之五 三分之一 千分之三 三成
    两成半 八五折 一半 十余 百余万 数十 上千 两百三十万 九万四 二〇二四 〇 零 十 十三 廿 卅五 壹佰 三五 七八
    3万4000 25万6千 3.2万亿 3—5 10-20 1~2 5000余 00 007 1e5 1E9 99999999999999999999 1.2.3 1,23 ,5 .5 5. 一 二
    三 九 亿 万 千 百
""")
HEDGES = words("""
    约 近 超 超过 余 多 以上 以下 左右 不少于 不低于 至少 不超过 最多 上下 以内 接近 突破 力争 几 来 不到 高于
    低于 大约 个多 达到
""")
UNITS = words("""
    件 人 人次 万元 亿元 元 % ‰ 个百分点 百分点 亩 公里 平方米 万吨 吨 倍 番 成 位 名 届 号 期 年 月 日 时 分
    项 条 个 家 户 所 座 元/人 ㎡ 公里/小时 千瓦时 亿千瓦时 立方米 ℃ 折 股 次 美元 万美元 岁 度 级 A 5G m² kg
""")
NAMES = words("""
    第三届 第3位 第十五次 〔2024〕5号 12345热线 G60 110报警 5G基站 4A级景区 “三农” 一带一路 万一 千万 一定
    一些 八一 七一 20世纪 两会 三个 五大 万众 Ⅳ ① ㈠ ⒈ COVID-19 2024-06-30 2024/6/3 08:30 08:30:15
    0000-5550100 a1b2 3D H7N9 v2.0
""")
MARKERS = words("""
    一、 二、 （一） （二） (三) 1. 2. 1、 （1） ① ◆ ● ■ —— 第一章 第二条 一是 二是 首先 其次 附件1
    附件： 注：
""")
CHROME = words("""
    首页 来源： 发布时间：2025-01-14 责任编辑： 作者：周正 字号 打印 关闭 上一篇 下一篇 版权所有 主办：甲县政府
    ICP备0000号 相关链接 分享到 浏览次数：12 您当前的位置： 联系电话：0000-1234567 网站地图 > | 索引号：A-1
    名称 附件下载 点击数 扫一扫
""")
STOPS = [
    *"，。；：、！？,.;:!?（）()《》“”‘’【】—…·／/-－~～%*#|_=>+'\"&<",
    "\n",
    "\n\n",
    "\t",
    " ",
    "　",
    "\r\n",
    "\r",
]
# Characters that cannot be seen, that turn or combine, digits other than 0 to 9, and what is no character at all.
WILD = [
    *("\x00", "\x07", "\x0b", "\x0c", "\x1b", "\x1c", "\x1f", "\x7f", "\x85", "\xa0", "\xad"),
    *("\u0301", "\u20e3", "\ufe0f", "\u200b", "\u200d", "\u200e", "\u202e", "\u2066", "\u2028", "\u2029", "\ufeff"),
    *("\ud800", "\udcff", "\udc00", "\ufffd", "\ufffe", "\uffff", "\U0001ffff", "\ue000", "\ue5e5", "\U0010ffff"),
    *("٣", "९", "𝟗", "²", "₂", "㊀", "㎞", "〇", "○", "Ⅻ", "⅓", "𠮷", "한", "é", "ß", "İ", "😀", "ﷺ", "か"),
]
WORDS = [*PHRASES, *NUMERALS, *HEDGES, *UNITS, *NAMES, *MARKERS, *CHROME, *STOPS]
ANYTHING = [*WORDS, *WILD]

# Markup: whole tags, parts of tags, references, and the marks after which a parser reads in another way.
BLOCKS = words("""
    div p section center blockquote h1 h2 h3 ul ol dl article main header footer nav form fieldset
""")
INLINE = words("span b strong i em u font a small s code tt sub sup label o:p 甲 x-y nobr big")
TABLE_PARTS = words("table tr td th tbody thead tfoot caption colgroup col")
SELF_ENDING = words("li dd dt option p td tr th")
VOIDS = words("br hr img input wbr meta link base col area embed")
RAW = words("""
    script style title textarea xmp iframe noembed noframes noscript plaintext template select svg math object
""")
ODD = words("""
    html head body frameset frame marquee pre listing button ruby rp rt image isindex applet video dialog
    search
""")
TAGS = [*BLOCKS, *INLINE, *TABLE_PARTS, *SELF_ENDING, *VOIDS, *RAW, *ODD]
SOUND_ATTRIBUTES = [
    *("", ' class="a b"', ' id="zoom"', " id='n2'", ' href="t_2.htm"', ' href="#_Toc1"', ' align="center"', " hidden"),
    *(' style="display:none"', ' style="font-weight:bold;text-align:center"', ' style="display:block"', ' id=""'),
    *(' style="visibility:hidden"', ' style="white-space:pre"', ' aria-hidden="true"', ' colspan="2"', ' rowspan="2"'),
    *(' colspan="0"', ' rowspan="0"', ' colspan="999"', ' rowspan="70000"', ' title="a&gt;b &amp; 3件"', ' id="N2"'),
]
BROKEN_ATTRIBUTES = [
    *(" colspan=x", " colspan=-3", " colspan=99999999999", " rowspan=0", " rowspan=' 3;'", " colspan=２", " =x", " ="),
    *(' class="a', " id='", ' id="a b"', " id=a id=b", ' "', " '", " style=display:none", " style", " /", " a\x00b=1"),
    *(
        " id=\u202e",
        " id=1a",
        ' id="a\nb"',
        ' id="&quot;"',
        " id=<b",
        ' title="<p>"',
        " title='>'",
        " a=b=c",
        "\n",
        "/",
    ),
    *(
        ' style="font:bold"',
        ' style="{display:none',
        " hidden=false",
        ' id="\ud800"',
        " class=\x0c",
        ' href="javascript:"',
    ),
]
REFERENCES = [
    *("&nbsp;", "&nbsp", "&amp;", "&amp", "&lt;", "&lt", "&gt;", "&#57;", "&#57", "&#x39;", "&#x39", "&#0;", "&#x80;"),
    *("&#xD800;", "&#x110000;", "&#99999999999;", "&#;", "&#x;", "&#x1F600;", "&notit;", "&not", "&copy5", "&ensp;"),
    *(
        "&emsp;",
        "&zwnj;",
        "&bogus;",
        "&#8203;",
        "&#12;",
        "&#13;",
        "&ldquo;",
        "&mdash;",
        "&",
        "&#",
        "&a",
        "&NBSP;",
        "&#160",
    ),
]
SOUND_REFERENCES = ["&nbsp;", "&amp;", "&lt;", "&gt;", "&#57;", "&#x39;", "&ldquo;", "&mdash;", "&ensp;", "&#12288;"]
MARKS = [
    *(
        "<!--",
        "-->",
        "<!-->",
        "<!--->",
        "--!>",
        "<!--!>",
        "<!-",
        "<!",
        "<![CDATA[",
        "]]>",
        "<?xml ?>",
        "<?",
        "?>",
        "</",
        "</>",
    ),
    *(
        "<",
        "< p>",
        "<>",
        "</ p>",
        "<p",
        "<p/",
        "<a href='",
        "<3",
        "<!doctype html>",
        "<!DOCTYPE",
        "<\x00p>",
        "</p x=1>",
    ),
    *(
        "<br/>",
        "</br>",
        "</p>",
        "<br >",
        "</BR>",
        "<P>",
        "<TD>",
        "</sarcasm>",
        "<script",
        "</script",
        "</title",
        "<![if !x]>",
    ),
]
LABELS = [
    *("utf-8", "gb2312", "gbk", "gb18030", "big5", "utf-16", "utf-16le", "iso-8859-1", "windows-1252", "hz-gb-2312"),
    *(
        "utf-7",
        "euc-kr",
        "shift_jis",
        "iso-2022-jp",
        "unicode_escape",
        "punycode",
        "idna",
        "hex",
        "undefined",
        "x-x-big5",
    ),
    *(
        "raw_unicode_escape",
        "utf-8-sig",
        "utf-32",
        "cp037",
        "mbcs",
        "no-such-thing",
        "",
        "utf_8_sig",
        "palmos",
        "big5-hkscs",
    ),
]
ENCODINGS = ["utf-8", "gb18030", "gbk", "big5", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "latin-1"]
