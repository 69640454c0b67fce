// The page begins: its items, what was kept of them, its language and its colours; then it listens.

function setLanguage(wanted) {
  language = wanted;
  sayEverything();
  if (DATA.sample && find("sample-says")) find("sample-says").textContent = t("sample.says", DATA.views.at(-1).places.length, DATA.sample.seed ?? "–");
}

// The first of the browser's languages that the page speaks.
function speakBrowser() {
  const wished = [...(navigator.languages ?? [navigator.language])].map((one) => one.slice(0, 2).toLowerCase());
  return wished.find((one) => LANGUAGES.includes(one)) ?? "en";
}

function switchLanguage() {
  setLanguage(language === "zh" ? "en" : "zh");
  keep(`${KEPT}language`, language);
  fillFilters();
  applyFilters();
  showReports();
  showProgress();
  showOutline();
  showInspector();
}

const dark = matchMedia("(prefers-color-scheme: dark)");

function switchTheme() {
  const now = document.documentElement.dataset.theme;
  const isDark = now === "dark" || (now === "auto" && dark.matches);
  document.documentElement.dataset.theme = isDark ? "light" : "dark";
  keep(`${KEPT}theme`, document.documentElement.dataset.theme);
}

// What the pointer rests on is shown without being chosen.
let resting = 0;
function rest(event, findItem) {
  if (event.pointerType === "touch" || keyed || narrow.matches || find("inspector").querySelector("form.edit")) return;
  const item = findItem(event.target);
  clearTimeout(resting);
  if (item === (peeked ?? chosen)) return;
  resting = setTimeout(() => {
    if (find("inspector").querySelector("form.edit") || find("inspector").contains(document.activeElement)) return;
    if (item) showInspector(item, true);
    else if (peeked) showInspector();
  }, item ? 140 : 400);
}

const peekAt = (element) => {
  const mark = element.closest("[data-f], [data-n]");
  if (!mark) return null;
  if (mark.dataset.n !== undefined) return itemOf("number", Number(mark.dataset.n));
  const indices = mark.dataset.f.split(" ").map(Number);
  return chosen?.type === "fact" && indices.includes(chosen.index) ? chosen : itemOf("fact", indices[0]);
};

function nameNumber(event) {
  const number = event.target.closest("[data-n]");
  if (number) number.title = name("why", view.numbers[Number(number.dataset.n)].why);
}

function offerAdd() {
  const button = find("add");
  const selected = readSelection();
  button.hidden = !selected;
  if (!selected) return;
  const box = getSelection().getRangeAt(0).getBoundingClientRect();
  button.style.left = `${Math.max(8, Math.min(box.left, innerWidth - button.offsetWidth - 8))}px`;
  button.style.top = `${box.top > 90 ? box.top - button.offsetHeight - 8 : box.bottom + 8}px`;
}

// Another tab with the same report judged: this one follows.
function follow(event) {
  if (!event.key?.startsWith(KEPT)) return;
  const item = items.find((one) => nameRecord(one) === event.key);
  if (!item || item.type === "added") return;
  try {
    item.entry = event.newValue ? JSON.parse(event.newValue) : null;
    forget(item);
  } catch {
    return;
  }
  afterChange(item);
}

function printAll() {
  const rows = view.items.filter(isFact).map((item) => el("tr", {}, el("td", {}, STATE_SIGNS[item.entry?.verdict] ?? ""), zh("td", "", nowOf(item).item ?? ""), el("td", { class: "amount" }, amountOf(item)), zh("td", "", item.data.quote), el("td", {}, nowOf(item).period ?? ""), el("td", {}, name("status", nowOf(item).status)), el("td", {}, (item.data.doubts ?? []).map(sayDoubt).join("; "))));
  const heads = ["filter.state", "item", "value", "written", "period", "status", "filter.doubt"];
  find("print-list").replaceChildren(el("h2", {}, t("facts")), el("table", {}, el("thead", {}, el("tr", {}, ...heads.map((head) => el("th", { scope: "col" }, t(head))))), el("tbody", {}, ...rows)));
}

function listen() {
  const on = (id, event, act) => find(id).addEventListener(event, act);
  document.addEventListener("keydown", pressKey);
  addEventListener("pointermove", () => { keyed = false; }, { passive: true });
  on("report", "click", clickReport);
  on("report", "pointerover", (event) => { nameNumber(event); rest(event, peekAt); });
  on("report", "pointerleave", (event) => rest(event, () => null));
  on("list", "click", (event) => { const row = event.target.closest(".row"); if (row) choose(row.item); });
  on("list", "pointerover", (event) => rest(event, (element) => element.closest(".row")?.item ?? null));
  on("list", "pointerleave", (event) => rest(event, () => null));
  on("inspector", "pointerover", () => clearTimeout(resting));
  on("inspector", "pointerdown", () => { if (peeked) { const item = peeked; setTimeout(() => choose(item, { focus: false })); } });
  on("filters", "submit", (event) => event.preventDefault());
  on("search", "input", applyFilters);
  for (const filter of FILTERS) on(`by-${filter}`, "change", applyFilters);
  on("sort", "change", applyFilters);
  on("clear", "click", resetFilters);
  on("language", "click", switchLanguage);
  on("theme", "click", switchTheme);
  on("help-button", "click", openHelp);
  on("save", "click", openSaving);
  on("load", "click", () => find("file").click());
  on("file", "change", () => { loadFile(find("file").files[0]); find("file").value = ""; });
  on("unfit-button", "click", openUnfit);
  on("side-button", "click", () => toggleSide());
  on("tab-report", "click", () => showTab("report"));
  on("tab-facts", "click", () => showTab("facts"));
  on("add", "pointerdown", (event) => event.preventDefault());
  on("add", "click", startAdd);
  document.addEventListener("selectionchange", offerAdd);
  addEventListener("storage", follow);
  addEventListener("beforeprint", printAll);
  addEventListener("beforeunload", (event) => { if (unkept && undos.length) event.preventDefault(); });
  narrow.addEventListener("change", () => { showTab(tab); applyFilters(); });
}

function start() {
  makeItems();
  const theme = recall(`${KEPT}theme`);
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  const kept = recall(`${KEPT}language`);
  setLanguage(LANGUAGES.includes(kept) ? kept : speakBrowser());
  find("unkept").hidden = Boolean(keeper);
  document.body.dataset.tab = tab;
  if (narrow.matches) find("more-filters").open = false;
  const outlined = DATA.views.length > 1 || view.sections.length > 0;
  toggleSide(outlined && !narrow.matches && (recall(`${KEPT}side`) ?? (innerWidth >= 1180 ? "open" : "closed")) === "open");
  takeUp(recallEntries().filter(({ entry }) => isEntry(entry)), { store: false });
  listen();
  openView(view);
  readAhead();
  const at = DATA.documents.map((_, index) => recall(`${nameDocument(index)}at`));
  const last = view.items.find((item) => item.entry && `"${item.key}"` === at[item.document]);
  if (last) choose(last, { focus: false });
  document.documentElement.dataset.ready = "true";
}

start();
