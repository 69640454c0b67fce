// The list on the right: filters, order, rows. Rows are made when they come into sight, forty at a time.
const CHUNK = 40;
const ROW_HEIGHT = 57; // about; a chunk that is not filled yet has this much room for each of its rows
const STATE_SIGNS = { right: "✓", wrong: "✗", edited: "✎", missed: "+" };
let shown = [];
let chosen = null;
let filler = null;
const FILTERS = ["look", "status", "state", "doubt", "period", "unit", "section"];

const isFact = (item) => item.type !== "number" || item.entry?.verdict === "missed";
const isDoubtful = (item) => item.data.doubts?.length > 0 || item.data.why === "unread";
const isOpen = (item) => !item.entry;

function lookOf(item) {
  if (item.type === "number") return item.data.why === "unread" ? "unread" : "number";
  if (item.type === "added") return "added";
  return item.data.look;
}

function sectionOf(item) {
  const place = item.view.places[item.data.at];
  if (place.path) return place.path.join(" › ");
  return place.section === null || place.section === undefined ? "" : item.view.sections[place.section].title;
}

function sectionsAround(item) {
  const around = [];
  let index = item.view.places[item.data.at].section;
  while (index !== null && index !== undefined) {
    around.push(index);
    index = item.view.sections[index].parent;
  }
  return around;
}

// What searching looks through; made when it is first asked for, or when the browser has nothing else to do.
function textOf(item) {
  if (item.text === undefined) {
    const now = nowOf(item);
    const words = [now.item, item.data.quote, item.data.amount, now.value, now.unit, now.period, now.basis, now.scope, item.data.hedge, sectionOf(item), sentenceOf(item), item.entry?.comment];
    item.text = words.filter(Boolean).join("\n").normalize("NFKC").toLowerCase();
  }
  return item.text;
}

function nowOf(item) {
  item.now ??= current(item);
  return item.now;
}

// A field as it stands; of most facts nobody has changed any.
const valueOf = (item, field) => (item.entry || item.type !== "fact" ? nowOf(item)[field] : (item.data[field] ?? GIVEN[field] ?? null));

function numberOf(item) {
  const value = valueOf(item, "value");
  return value === null || value === undefined ? Number.NaN : Number(value);
}

// What is known of an item by heart is forgotten when its judgement changes.
function forget(item) {
  item.now = undefined;
  item.text = undefined;
}

function readAhead(at = 0) {
  const wait = globalThis.requestIdleCallback ?? ((act) => setTimeout(act, 50));
  wait(() => {
    for (const item of view.items.slice(at, at + 400)) textOf(item);
    if (at + 400 < view.items.length) readAhead(at + 400);
  });
}

function fillSelect(id, options) {
  const select = find(id);
  const chosenBefore = select.value;
  select.replaceChildren(...options.map(([value, text]) => el("option", { value }, text)));
  if (options.some(([value]) => value === chosenBefore)) select.value = chosenBefore;
}

