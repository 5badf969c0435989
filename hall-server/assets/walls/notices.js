// Notices: those that are shown or planned, those that are over, and putting one up.

import { copy, fillList, mark, part, show, write } from "../staff/dom.js";
import { joined, label } from "../staff/setup.js";
import { word } from "../staff/words.js";
import { perform } from "./changed.js";
import { moment } from "./moment.js";
import { openNoticeForm } from "./notice-form.js";

const SHAPES = { shown: "open", planned: "waiting", over: "closed" };

const root = document.getElementById("notices");
const mayAct = part(root, "new") !== null;
const nameOf = ({ name, clerk }) => (name ? label(name) : clerk);
let displays = [];

/** Shows the notices. */
export function renderNotices(notices, seen) {
  displays = seen;
  const over = notices.filter(({ state }) => state === "over");
  const open = notices.filter(({ state }) => state !== "over");
  fillList(part(root, "rows"), open, ({ id }) => id, makeRow, fillRow);
  show(part(root, "none"), open.length === 0);
  show(part(root, "over"), over.length > 0);
  write(root, "over-head", word("walls-notices-over", { count: over.length }));
  fillList(part(root, "over-rows"), over, ({ id }) => id, makeRow, fillRow);
}

function makeRow(notice) {
  const row = copy("posted");
  const title = label(notice.title);
  part(row, "again").setAttribute("aria-label", word("walls-notice-again-this", { title }));
  part(row, "end").setAttribute("aria-label", word("walls-notice-end-this", { title }));
  part(row, "again").addEventListener("click", () => openNoticeForm(displays, notice));
  part(row, "end").addEventListener("click", () =>
    perform("DELETE", `/notices/${notice.id}`, {}, word("walls-notice-ended")));
  return row;
}

function fillRow(row, notice) {
  const { title, text, state, ended } = notice;
  mark(row, "state", state);
  write(row, "title", label(title));
  write(row, "text", label(text));
  write(row, "state", word(`walls-notice-${state}`)).className = `chip ${SHAPES[state]}`;
  write(row, "when", when(notice));
  write(row, "where", where(notice));
  const by = { name: nameOf(ended ?? notice.posted), time: ended && moment(ended.at) };
  write(row, "who", word(ended ? "walls-notice-ended-by" : "walls-notice-posted", by));
  show(part(row, "again"), mayAct && state === "over");
  show(part(row, "end"), mayAct && state !== "over");
}

function when({ from, until }) {
  const times = { from: moment(from), until: until && moment(until) };
  return word(until ? "walls-notice-from-until" : "walls-notice-from-open", times);
}

function where({ displays: ids }) {
  if (ids.length === 0) return word("walls-notice-everywhere");
  const names = new Map(displays.map(({ display, name }) => [display, label(name)]));
  return joined(ids.map((id) => names.get(id) ?? id));
}

part(root, "new")?.addEventListener("click", () => openNoticeForm(displays));
