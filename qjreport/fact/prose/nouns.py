"""What is measured or counted: the noun phrase before a number or after it.

Before a number: from the clause's text, its predicate taken off already, goes what only leads in (全年, 其中, a verb
with its object), and what only says where or by what examples. After a number: the phrase runs to the first mark, verb
or adverb that ends it. Leaves to item_choice.py which of the two names the item, to distribute.py the lists that one
verb or number is spread over.
"""

from __future__ import annotations

from typing import Final

from qjreport.fact.prose.sentence import Number
from qjreport.fact.prose.vocabulary import LEADS, NounWords
from qjreport.text.patterns import compile_re
from qjreport.text.sentences import CLOSING, LONGEST_PAIR, OPENING, PAIR, ROUND_OPENING, mark_inside
from qjreport.text.words import Words

# No noun phrase of a report that names one thing is longer; what is longer is a clause.
LONGEST_ITEM: Final = 60
MARKS: Final = " 　、，,；;：:。"
EDGE: Final = " 　*、，,；;：:。.·—-◆●■▲★○◇□▪•和及与的了"
EXTENTS: Final = frozenset("长宽高深厚")
YEAR_ENDS: Final = ("年底", "年末")
NO_YEAR_END: Final = frozenset("上去同今当本明前每到在至0123456789〇零一二三四五六七八九")
ONLY: Final = compile_re(r"(?:(?<=\w{2})[仅将已]|已经)\Z")
ITS: Final = "其"
AFTER: Final = "后"
AT: Final = "在"  # 在一九五四年
BEGUN: Final = compile_re(r"[自从](?=[^自从]*\Z)")
NOT_ITS: Final = frozenset("他它余中次实")
# 及｜格率, 和｜解, 了｜解, 与｜会: words that begin like a particle.
HEADS: Final = {"及": "格时", "和": "解谐平睦", "了": "解", "与": "会"}
# 总｜和, 标｜的: words that end like a particle.
LASTS: Final = {"和": "总维缓饱温", "的": "标", "及": "涉"}
# What is no end of a name but after these: 科技创｜新, 中｜等.
LOOSE_ENDS: Final = {
    "新": "创更革翻高全焕求出清常刷阜最",
    "等": "高平同均优中初一二三四特劣上下相对不头次何",
    "也": "维",
}
HEADED: Final = frozenset("".join(HEADS.values()))
# The first characters of a word of time or of an entry's number, digits aside, and the marks that lead in a phrase.
DATE_FIRSTS: Final = frozenset('提截到至自前首第一二三四五六七八九“"十')
DATE_LASTS: Final = frozenset("日月年末底初份")
OPENING_MARKS: Final = frozenset("、，,；;：:。")
# An entry of a list: 12.｜建设充电站, 2、｜非税收入, （3）｜提高补助标准, 三、｜工业增加值; but not 一、二审案件.
ENTRY: Final = compile_re(
    r"(?:[（(](?=[^（()]{1,3}[）)]))?(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:[）)]|[.．](?!\d))"
    r"|\d{1,2}、(?:(?!\d)|(?=(?:19|20)\d\d年))"
    r"|[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十][、十百千万审产期次类级批季线等道层代个位名年月日号])"
)
ONE_OF: Final = tuple("所座栋幢")
HEAD_OPENS: Final = "【"
RUN_IN: Final = compile_re(r"【[^【】]{1,20}】")  # 【康复工作】｜办理残疾人证
FOOTNOTE: Final = compile_re(r"\[\d{1,3}\]|[①-⑳]\Z")
CIRCLED: Final = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
MULTIPLIED: Final = ("万", "亿")
PAUSE: Final = compile_re(r"[、，,；;：:（(）)“”\d]")
FROM: Final = compile_re(r"[由从自](?![宽严业事治然])(?=[^由从自]{0,24}\Z)")
# 茶叶、竹编、陶瓷｜三大特色产业规模
SUMMED: Final = compile_re(r"\A[^，；]*、[^，；]*?(?=[两三四五六七八九十]大(?![会学队道街]))")
# A long list of examples goes; the word that sums them up is the item: …路、…街等｜城市主干道路.
EXAMPLES: Final = compile_re(r"\A([^，；]{12,}?)(?<![高初中同平优均不])等(?=\w{3,})(?![级待于])")
TAKING: Final = compile_re(r"(?<=\w\w)[已将也]占到?(?=\w\w)")  # 农业产值｜已占｜总产值
# 出口｜受国际市场影响，｜下降
INFLUENCED: Final = compile_re(r"(?<=\w\w)受到?(?![到理访教益阻害灾损伤骗审])[^，；、]{2,20}影响[，,]?\Z")
INFLUENCE: Final = "影响"
MEASURED: Final = compile_re(r"\w{2,5}的\w{2,3}\Z")  # 钢、煤、机床等｜产品的产量: of those listed, and no others


def trim_item(text: str) -> str:
    """Without punctuation and particles at its edges, and without a bracket whose other half is elsewhere."""
    text = FOOTNOTE.sub("", text) if "[" in text or text[-1:] in CIRCLED else text
    text = strip_edges(text)
    if PAIR.search(text) is None:
        return text
    if text[-1] in OPENING:
        text = text[:-1].rstrip(EDGE)
    if text and text[0] in CLOSING:
        text = text[1:].lstrip(EDGE)
    for open_, close in OPENING.items():
        if text.count(open_) > text.count(close):
            text = text.replace(open_, "", 1) if text.startswith(open_) else text.rsplit(open_, 1)[0]
        elif text.count(close) > text.count(open_):
            text = text.replace(close, "", 1) if text.endswith(close) else text.split(close, 1)[1]
    return text.strip(EDGE)


def strip_edges(text: str) -> str:
    """Without marks and particles at both ends, but with a word whole that begins or ends like a particle."""
    stripped = text.strip(EDGE)
    if not stripped:
        return ""
    if len(stripped) > 2 and stripped[-2] not in LOOSE_ENDS.get(stripped[-1], stripped[-2]):
        stripped = stripped[:-1]  # 地铁新｜开通94公里, 道路重建也｜完成, 创客、青年人才等｜2万人次
    first = text.find(stripped)
    last = first + len(stripped)
    if stripped[0] in HEADED and first and stripped[0] in HEADS.get(text[first - 1], ""):
        first -= 1  # 和｜解
    if last < len(text) and stripped[-1] in LASTS.get(text[last], ""):
        last += 1  # 总｜和
    return text[first:last]