function countBy(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

function fillFilters() {
  const facts = view.items.filter(isFact);
  const looks = countBy(view.items.map(lookOf));
  const option = (look) => (looks.has(look) ? [[look, `${t(`look.${look}`)} (${looks.get(look)})`]] : []);
  const numbers = (looks.get("number") ?? 0) + (looks.get("unread") ?? 0);
  fillSelect("by-look", [
    ["", DATA.sample ? t("everything") : `${t("all.facts")} (${facts.length})`],
    ...["result", "target", "change", "rank", "added"].flatMap(option),
    ...option("unread"),
    ...(numbers ? [["numbers", `${t("numbers")} (${numbers})`]] : []),
    ...(numbers && !DATA.sample ? [["everything", t("everything")]] : []),
  ]);
  fillSelect("by-state", [sayAll("state"), ...["open", "done", "right", "wrong", "edited", "missed", "comment"].map((state) => [state, t(`state.${state}`)])]);
  const doubts = [...countBy(facts.flatMap((item) => item.data.doubts ?? []))].sort((one, other) => other[1] - one[1]);
  const doubtful = facts.filter(isDoubtful).length;
  fillSelect("by-doubt", [sayAll("doubt"), ["any", `${t("any.doubt")} (${doubtful})`], ["no", `${t("no.doubt")} (${facts.length - doubtful})`], ...doubts.map(([doubt, many]) => [`=${doubt}`, `${sayDoubt(doubt)} (${many})`])]);
  const statuses = countBy(facts.map((item) => valueOf(item, "status")));
  fillSelect("by-status", [sayAll("status"), ...CHOICES.status.filter((one) => statuses.has(one)).map((one) => [`=${one}`, `${name("status", one)} (${statuses.get(one)})`])]);
  fillSelect("by-period", [sayAll("period"), ...listValues(facts, "period", "no.period")]);
  fillSelect("by-unit", [sayAll("unit"), ...listValues(facts, "unit", "no.unit")]);
  const depth = (index) => (view.sections[index].parent === null ? 0 : depth(view.sections[index].parent) + 1);
  fillSelect("by-section", [sayAll("section"), ...view.sections.map((section, index) => [String(index), "　".repeat(depth(index)) + section.title])]);
  fillSelect("sort", ["page", "doubt", "item", "amount", "period"].map((order) => [order, t(`sort.${order}`)]));
}

// What a filter says that asks for nothing: its own name.
const sayAll = (filter) => ["", t(`filter.${filter}`)];

function listValues(facts, field, none) {
  const counts = [...countBy(facts.map((item) => valueOf(item, field) ?? ""))];
  counts.sort((one, other) => (field === "unit" ? other[1] - one[1] : one[0].localeCompare(other[0])));
  return counts.map(([value, many]) => [`=${value}`, `${value || t(none)} (${many})`]);
}

const sayDoubt = (doubt) => DATA.doubts[doubt]?.short[language] ?? doubt;

const STATES = {
  open: (item) => !item.entry,
  done: (item) => Boolean(item.entry),
  comment: (item) => Boolean(item.entry?.comment),
};

// The tests that the filters ask for.
function readFilters() {
  const tests = [];
  const value = (filter) => find(`by-${filter}`).value;
  const look = value("look");
  if (look === "numbers") tests.push((item) => item.type === "number");
  else if (look === "" && !DATA.sample) tests.push(isFact);
  else if (look !== "" && look !== "everything") tests.push((item) => lookOf(item) === look);
  const state = value("state");
  if (state) tests.push(STATES[state] ?? ((item) => item.entry?.verdict === state));
  const doubt = value("doubt");
  if (doubt === "any") tests.push(isDoubtful);
  else if (doubt === "no") tests.push((item) => !isDoubtful(item));
  else if (doubt) tests.push((item) => item.data.doubts?.includes(doubt.slice(1)));
  for (const field of ["status", "period", "unit"]) {
    const wanted = value(field);
    if (wanted) tests.push((item) => (valueOf(item, field) ?? "") === wanted.slice(1));
  }
  const section = value("section");
  if (section) tests.push((item) => sectionsAround(item).includes(Number(section)));
  return [...tests, ...readSearch(find("search").value)];
}

// Words that must all be there; >1000 and <=5 ask for the value.
function readSearch(typed) {
  return typed.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean).map((word) => {
    const asked = /^(>=|<=|>|<|≥|≤)(.+)$/.exec(word);
    const bound = asked ? readNumber(asked[2]) : null;
    if (bound === null) return (item) => textOf(item).includes(word);
    const limit = Number(bound);
    const holds = { ">": (number) => number > limit, "<": (number) => number < limit, ">=": (number) => number >= limit, "≥": (number) => number >= limit, "<=": (number) => number <= limit, "≤": (number) => number <= limit }[asked[1]];
    return (item) => holds(numberOf(item));
  });
}

const collator = new Intl.Collator("zh-CN", { numeric: true });
const ORDERS = {
  page: null,
  doubt: (one, other) => isDoubtful(other) - isDoubtful(one) || (other.data.doubts?.length ?? 0) - (one.data.doubts?.length ?? 0),
  item: (one, other) => collator.compare(valueOf(one, "item") ?? "", valueOf(other, "item") ?? ""),
  amount: (one, other) => (Number.isNaN(numberOf(one)) ? 1 : Number.isNaN(numberOf(other)) ? -1 : numberOf(other) - numberOf(one)),
  period: (one, other) => (valueOf(one, "period") ?? "9").localeCompare(valueOf(other, "period") ?? "9"),
};

