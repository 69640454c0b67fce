// Exact decimals, as texts: 238.60 stays 238.60, and 18万 typed by a person becomes 180000.
const DECIMALS = ["value", "value_to", "change"];
const POWERS = { 十: 1, 百: 2, 千: 3, 万: 4, 亿: 8 };
const NUMBER = /^([+-]?)(\d+)(?:\.(\d+))?$/;

// Move the point: shift("3.5", 4) is "35000".
function shift(text, power) {
  const [, sign, whole, rest = ""] = NUMBER.exec(text);
  let digits = whole + rest;
  let point = whole.length + power;
  if (point <= 0) {
    digits = "0".repeat(1 - point) + digits;
    point = 1;
  }
  digits = digits.padEnd(point, "0");
  const before = digits.slice(0, point).replace(/^0+(?=\d)/, "");
  const after = digits.slice(point);
  return (sign === "-" ? "-" : "") + before + (after ? "." + after : "");
}

// What JSON has: 1e5, -3.50.
function readJsonNumber(text) {
  const [number, power = "0"] = text.toLowerCase().split("e");
  return NUMBER.test(number) ? shift(number, Number(power)) : null;
}

// What a person types: 1,200 or １２００ or 3.2万亿. Null where it is no number.
function readNumber(typed) {
  const plain = typed.normalize("NFKC").replace(/[,\s，]/g, "").replace(/^[-−–]/, "-");
  const found = /^([+-]?\d+(?:\.\d+)?)([十百千万亿]*)$/.exec(plain);
  if (!found) return null;
  return [...found[2]].reduce((number, power) => shift(number, POWERS[power]), shift(found[1], 0));
}

const trim = (text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text).replace(/^\+/, "");

function same(field, one, other) {
  if (DECIMALS.includes(field) && one !== null && other !== null && one !== undefined && other !== undefined)
    return trim(String(one)) === trim(String(other));
  return (one ?? "") === (other ?? "");
}

const negate = (text) => (text.startsWith("-") ? text.slice(1) : "-" + text);

// JSON with a decimal's own digits; `field` is the key that a value stands at.
function writeJson(value, field = "", indent = "") {
  if (Array.isArray(value)) return writeList("[", "]", value.map((one) => writeJson(one, "", indent + "  ")), indent);
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value);
    const lines = entries.map(([key, one]) => `${JSON.stringify(key)}: ${writeJson(one, key, indent + "  ")}`);
    return writeList("{", "}", lines, indent);
  }
  if (typeof value === "string" && DECIMALS.includes(field) && NUMBER.test(value)) return value.replace(/^\+/, "");
  return JSON.stringify(value ?? null);
}

function writeList(open, close, lines, indent) {
  if (!lines.length) return open + close;
  return `${open}\n${indent}  ${lines.join(`,\n${indent}  `)}\n${indent}${close}`;
}

// Decimals as texts again, digit by digit where the browser tells how a number was written.
function parseJson(text) {
  return JSON.parse(text, (key, value, told) => {
    if (typeof value !== "number" || !DECIMALS.includes(key)) return value;
    return readJsonNumber(told?.source ?? String(value));
  });
}

// Offsets count code points; a script's texts count halves of pairs.
const countPoints = (text) => [...text].length;
function cutPoints(text, start, end) {
  return [...text].slice(start, end).join("");
}