def read_list(subject: str, words: NounWords) -> str:
    """The list in the text before a shared predicate; a verb inside a later part does not end the list.

    接待游客量、引进内资 (分别增长) → 接待游客量、引进内资
    """
    subject = INFLUENCED.sub("", subject) if INFLUENCE in subject else subject
    first = subject.partition("、")[0]
    if first not in ("", subject) and words.nominal.before(first) == first.strip(EDGE):
        return trim_item(subject)  # 投资、消费、出口
    return trim_item(strip_head(subject, words, len(first)))


def strip_head(subject: str, words: NounWords, until: int | None = None) -> str:
    """Take off what stands in front of an item: 全年, 其中, 开展 …, and all up to the verb whose object it is.

    A verb that begins after `until` is left alone.
    """
    if words.only_verbs.cover(subject.strip(MARKS).removesuffix("了")):
        return ""
    start = after_strong_verb(subject, words, len(subject) if until is None else until)
    if start and subject[0] in words.manner_firsts:
        start = max(start, len(find_manner(subject, 0, words)))  # 围绕推进开放的重大问题提出｜提案
    verb = start > 0
    while start < len(subject):
        rest = len(subject) - start
        word = find_opener(subject, start, words)
        if word and subject[start + len(word) :] in words.nothing:
            return ""  # 先后｜对｜7345户、9875人给予救助
        manner = find_manner(subject, start, words)
        if manner or not word or rest - len(word) < 2:
            word = manner or find_verb(subject, start, words)
            if not word:
                break
            joined = start > 0 and subject[start - 1] in JOINED_VERBS  # 新建和｜维修｜水闸
            if rest - len(word) < (SHORT_COMPOUND if verb and not joined else 2) or is_relative(
                subject, start + len(word), words
            ):
                break
            verb = True
        if leads_fields(subject, start + len(word), words):
            break
        start += len(word)
    left = subject[start:]
    if left not in words.light.words or words.nominal.before(left):
        return left
    head = strip_head(subject[:start], words)
    own = len(head) > 1 and not words.date.match(head)
    return head + left if own else ""  # 地下管网｜新建, but not 2024年｜新建


JOINED_VERBS: Final = frozenset("和及、")
FIELD_NEXT: Final = frozenset("、和方领类")
# After a verb another one with so short a noun is a noun itself: 提出｜审议意见.
SHORT_COMPOUND: Final = 3
# 调解｜撤诉率: what a verb and so few characters name together.
LONGEST_RATE: Final = 3
CERTIFIED: Final = frozenset("证照")
CLOSED_QUOTES: Final = "”》"
UPON: Final = "于"
ALTOGETHER: Final = ("共", "共计")
PLANNED: Final = "计划"
# No name of who does something is longer: 市政协各专门委员会.
LONGEST_AGENT: Final = 18


# 委员人均提交提案: of an average the act is what is measured.
AVERAGE: Final = compile_re("每[^年月日季周天次期]|[人户村社亩年月日室]均")


def strip_openers(subject: str, words: NounWords) -> str:
    """Without what only leads in: 其中｜解决或基本解决的."""
    at = 0
    while at < len(subject) - 2 and (word := find_opener(subject, at, words)):
        at += len(word)
    return subject[at:]


def leads_fields(subject: str, at: int, words: NounWords) -> bool:
    """Whether the word that ends at `at` is no verb, but the first of a list of fields: 规划｜、建设方面提案."""
    if subject[at : at + 1] not in FIELD_NEXT or words.groups.fielded.match(subject, at) is None:
        return False
    after = at + 1 + len(words.light.at(subject, at + 1))
    return after == at + 1 or subject[at] not in JOINED_VERBS or words.groups.fielded.match(subject, after) is not None


def names_act(subject: str, at: int, verb: str, words: NounWords) -> bool:
    """Whether a verb at `at` and what follows are one act, or name a rate: 移送｜起诉, 审结、｜执结, 调解、｜撤诉率."""
    left = subject[at + len(verb) :].lstrip(JOINS)
    if left in words.handling.words or len(words.handling.at(subject, at)) > len(verb):
        return True
    if not (len(left) <= LONGEST_RATE and left.endswith("率")):
        return False
    return verb in words.handling.words or left[:-1] in words.light.words  # 核查｜处置率


def find_agent(subject: str, start: int, words: NounWords) -> str:
    """Who does something, and the verb: 委员｜提出｜建议, 单位积极报送｜信息; "" where no agent stands at `start`."""
    last = min(len(subject) - 3, start + LONGEST_AGENT)
    match = words.acting.search(subject, start, last)
    while match is not None:
        end = end_act(subject, start, match.end(), words)
        if end > 0:
            return subject[start:end]
        match = words.acting.search(subject, match.end(), last)
    return ""


def end_act(subject: str, start: int, at: int, words: NounWords) -> int:
    """Where the verb ends that who acts, from `start` to `at`, has after it; 0 where there is no such verb."""
    verb = at + (subject[at] in CLOSED_QUOTES)
    if subject.startswith(ALTOGETHER[1], at - 1) and subject[at + 1] != PLANNED[1]:
        verb = at = at + 1  # 会议共计｜交办提案, but not 会议共｜计划
    while verb < len(subject) and (opener := find_opener(subject, verb, words)):
        verb += len(opener)
    word = find_manner(subject, verb, words) or words.light.at(subject, verb)
    if word and words.compound.at(subject, verb):
        return 0
    end = verb + len(word)
    # 委员全年共｜引进项目, but not 省市｜共建基地
    altogether = subject[start:verb].endswith(words.groups.intending) and not words.kept.at(subject, verb - 1)
    altogether = altogether and subject[verb : verb + 1] not in CLOSED_QUOTES  # “人才计划”｜专家
    if not word and altogether and len(subject) - verb > 2:
        return verb  # 检察机关共｜批捕嫌疑人
    if not word or word in ACHIEVED or len(subject) - end < 2 or subject[end] in NO_OBJECT:
        return 0
    if subject[end:] in words.achieved.provisions:
        return 0  # 大学生资助｜政策
    if subject.endswith("率") and len(subject) - end <= LONGEST_RATE:
        return 0  # 城中村改造｜签约率
    if is_noun_end(subject, end, words.strong_guard, words):
        return verb if altogether else 0
    return 0 if AVERAGE.search(subject, start, verb) else end


