// All that is known of the chosen number, or of the one that the pointer rests on: fields, rules in words, doubts.
const DIGITS = ["item", "value", "unit", "bound", "kind", "period", "status", "basis", "scope", "value_to"]; // keys 1 to 9, 0
const ALWAYS = ["item", "value", "unit", "bound", "kind", "period", "status"];
const READ_ONLY = ["hedge", "subject", "part_of", "exact", "headline", "unit_code"];
let peeked = null;

function spellField(field, value) {
  if (value === null || value === undefined || value === "") return t("empty");
  if (["bound", "kind", "status", "headline"].includes(field)) return name(field, value);
  if (field === "part_of") {
    const whole = view.facts.find((fact) => fact.id === value);
    return whole ? `${whole.item} ${whole.amount}` : value;
  }
  return value;
}

// The rules that gave a field, in words; what it says without a rule.
function explainField(item, field) {
  const rules = (item.data.rules ?? []).map((index) => DATA.rules[index]).filter((rule) => rule.gives.includes(field));
  if (rules.length) return rules.map((rule) => el("span", { title: rule.name }, rule[language]));
  const fallback = DATA.defaults[field];
  return fallback ? [el("span", {}, fallback[language])] : [];
}

function showInspector(item = chosen, peek = false) {
  const box = find("inspector");
  peeked = peek ? item : null;
  box.classList.toggle("peek", peek);
  box.classList.toggle("none", !item);
  if (!item) {
    box.replaceChildren(el("p", { class: "hint" }, t("choose")));
    return;
  }
  const number = item.type === "number" && item.entry?.verdict !== "missed";
  box.replaceChildren(
    makeHead(item),
    makeActions(item),
    el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": t("field") }, ...(number ? explainNumber(item) : [...listDoubts(item), makeFields(item)]), makeContext(item), makeComment(item)),
  );
}

function makeHead(item) {
  const now = nowOf(item);
  const look = lookOf(item);
  const title = now.item || item.data.quote;
  return el(
    "header",
    {},
    el("h2", {}, zh("span", "item", title), el("span", { class: "amount" }, amountOf(item))),
    el(
      "p",
      { class: "under" },
      el("span", { class: `tag ${look}` }, item.type === "number" ? name("why", item.data.why) : t(`look.${look}`)),
      item.type !== "number" && look !== "target" && now.status === "target" ? el("span", { class: "tag target" }, t("status.target")) : null,
      zh("q", "quote", item.data.quote),
      item.entry ? el("span", { class: `verdict is-${item.entry.verdict}` }, `${STATE_SIGNS[item.entry.verdict]} ${t(`state.${item.entry.verdict}`)}`) : null,
      el("button", { type: "button", class: "plain only-narrow", onclick: showPlace }, t("show")),
      item.entry?.who ? el("span", { class: "who" }, t("judged.by", item.entry.who)) : null,
    ),
  );
}

function showPlace() {
  showTab("report");
  bringMark(chosen);
}

function makeActions(item) {
  const action = (id, text, title, act, extra = {}) => el("button", { type: "button", class: `act ${id}`, title: t(title), onclick: act, ...extra }, t(text));
  const number = item.type === "number";
  const verdict = item.entry?.verdict;
  const pressed = (one) => ({ "aria-pressed": String(verdict === one) });
  if (item.type === "added")
    return el("div", { class: "actions" }, action("edit", "edit", "edit.title", startEdit), action("wrong", "remove", "remove", judgeWrong), ...makeSteps());
  return el(
    "div",
    { class: "actions" },
    action("right", number ? "right.number" : "right", "right.title", judgeRight, pressed("right")),
    action("wrong", number ? "wrong.number" : "wrong", "wrong.title", judgeWrong, pressed(number ? "missed" : "wrong")),
    number ? null : action("edit", "edit", "edit.title", startEdit, pressed("edited")),
    ...makeSteps(),
  );
}

function makeSteps() {
  const button = (sign, title, act) => {
    const one = el("button", { type: "button", class: "icon", onclick: act }, el("span", { "aria-hidden": "true" }, sign));
    label(one, t(title));
    return one;
  };
  return [el("span", { class: "steps" }, button("↶", "undo.title", undoLast), button("↑", "previous", () => step(-1)), button("↓", "next", () => step(1)), button("?↓", "doubtful.next", () => goToDoubtful()))];
}

function listDoubts(item) {
  const doubts = item.data.doubts ?? [];
  if (!doubts.length) return [];
  return [el("ul", { class: "doubts" }, ...doubts.map((doubt) => el("li", { title: doubt }, DATA.doubts[doubt]?.[language] ?? doubt)))];
}

