// What has become of the call: how many screens, voices, strips and lamps have given it out, and which have
// not. While all goes well that is one quiet line.

import { copy, fillList, mark, part, show, write, writeOrHide } from "../staff/dom.js";
import { label } from "../staff/setup.js";
import { now, timeWithSeconds } from "../staff/time.js";
import { state } from "./state.js";
import { word } from "../staff/words.js";

/** How long each may take before it counts as missing; a voice has other calls to say first. */
const PATIENCE_MS = { shown: 5000, spoken: 25_000, strip: 5000, lamp: 5000 };
/** What is missing is named up to this many; the rest is among the details. */
const NAMED = 3;
/** How each stands, the best first. */
const ICONS = { given: "check", pending: "clock", late: "warn", faulty: "warn", gone: "warn" };

const root = document.getElementById("given");

/** Shows what has become of the call of `visitor`, the one who is here or called. */
export function renderGiven(visitor) {
  const shown = visitor?.phase === "called" ? state.cell.shown : null;
  show(root, Boolean(shown));
  if (!shown) return;
  const outputs = shown.outputs.map((it) => ({ ...it, state: stateOf(it, visitor.since) }));
  const given = outputs.filter((it) => it.state === "given");
  const missing = missingOf(outputs);
  const nowhere = given.length === 0 && outputs.every((it) => it.gone || it.faulty);
  show(part(root, "details"), outputs.length > 0);
  mark(root, "complete", given.length === outputs.length);
  write(root, "sum", word("console-shown", { given: given.length, all: outputs.length }));
  const { spoken_at: spoken } = shown;
  writeOrHide(root, "spoken", spoken ? word("console-spoken", { time: timeWithSeconds(spoken) }) : "");
  writeOrHide(root, "nowhere", nowhere ? word("console-shown-nowhere") : "");
  fillList(part(root, "missing"), missing.slice(0, NAMED), (it) => it.key, () => copy("given-missing"), fillMissing);
  const more = missing.length - NAMED;
  writeOrHide(root, "more", more > 0 ? word("console-missing-more", { count: more }) : "");
  fillList(part(root, "outputs"), outputs.toSorted(missingFirst), keyOf, () => copy("given-row"), fillOutput);
}

/** `given`, `gone` with its display, `faulty`, `late`, or `pending` while it may still come. */
function stateOf({ at, gone, faulty, output }, calledAt) {
  if (at !== null) return "given";
  if (gone) return "gone";
  if (faulty) return "faulty";
  return now() - calledAt > PATIENCE_MS[output] ? "late" : "pending";
}

function missingFirst(a, b) {
  return Object.keys(ICONS).indexOf(b.state) - Object.keys(ICONS).indexOf(a.state);
}

function keyOf({ output, display }) {
  return `${output}/${display}`;
}

/** What is missing, each display that has gone once. */
function missingOf(outputs) {
  const missing = outputs.filter((it) => !["given", "pending"].includes(it.state));
  const named = missing.map((it) => ({ key: it.state === "gone" ? it.display : keyOf(it), text: reasonOf(it) }));
  return [...new Map(named.map((it) => [it.key, it])).values()];
}

function reasonOf({ state, name, output }) {
  return word(`console-missing-${state}`, { name: label(name), output: word(`console-output-${output}`) });
}

function fillMissing(chip, { text }) {
  write(chip, "text", text);
}

function fillOutput(row, { output, name, state, at }) {
  mark(row, "state", state);
  part(row, "icon").setAttribute("href", `#icon-${ICONS[state]}`);
  write(row, "output", word(`console-output-${output}`));
  write(row, "name", label(name));
  write(row, "at", at === null ? word(`console-given-${state}`) : timeWithSeconds(at));
}