def find_verb(subject: str, start: int, words: NounWords) -> str:
    """The verb whose object follows, with who does it where that stands there: 开展, 委员｜提出; "" for none."""
    word = words.light.at(subject, start)
    if not word:
        return find_agent(subject, start, words)
    if words.compound.at(subject, start):
        return ""
    end = start + len(word)
    if subject[end : end + 1] == UPON or (word == INVESTED and SIZED.match(subject, end)):
        return ""  # 应用于｜生产的比重, 投资｜5000万元以上的项目
    guard = words.strong_guard if word in ACHIEVED else words.guard  # 完成｜总产值, 实现｜利润
    return "" if is_noun_end(subject, end, guard, words) or names_act(subject, start, word, words) else word


def find_manner(subject: str, start: int, words: NounWords) -> str:
    """How, or upon what, and the verb that then follows: 以提案形式｜提出｜意见; "" for none."""
    if (
        start >= len(subject)
        or subject[start] not in words.manner_firsts
        or (manner := words.manner.match(subject, start)) is None
    ):
        return ""
    end = manner.end() + len(words.light.at(subject, manner.end()))
    at = manner.end()
    if manner.lastgroup == "whom" and (
        subject.startswith(words.groups.dative_kept, at) or words.compound.at(subject, at)
    ):
        return subject[start:at]  # 为企业｜挽回经济损失, 为群众｜办实事
    verb = end > manner.end() and len(subject) - end >= 2 and subject[end] not in NO_OBJECT
    return subject[start:end] if verb and not is_noun_end(subject, end, words.strong_guard, words) else ""


def is_relative(subject: str, at: int, words: NounWords) -> bool:
    """Whether the verb that ends at `at` only says which are meant: 提交｜提案的委员, 办理｜营运证的货车."""
    of = subject.find("的", at + 1)
    if of > 0 and words.achieved.telling.before(subject, at) and words.agent.search(subject, of + 1):
        return True  # 提供｜住宿的社会服务机构
    if of > 0 and subject[of + 1 :] in PLACES:
        return True  # 建成｜高速公路的县
    return of > 0 and (subject[of - 1] in CERTIFIED or bool(words.agent.match(subject, of + 1)))


PLACES: Final = frozenset("县市区乡镇村州旗")


def is_noun_end(text: str, at: int, guard: Words, words: NounWords) -> bool:
    """Whether what stands at `at` makes a noun of the verb before it: 投资｜额, but not 办理｜人大代表议案."""
    return bool(guard.at(text, at)) and not words.noun_start.at(text, at)


def find_opener(text: str, at: int, words: NounWords) -> str:
    """What stands in front of a noun phrase and is no part of it: a word of time, 其中, a mark; "" for none."""
    first = text[at]
    if first in DATE_FIRSTS or first.isdigit():
        match = words.date.match(text, at) or (ENTRY.match(text) if not at else None)
        if match and not (match[0].isdecimal() and text[match.end() : match.end() + 1] in MULTIPLIED):
            return match[0]  # but 2000万元以上｜工业企业
    if first == ONE and text[at + 1 : at + 2] in ONE_OF and len(text) - at > 3:
        return text[at : at + 2]  # 建设了｜一所｜占地
    if first in ROUND_OPENING and (entry := ENTRY.match(text, at)):
        return entry[0]
    if first == PLUS and PLUS_LAST.match(text, at):
        return first
    if first == HEAD_OPENS and (head := RUN_IN.match(text, at)):
        return head[0]
    if first in OPENING_MARKS or first.isspace():
        return first
    if first not in words.openers.lengths or words.kept.at(text, at):
        return ""
    return words.openers.at(text, at, guard=words.not_opener)


PLUS: Final = "加"
PLUS_LAST: Final = compile_re("加(?=上[级年解]|补助)")  # 加｜上年结余, and not 加上｜年结余


JOINS: Final = "、和"


def read_nominal(subject: str, words: NounWords) -> str:
    """The verbs that are what is measured because nothing else is: 其中出口 → 出口, 视察调研; "" for none."""
    subject = subject.strip(EDGE)
    start = len(subject)
    while word := words.nominal.before(subject, start):
        start -= len(word)
        before = words.nominal.before(subject, start - 1) if start and subject[start - 1] in JOINS else ""
        if word in words.handling.words and before in words.handling.words:
            start -= 1  # 审结、执结
    return subject[start:]


# What follows a verb that has no object there.
BASE: Final = ("比", "较")
NO_OBJECT: Final = "的、和及与或等以占由从比相于"


def after_strong_verb(subject: str, words: NounWords, until: int) -> int:
    """Where the object of the clause's last verb begins: 围绕文旅融合开展｜联合协商调研; 0 where there is none."""
    start = 0
    inside: bytearray | None = None
    strong, size = words.strong, len(subject)
    last = min(until, size - 2)
    at = strong.seek(subject, 0, last)
    while at >= 0:
        if not (word := strong.at(subject, at)):
            at = strong.seek(subject, at + 1, last)
            continue
        end = at + len(word)
        owns = (word in ACHIEVED or word == CREATED) and is_owner(subject[start:at], subject[end:], words)
        named = size - end == 2 and at > 0 and follows_verb(subject, at, words)
        named = named or (0 < start < at and subject.endswith(OF_ACTS, end))  # 共开展｜专项整治行动
        short = SHORT_COMPOUND if named else 2  # 提出各类｜审议意见
        verb = not (size - end < short or is_noun_end(subject, end, words.strong_guard, words))
        verb = verb and not words.compound.at(subject, at)  # 挽回损失
        verb = verb and not (word == INVESTED and SIZED.match(subject, end))
        if verb and inside is None:
            inside = mark_inside(subject)
        if (
            verb
            and not (inside and inside[at])
            and subject[end] not in NO_OBJECT
            and subject[at - 1 : at] != "的"
            and not (owns or is_relative(subject, end, words) or AVERAGE.search(subject, start, at))
        ):
            start = end
        at = strong.seek(subject, end, last)
    return start


SIZED: Final = compile_re(r"[上超过破逾在]{0,2}[\d一二三四五六七八九十百千万亿.]+元?以?上?的?\w*项目\Z")
OF_ACTS: Final = ("行动", "活动")


def follows_verb(subject: str, at: int, words: NounWords) -> bool:
    """Whether a verb stands before `at`, or the first of a list: 提出各类｜审议意见, 决议和｜审议意见."""
    return subject[at - 1] in "和及与" or words.light.at(subject) != "" or words.light_end.before(subject, at) != ""


