// Every kiosk as a card, the worst first. Few kiosks are shown whole; of many each card says what matters,
// and opens the whole.

import { copy, fillList, part, show, write, writeOrHide } from "../staff/dom.js";
import { joined, label } from "../staff/setup.js";
import { startTimer } from "../staff/time.js";
import { word } from "../staff/words.js";
import { makeKiosk, renderHeard, renderKiosk } from "./kiosk.js";
import {
  CHIPS, deviceName, devicesOf, isFault, shortFiguresOf, stateOf, troubleOf, worstFirst,
} from "./state.js";

/** Up to this many kiosks are shown whole. */
const FEW = 4;

const root = document.getElementById("devices");
const dialog = document.getElementById("kiosk");
let kiosks = [];
let opened = null;

/** Shows the kiosks. */
export function renderKiosks(all) {
  kiosks = all.toSorted(worstFirst);
  const few = kiosks.length <= FEW;
  root.dataset.few = String(few);
  show(part(root, "empty"), kiosks.length === 0);
  show(part(root, "kiosks-head"), kiosks.length > 0);
  renderTotals();
  const list = part(root, "kiosks");
  if (few) fillList(list, kiosks, ({ kiosk }) => kiosk, makeKiosk, renderKiosk);
  else fillList(list, kiosks, ({ kiosk }) => kiosk, makeShort, renderShort);
  if (opened !== null) renderDialog();
}

/** How many are well, and how many are not. */
function renderTotals() {
  const states = kiosks.map(stateOf);
  const count = (...wanted) => states.filter((state) => wanted.includes(state)).length;
  const totals = [
    ["good", count("good"), kiosks.length],
    ["fault", count("fault", "silent")],
    ["help", kiosks.filter(({ help_since: since }) => since !== null).length],
    ["low", count("low")],
    ["unheard", count("unheard")],
  ];
  const isShown = ([name, value]) => kiosks.length > 0 && (value > 0 || name === "good");
  fillList(part(root, "totals"), totals.filter(isShown), ([name]) => name, () => copy("device-total"), fillTotal);
}

function fillTotal(cell, [name, value, all]) {
  cell.dataset.state = name;
  write(cell, "name", word(`devices-total-${name}`));
  write(cell, "value", all === undefined ? String(value) : word("devices-total-of", { count: value, all }));
}

function makeShort({ kiosk }) {
  const card = copy("kiosk-short");
  part(card, "open").addEventListener("click", () => open(kiosk));
  return card;
}

function renderShort(card, kiosk) {
  const state = stateOf(kiosk);
  const name = label(kiosk.name);
  card.dataset.state = state;
  write(card, "name", name);
  write(card, "state", word(`devices-state-${state}`)).className = `chip ${CHIPS[state]}`;
  renderHeard(card, kiosk);
  fillList(part(card, "troubles"), troubles(kiosk), ({ text }) => text, () => copy("trouble"), fillTrouble);
  const devices = kiosk.silent ? [] : devicesOf(kiosk);
  writeOrHide(card, "fine", fineOf(devices));
  writeOrHide(card, "figures", kiosk.silent ? "" : shortFiguresOf(kiosk));
  write(card, "open", word("devices-open")).setAttribute("aria-label", word("devices-open-kiosk", { kiosk: name }));
}

/** Which devices are well. */
function fineOf(devices) {
  const fine = devices.filter(({ condition }) => condition === "ready").map(({ device }) => deviceName(device));
  if (fine.length === 0) return "";
  if (fine.length === devices.length) return word("devices-all-fine", { count: fine.length });
  return word("devices-fine", { devices: joined(fine) });
}

/** What is to be done about a kiosk. */
function troubles(kiosk) {
  const help = kiosk.help_since === null ? [] : [{ text: word("devices-help-wanted"), since: kiosk.help_since }];
  if (kiosk.silent) return help;
  const devices = devicesOf(kiosk).filter(({ condition }) => condition !== "ready");
  return [...help, ...devices.map((it) => ({ text: troubleOf(it), since: it.since, grave: isFault(it) }))];
}

function fillTrouble(row, { text, since, grave }) {
  row.dataset.grave = String(Boolean(grave));
  write(row, "text", text);
  startTimer(part(row, "since"), since, "ago");
}

function open(kiosk) {
  opened = kiosk;
  renderDialog();
  dialog.showModal();
}

function renderDialog() {
  const shown = kiosks.filter(({ kiosk }) => kiosk === opened);
  fillList(part(dialog, "holder"), shown, ({ kiosk }) => kiosk, makeKiosk, renderKiosk);
}

part(dialog, "done").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => {
  opened = null;
});
