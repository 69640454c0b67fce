// Single keys, the dialogs, and switching between the two sides on a narrow screen.
const narrow = matchMedia("(max-width: 820px)");
let tab = "report";
let keysOn = recall(`${KEPT}keys`) !== "off";
let keyed = false; // the last thing was a key: a pointer that happens to rest on a row says nothing

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  n: () => goToDoubtful(),
  N: () => goToDoubtful(-1),
  a: judgeRight,
  x: judgeWrong,
  e: startEdit,
  m: startAdd,
  u: undoLast,
  c: () => find("comment")?.focus(),
  s: openSaving,
  o: () => toggleSide(),
  "]": () => stepView(1),
  "[": () => stepView(-1),
  "/": () => {
    showTab("facts");
    find("search").focus();
    find("search").select();
  },
  "?": openHelp,
};

function pressKey(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (document.querySelector("dialog[open]")) return;
  const target = event.target;
  if (event.key === "Escape") {
    if (target.matches?.("input, select")) target.blur();
    if (narrow.matches) toggleSide(false);
    return;
  }
  if (target.matches?.("input:not([type=checkbox]), select, textarea, [contenteditable]")) {
    if (event.key === "Enter" && target.id === "search" && shown.length) {
      event.preventDefault();
      choose(shown[0]);
    } else if (event.key === "Enter" && target.id === "comment") {
      event.preventDefault();
      target.blur();
      if (chosen) bringRow(chosen, true);
    }
    return;
  }
  if (!keysOn) return;
  const key = KEYS[event.key] ? event.key : event.key.toLowerCase();
  const field = /^[0-9]$/.test(key) ? DIGITS[(Number(key) + 9) % 10] : null;
  if (!KEYS[key] && !field) return;
  event.preventDefault();
  keyed = true;
  if (field) toggleWrong(field);
  else KEYS[key]();
}

function showTab(which) {
  if (!narrow.matches) return;
  tab = which;
  document.body.dataset.tab = which;
  find("tab-report").setAttribute("aria-pressed", String(which === "report"));
  find("tab-facts").setAttribute("aria-pressed", String(which === "facts"));
  if (which === "facts") showRows();
}

function toggleSide(open = !document.body.classList.contains("with-side")) {
  document.body.classList.toggle("with-side", open);
  find("side-button").setAttribute("aria-expanded", String(open));
  if (!narrow.matches) keep(`${KEPT}side`, open ? "open" : "closed");
}

function fillDialog(id, title, ...children) {
  const dialog = find(id);
  const close = el("button", { type: "button", class: "icon close", onclick: () => dialog.close() }, el("span", { "aria-hidden": "true" }, "✕"));
  label(close, t("close"));
  dialog.replaceChildren(el("header", {}, el("h2", { id: dialog.getAttribute("aria-labelledby") }, title), close), ...children);
  if (!dialog.open) dialog.showModal();
  return dialog;
}

function openHelp() {
  const rows = [["j", "k"], ["n", "N"], ["a"], ["x"], ["1", "…", "9"], ["e"], ["m"], ["u"], ["c"], ["/"], ["o"], ["]", "["], ["s"], ["?"]].filter(([key]) => key !== "]" || DATA.views.length > 1);
  const list = rows.map((keys) => el("div", {}, el("dt", {}, ...keys.map((key) => (key === "…" ? " … " : el("kbd", {}, key)))), el("dd", {}, t(`keys.${keys[0]}`))));
  const looks = ["result", "target", "change", "rank"].map((look) => el("li", {}, el("mark", { class: `f ${look}` }, t(`look.${look}`))));
  const others = [el("li", {}, el("mark", { class: "f result doubtful" }, t("look.doubtful"))), el("li", {}, el("span", { class: "n date" }, t("look.number"))), el("li", {}, el("span", { class: "n unread" }, t("look.unread")))];
  const on = el("input", { type: "checkbox", id: "keys-on" });
  on.checked = keysOn;
  on.addEventListener("change", () => {
    keysOn = on.checked;
    keep(`${KEPT}keys`, keysOn ? null : "off");
  });
  fillDialog("help-dialog", t("keys"), el("dl", { class: "keys" }, ...list), el("label", { class: "check" }, on, t("keys.on")), el("h3", {}, t("marks")), el("ul", { class: "marks" }, ...looks, ...others), el("p", {}, t("marks.dropped")));
}

function openSaving() {
  const who = el("input", { type: "text", id: "who", value: recall(`${KEPT}who`) ?? reviewer, maxlength: "100" });
  const why = el("input", { type: "text", id: "why", value: recall(`${KEPT}why`) ?? reason, maxlength: "300" });
  const judged = items.filter((item) => item.entry).length + unfit.filter((one) => one.document !== null).length;
  const form = el(
    "form",
    { class: "saving" },
    el("p", {}, t("saving.says", judged, DATA.documents.length)),
    el("label", {}, el("span", {}, t("saving.who")), who),
    el("label", {}, el("span", {}, t("saving.why")), why),
    el("button", { type: "submit", class: "primary" }, t("saving.download")),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    reviewer = who.value.trim();
    reason = why.value.trim();
    keep(`${KEPT}who`, reviewer || null);
    keep(`${KEPT}why`, reason || null);
    find("save-dialog").close();
    download();
    say(t("saved"));
  });
  fillDialog("save-dialog", t("saving"), form);
  form.querySelector("button").focus();
}

function openUnfit() {
  const rows = unfit.map((one) => {
    const { entry, problem } = one;
    const reason = problem === "changed" ? t("unfit.changed", one.now.map((field) => `${t(field)} ${spellField(field, entry.was[field])} → ${spellField(field, readFields(one.item.data)[field])}`).join(language === "zh" ? "，" : ", ")) : problem === "report" ? t("unfit.report", one.source ?? "") : t("unfit.gone");
    const discard = el("button", { type: "button", onclick: () => discardUnfit(one) }, t("unfit.discard"));
    const go = one.item ? el("button", { type: "button", onclick: () => { find("unfit-dialog").close(); choose(one.item); } }, t("unfit.go")) : null;
    return el("li", {}, el("p", {}, el("span", { class: `verdict is-${entry.verdict}` }, t(`state.${entry.verdict}`)), zh("q", "quote", entry.quote), " ", reason), zh("p", "sentence", entry.sentence ?? ""), el("p", { class: "actions" }, go, discard));
  });
  fillDialog("unfit-dialog", t("unfit"), el("p", {}, t("unfit.says")), el("ul", { class: "unfit" }, ...rows));
}

function discardUnfit(one) {
  unfit = unfit.filter((other) => other !== one);
  if (one.key) keep(one.key, null);
  showProgress();
  if (unfit.length) openUnfit();
  else find("unfit-dialog").close();
}

async function loadFile(file) {
  if (!file) return;
  try {
    const { fitted, unfitted } = load(await file.text());
    say(t("loaded", fitted, unfitted));
    if (unfitted) openUnfit();
  } catch {
    say(t("loaded.bad"));
  }
}