function makeFields(item) {
  const entry = item.entry;
  const rows = DIGITS.filter((field) => ALWAYS.includes(field) || nowOf(item)[field]).map((field) => {
    const wrong = entry?.wrong_fields?.includes(field) ?? false;
    const edited = item.type === "fact" && entry !== null && field in (entry.fields ?? {});
    const digit = (DIGITS.indexOf(field) + 1) % 10;
    const toggle = item.type === "fact" ? el("button", { type: "button", class: "digit", "aria-pressed": String(wrong), onclick: () => toggleWrong(field) }, String(digit)) : null;
    if (toggle) label(toggle, t("mark.wrong", t(field), digit));
    const was = edited ? el("span", { class: "was" }, t("was", spellField(field, readFields(item.data)[field]))) : null;
    const quoted = item.data.words?.[field];
    const why = item.type === "fact" ? explainField(item, field) : [];
    return el(
      "tr",
      { class: wrong ? "is-wrong" : edited ? "is-edited" : "" },
      el("th", { scope: "row" }, toggle, t(field)),
      el("td", {}, zh("span", "now", spellField(field, nowOf(item)[field])), was, el("span", { class: "why" }, quoted ? zh("q", "quote", quoted) : null, ...why)),
    );
  });
  const more = READ_ONLY.filter((field) => item.data[field]).map((field) => el("tr", { class: "more" }, el("th", { scope: "row" }, t(field)), el("td", {}, zh("span", "now", spellField(field, item.data[field])))));
  return el("table", { class: "fields" }, el("tbody", {}, ...rows, ...more));
}

function explainNumber(item) {
  const rules = item.data.rules.map((index) => DATA.rules[index]);
  return [el("p", { class: "why" }, ...rules.map((rule) => el("span", { title: rule.name }, rule[language])))];
}

// The sentence with its mark, and where it stands.
function makeContext(item) {
  const sentence = sentenceOf(item);
  const at = sentence.indexOf(item.data.quote);
  const marked = at < 0 ? [sentence] : [sentence.slice(0, at), el("mark", { class: lookOf(item) }, item.data.quote), sentence.slice(at + item.data.quote.length)];
  const where = sectionOf(item);
  return el("div", { class: "context" }, where ? zh("p", "where", where) : null, el("p", { class: "sentence", lang: "zh-CN" }, ...(sentence.length > 400 ? [] : marked)));
}

function makeComment(item) {
  const input = el("input", { type: "text", id: "comment", value: item.entry?.comment ?? "", maxlength: "500", autocomplete: "off" });
  input.addEventListener("change", () => keepComment(item, input.value.trim()));
  return el("label", { class: "comment" }, el("span", {}, t("comment")), input);
}

// A comment alone is no judgement: it is kept with the first one.
function keepComment(item, comment) {
  item.remark = comment || null;
  if (item.entry && item.entry.comment !== item.remark) judge(item, { ...item.entry, comment: item.remark, when: new Date().toISOString() });
}

// Judging

function withRemark(item, entry) {
  return item.remark !== undefined ? { ...entry, comment: item.remark } : entry;
}

function judgeRight() {
  if (!chosen) return step(1);
  const item = chosen;
  if (item.type === "added") return goOn();
  judge(item, withRemark(item, makeEntry(item, "right")));
  say(t("said.right"));
  return goOn();
}

function judgeWrong() {
  if (!chosen) return;
  const item = chosen;
  if (item.type === "number") {
    startEdit();
    return;
  }
  if (item.type === "added") {
    const next = findNext((one) => one !== item && isOpen(one)) ?? view.items.find((one) => one !== item);
    judge(item, null);
    say(t("said.undone"));
    chosen = null;
    applyFilters();
    if (next) choose(next);
    else showInspector();
    return;
  }
  judge(item, withRemark(item, makeEntry(item, "wrong", { wrong_fields: item.entry?.wrong_fields ?? [] })));
  say(t("said.wrong"));
  goOn();
}

// A field of which nobody says what would be right; the fact stays chosen, for others may be wrong as well.
function toggleWrong(field) {
  const item = chosen;
  if (item?.type !== "fact" || !(ALWAYS.includes(field) || nowOf(item)[field])) return;
  const fields = new Set(item.entry?.wrong_fields ?? []);
  if (!fields.delete(field)) fields.add(field);
  const edits = item.entry?.fields ?? {};
  const verdict = fields.size && !Object.keys(edits).length ? "wrong" : Object.keys(edits).length ? "edited" : null;
  judge(item, verdict && withRemark(item, makeEntry(item, verdict, { wrong_fields: DIGITS.filter((one) => fields.has(one)), fields: edits })));
  say(`${t(field)}: ${fields.has(field) ? t("said.wrong") : t("said.undone")}`);
}

function undoLast() {
  const item = undo();
  if (!item) {
    say(t("said.nothing"));
    return;
  }
  say(t("said.undone"));
  if (item.view.items.includes(item)) choose(item);
  else {
    chosen = null;
    showInspector();
  }
}

// After a judgement changed: its row, its mark, the counts.
function afterChange(item) {
  if (item.view !== view) return;
  if (item.type === "added") applyFilters();
  else refreshRow(item);
  showMark(item);
  showProgress();
  if (item === chosen) showInspector();
}

function afterChanges(changed) {
  if (changed.length === 1) {
    afterChange(changed[0]);
    return;
  }
  changed.filter((item) => item.view === view).forEach(showMark);
  fillFilters();
  applyFilters();
  showReports();
  showProgress();
  if (chosen && !view.items.includes(chosen)) chosen = null;
  showInspector();
}

let saying = 0;
function say(text) {
  find("notice").textContent = text;
  clearTimeout(saying);
  saying = setTimeout(() => {
    find("notice").textContent = "";
  }, 4000);
}
