// Judgements: what they say, where they are kept, how they find their place again in a newer extraction.
//
// An item is what can be judged: a fact, a number that is none, or a fact that a person added. Its entry is the
// judgement as corrections.json has it, without `document`. Each entry is a record of its own in localStorage, written at
// once, so that a page that is closed loses nothing. `settle` holds a judgement against what is read now.
const KEPT = "qjreport/review/1/";
const SCHEMA = "qjreport/corrections/1";
const EDITABLE = ["item", "value", "value_to", "unit", "bound", "kind", "period", "status", "basis", "scope"];
const SHOWN = [...EDITABLE, "change"];
const GIVEN = { unit: "", bound: "=", kind: "level", status: "actual" }; // what goes without saying
let items = []; // of all views
let undos = [];
let unfit = []; // {key, entry, document, problem, now}

const scope = DATA.sample ? `sample-${hash(JSON.stringify([DATA.sample, DATA.documents]))}/` : "";

function hash(text) {
  let sum = 0x811c9dc5;
  for (const character of text) sum = Math.imul(sum ^ character.codePointAt(0), 0x01000193) >>> 0;
  return sum.toString(16);
}

function nameDocument(document) {
  const { sha256, source } = DATA.documents[document];
  return `${KEPT}${scope}${sha256 || source}/`;
}

const nameRecord = (item) => nameDocument(item.document) + item.key;

function makeItem(view, type, index, data) {
  const { document, block, offset, locator } = view.places[data.at];
  // A place in the text on the page, and the same in the report's block.
  const [start, end] = [data.start - offset, data.end - offset];
  const key = type === "fact" ? `fact/${data.id}` : `${type}/${block}:${data.start}:${data.end}`;
  return { view, type, index, data, document, block, locator, start, end, key, entry: null };
}

function makeItems() {
  for (const view of DATA.views) {
    view.items = [
      ...view.facts.map((fact, index) => makeItem(view, "fact", index, fact)),
      ...view.numbers.map((number, index) => makeItem(view, "number", index, number)),
    ];
    view.items.sort(comparePlaces);
    items.push(...view.items);
  }
}

const comparePlaces = (one, other) =>
  one.data.at - other.data.at || one.start - other.start || one.index - other.index;

const sentenceOf = (item) => item.data.said ?? DATA.sentences[item.data.sentence] ?? "";
const readFields = (fact) => Object.fromEntries(SHOWN.map((field) => [field, fact[field] ?? GIVEN[field] ?? null]));

// A fact as it stands after the judgement.
function current(item) {
  const read = item.type === "fact" ? readFields(item.data) : readFields({});
  return { ...read, ...(item.entry?.fields ?? {}) };
}

function makeEntry(item, verdict, more = {}) {
  const of = { fact: "fact", number: "non_fact", added: "selection" }[item.type];
  return {
    of,
    verdict,
    fact: item.type === "fact" ? item.data.id : null,
    block: item.block,
    start: item.data.start,
    end: item.data.end,
    quote: item.data.quote,
    sentence: sentenceOf(item),
    locator: item.locator ?? null,
    stratum: item.data.stratum ?? null,
    doubts: item.data.doubts ?? [],
    fields: {},
    was: item.type === "fact" ? readFields(item.data) : item.type === "number" ? { why: item.data.why } : {},
    wrong_fields: [],
    comment: item.entry?.comment ?? null,
    who: null,
    when: new Date().toISOString(),
    ...more,
  };
}

// Everything that changes a judgement goes through here: kept at once, and undone by u.
function judge(item, entry) {
  undos.push([change(item, entry)]);
  for (const one of unfit.filter((other) => other.item === item)) {
    if (one.key && one.key !== nameRecord(item)) keep(one.key, null);
    unfit.splice(unfit.indexOf(one), 1);
  }
  afterChange(item);
}

function change(item, entry) {
  const before = { item, entry: item.entry };
  if (item.type === "added") {
    const at = item.view.items.indexOf(item);
    if (entry === null && at >= 0) {
      item.view.items.splice(at, 1);
      items = items.filter((one) => one !== item);
    } else if (entry !== null && at < 0) {
      item.view.items.push(item);
      item.view.items.sort(comparePlaces);
      items.push(item);
    }
  }
  item.entry = entry;
  forget(item);
  keep(nameRecord(item), entry === null ? null : JSON.stringify(entry));
  return before;
}

function undo() {
  const step = undos.pop();
  if (!step) return null;
  for (const { item, entry } of step.reverse()) change(item, entry);
  afterChanges(step.map(({ item }) => item));
  return step[0].item;
}

function makeAdded(view, place, start, end, quote, sentence) {
  const number = view.items.filter((one) => one.type === "added").length;
  const offset = view.places[place].offset;
  const data = { at: place, start: start + offset, end: end + offset, quote, said: sentence };
  const item = makeItem(view, "added", 1e6 + number, data);
  const taken = new Set(view.items.map((one) => one.key));
  for (let count = 2; taken.has(item.key); count += 1) item.key = `added/${item.block}:${data.start}:${data.end}/${count}`;
  return item;
}