# 规上工业企业｜实现｜利润: whose it is belongs to the item where the object alone says nothing.
ACHIEVED: Final = ("实现", "完成")
CREATED: Final = "创造"  # 民营经济｜创造｜增加值
REALLY: Final = "实际"  # 一般公共预算实际｜完成｜收入
LONGEST_OWNER: Final = 16
TRADE: Final = "口"  # 机电产品｜实现｜出口
LONGEST_NAMED: Final = 30  # characters of a measure that a comma parts from its number


def is_owner(owner: str, rest: str, words: NounWords) -> bool:
    owner = owner.removesuffix(REALLY)
    achieved = words.achieved  # 骨干企业｜完成｜工业总产值
    own = achieved.owner_ends.before(owner) != "" and achieved.measured.before(rest) != ""
    own = own or (rest in achieved.became and achieved.people.before(owner) != "")  # 失业人员｜实现｜再就业
    return (
        2 <= len(owner) <= LONGEST_OWNER
        and (
            rest in words.amount.words
            or rest in achieved.yields
            or own
            or (rest in words.nominal.words and rest.endswith(TRADE))
        )
        and words.strong.find(owner) < 0
        and not words.date.fullmatch(owner)
        and (owner not in words.openers.words or bool(words.kept.at(owner)))
    )


def read_subject(subject: str, words: NounWords, *, headless: bool = False) -> str:
    """The item in the text before a number, its predicate taken off: 各村举办灯会 (85场) → 灯会.

    `headless` where it only tells a part of something, verb and all: 解决或基本解决的 (92件).
    """
    subject = TAKING.sub("占", subject) if "占" in subject else subject
    share = words.owner.search(subject) if "占" in subject else None
    if share and share.start() >= 2:
        subject = ONLY.sub("", subject[: share.start()])  # 经济总量｜仅占全省的
    if "从" in subject and words.drawn.search(subject):
        return ""
    subject = strip_said(subject, words)
    if subject.startswith(ROUND_OPENING) and "）" not in subject and ")" not in subject:
        subject = subject[1:]  # 小区6个（｜其中旧有的4个, 庭院90个（｜含示范户30个
    item = strip_openers(subject, words) if headless else strip_head(subject, words)
    item = leave_holding(trim_item(item), words)
    if item[:1] in ROUND_OPENING and (aside := ASIDE.match(item)) and len(item) - aside.end() >= 2:
        item = trim_item(strip_head(item[aside.end() :], words))  # 预计（下同）｜实现生产总值
    elif BELOW_TOO in item and ASIDE.fullmatch(item):
        return ""  # 与2010年（普查数据，下同）的｜8万人相比
    if item[-1:] in CLOSING or "下同" in item:
        item = words.aside.sub("", item)
    for verb in (*ACHIEVED, CREATED):
        if verb in item:
            owner, _, rest = item.partition(verb)
            item = owner + rest if is_owner(owner, rest, words) else item
    # One of these is in every step that is taken (迈上…台阶).
    if "迈" in subject or "跨" in subject or "跃" in subject or "站" in subject:
        item = words.step.sub("", item)
    # One of these is in all that may stand in front of a phrase: 在城区｜, 扣除价格因素｜.
    if ("在" in item or "除" in item or "期" in item or "按" in item) and (match := words.preposed.match(item)):
        item = trim_item(strip_head(item[match.end() :], words))
    if "大" in item and (match := SUMMED.match(item)):
        item = trim_item(item[match.end() :])
    if "等" in item and (match := EXAMPLES.match(item)) and not words.by_kind.before(item):
        item = item if MEASURED.match(item, match.end()) else trim_item(item[match.end() :])
    item = leave_already(strip_its(strip_standards(leave_together(item, words), words)), subject, words)
    item = leave_reckoning(leave_time(item, words), words)
    nothing = item in words.nothing or item.replace(".", "").isdecimal() or is_when(item, words, headless)
    return "" if nothing else item[-LONGEST_ITEM:]


BY: Final = "按"
LESS: Final = "减"
LOOSE_LAST: Final = frozenset("从或按")
OBEYING: Final = frozenset("服听跟依遵自随盲")
# What a measure is, said at length after it: 国民收入（工业、农业、商业等部门的净产值）｜达到; but 县（市、区）.
NOTE: Final = compile_re(r"(?<=\w{2})[（(][^（）()]{9,}[）)]\Z")
SET_ENDS: Final = frozenset("下上")
# 统计局今（22）日公布｜11月失业率
ISSUED: Final = compile_re(r"\A[^，。；：]{2,24}?日(?:正式)?[公发]布(?=[^的]\w)")
SHORTEST_DOER: Final = 2
LISTED: Final = "、"
ONE: Final = "一"  # 一共
NATION: Final = "全国"


def leave_together(item: str, words: NounWords) -> str:
    """助学活动共｜筹集｜资金 → 资金; 盗窃警情共｜接报 → 盗窃警情接报: without the 共 that says how many in all."""
    at = item.rfind(ALTOGETHER[0], SHORTEST_DOER)
    end = at + 1
    if at < 0 and (at := item.rfind(SUMMED_UP, SHORTEST_DOER)) > 0:
        end = at + len(SUMMED_UP)  # 社区累计｜走访｜企业
    if at < 0 or item[at - 1] == ONE or words.kept.at(item, at - 1) or words.kept.at(item, at):
        return item
    verb = words.light.at(item, end) or words.handling.at(item, end) or words.nominal.before(item)
    if not verb or not item.startswith(verb, end):
        return item
    if item.endswith(verb, 0, at):
        return item[:at]  # 医疗救助共｜救助
    if end + len(verb) == len(item):
        return item[:at] if words.achieved.measured.before(item, at) else item[:at] + verb  # 各项税收共｜收到
    rest = item[end + len(verb) :]
    if len(rest) < SHORTEST_DOER or is_noun_end(item, end + len(verb), words.guard, words):
        return item
    if len(rest) > SHORTEST_DOER or LISTED in item[:at]:
        return rest  # 委员、各参加单位共｜提出｜提案
    place = item[:at] == NATION or words.openers.at(item) == item[:at]
    return item[end:] if place else item[:at] + item[end:]  # 全国共｜接报火灾


