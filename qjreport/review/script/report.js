// The report on the left: its marks, its outline, selecting text in it, and going to a place.
let view = DATA.views[0];
let article = null;

const findArticle = (one) => find(`v${DATA.views.indexOf(one)}`);
const findBlock = (one, place) => findArticle(one).querySelector(`[data-b="${place}"]`);

// The pieces of text that belong to a number.
function findMarks(item) {
  if (item.type === "added") return [];
  const block = findBlock(item.view, item.data.at);
  if (!block) return [];
  return [...block.querySelectorAll(item.type === "fact" ? `[data-f~="${item.index}"]` : `[data-n="${item.index}"]`)];
}

// A block's text as the report has it.
function readBlock(one, place) {
  const block = findBlock(one, place);
  if (!block) return "";
  if (block.tagName !== "TABLE") return block.textContent;
  // Cells that became one with another have no text, and so no more of it than the tabs and line ends between them.
  let text = "";
  let length = 0;
  for (const cell of block.querySelectorAll("[data-o]")) {
    const gap = Number(cell.dataset.o) - length;
    text += cell.previousElementSibling || !text ? "\t".repeat(gap) : "\t".repeat(Math.max(0, gap - 1)) + "\n";
    text += cell.textContent;
    length += gap + countPoints(cell.textContent);
  }
  return text;
}

function showMark(item) {
  for (const mark of findMarks(item)) {
    for (const verdict of ["right", "wrong", "edited", "missed"]) mark.classList.toggle(`is-${verdict}`, item.entry?.verdict === verdict);
  }
  if (item.type === "added") highlightAdded();
}

// Facts that a person added are painted over the text, which stays as it is.
function highlightAdded() {
  if (!globalThis.Highlight || !CSS.highlights) return;
  const ranges = view.items.filter((item) => item.type === "added").map(makeRange).filter(Boolean);
  CSS.highlights.set("added", new Highlight(...ranges));
}

function makeRange(item) {
  const block = findBlock(item.view, item.data.at);
  if (!block) return null;
  const cells = block.dataset.o !== undefined ? [block] : [...block.querySelectorAll("[data-o]")];
  const cell = cells.filter((one) => Number(one.dataset.o) <= item.start).pop();
  if (!cell) return null;
  const range = document.createRange();
  let at = Number(cell.dataset.o);
  let begun = false;
  const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = countPoints(node.data);
    const inside = (points) => cutPoints(node.data, 0, points - at).length;
    if (!begun && item.start < at + length) {
      range.setStart(node, inside(item.start));
      begun = true;
    }
    if (begun && item.end <= at + length) {
      range.setEnd(node, inside(item.end));
      return range;
    }
    at += length;
  }
  return null;
}

// The place of a point of the text: the block, and how many code points stand before it.
function locate(node, offset) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const cell = element?.closest("[data-o]");
  const block = cell?.closest("[data-b]");
  if (!block || !article.contains(block)) return null;
  const range = document.createRange();
  range.setStart(cell, 0);
  range.setEnd(node, offset);
  return { cell, place: Number(block.dataset.b), at: Number(cell.dataset.o) + countPoints(range.toString()) };
}

// What is selected in the report, where it is a piece of one paragraph or cell.
function readSelection() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const start = locate(range.startContainer, range.startOffset);
  const end = locate(range.endContainer, range.endOffset);
  if (!start || !end || start.cell !== end.cell) return null;
  const text = range.toString();
  const quote = text.trim();
  if (!quote || quote.length > 200) return null;
  const from = start.at + countPoints(text.slice(0, text.indexOf(quote)));
  return { place: start.place, start: from, end: from + countPoints(quote), quote };
}

function findSentence(place, start, end) {
  const points = [...readBlock(view, place)];
  const stops = findBlock(view, place).tagName === "TABLE" ? "\n" : "。！？\n";
  let from = start;
  let to = end;
  while (from > 0 && !stops.includes(points[from - 1])) from -= 1;
  while (to < points.length && !stops.includes(points[to - 1])) to += 1;
  return points.slice(from, to).join("").trim();
}

// The outline, and the list of reports.

