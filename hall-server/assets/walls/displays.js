// Every display in a row: whether it is there, what kind it is, and the way to its layout.

import { copy, fillList, part, show, write } from "../staff/dom.js";
import { ask } from "../staff/dialog.js";
import { label, setup } from "../staff/setup.js";
import { now } from "../staff/time.js";
import { word } from "../staff/words.js";
import { attempt, perform } from "./changed.js";
import { moment } from "./moment.js";

/** From so many displays on they can be narrowed by typing. */
const MANY = 9;
const IDENTIFY_S = 20;

const page = document.getElementById("walls");
const root = document.getElementById("displays");
const filter = part(root, "filter");
const mayAct = page.dataset.looksOnly === undefined;
const mayEdit = page.dataset.edits !== undefined;
const windows = new Map(setup.windows.map(({ id, name }) => [id, name]));
let displays = [];

/** Shows the displays. */
export function renderDisplays(seen) {
  displays = seen;
  const connected = displays.filter((it) => it.connected).length;
  write(root, "count", word("walls-connected-of", { connected, count: displays.length }));
  show(filter, displays.length > MANY);
  render();
}

function render() {
  const wanted = filter.value.trim().toLowerCase();
  const shown = displays.filter((it) => textOf(it).includes(wanted));
  fillList(part(root, "rows"), shown, ({ display }) => display, makeRow, fillRow);
  show(root.querySelector("table"), shown.length > 0);
  show(part(root, "empty"), shown.length === 0);
  write(root, "empty-text", word(displays.length ? "walls-no-match" : "walls-displays-none"));
}

function textOf(seen) {
  return `${seen.name.zh} ${seen.name.en} ${seen.display} ${kindOf(seen.layout)}`.toLowerCase();
}

function makeRow(seen) {
  const row = copy("display-row");
  const { display } = seen;
  const name = label(seen.name);
  const address = `/walls/${encodeURIComponent(display)}`;
  for (const link of ["name", "edit"]) part(row, link).href = address;
  const act = mayEdit ? "edit" : "look";
  write(row, "edit", word(`walls-${act}`)).setAttribute("aria-label", word(`walls-${act}-display`, { name }));
  for (const verb of ["identify", "restart"]) {
    show(part(row, verb), mayAct);
    part(row, verb).setAttribute("aria-label", word(`walls-${verb}-display`, { name }));
  }
  part(row, "identify").addEventListener("click", () => identify(display, name));
  part(row, "restart").addEventListener("click", () => restart(display, name));
  return row;
}

function fillRow(row, seen) {
  write(row, "name", label(seen.name));
  write(row, "saved", savedBy(seen));
  const flashes = (seen.identify_until ?? 0) > now();
  const state = flashes ? "identifying" : seen.connected ? "connected" : "gone";
  const shape = { identifying: "called", connected: "open", gone: "closed" }[state];
  write(row, "state", word(`walls-${state}`)).className = `chip ${shape}`;
  write(row, "kind", kindOf(seen.layout));
  for (const verb of ["identify", "restart"]) part(row, verb).disabled = !seen.connected;
}

function kindOf({ kind, window }) {
  const name = windows.get(window);
  const of = name && word("walls-window-name", { name });
  return kind === "window" && of ? word("walls-kind-window-of", { window: of }) : word(`walls-kind-${kind}`);
}

function savedBy({ revision, saved }) {
  if (!saved) return word("walls-never-saved");
  const name = saved.name ? label(saved.name) : saved.clerk;
  return word("walls-saved-by", { revision, name, time: moment(saved.at) });
}

function identify(display, name) {
  const path = `/displays/${encodeURIComponent(display)}/identify`;
  perform("POST", path, { seconds: IDENTIFY_S }, word("walls-identified", { name, seconds: IDENTIFY_S }));
}

function restart(display, name) {
  ask({
    title: word("walls-restart-title", { name }),
    lead: word("walls-restart-lead"),
    confirm: word("walls-restart-confirm"),
    fields: [],
    send: () =>
      attempt("POST", `/displays/${encodeURIComponent(display)}/restart`, {}, word("walls-restarted", { name })),
  });
}

filter.addEventListener("input", render);