function applyFilters() {
  const tests = readFilters();
  const order = ORDERS[find("sort").value];
  shown = view.items.filter((item) => tests.every((test) => test(item)));
  if (order) shown.sort((one, other) => order(one, other) || comparePlaces(one, other));
  const filtered = FILTERS.some((filter) => find(`by-${filter}`).value) || find("search").value !== "";
  find("clear").hidden = !filtered;
  const all = DATA.sample ? view.items.length : view.items.filter(isFact).length;
  find("shown").textContent = t("shown", shown.length, Math.max(all, shown.length));
  find("nothing").hidden = shown.length > 0;
  find("list").hidden = shown.length === 0;
  showRows();
}

function resetFilters() {
  for (const filter of FILTERS) find(`by-${filter}`).value = "";
  find("search").value = "";
  applyFilters();
}

function showRows() {
  filler?.disconnect();
  const list = find("list");
  const chunks = [];
  for (let start = 0; start < shown.length; start += CHUNK) {
    const size = Math.min(CHUNK, shown.length - start);
    const chunk = el("div", { class: "chunk", role: "presentation", "data-start": start });
    chunk.style.minHeight = `${size * ROW_HEIGHT}px`;
    chunks.push(chunk);
  }
  list.replaceChildren(...chunks);
  list.scrollTop = 0;
  filler = new IntersectionObserver((seen) => seen.filter((one) => one.isIntersecting).forEach((one) => fillChunk(one.target)), { root: narrow.matches ? null : list, rootMargin: "800px" });
  if (chunks.length) fillChunk(chunks[0]);
  chunks.forEach((chunk) => filler.observe(chunk));
  if (chosen && shown.includes(chosen)) bringRow(chosen);
}

function fillChunk(chunk) {
  if (chunk.firstChild) return;
  const start = Number(chunk.dataset.start);
  chunk.append(...shown.slice(start, start + CHUNK).map((item, index) => makeRow(item, start + index)));
  chunk.style.minHeight = "";
  filler?.unobserve(chunk);
}

function makeRow(item, index) {
  const now = nowOf(item);
  const verdict = item.entry?.verdict;
  const look = lookOf(item);
  const tags = [];
  if (now.period) tags.push(el("span", { class: "period" }, now.period));
  if (item.type !== "number" && now.status === "target") tags.push(el("span", { class: "tag target" }, t("status.target")));
  if (item.type === "number") tags.push(el("span", { class: `tag ${look}` }, name("why", item.data.why)));
  if (item.type === "added") tags.push(el("span", { class: "tag added" }, t("look.added")));
  const doubts = item.data.doubts ?? [];
  if (doubts.length) tags.push(el("span", { class: "tag doubt" }, `? ${sayDoubt(doubts[0])}${doubts.length > 1 ? ` +${doubts.length - 1}` : ""}`));
  if (item.entry?.comment) tags.push(el("span", { class: "tag" }, t("comment")));
  const button = el(
    "button",
    { type: "button", class: "pick", tabindex: item === chosen ? "0" : "-1" },
    el("span", { class: "state" }, el("span", { "aria-hidden": "true" }, STATE_SIGNS[verdict] ?? ""), el("span", { class: "hidden" }, verdict ? t(`state.${verdict}`) : t("state.open"))),
    zh("span", "item", now.item || (item.type === "number" ? item.data.quote : t("empty"))),
    el("span", { class: "amount" }, amountOf(item)),
    el("span", { class: "more" }, zh("q", "quote", item.data.quote), ...tags, zh("span", "where", sectionOf(item))),
  );
  const row = el("div", { class: `row ${look} ${verdict ? `is-${verdict}` : ""}`, role: "listitem", "aria-setsize": shown.length, "aria-posinset": index + 1, "data-row": index, "aria-current": item === chosen ? "true" : null }, button);
  row.item = item;
  return row;
}

function amountOf(item) {
  if (item.type === "number" && item.entry?.verdict !== "missed") return "";
  if (item.type === "fact" && !["value", "value_to", "unit", "bound", "kind"].some((field) => field in (item.entry?.fields ?? {}))) return item.data.amount;
  const now = nowOf(item);
  return now.value === null ? "" : formatAmount(now); // of a fact that was missed somebody may know no more than that
}

function formatAmount(now) {
  const group = (text) => text.replace(/^(-?\d+)/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));
  const sign = now.kind === "increase" && !now.value.startsWith("-") ? "+" : now.kind === "decrease" ? "-" : "";
  const upper = now.value_to ? ` – ${group(now.value_to)}` : "";
  return `${{ "=": "", ">=": "≥ ", "<=": "≤ ", "~": "≈ " }[now.bound]}${now.kind === "rank" ? "第 " : ""}${sign}${group(now.value)}${upper} ${now.unit ?? ""}`.trim();
}