def leave_holding(item: str, words: NounWords) -> str:
    """Without what leads in a part: （｜含｜旧存案件85件）, ｜包括｜校舍维修资金90万元."""
    holds = words.groups.holding.match(item)
    if holds is None or words.kept.at(item):
        return item
    rest = trim_item(strip_head(item[holds.end() :], words))
    return item if len(rest) < 2 or rest in words.light.words else rest


ALREADY: Final = "已"


def leave_already(item: str, subject: str, words: NounWords) -> str:
    """提案已｜办复 → 提案办复: without the word that says that it was done by now."""
    if ALREADY not in item or subject.endswith(OF_THEN):
        return item  # 已退出的｜80个村
    thing, _, act = item.rpartition(ALREADY)
    return thing + act if act in words.handling.words and len(thing) >= SHORTEST_DOER else item


def leave_time(item: str, words: NounWords) -> str:
    """甲公司全年｜上缴国税 → 甲公司上缴国税; what a paragraph is about goes too: 粮食全年｜播种面积 → 播种面积."""
    when = words.groups.times_inside.search(item, 2) if "年" in item[2:] else None
    if when is None or PAUSE.search(item) is not None:
        return item
    front, rest = item[: when.start()], item[when.end() :]
    if "的" in front or len(rest) < SHORTEST_DOER or words.kept.at(item, when.start()):
        return item
    if rest[0] in ALTOGETHER[0]:
        rest = rest.removeprefix(ALTOGETHER[1]).removeprefix(ALTOGETHER[0])
    return rest if front in words.groups.run_in else front + rest


THROUGH: Final = "经"
PRICE: Final = "价"


def leave_reckoning(item: str, words: NounWords) -> str:
    """Without in which prices it is reckoned, and who approved it: 6亿元（90年｜不变价｜为5亿元）, 农业总产值｜现价."""
    if item.startswith(THROUGH) and words.groups.approved.fullmatch(item):
        return ""  # 经县人大批准｜调整为8亿元
    if PRICE not in item:
        return item
    return "" if words.groups.priced.fullmatch(item) else words.groups.priced_end.sub("", item)


BATCH: Final = "批"
BATCHES: Final = compile_re(r"对?已?第?1\D{1,2}\d+批")


def is_when(item: str, words: NounWords, headless: bool) -> bool:
    """Whether it only says when: 门店30家，4月新增｜12家; 春节期间｜为13690户发放补贴."""
    if item[-1:] == BATCH and BATCHES.fullmatch(item):
        return True  # 对1—33批｜224件｜信访件
    if item[-1:] in DATE_LASTS and (words.date.fullmatch(item, item[0] == AT) or DATED.fullmatch(item)):
        return True
    return not headless and item.endswith(words.groups.whiles)


def strip_its(item: str) -> str:
    """固定资产2亿元，其｜交付使用率74%."""
    return item[1:] if item[:1] == ITS and len(item) > 3 and item[1] not in NOT_ITS else item


def strip_said(subject: str, words: NounWords) -> str:
    """Without to whom it was sent, how it went, and where it is: 调研材料｜报省政协, 税收｜由负转正、, 全县有｜剧场.

    Nor what had an influence on it: 出口｜受国际市场影响，.
    """
    if subject[-1:] in CLOSING:
        subject = NOTE.sub("", subject)
    subject = INFLUENCED.sub("", subject) if INFLUENCE in subject else subject
    if "布" in subject and (issued := ISSUED.match(subject)):
        subject = subject[issued.end() :]
    if "会" in subject and (passed := words.groups.passed.match(subject)):
        subject = subject[passed.end() :]  # 县人大三次会议批准的｜收入预算
    if "报" in subject:
        subject = words.sent.sub("", subject)
    said = subject.rstrip(PAUSES)
    state = words.states.before(said)
    subject = said[: -len(state)] if state else subject
    subject = strip_had(subject, words) if HAS in subject else subject
    subject = TASK.sub("", subject) if "务是" in subject else subject
    return strip_run_in(subject, words) if BLANK in subject else subject


TASK: Final = compile_re(r"\A.*任务是(?=\w{2})")  # 今年的任务是｜新增床位
BELOW_TOO: Final = "下同"
OF_THEN: Final = "的"
HAS: Final = "有"
STANDING: Final = "现有"
BLANK: Final = " "
CLASSED: Final = compile_re(r"(?:以[上下]|级)的")  # 有｜3000平方米以上的｜网点
WHERE: Final = compile_re(r"[，,；; ]*(?:[全我][省市县区州盟旗镇乡]|[省市县区州盟旗镇乡辖境]区?内|辖区)")
PER_HEAD: Final = compile_re("每|均|[十百千万][人户]")
LONGEST_PLACE: Final = 20  # characters of what has something: 全市各类医疗卫生机构


def strip_had(subject: str, words: NounWords) -> str:
    """What there is, without where or whose: 卫生机构共有｜床位, 全县有｜文化馆; but 每千人拥有床位, an average."""
    match = words.has.search(subject, 0, LONGEST_PLACE)
    if match is None or len(subject) - match.end() < 2 or PER_HEAD.search(subject, 0, match.start()):
        return subject
    if match.lastgroup != "alone":
        if match[0] == STANDING and match.start() > len(words.light.at(subject)) > 0:
            return subject  # 盘活｜国有企业现有资产
        if is_noun_end(subject, match.end(), words.strong_guard, words):
            return subject  # 专利拥有｜量
    elif "的" in subject and CLASSED.search(subject) is None:
        return subject  # 有技术专长的｜人员
    elif WHERE.fullmatch(subject, 0, match.start()) is None:
        at = 0
        while at < match.start() and (word := find_opener(subject, at, words)):
            at += len(word)
        if at != match.start():
            return subject  # 甲企业有订单: 有 only after words of time and place
    return subject[match.end() :]


def strip_run_in(subject: str, words: NounWords) -> str:
    """Without a title that a blank parts from its paragraph: 农产品 全年｜粮食产量."""
    title, _, rest = subject.rpartition(BLANK)
    opener = find_opener(rest, 0, words) if rest and title.strip() else ""
    return rest if opener.strip(MARKS) and len(rest) - len(opener) >= 2 else subject


PAUSES: Final = "，、,"
# What tells two equal items apart is no longer.
LONGEST_WHOLE: Final = 20


