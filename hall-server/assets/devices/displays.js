// Every display as a card, the worst first: whether it is connected, its outputs, what is wrong with them.

import { copy, fillList, mark, part, show, write, writeOrHide } from "../staff/dom.js";
import { label } from "../staff/setup.js";
import { startTimer, stopTimer, timeWithSeconds } from "../staff/time.js";
import { word } from "../staff/words.js";
import { identify, restart } from "./display-acts.js";
import {
  DISPLAY_CHIPS, OUTPUT_CHIPS, displayStateOf, drivesOf, outputName, outputsOf, troublesOf, versionOf, worstDisplayFirst,
} from "./display-state.js";

const root = document.getElementById("devices");
const mayTend = root.dataset.looksOnly === undefined;

/** Shows the displays. */
export function renderDisplays(displays) {
  show(part(root, "displays"), displays.length > 0);
  renderTotals(displays.map(displayStateOf));
  const sorted = displays.toSorted(worstDisplayFirst);
  fillList(part(root, "display-cards"), sorted, ({ display }) => display, makeCard, fillCard);
}

/** How many are well, and how many are not. */
function renderTotals(states) {
  const count = (wanted) => states.filter((state) => state === wanted).length;
  const totals = ["good", "gone", "fault", "unheard"].map((name) => [name, count(name)]);
  const isShown = ([name, value]) => value > 0 || name === "good";
  fillList(part(root, "display-totals"), totals.filter(isShown), ([name]) => name, () => copy("device-total"), (cell, [name, value]) => {
    mark(cell, "state", name === "gone" ? "fault" : name);
    write(cell, "name", word(`devices-display-${name}`));
    write(cell, "value", name === "good" ? word("devices-total-of", { count: value, all: states.length }) : String(value));
  });
}

function makeCard(seen) {
  const card = copy("display-card");
  const { display } = seen;
  for (const name of ["identify", "restart"]) show(part(card, name), mayTend);
  part(card, "identify").addEventListener("click", () => identify(display, label(seen.name)));
  part(card, "restart").addEventListener("click", ({ currentTarget }) => restart(currentTarget, display, label(seen.name)));
  part(card, "more").addEventListener("click", ({ currentTarget }) => toggleOutputs(card, currentTarget));
  part(card, "layout").href = `/walls/${encodeURIComponent(display)}`;
  return card;
}

function fillCard(card, seen) {
  const state = displayStateOf(seen);
  const name = label(seen.name);
  mark(card, "state", state);
  write(card, "name", name);
  write(card, "state", word(`devices-display-${state}`)).className = `chip ${DISPLAY_CHIPS[state]}`;
  fillList(part(card, "troubles"), troublesOf(seen), ({ key }) => key, () => copy("trouble"), fillTrouble);
  const shown = seen.emergency_shown_at;
  writeOrHide(card, "emergency", shown ? word("devices-emergency-shown", { time: timeWithSeconds(shown) }) : "");
  writeOrHide(card, "version", versionOf(seen));
  renderHeard(card, seen);
  renderOutputs(card, seen);
  for (const [button, key] of [["identify", "devices-identify-display"], ["restart", "devices-restart-display"]]) {
    part(card, button).disabled = !seen.connected;
    part(card, button).setAttribute("aria-label", word(key, { display: name }));
  }
  part(card, "layout").setAttribute("aria-label", word("devices-layout-display", { display: name }));
}

function fillTrouble(row, { text, since }) {
  row.dataset.grave = "true";
  write(row, "text", text);
  if (since === null) stopTimer(part(row, "since"));
  else startTimer(part(row, "since"), since, "ago");
}

function renderHeard(card, { heard_at: heard }) {
  write(card, "heard", word(heard === null ? "devices-never-heard" : "devices-heard"));
  if (heard === null) stopTimer(part(card, "heard-ago"));
  else startTimer(part(card, "heard-ago"), heard, "ago");
}

function toggleOutputs(card, button) {
  const open = button.getAttribute("aria-expanded") !== "true";
  button.setAttribute("aria-expanded", String(open));
  show(part(card, "output-rows"), open);
}

/** Every voice, strip and lamp, for when somebody wants to know. */
function renderOutputs(card, seen) {
  const outputs = outputsOf(seen);
  const drives = drivesOf(seen);
  write(card, "drives", drives);
  show(part(card, "more"), drives !== "" || outputs.length > 0);
  part(card, "more").disabled = outputs.length === 0;
  fillList(part(card, "output-rows"), outputs, ({ output, name }) => `${output}/${name}`, () => copy("output-row"), (row, output) =>
    fillOutput(row, output, seen.connected),
  );
}

function fillOutput(row, output, connected) {
  // What a display said that has gone is no longer known.
  const state = connected ? output.state : "unknown";
  write(row, "name", outputName(output));
  write(row, "state", word(`devices-output-${state}`)).className = `chip ${OUTPUT_CHIPS[state]}`;
  const since = part(row, "since");
  if (state === "faulty") startTimer(since, output.since, "ago");
  else stopTimer(since);
  write(row, "about", output.address);
  writeOrHide(row, "fault", connected ? output.fault : "");
}
