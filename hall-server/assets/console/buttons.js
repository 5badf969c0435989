// The main button with the usual next step, and the buttons of every other act. A button that cannot be
// used now stays where it is, so that hands need not look for it.

import { ACTS, usual } from "./acts.js";
import { mayAct, situation, state, undoable } from "./state.js";
import { part, show, write, writeOrHide } from "../staff/dom.js";
import { now } from "../staff/time.js";
import { word } from "../staff/words.js";

const main = document.getElementById("main-act");
const undo = document.getElementById("undo");

/** Shows what can be done now. */
export function renderButtons() {
  renderMain();
  for (const button of document.querySelectorAll("button[data-act]")) {
    const act = ACTS[button.dataset.act];
    button.disabled = !mayAct() || !act.when();
  }
  show(document.querySelector("[data-act=pause]"), state.cell.window.mode !== "paused");
  show(document.querySelector("[data-act=resume]"), state.cell.window.mode === "paused");
  renderUndo();
}

function renderMain() {
  const name = usual();
  main.disabled = !mayAct() || name === null;
  const number = name === "call-next" ? state.cell.next?.ticket.number : undefined;
  write(main, "label", mainLabel(name, number));
  writeOrHide(main, "number", number);
  show(part(main, "key"), name !== null);
}

function mainLabel(name, number) {
  if (state.busy) return word("console-main-busy");
  if (name === null) return word("console-main-waiting");
  if (name !== "call-next") return word(`console-main-${name}`);
  if (situation() !== "serving") return word("console-main-call-next");
  return word(number ? "console-main-finish-and-call" : "console-main-finish");
}

/** What could be taken back, and for how long; written again every second. */
export function renderUndo() {
  const last = state.cell ? undoable() : null;
  show(undo, last !== null);
  if (!last) return;
  const action = word(`console-undo-${last.action}`);
  const seconds = Math.ceil((last.until - now()) / 1000);
  write(undo, "what", word("console-undo-what", { action, number: last.number }));
  write(undo, "left", word("console-undo-left", { seconds }));
}
