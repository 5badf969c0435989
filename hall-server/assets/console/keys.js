// Keys: the space bar does the usual next step, a letter does its act. Letters can be switched off for
// those who dictate or use switches; the choice stays on this machine.

import { ACTS, actForKey, usual } from "./acts.js";
import { perform } from "./perform.js";
import { state } from "./state.js";
import { isAsking } from "../staff/dialog.js";

const SWITCH = "console-letters";

/** Whether single letters are shortcuts. */
export function lettersOn() {
  return localStorage.getItem(SWITCH) !== "off";
}

/** Switches single letters on or off. */
export function switchLetters(on) {
  localStorage.setItem(SWITCH, on ? "on" : "off");
}

/** Starts listening. `openHelp` shows the list of keys. */
export function listenToKeys(openHelp) {
  document.addEventListener("keydown", (event) => {
    if (ignored(event) || !state.cell) return;
    const done = event.key === " " ? pressSpace(event) : pressLetter(event, openHelp);
    if (done) event.preventDefault();
  });
}

function ignored(event) {
  const typing = event.target.closest("input, textarea, select, dialog");
  return event.repeat || event.ctrlKey || event.altKey || event.metaKey || typing || isAsking();
}

/** A button that was reached by Tab keeps its own space bar. */
function pressSpace(event) {
  const button = event.target.closest("button, a, summary");
  if (button?.matches(":focus-visible")) return false;
  const name = usual();
  if (name) perform(name);
  return true;
}

function pressLetter(event, openHelp) {
  if (event.key === "?") {
    openHelp();
    return true;
  }
  const name = lettersOn() ? actForKey(event.key.toUpperCase()) : null;
  if (!name || !ACTS[name]) return false;
  perform(name);
  return true;
}