def read_whole(subject: str, item: str, words: NounWords) -> str:
    """An item with the verb in front of it, and who does it: 修改｜法律, 市法院受理｜案件; "" where there is neither.

    That is more than an item needs, but for the second of two that would be the same.
    """
    whole = trim_item(strip_openers(subject, words))
    if whole == item or not whole.endswith(item) or len(whole) > LONGEST_WHOLE:
        return ""
    front = whole[: -len(item)]
    at = subject.find(whole)
    if at > 0 and (whom := words.manner.match(subject, at - 1)) and whom.lastgroup == "whom":
        return ""  # 为企业｜挽回损失
    return "" if front.endswith(ACHIEVED) or PAUSE.search(front) else whole  # 实现｜产值 is no other than 产值


def strip_standards(item: str, words: NounWords) -> str:
    """Without what an item is compared with, and since when it has been: 比2020年｜粮食产量, 存款余额｜在全省率先."""
    if RUNNING in item:
        item = RUNS.sub("", item)
    if "，" in item and (when := words.date.match(item)) and item.startswith("，", when.end()):
        item = trim_item(strip_head(item[when.end() + 1 :], words))  # “到2030年，力争使｜人均收入
    if item[:1] in BASE and (than := words.date.match(item, 1)) and len(item) - than.end() >= 2:
        item = item[than.end() :].lstrip(OF_THEN)  # 比2020年｜的平均增长率
    if item.endswith(words.ahead_ends):
        item = words.ahead.sub("", item)
    if item[-1:] in SET_ENDS and AT in item:
        item = words.groups.set_in.sub("", item)
    if item[-2:] in YEAR_ENDS and len(item) > 4 and item[-3] not in NO_YEAR_END:
        item = item[:-2]  # 国家外汇储备｜年底
    if item[:1] == BY:
        item = strip_head(words.groups.reckoned_by.sub("", item), words) or item
    if item[-1:] in LOOSE_LAST and len(item) > 2 and item[-2] not in OBEYING:
        item = item[:-1].removesuffix(LESS)  # 比例｜从｜11%降到零, 收案｜或｜将超过9件, 所得税｜减按｜15%征收
    if item.startswith(AMONG_QUOTED):
        item = item[1:]  # 建议9件｜中｜“已经解决的”A类建议
    if len(item) > 4 and item.endswith(words.year_ends):
        item = item[:-2]  # 社会建设类｜今年｜有较大增长
    if item.endswith("以来"):
        since = BEGUN.search(item)
        item = trim_item(item[: since.start()]) if since else ""  # 专刊｜自2014年创办以来
    if item.endswith(AFTER) and (after := item.rfind(AT)) >= 2:
        item = item[:after]  # 收案｜在连续十年上升后｜下降9%
    return item


def find_clause_noun(number: Number) -> str:
    """The noun phrase of the nearest clause before the number's own that has one; "" where none has."""
    sentence, words = number.sentence, number.tools.patterns.noun
    at = number.clause
    while before := sentence.clause_before(at):
        start, end = before
        if sentence.text[end - 1] == SEEN and VIEW.fullmatch(sentence.text, start, end):
            at = start
            continue  # 国内生产总值增长7%。分季度看，｜一季度增长｜7%
        if sentence.text.endswith(words.groups.reckoned_ends, start, end) and sentence.text.startswith(
            words.groups.reckoned, start
        ):
            at = start
            continue  # 农民收入，｜考虑价格因素，｜增长4%
        subject = read_subject(cut_progress(sentence.text[start:end], number), words)
        if len(subject) > LONGEST_RATE:
            subject = subject.removesuffix(SIDE)  # 生产总值｜方面，｜增长6%
        if sentence.text.endswith(INFLUENCE, start, end) and (by := INFLUENCED.search(sentence.text, start, end)):
            return subject or read_nominal(sentence.text[start : by.start()], words)
        _, made, rest = subject.rpartition(MADE)
        if made and names_whole(rest, number):
            return rest  # 提高了｜补助标准，｜提高幅度为30%
        if names_whole(subject, number):
            return subject  # 在全省所占的比重，｜2024年为41%
        if noun := read_noun_after(subject, words):
            told = tells_which(subject, len(noun)) and number.words.reached.search(subject) is None
            return subject if told else noun
        at = start
    return ""


SUMMED_UP: Final = "累计"
RUNNING: Final = "连续"
# 综合考评｜已连续三次｜列第2位, 连续3年｜“无废指数”.
RUN: Final = r"[已均]?连续[\d一二三四五六七八九十]+[年次届]"
RUNS: Final = compile_re(rf"\A{RUN}(?:蝉联|保持)?(?=\S{{2}})|(?<=\S{{2}}){RUN}\Z")
SEEN: Final = "看"
VIEW: Final = compile_re(r"\s*(?:其中)?[分从按就][^，；]{1,10}来?看")
SIDE: Final = "方面"
ETC: Final = "等"  # 煤化工、风电等｜新兴产业发展较快
MADE: Final = "了"
SHORTEST_TOPIC: Final = 3  # characters: 服务业, but not 统筹｜产业｜布局
TOPICS_BACK: Final = 2  # clauses: 非公有制经济发展较快，活力增强，｜占全省的四成


def find_topic(number: Number) -> str:
    """What the clauses before, which have no number, speak of: 乡镇企业发展较快，｜营业收入 → 乡镇企业; "" for none."""
    sentence, last, at, words = number.sentence, number.last, number.clause, number.tools.patterns.noun
    for _ in range(TOPICS_BACK):
        before = sentence.clause_before(at)
        if before is None or (last is not None and last.end > before[0]):
            return ""
        at, end = before
        clause = sentence.text[at:end]
        while clause and (word := find_opener(clause, 0, words) or find_act(clause, words)):
            clause = clause[len(word) :]
        pattern = number.tools.patterns.acts.topic
        match = pattern.match(clause)
        if match is None and ETC in clause:
            match = pattern.match(clause.partition(ETC)[2])
        if match and len(topic := strip_head(match[1], words)) >= SHORTEST_TOPIC:
            return topic
    return ""


def find_act(clause: str, words: NounWords) -> str:
    """The verb that a clause begins with, whoever acts: 推动｜开发区升级; "" for none."""
    verb = words.light.at(clause)
    return "" if is_noun_end(clause, len(verb), words.guard, words) else verb


def cut_progress(clause: str, number: Number) -> str:
    """Without what a clause says of a thing before its number comes: 利用外资｜取得新突破."""
    made = number.tools.patterns.acts.progress.search(clause)
    return clause if made is None else clause[: made.start()]