const findRow = (item) => find("list").querySelector(`[data-row="${shown.indexOf(item)}"]`);

function refreshRow(item) {
  const row = findRow(item);
  if (!row) return;
  const focused = row.contains(document.activeElement);
  const fresh = makeRow(item, shown.indexOf(item));
  row.replaceWith(fresh);
  if (focused) fresh.firstChild.focus({ preventScroll: true });
}

function bringRow(item, focus = false) {
  const index = shown.indexOf(item);
  if (index < 0) return;
  const chunk = find("list").children[Math.floor(index / CHUNK)];
  fillChunk(chunk);
  const row = findRow(item);
  if (!narrow.matches) {
    const list = find("list");
    const [box, pane] = [row.getBoundingClientRect(), list.getBoundingClientRect()];
    if (box.top < pane.top || box.bottom > pane.bottom) list.scrollTop += box.top - pane.top - (pane.height - box.height) / 2;
  } else if (tab === "facts") row.scrollIntoView({ block: "nearest" });
  if (focus) row.firstChild.focus({ preventScroll: true });
}

function count(one) {
  const counted = DATA.sample ? one.items : one.items.filter((item) => item.type !== "number" || item.entry);
  return { all: counted.length, done: counted.filter((item) => item.entry).length };
}

function showProgress() {
  const { all, done } = count(view);
  const tally = countBy(view.items.map((item) => item.entry?.verdict));
  const doubtful = view.items.filter((item) => isOpen(item) && isDoubtful(item)).length;
  const parts = [t("progress", done, all)];
  for (const verdict of ["wrong", "edited", "missed"]) if (tally.get(verdict)) parts.push(t(`progress.${verdict}`, tally.get(verdict)));
  if (doubtful) parts.push(t("progress.doubtful", doubtful));
  find("progress-text").replaceChildren(...parts.map((part) => el("span", {}, part)));
  find("progress").max = Math.max(all, 1);
  find("progress").value = done;
  find("unfit-button").hidden = !unfit.length;
  find("unfit-button").textContent = t("unfit.button", unfit.length);
  const own = find("reports")?.children[DATA.views.indexOf(view)]?.querySelector(".done");
  if (own) own.textContent = `${done}/${all}`;
}

// Choose an item: its row, its mark, and all that is known of it.
function choose(item, { bring = true, focus = true } = {}) {
  if (item.view !== view) {
    openView(item.view, item);
    return;
  }
  const before = chosen;
  chosen = item;
  if (!shown.includes(item)) resetFilters();
  if (!shown.includes(item)) {
    find("by-look").value = "everything";
    applyFilters();
  }
  for (const one of article.querySelectorAll(".on")) one.classList.remove("on");
  for (const mark of findMarks(item)) mark.classList.add("on");
  if (before && before !== item) dimRow(before);
  showInspector(); // first, for it takes room from the list and from the report
  bringRow(item, focus && (!narrow.matches || tab === "facts"));
  const row = findRow(item);
  row?.setAttribute("aria-current", "true");
  row?.firstChild.setAttribute("tabindex", "0");
  if (bring || narrow.matches) bringMark(item);
  keep(`${nameDocument(item.document)}at`, JSON.stringify(item.key));
}

function dimRow(item) {
  const row = findRow(item);
  row?.removeAttribute("aria-current");
  row?.firstChild.setAttribute("tabindex", "-1");
}

function step(by) {
  const at = chosen ? shown.indexOf(chosen) : by > 0 ? -1 : shown.length;
  const next = shown[at + by];
  if (next) choose(next);
}

// The next after the chosen one for which it holds, from the top again after the last.
function findNext(holds, by = 1) {
  const at = shown.indexOf(chosen);
  for (let far = 1; far <= shown.length; far += 1) {
    const item = shown[(((at + far * by) % shown.length) + shown.length) % shown.length];
    if (holds(item)) return item;
  }
  return null;
}

function goOn() {
  const next = findNext(isOpen);
  if (next) choose(next);
  else say(t(DATA.views.length > 1 ? "said.all.next" : "said.all"));
}

function goToDoubtful(by = 1) {
  let next = findNext((item) => isOpen(item) && isDoubtful(item), by);
  if (!next) {
    const left = view.items.find((item) => isOpen(item) && isDoubtful(item));
    if (!left) return say(t("said.no_doubt"));
    next = left;
  }
  return choose(next);
}
