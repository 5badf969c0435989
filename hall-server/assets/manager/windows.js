// Every window, zone by zone, as a card that opens the window. Only cards whose window changed are
// written again: a hall may have two hundred.

import { copy, mark, part, show, write, writeOrHide } from "../staff/dom.js";
import { label, serviceName, setup } from "../staff/setup.js";
import { duration, startTimer, stopTimer } from "../staff/time.js";
import { word } from "../staff/words.js";
import { hall } from "./hall.js";
import { openWindowDialog } from "./window-dialog.js";

const root = document.getElementById("windows");
const zones = new Map();
const cards = new Map();

const filters = { zone: part(root, "zone"), mode: part(root, "mode"), text: part(root, "filter") };

for (const { id, name, floor } of setup.zones) {
  filters.zone.append(new Option(`${floor} · ${name}`, id));
}
for (const filter of Object.values(filters)) filter.addEventListener("input", applyFilters);

/** Shows the windows named by `changed` keys. */
export function renderWindows(changed) {
  for (const key of changed) {
    if (!key.startsWith("window/")) continue;
    const cell = hall.cells.get(key);
    if (cell) renderCard(key, cell);
    else forget(key);
  }
  applyFilters();
}

function forget(key) {
  cards.get(key)?.remove();
  cards.delete(key);
}

function renderCard(key, cell) {
  if (!cards.has(key)) cards.set(key, place(copy("window-card"), cell, key));
  const card = cards.get(key);
  mark(card, "mode", cell.mode);
  write(card, "name", label(cell.at.name));
  renderNow(card, cell);
  const clerk = cell.clerk_name ? label(cell.clerk_name) : "";
  write(card, "clerk", clerk).title = clerk;
  write(card, "waiting", String(cell.waiting));
  const mean = cell.figures.mean_service_s;
  write(card, "mean", mean === null ? word("staff-no-figure") : duration(mean * 1000));
}

/** Whom the window has, or why it has nobody. */
function renderNow(card, { mode, current, reason, since }) {
  const state = current?.phase ?? mode;
  write(card, "state", word(`manager-card-${state}`)).className = `chip ${state}`;
  writeOrHide(card, "number", current?.number);
  writeOrHide(card, "reason", !current && reason ? label(reason) : "");
  const timer = part(card, "timer");
  if (current) startTimer(timer, current.since, "duration");
  else if (mode === "paused") startTimer(timer, since, "duration");
  else stopTimer(timer);
}

/** Puts a new card into its zone, windows in the order of their ids. */
function place(card, cell, key) {
  card.dataset.key = key;
  card.addEventListener("click", () => openWindowDialog(cell.at.window));
  const list = part(zoneOf(cell.at), "cards");
  const after = [...list.children].find((other) => compare(other.dataset.key, key) > 0);
  list.insertBefore(card, after ?? null);
  return card;
}

const compare = new Intl.Collator("en", { numeric: true }).compare;

function zoneOf({ zone, zone_name: name, floor }) {
  if (zones.has(zone)) return zones.get(zone);
  const section = copy("zone");
  section.dataset.zone = zone;
  write(section, "name", `${floor} · ${label(name)}`);
  zones.set(zone, section);
  const order = setup.zones.map(({ id }) => id);
  const list = part(root, "zones");
  const after = [...list.children].find((other) => order.indexOf(other.dataset.zone) > order.indexOf(zone));
  list.insertBefore(section, after ?? null);
  return section;
}

function applyFilters() {
  const counts = new Map();
  let visible = 0;
  for (const [key, card] of cards) {
    const cell = hall.cells.get(key);
    const matches = isWanted(cell);
    show(card, matches);
    const count = counts.get(cell.at.zone) ?? { seen: 0, open: 0, all: 0 };
    count.all += 1;
    count.open += cell.mode === "open" ? 1 : 0;
    count.seen += matches ? 1 : 0;
    counts.set(cell.at.zone, count);
    visible += matches ? 1 : 0;
  }
  for (const [zone, section] of zones) {
    const { seen, open, all } = counts.get(zone) ?? { seen: 0, open: 0, all: 0 };
    show(section, seen > 0);
    write(section, "count", word("manager-zone-open", { open, all }));
  }
  write(root, "count", word("manager-count", { count: visible }));
  const none = visible === 0 && cards.size > 0;
  show(part(root, "empty"), none);
  show(part(root, "zones"), !none);
}

function isWanted(cell) {
  const text = filters.text.value.trim().toLowerCase();
  const named = [label(cell.at.name), cell.clerk_name && label(cell.clerk_name), cell.current?.number];
  const texts = [...named, ...cell.services.map(serviceName)];
  return (
    (!filters.zone.value || cell.at.zone === filters.zone.value) &&
    (!filters.mode.value || cell.mode === filters.mode.value) &&
    (!text || texts.some((it) => it?.toLowerCase().includes(text)))
  );
}