def tells_which(subject: str, end: int) -> bool:
    """Whether the verb at `end` only tells which of the things at the end are meant: 同我国｜建立关系的国家."""
    of = subject.rfind("的")
    return end < of < len(subject) - 2 and len(subject) <= LONGEST_NAMED


def names_whole(subject: str, number: Number) -> bool:
    """Whether the noun phrase of a clause is a measure, whatever verb stands in it: 农民从副业得到的｜收入."""
    measures = 4 <= len(subject) <= LONGEST_NAMED and number.words.measure.before(subject) != ""
    return measures and number.words.reached.search(subject) is None


def find_measure_before(number: Number) -> str:
    """The measure that a comma parts from its number: 能源投资占总投资的比重，由｜28%; "" where there is none."""
    sentence = number.sentence
    last = sentence.drafts[-1].end if len(sentence.drafts) > sentence.first else sentence.start
    if last > sentence.start and PAUSE.search(sentence.text, last, number.clause - 1) is None:
        return ""  # 能源投资｜8亿元，增长｜5%: the clause before has a number
    before = sentence.clause_before(number.clause)
    if before is None or sentence.text[before[1]] not in "，,":
        return ""
    start, end = before
    if last > start:
        return ""
    subject = read_subject(sentence.text[start:end], number.tools.patterns.noun)
    if number.dimension == "count" and not subject.endswith("数"):
        return ""  # 提高保障标准，惠及｜130万人
    return subject if names_whole(subject, number) else ""


def find_earlier(number: Number) -> str:
    """The item that was named a clause or a sentence before, else the heading."""
    drafts = number.sentence.drafts
    return find_clause_noun(number) or (drafts[-1].item if drafts else number.sentence.title)


# The noun phrase that a number opens: 12家｜单位. Where the item stands, before or after, is item_choice.py's to say.

# 30户｜大企业｜2月20日前｜均复工, 4月｜新增: when, and no more what.
DATED: Final = compile_re(r"[于在较比自到至]?(?:\d{4}年|\d{1,2}月\d{0,2}日?)")
OTHER: Final = compile_re(r"[和及与、]\d(?!\d*[周岁])")  # 21条产业链｜和10大产业集群
INSIDE_ENDS: Final = frozenset("中里内没上后")
INSIDE_TAIL: Final = compile_re(r"(?<![高初集空其])[中里内]\Z|没\Z|的基础上\Z")
AFTER_TAIL: Final = compile_re(r"之?(?<![先前落背售产战善最幕今以事课])后\Z")  # 采取6项措施｜后
HARD: Final = compile_re(r"[，,；;：:。！？!?\n\t]")
# An aside in brackets says how, not what: 增长8.9%（按可比价格计算）.
ASIDE: Final = compile_re(r"\A（[^（）]*）|\A\([^()]*\)")
# 4条｜超千亿级的｜产业链: a class of what is counted.
ABOVE: Final = compile_re(
    r"[^，。；：、\d超]{0,8}(?:超过?|[过破逾])[十百千万亿\d.]+(?:[元亩人]|[美欧]元)?级?的?(?=\w{2})"
)
# 27户｜人均耕地2亩以下的｜家庭.
BELOW: Final = compile_re(r"[^，。；：、\d]{0,8}[\d.一二三四五六七八九十百千万亿]+[^，。；：、\d]{1,4}以下的(?=\w{2})")
BELOW_REACH: Final = 24
OVER: Final = frozenset("超过破逾")
WORKS: Final = "项目"
INVESTED: Final = "投资"
ABOVE_REACH: Final = 10  # characters in which such a class says that it is one
# How far after a number the word may begin that says which people it counts.
PEOPLE_REACH: Final = 20
# A noun phrase, and the brackets that open in it: what stands after them is not looked at.
REACH: Final = LONGEST_ITEM + LONGEST_PAIR


def read_noun_after(right: str, words: NounWords, unit: str | None = None) -> str:
    """The noun phrase that a number opens, or "" where what follows is none.

    (12家) 单位入选全国首批名单 → 单位; with the unit known, (37户) 专班企业产值 → 专班企业
    """
    text = right[:REACH].lstrip(" 　")
    if text and text[0] in ROUND_OPENING:
        text = ASIDE.sub("", text)
    text = text.removeprefix("不等的")
    if text[1:2] == "的" and text[0] in EXTENTS:
        text = text[2:]  # 76公里｜长的｜河道
    if "下的" in text[:BELOW_REACH] and (below := BELOW.match(text)):
        text = text[below.end() :]
    if not OVER.isdisjoint(text[:ABOVE_REACH]) and (above := ABOVE.match(text)):
        sort = text[: above.end()] if text.startswith(INVESTED) and text.startswith(WORKS, above.end()) else ""
        noun = read_noun_after(text[above.end() :], words, unit)
        return sort + noun if noun == WORKS else noun  # 5个｜投资过亿元项目, but 产值超亿元的｜企业
    if not text or text[0] in ROUND_OPENING or opens_clause(text, words):
        return ""
    inside = mark_inside(text)
    end = find_close(text, inside, find_mark(text, inside), words)
    if end < 0:
        return ""
    phrase = text[: min(end, LONGEST_ITEM)]
    while (tail := words.list_tail.before(phrase)) and not words.kept_last.before(phrase):
        phrase = phrase[: -len(tail)]
    if (done := phrase.find(MADE, LEAST_DONE)) > 0 and (verb := find_done_verb(phrase, done, words)):
        phrase = phrase[: done - len(verb)]  # 乡镇｜建设了工作站
    elif len(phrase) >= SHORTEST_HANDED and unit in words.body_units:
        phrase = cut_body(phrase, unit, words)
    if unit in words.people_units and 0 <= (at := words.people.find(phrase)) <= PEOPLE_REACH:
        phrase = cut_people(phrase, at, words)
    if unit and (amount := words.amount.before(phrase)) and len(phrase) - len(amount) >= 2:
        phrase = phrase[: -len(amount)]
        phrase = phrase[:-1] if phrase[-1] == YEAR_OF and len(phrase) > SHORTEST_HANDED else phrase  # 企业｜年产值
    return trim_noun(phrase, words)


AMONG_QUOTED: Final = "中“"