// Where entries of another extraction belong now.

class Places {
  constructor(document) {
    this.document = document;
    this.items = items.filter((item) => item.document === document && item.type !== "added");
    this.facts = new Map(this.items.filter((item) => item.type === "fact").map((item) => [item.data.id, item]));
    this.said = new Map();
    for (const item of this.items) {
      const key = `${item.data.quote}\0${sentenceOf(item)}`;
      if (!this.said.has(key)) this.said.set(key, []);
      this.said.get(key).push(item);
    }
    this.taken = new Set();
  }

  // The item that an entry is about; for one that was missed before, the fact that is read there now.
  find(entry) {
    const own = entry.fact ? this.facts.get(entry.fact) : null;
    if (own && !this.taken.has(own)) return own;
    const type = entry.of === "fact" || entry.verdict === "missed" ? "fact" : "number";
    const free = (item) => !this.taken.has(item);
    const there = [...(this.said.get(`${entry.quote}\0${entry.sentence}`) ?? []), ...this.standAt(entry)].filter(free);
    const near = (one, other) => distance(one, entry) - distance(other, entry);
    const found = there.filter((item) => item.type === type).sort(near)[0];
    if (found || entry.of !== "non_fact") return found ?? null;
    return there.filter((item) => item.type === "number").sort(near)[0] ?? null;
  }

  // Where the sentence is another one now, the same words at the same place of the same block.
  standAt(entry) {
    return this.items.filter(({ block, data }) => block === entry.block && data.start === entry.start && data.quote === entry.quote);
  }
}

// Of two facts of one quote (分别) the one whose item was judged is nearer.
function distance(item, entry) {
  const other = entry.was?.item && item.data.item !== entry.was.item ? 0.5 : 0;
  return Math.abs(item.block - entry.block) * 1e5 + Math.abs(item.data.start - entry.start) + other;
}

// The entry as it holds for what is read now, or null where a person must look again.
function settle(item, entry) {
  if (item.type === "number") return { ...makeEntry(item, entry.verdict), ...pick(entry) };
  const read = readFields(item.data);
  const fields = Object.fromEntries(
    Object.entries(entry.fields ?? {}).filter(([field, value]) => SHOWN.includes(field) && !same(field, value, read[field])),
  );
  if (entry.verdict === "missed") {
    return { ...makeEntry(item, Object.keys(fields).length ? "edited" : "right"), ...pick(entry), fields };
  }
  const changed = listChanges(entry, read);
  if (entry.verdict === "edited") {
    if (changed.some((field) => !(field in entry.fields))) return null;
    return { ...makeEntry(item, Object.keys(fields).length ? "edited" : "right"), ...pick(entry), fields };
  }
  if (changed.length) return null;
  return { ...makeEntry(item, entry.verdict), ...pick(entry), wrong_fields: entry.wrong_fields ?? [] };
}

const listChanges = (entry, read) =>
  SHOWN.filter((field) => Object.hasOwn(entry.was ?? {}, field) && !same(field, entry.was[field], read[field]));

function pick(entry) {
  const { fields = {}, comment = null, who = null, when = null } = entry;
  return { fields, comment, who, when };
}

// Put entries where they belong. Gives the undo step and how many fit; the others are listed in `unfit`.
function takeUp(entries, { store }) {
  const step = [];
  let fitted = 0;
  const places = new Map();
  // Those with an id first: what is left over goes by its place.
  const inOrder = [...entries].sort((one, other) => Boolean(other.entry.fact) - Boolean(one.entry.fact));
  for (const { entry, document, key } of inOrder) {
    if (!places.has(document)) places.set(document, new Places(document));
    const at = places.get(document);
    const item = at.find(entry) ?? (entry.verdict === "missed" ? placeAdded(entry, document) : null);
    const settled = item && item.type !== "added" ? settle(item, entry) : entry;
    if (!item || !settled) {
      const now = item ? listChanges(entry, readFields(item.data)) : [];
      const record = key ?? `${nameDocument(document)}unfit/${entry.fact ?? `${entry.block}:${entry.start}:${entry.end}`}`;
      unfit.push({ key: record, entry, document, problem: item ? "changed" : "gone", item, now });
      if (store) keep(record, JSON.stringify(entry));
      continue;
    }
    at.taken.add(item);
    fitted += 1;
    if (item.entry && timeOf(item.entry) > timeOf(settled)) continue;
    step.push(change(item, settled));
    if (key && key !== nameRecord(item)) keep(key, null);
  }
  return { step, fitted };
}

const timeOf = (entry) => Date.parse(entry.when ?? "") || 0;

