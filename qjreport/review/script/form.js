// Editing the chosen fact in place, and adding one that was missed.
const CHOICES = { bound: ["=", ">=", "<=", "~"], kind: ["level", "increase", "decrease", "rank"], status: ["actual", "target"] };
const PERIOD = /^(\d{4}(-\d{4})?|\d{4}-\d{2}(-\d{2})?(\/\d{4}-\d{2}(-\d{2})?)?)$/;
const FORM_FIELDS = ["item", "value", "unit", "period", "status", "kind", "bound", "value_to", "basis", "scope"];
// Where the trouble is likely: the field that a doubt is about is the first to be edited.
const OF_DOUBT = { numeral: "value", range: "value_to", unit: "unit", kind: "kind", period: "period", item: "item", list: "item" };

function startEdit() {
  if (!chosen) return;
  const item = chosen;
  if (item.type === "number" && item.entry?.verdict !== "missed") {
    showForm(item, { ...readFields({}), ...guessFields(item.data.quote, item.view, item.data.at) }, { adding: true });
  } else showForm(item, nowOf(item), { adding: item.type !== "fact" });
}

// m: from what is selected in the report, or in the paragraph of the chosen number.
function startAdd() {
  const selected = readSelection();
  if (selected) {
    const { place, start, end, quote } = selected;
    getSelection().removeAllRanges();
    find("add").hidden = true;
    openAdd(place, start, end, quote);
  } else if (chosen) openAdd(chosen.data.at, null, null, "");
  else say(t("add.where"));
}

function openAdd(place, start, end, quote) {
  const sentence = start === null ? "" : findSentence(place, start, end);
  const item = start === null ? { view, type: "added", data: { at: place, quote: "" }, entry: null, unplaced: true } : makeAdded(view, place, start, end, quote, sentence);
  showForm(item, { ...readFields({}), ...guessFields(quote, view, place) }, { adding: true });
}

// A quote that begins with a number: 18万余人次 is 180000 人次, at least.
function guessFields(quote, one, place) {
  const found = /^(\D*?)([+-]?[\d,，.]*\d)\s*([十百千万亿]*)(余|多)?\s*(.*)$/.exec(quote.normalize("NFKC"));
  const number = found ? readNumber(found[2] + found[3]) : null;
  const neighbour = view.items.find((item) => item.type === "fact" && item.data.at === place);
  const now = neighbour ? nowOf(neighbour) : {};
  return { item: "", value: number ?? "", unit: found?.[5] ?? "", bound: found?.[4] ? ">=" : "=", period: now.period ?? "", status: now.status ?? "actual" };
}

function showForm(item, values, { adding }) {
  const box = find("inspector");
  if (narrow.matches) box.classList.add("open");
  const first = (item.data.doubts ?? []).map((doubt) => OF_DOUBT[doubt.split(".")[0]]).find(Boolean) ?? "item";
  const inputs = Object.fromEntries(FORM_FIELDS.map((field) => [field, makeInput(field, values[field])]));
  const quote = item.unplaced ? el("input", { type: "text", id: "edit-quote", lang: "zh-CN", required: true }) : null;
  const error = el("p", { class: "error", id: "form-error", role: "alert" });
  const form = el(
    "form",
    { class: "edit", autocomplete: "off", novalidate: true, "aria-label": t(adding ? "form.add" : "form.edit") },
    el("h2", {}, t(adding ? "form.add" : "form.edit"), item.data.quote ? zh("q", "quote", item.data.quote) : null),
    el("div", { class: "inputs" }, quote ? el("label", { class: "wide" }, el("span", {}, t("form.quote")), quote) : null, ...FORM_FIELDS.map((field) => el("label", { class: field === "item" ? "wide" : "" }, el("span", {}, t(field)), inputs[field]))),
    error,
    el("div", { class: "actions" }, el("button", { type: "submit", class: "primary", title: t("form.keep.title") }, t("form.keep")), el("button", { type: "button", onclick: closeForm }, t("form.cancel"))),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submitForm(item, inputs, quote, adding, error);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      closeForm();
    } else if (event.key === "Enter" && event.target.tagName === "SELECT") {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  box.classList.remove("peek", "none");
  box.replaceChildren(form);
  if (narrow.matches && !item.unplaced) bringMark(item);
  const start = quote ?? inputs[adding ? "item" : first];
  start.focus();
  start.select?.();
}

function makeInput(field, value) {
  const id = `edit-${field}`;
  if (field in CHOICES) {
    const select = el("select", { id, name: field }, ...CHOICES[field].map((one) => el("option", { value: one }, name(field, one))));
    select.value = value ?? GIVEN[field];
    return select;
  }
  const numeric = DECIMALS.includes(field);
  return el("input", { type: "text", id, name: field, value: value ?? "", lang: numeric || field === "period" ? null : "zh-CN", inputmode: numeric ? "decimal" : null, maxlength: "200" });
}

function readForm(inputs) {
  const values = Object.fromEntries(FORM_FIELDS.map((field) => [field, inputs[field].value.trim()]));
  const wrong = [];
  for (const field of ["value", "value_to"]) {
    const typed = values[field];
    values[field] = typed ? readNumber(typed) : null;
    if (values[field] === null && (typed || field === "value")) wrong.push([field, "form.no_value"]);
  }
  if (!values.item) wrong.unshift(["item", "form.no_item"]);
  if (values.period && !PERIOD.test(values.period)) wrong.push(["period", "form.no_period"]);
  for (const field of ["period", "basis", "scope"]) values[field] ||= null;
  values.change = values.value === null || !["increase", "decrease"].includes(values.kind) ? null : values.kind === "decrease" ? negate(values.value) : values.value;
  return { values, wrong };
}

function submitForm(item, inputs, quote, adding, error) {
  const { values, wrong } = readForm(inputs);
  const placed = item.unplaced ? placeQuote(item, quote.value.trim()) : item;
  if (!placed) wrong.unshift(["quote", "form.no_quote"]);
  for (const input of [...Object.values(inputs), quote].filter(Boolean)) input.removeAttribute("aria-invalid");
  if (wrong.length) {
    const [field, message] = wrong[0];
    const input = field === "quote" ? quote : inputs[field];
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", "form-error");
    error.textContent = t(message);
    input.focus();
    return;
  }
  if (adding) keepAdded(placed, values);
  else keepEdited(placed, values);
}

function placeQuote(item, quote) {
  if (!quote) return null;
  const text = readBlock(view, item.data.at);
  const at = text.indexOf(quote);
  if (at < 0) return null;
  const start = countPoints(text.slice(0, at));
  const end = start + countPoints(quote);
  return makeAdded(view, item.data.at, start, end, quote, findSentence(item.data.at, start, end));
}

function keepEdited(item, values) {
  const read = readFields(item.data);
  const fields = Object.fromEntries(SHOWN.filter((field) => !same(field, values[field], read[field])).map((field) => [field, values[field]]));
  closeForm();
  if (!Object.keys(fields).length && item.entry?.verdict !== "edited") return;
  const wrong = (item.entry?.wrong_fields ?? []).filter((field) => !(field in fields));
  const verdict = Object.keys(fields).length ? "edited" : "right";
  judge(item, withRemark(item, makeEntry(item, verdict, { fields, wrong_fields: wrong })));
  say(t(`said.${verdict}`));
  goOn();
}

function keepAdded(item, values) {
  judge(item, makeEntry(item, "missed", { fields: values }));
  closeForm();
  say(t("said.missed"));
  choose(item, { bring: false });
}

function closeForm() {
  find("inspector").classList.remove("open");
  showInspector();
  if (chosen) bringRow(chosen, !narrow.matches);
}