function showOutline() {
  const branches = new Map([[null, el("ul")]]);
  view.sections.forEach((section, index) => {
    const link = el("a", { href: `#s${DATA.views.indexOf(view)}-${index}`, lang: "zh-CN" }, `${section.marker}${section.title}`);
    link.addEventListener("click", (event) => {
      event.preventDefault();
      goToSection(index);
    });
    const leaf = el("li", {}, link);
    let parent = branches.get(section.parent ?? null) ?? branches.get(null);
    if (parent.tagName === "LI") {
      const list = parent.querySelector("ul") ?? parent.appendChild(el("ul"));
      parent = list;
    }
    parent.append(leaf);
    branches.set(index, leaf);
  });
  find("outline").replaceChildren(view.sections.length ? branches.get(null) : el("p", { class: "none" }, t("empty")));
}

function goToSection(index) {
  const head = find(`s${DATA.views.indexOf(view)}-${index}`);
  if (!head) return;
  showTab("report");
  if (narrow.matches) toggleSide(false);
  unfold(head);
  head.scrollIntoView({ block: "start" });
  head.setAttribute("tabindex", "-1");
  head.focus({ preventScroll: true });
}

function unfold(element) {
  for (let section = element.closest("section"); section; section = section.parentElement.closest("section")) {
    if (section.classList.contains("folded")) fold(section, false);
  }
}

function fold(section, folded) {
  section.classList.toggle("folded", folded);
  section.querySelector(".fold")?.setAttribute("aria-expanded", String(!folded));
}

function showReports() {
  const list = find("reports");
  if (!list) return;
  list.replaceChildren(
    ...DATA.views.map((one) => {
      const { done, all } = count(one);
      const title = one.title || t("sample.title");
      const button = el("button", { type: "button", class: "plain", "aria-current": one === view ? "true" : null }, zh("span", "name", title), el("span", { class: "done" }, `${done}/${all}`));
      button.addEventListener("click", () => openView(one));
      return el("li", {}, button);
    }),
  );
}

function openView(one, item = null) {
  view = one;
  chosen = null;
  if (article !== findArticle(view)) {
    article = findArticle(view);
    for (const other of document.querySelectorAll("article")) other.hidden = other !== article;
    if (DATA.views.length > 1) find("report").scrollTop = 0;
  }
  for (const each of view.items) if (each.entry) showMark(each);
  highlightAdded();
  showOutline();
  showReports();
  fillFilters();
  resetFilters();
  showProgress();
  if (item) choose(item);
  else showInspector();
}

function stepView(by) {
  const next = DATA.views[DATA.views.indexOf(view) + by];
  if (next) openView(next);
}

// Bring a number into sight, if it is not.
function bringMark(item) {
  const [mark] = findMarks(item);
  const target = mark ?? makeRange(item)?.startContainer.parentElement;
  if (!target) return;
  unfold(target);
  const pane = narrow.matches ? null : find("report").getBoundingClientRect();
  const box = target.getBoundingClientRect();
  const [top, bottom] = pane ? [pane.top + 60, pane.bottom - 60] : [110, innerHeight - find("inspector").offsetHeight - 20];
  if (box.top >= top && box.bottom <= bottom) return;
  target.scrollIntoView({ block: "center", inline: "nearest" });
}

function clickReport(event) {
  const foldButton = event.target.closest(".fold");
  if (foldButton) {
    const section = foldButton.closest("section");
    fold(section, !section.classList.contains("folded"));
    return;
  }
  if (!getSelection().isCollapsed) return;
  const item = findItemAt(event.target) ?? findAddedAt(event);
  if (item) choose(item, { bring: false, focus: false });
}

// A mark of two facts gives the next of them at each click.
function findItemAt(element) {
  const mark = element.closest("[data-f], [data-n]");
  if (!mark || !article.contains(mark)) return null;
  if (mark.dataset.n !== undefined) return itemOf("number", Number(mark.dataset.n));
  const indices = mark.dataset.f.split(" ").map(Number);
  const at = chosen?.type === "fact" ? indices.indexOf(chosen.index) : -1;
  return itemOf("fact", indices[(at + 1) % indices.length]);
}

const itemOf = (type, index) => view.items.find((item) => item.type === type && item.index === index) ?? null;

function findAddedAt(event) {
  const added = view.items.filter((item) => item.type === "added");
  if (!added.length) return null;
  const point = document.caretPositionFromPoint?.(event.clientX, event.clientY);
  const range = point ? null : document.caretRangeFromPoint?.(event.clientX, event.clientY);
  const node = point?.offsetNode ?? range?.startContainer;
  const at = node ? locate(node, point?.offset ?? range.startOffset) : null;
  return at ? (added.find((item) => item.data.at === at.place && item.start <= at.at && at.at <= item.end) ?? null) : null;
}
