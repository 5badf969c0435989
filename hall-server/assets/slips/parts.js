// The parts of the slip as rows, in the order in which they are printed: moved, sized, placed, worded.

import { copy, fillList, mark, part, show, write } from "../staff/dom.js";
import { word, words } from "../staff/words.js";
import { currentParts, edit, limits } from "./draft.js";

/** Everything a slip can say, in the order in which it is offered. */
const KINDS = [
  "hall", "caption", "number", "reprint", "service", "other-services", "class", "ahead", "places",
  "not-before", "time", "last-four", "code", "code-caption", "tip", "text", "rule", "space",
];
/** What may stand on a slip more than once. */
const REPEATED = ["text", "rule", "space"];
/** What every slip must show. */
const NEEDED = ["number", "code"];
/** What has neither letters nor a place. */
const BLANK = ["rule", "space"];

const root = document.getElementById("parts");
const rows = part(root, "rows");
const add = part(root, "add");
const mayEdit = add !== null;

/** Every row belongs to a part; parts are told apart by identity, because two may be alike. */
const keys = new WeakMap();
let made = 0;
/** The row that was touched last: a new part goes below it. */
let touched = null;

function keyOf(it) {
  if (!keys.has(it)) keys.set(it, (made += 1));
  return keys.get(it);
}

/** Shows the draft. */
export function renderParts() {
  fillList(rows, currentParts(), keyOf, makeRow, fillRow);
  if (mayEdit) fillAdd();
}

function makeRow() {
  const row = copy("slip-part");
  const sizes = part(row, "size");
  for (let size = 1; size <= limits.size; size += 1) sizes.append(new Option(`× ${size}`, size));
  for (const control of row.querySelectorAll("button, select, input")) control.disabled = !mayEdit;
  part(row, "name").parentElement.draggable = mayEdit;
  return row;
}

function fillRow(row, it, index) {
  const name = word(`slips-part-${it.what}`);
  write(row, "name", name);
  const about = `slips-about-${it.what}`;
  write(row, "about", words.has(about) ? word(about) : "");
  mark(row, "what", it.what);
  const lettered = !BLANK.includes(it.what);
  show(part(row, "size-field"), it.what !== "rule");
  write(row, "size-label", word(it.what === "code" ? "slips-size-code" : "slips-size"));
  set(part(row, "size"), String(it.size));
  show(part(row, "align"), lettered);
  set(part(row, "align"), it.align);
  show(part(row, "bold-field"), lettered && it.what !== "code");
  part(row, "bold").checked = it.bold;
  show(part(row, "texts"), it.what === "text");
  set(part(row, "zh"), it.text?.zh ?? "");
  set(part(row, "en"), it.text?.en ?? "");
  fillMoves(row, name, index, !NEEDED.includes(it.what));
}

function fillMoves(row, name, index, removable) {
  const place = String(index + 1);
  const buttons = { up: index > 0, down: index < currentParts().length - 1, remove: removable };
  for (const [verb, possible] of Object.entries(buttons)) {
    const button = part(row, verb);
    button.setAttribute("aria-label", word(`slips-${verb}`, { part: name, place }));
    button.title = button.getAttribute("aria-label");
    button.disabled = !mayEdit || !possible;
    mark(button, "never", verb === "remove" && !removable);
  }
}

/** Writes only what differs, so that the cursor stays where somebody types. */
function set(control, value) {
  if (control.value !== value) control.value = value;
}

/** What can be added: everything that is not there yet, and what may be there twice. */
function fillAdd() {
  const present = currentParts().map(({ what }) => what);
  const offered = KINDS.filter((what) => REPEATED.includes(what) || !present.includes(what));
  const options = offered.map((what) => new Option(word(`slips-part-${what}`), what));
  add.replaceChildren(new Option(word("slips-add"), ""), ...options);
  add.disabled = present.length >= limits.parts;
}

function placeOf(row) {
  return [...rows.children].indexOf(row);
}

/** Moves a part; the focus goes with it. */
export function move(from, to) {
  const last = currentParts().length - 1;
  if (to < 0 || to > last || from === to) return;
  const focused = document.activeElement?.dataset.focus;
  edit((parts) => {
    const moved = [...parts];
    moved.splice(to, 0, ...moved.splice(from, 1));
    return moved;
  });
  if (focused) focusIn(rows.children[to], focused);
}

/** Gives the focus to a control of a row, or to its neighbour if it can do nothing there. */
function focusIn(row, name) {
  const wanted = row?.querySelector(`[data-focus="${name}"]`);
  const other = row?.querySelector("button:not(:disabled), select:not(:disabled)");
  (wanted && !wanted.disabled ? wanted : other)?.focus();
  row?.scrollIntoView({ block: "nearest" });
}

function remove(index) {
  edit((parts) => parts.filter((_, place) => place !== index));
  focusIn(rows.children[Math.min(index, rows.children.length - 1)], "remove");
}

/** Changes a part in place: its row stays its own. */
function change(index, fields, step) {
  edit((parts) => {
    const changed = { ...parts[index], ...fields };
    keys.set(changed, keyOf(parts[index]));
    return parts.map((it, place) => (place === index ? changed : it));
  }, step);
}

function addPart(what) {
  const index = touched === null ? currentParts().length : touched + 1;
  const blank = what === "text" ? { text: { zh: "", en: "" } } : {};
  const added = { what, size: 1, align: "left", bold: false, ...blank };
  edit((parts) => parts.toSpliced(index, 0, added));
  touched = index;
  focusIn(rows.children[index], what === "text" ? "zh" : "up");
}

if (mayEdit) {
  rows.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const index = placeOf(button.closest("li"));
    if (button.dataset.part === "up") move(index, index - 1);
    if (button.dataset.part === "down") move(index, index + 1);
    if (button.dataset.part === "remove") remove(index);
  });

  rows.addEventListener("input", ({ target }) => {
    const index = placeOf(target.closest("li"));
    const { text } = currentParts()[index];
    const name = target.dataset.part;
    if (name === "size") change(index, { size: Number(target.value) });
    if (name === "align") change(index, { align: target.value });
    if (name === "bold") change(index, { bold: target.checked });
    if (name !== "zh" && name !== "en") return;
    change(index, { text: { ...text, [name]: target.value } }, `${name}-${index}`);
  });

  rows.addEventListener("keydown", (event) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!event.altKey || !by || event.target.matches("select")) return;
    event.preventDefault();
    const index = placeOf(event.target.closest("li"));
    move(index, index + by);
  });

  rows.addEventListener("focusin", ({ target }) => {
    const row = target.closest("li");
    touched = row ? placeOf(row) : touched;
  });

  add.addEventListener("change", () => {
    if (add.value) addPart(add.value);
  });
}