// Where a fact that a person added stands now: by its sentence, else by its own place.
function placeAdded(entry, document) {
  for (const view of DATA.views) {
    const near = (place) => Math.abs(view.places[place].block - entry.block);
    const places = [...view.places.keys()].filter((place) => view.places[place].document === document);
    for (const place of places.sort((one, other) => near(one) - near(other))) {
      const text = readBlock(view, place);
      const sentence = entry.sentence ? text.indexOf(entry.sentence) : -1;
      const at = sentence >= 0 ? text.indexOf(entry.quote, sentence) : -1;
      // The same quote may stand in the sentence twice: then the place decides.
      const own = entry.start - view.places[place].offset;
      const stands = cutPoints(text, own, own + countPoints(entry.quote)) === entry.quote;
      if (at < 0 && !(stands && near(place) === 0)) continue;
      const start = stands ? own : countPoints(text.slice(0, at));
      const item = makeAdded(view, place, start, start + countPoints(entry.quote), entry.quote, entry.sentence);
      const twin = view.items.find((one) => one.type === "added" && one.entry?.when && one.entry.when === entry.when);
      return twin ?? item;
    }
  }
  return null;
}

function recallEntries() {
  if (!keeper) return [];
  const names = DATA.documents.map((_, index) => nameDocument(index));
  const found = [];
  for (let index = 0; index < keeper.length; index += 1) {
    const key = keeper.key(index);
    const document = names.findIndex((one) => key.startsWith(one));
    if (document < 0) continue;
    try {
      found.push({ key, document, entry: JSON.parse(keeper.getItem(key)) });
    } catch {
      // no record of ours
    }
  }
  return found;
}

// corrections.json

function buildCorrections() {
  const judged = items.filter((item) => item.entry).map((item) => ({ document: item.document, entry: item.entry }));
  const entries = [...judged, ...unfit.filter((one) => one.document !== null)].map(({ document, entry }) => ({ document, ...entry }));
  const times = entries.map((entry) => entry.when).filter(Boolean).sort();
  return {
    schema: SCHEMA,
    tool: DATA.tool,
    reviewer: recall(`${KEPT}who`) || reviewer || null,
    reason: recall(`${KEPT}why`) || reason || null,
    created: times[0] ?? null,
    saved: new Date().toISOString(),
    sample: DATA.sample,
    documents: DATA.documents,
    entries,
  };
}

let reviewer = "";
let reason = "";

function download() {
  const blob = new Blob([writeJson(buildCorrections()) + "\n"], { type: "application/json" });
  const link = el("a", { href: URL.createObjectURL(blob), download: "corrections.json" });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// Gives how many fit; throws where the text is no corrections.json.
function load(text) {
  const file = parseJson(text.replace(/^\uFEFF/, ""));
  if (file?.schema !== SCHEMA || !Array.isArray(file.entries) || !Array.isArray(file.documents)) throw new Error("schema");
  const own = file.documents.map(({ sha256, source }) => {
    const same = DATA.documents.findIndex((one) => sha256 && one.sha256 === sha256);
    return same >= 0 ? same : DATA.documents.findIndex((one) => one.source === source);
  });
  const strange = unfit.length;
  const known = [];
  for (const raw of file.entries) {
    const { document, ...entry } = raw;
    if (!isEntry(entry)) throw new Error("entry");
    if (file.reviewer && !entry.who && file.reviewer !== (recall(`${KEPT}who`) ?? "")) entry.who = file.reviewer;
    if (own[document] >= 0) known.push({ entry, document: own[document], key: null });
    else unfit.push({ key: null, entry, document: null, problem: "report", item: null, now: [], source: file.documents[document]?.source });
  }
  const { step, fitted } = takeUp(known, { store: true });
  if (step.length) undos.push(step);
  afterChanges(step.map(({ item }) => item));
  return { fitted, unfitted: unfit.length - strange };
}

const VERDICTS = { fact: ["right", "wrong", "edited"], non_fact: ["right", "missed"], selection: ["missed"] };

const MAY_BE_NULL = ["value_to", "change", "period", "basis", "scope"];

function isValue(field, value) {
  if (value === null) return MAY_BE_NULL.includes(field);
  if (field in CHOICES) return CHOICES[field].includes(value);
  return SHOWN.includes(field) && typeof value === "string" && (NUMBER.test(value) || !DECIMALS.includes(field));
}

// What a file says is shown and kept, so it must have the types that the schema asks for.
function isEntry(entry) {
  const text = (value) => value === null || value === undefined || typeof value === "string";
  const fields = entry?.fields ?? {};
  return (
    entry !== null &&
    Object.hasOwn(VERDICTS, entry.of) &&
    VERDICTS[entry.of].includes(entry.verdict) &&
    typeof entry.quote === "string" &&
    [entry.sentence, entry.comment, entry.who, entry.when, entry.fact, entry.locator].every(text) &&
    [entry.block, entry.start, entry.end].every(Number.isInteger) &&
    typeof fields === "object" &&
    Object.entries(fields).every(([field, value]) => isValue(field, value)) &&
    [entry.wrong_fields ?? [], entry.doubts ?? []].every((list) => Array.isArray(list) && list.every(text))
  );
}
