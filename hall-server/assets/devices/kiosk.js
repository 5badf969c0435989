// One kiosk, whole: who asks for help there, each device with its condition, its figures and its tests.

import { copy, fillList, part, show, write } from "../staff/dom.js";
import { label } from "../staff/setup.js";
import { startTimer, stopTimer } from "../staff/time.js";
import { word } from "../staff/words.js";
import {
  CHIPS, aboutOf, chipOf, countersOf, deviceName, devicesOf, figuresOf, heardOf, stateOf,
} from "./state.js";
import { TESTS_OF, askTest, helpGiven, renderResult } from "./tests.js";

const mayTest = document.getElementById("devices").dataset.looksOnly === undefined;

/** The card of a kiosk. */
export function makeKiosk({ kiosk }) {
  const card = copy("kiosk-full");
  show(card.querySelector("[data-test=blink]"), mayTest);
  show(part(card, "help-done"), mayTest);
  part(card, "help-done").addEventListener("click", () => helpGiven(kiosk));
  card.addEventListener("click", ({ target }) => {
    const test = target.closest("[data-test]")?.dataset.test;
    if (test) askTest(kiosk, test);
  });
  return card;
}

/** Shows a kiosk in its card. */
export function renderKiosk(card, kiosk) {
  const state = stateOf(kiosk);
  card.dataset.state = state;
  write(card, "name", label(kiosk.name));
  write(card, "state", word(`devices-state-${state}`)).className = `chip ${CHIPS[state]}`;
  renderHeard(card, kiosk);
  renderHelp(card, kiosk.help_since);
  const devices = devicesOf(kiosk);
  show(part(card, "no-devices"), devices.length === 0);
  // Each device is a row of its own kind; a kiosk has at most one of each.
  fillList(part(card, "devices"), devices, ({ device }) => device, makeDevice, (row, device) =>
    renderDevice(row, device, kiosk),
  );
  write(card, "figures", figuresOf(kiosk));
  renderResult(card.querySelector(".kiosk-foot .test-line"), kiosk.tests, ["blink"]);
  card.querySelector("[data-test=blink]").disabled = !isThere(kiosk);
}

/** When it was last heard, and how long ago that is. */
export function renderHeard(card, kiosk) {
  write(card, "heard", heardOf(kiosk));
  const ago = part(card, "heard-ago");
  if (kiosk.heard_at === null) stopTimer(ago);
  else startTimer(ago, kiosk.heard_at, "ago");
}

function isThere({ heard_at: heard, silent }) {
  return heard !== null && !silent;
}

function renderHelp(card, since) {
  show(part(card, "help"), since !== null);
  if (since === null) stopTimer(part(card, "help-since"));
  else startTimer(part(card, "help-since"), since, "ago");
}

function makeDevice({ device }) {
  const row = copy("device-row");
  const tests = mayTest ? (TESTS_OF[device] ?? []) : [];
  const buttons = tests.map((test) => {
    const button = copy("device-test");
    button.dataset.test = test;
    button.textContent = word(`devices-test-${test}`);
    return button;
  });
  part(row, "tests").append(...buttons);
  return row;
}

function renderDevice(row, device, kiosk) {
  row.dataset.grave = chipOf(device);
  write(row, "name", deviceName(device.device));
  // What a silent kiosk said of its devices is no longer known.
  const known = isThere(kiosk);
  const condition = known ? device.condition : "unknown";
  const chip = write(row, "condition", word(`devices-condition-${condition}`));
  chip.className = `chip ${known ? chipOf(device) : "closed"}`;
  startTimer(part(row, "since"), device.since, "ago");
  show(part(row, "since"), known && device.condition !== "ready");
  write(row, "about", aboutOf(device));
  write(row, "counters", countersOf(device));
  renderResult(part(row, "result"), kiosk.tests, TESTS_OF[device.device] ?? []);
  for (const button of row.querySelectorAll("button")) button.disabled = !known;
}