def find_mark(text: str, inside: bytearray) -> int:
    """Where a noun phrase ends at the latest: at a mark, a date, a number that is no quantity (10大集群)."""
    end = len(text)
    if ("月" in text or "年" in text) and (dated := DATED.search(text, 2)) and not inside[dated.start()]:
        end = dated.start()
    if (among := text.find(AMONG_QUOTED, 2)) >= 0:
        end = min(end, among)  # 9件｜建议｜中“已经解决的”6件
    mark = HARD.search(text)
    while mark is not None and inside[mark.start()]:
        mark = HARD.search(text, mark.end())
    if mark is not None:
        end = min(end, mark.start())
    other = OTHER.search(text, 2, end)
    return end if other is None or inside[other.start()] else other.start()


def trim_noun(phrase: str, words: NounWords) -> str:
    """Without what sums up a list, what works are called that have to be done, where something is: 楼房改造｜任务."""
    if etc := words.etc.search(phrase):
        phrase = phrase[: etc.start()].split("、")[0]
    if (chore := words.chores.before(phrase)) and words.improved.before(phrase, len(phrase) - len(chore)):
        phrase = phrase[: -len(chore)]
    if phrase[-1:] in EFFECT_LASTS and (effect := words.effect.search(phrase)) is not None:
        phrase = phrase[: effect.start()]
    if phrase[-1:] in INSIDE_ENDS:
        phrase = AFTER_TAIL.sub("", INSIDE_TAIL.sub("", phrase))
    return trim_item(phrase)


LEAST_DONE: Final = 3
BODY_LASTS: Final = frozenset("局院校所站队村镇乡县区市司厂店馆会社户家门位")  # of who acts: 县级工商局｜配置了
DONE_VERB: Final = 2  # characters of nearly every verb that 了 stands after


def find_done_verb(phrase: str, done: int, words: NounWords) -> str:
    """The verb before 了, which begins what is said of the things: 部门和单位｜检查了公开工作; "" for none."""
    if phrase.startswith(LEARNT, done):
        return ""
    if verb := words.light_end.before(phrase, done) or words.nominal.before(phrase, done):
        return verb
    return phrase[done - DONE_VERB : done] if phrase[done - DONE_VERB - 1] in BODY_LASTS else ""


LEARNT: Final = "了解"
YEAR_OF: Final = "年"
EFFECT_LASTS: Final = frozenset("用展")  # 作用, 发展
# Who acts, a verb and its object have at least so many characters: 村｜开展活动.
SHORTEST_CLAUSE: Final = 5
SHORTEST_HANDED: Final = 3  # 32个｜村结对


def cut_body(phrase: str, unit: str | None, words: NounWords) -> str:
    """Up to the end of who acts, where a verb follows: 27所学校｜开展活动, 交5个专门委员会｜审议.

    Or where those follow who are not what is counted: 36所学校｜法治副校长.
    """
    staff = unit in words.groups.housed_units and phrase.endswith(words.groups.staff)
    for match in words.agent.finditer(phrase):
        at = match.end()
        verb = words.light.at(phrase, at)
        if phrase[at:] in words.body_acts or (staff and at > 1 and phrase[at:].endswith(words.groups.staff)):
            return phrase[:at]
        long = len(phrase) >= SHORTEST_CLAUSE and len(phrase) - at - len(verb) >= 2
        if verb and long and not is_noun_end(phrase, at + len(verb), words.guard, words):
            return phrase[:at]
    return phrase


def cut_people(phrase: str, at: int, words: NounWords) -> str:
    """Up to the end of the people that begin at `at`: 困难职工｜子女; a list of people stays: 专家学者和嘉宾."""
    while word := words.people.at(phrase, at):
        at += len(word)
    if home := words.achieved.homes.at(phrase, at):
        at += len(home)
        of = words.people.find(phrase[at : at + LONGEST_KIN])
        at += of + len(words.people.at(phrase, at + of)) if of >= 0 else 0  # 困难职工家庭｜高校毕业生
    return phrase if phrase[at : at + 1] in JOINED else phrase[:at]


JOINED: Final = frozenset("和与及、")
LONGEST_KIN: Final = 8  # characters from a home on in which the people of it are named


def opens_clause(text: str, words: NounWords) -> bool:
    """Whether a text begins with a verb or a mark, and so with no noun phrase."""
    if text[0] == "被":
        return not words.kept.at(text)
    if "了" in text[1:3] and text[1:3] != "了解":
        return True  # 圆了｜大学梦
    return words.not_noun.at(text, guard=words.not_before) != "" and not words.kept.at(text)


def find_close(text: str, inside: bytearray, end: int, words: NounWords) -> int:
    """Where the noun phrase at the beginning of `text` ends, `end` at the latest; -1 where a verb stands there."""
    at = adverb_until = 0
    kept, closers, change = words.kept.lengths, words.closers.lengths, words.change.lengths
    while (at := words.stops.seek(text, at, end)) >= 0:
        first = text[at]
        if first in kept and (word := words.kept.at(text, at, end)):
            at += len(word)
            continue
        word = words.closers.at(text, at, end, words.strong_guard) if first in closers else ""
        if not word and first in change:
            word = find_turn(text, at, end, words)
        if not word:
            at += 1
            continue
        if at >= 2 and word in words.closing_adverbs and names_work(text, at + len(word), end, words):
            at += len(word)
            continue
        if not inside[at]:
            if at == adverb_until and word in words.closing_adverbs:
                adverb_until = at + len(word)
            elif at == adverb_until:
                return -1
            elif (at >= 2 or len(word) > 1 or word == "被") and not names_kind(text, at, at + len(word), end, words):
                return at
        at += len(word)
    return end


# 省级数字化
LONGEST_ATTRIBUTE: Final = 5


def names_kind(text: str, at: int, after: int, end: int, words: NounWords) -> bool:
    """Whether up to `at` stands only of what kind something is, and a noun must follow: 12家｜省级数字化｜转型中心."""
    return 2 <= at <= LONGEST_ATTRIBUTE and end - after >= 2 and words.attributes.fullmatch(text, 0, at) is not None


def names_work(text: str, at: int, end: int, words: NounWords) -> bool:
    """Whether an adverb that ends at `at` stands inside the name of a work: 国家新一轮｜全面｜创新改革任务."""
    return words.worked.before(text, end) != "" and not (words.closers.at(text, at, end) or words.light.at(text, at))


def find_turn(text: str, at: int, end: int, words: NounWords) -> str:
    """A verb of change that leads to an amount: 项目｜增加到; "" for none."""
    for length in words.change.lengths[text[at]]:
        after = at + length
        if after < end and text[after] in LEADS and text[at:after] in words.change.words:
            return text[at:after]
    return ""
