// The clerk's console: connects it to the hall and its buttons and keys to what they do.

import { openHelp } from "./help.js";
import { listenToKeys } from "./keys.js";
import { perform } from "./perform.js";
import { render, tick } from "./render.js";
import { mayAct, state } from "./state.js";
import { usual } from "./acts.js";
import { setup } from "../staff/setup.js";
import { keepTimeBy } from "../staff/time.js";
import { connect } from "/assets/js/live.js";

const TICK_MS = 1000;

const live = connect({
  topic: { topic: "console", window: setup.window },
  onCells(cells) {
    const cell = cells.get("console");
    if (cell) take(cell);
  },
  onState({ connected, staleSince, refused }) {
    Object.assign(state, { connected, staleSince, refused });
    render();
  },
});

keepTimeBy(live.serverNow);

/** An answer may have overtaken this cell; the newer window stays. */
function take(cell) {
  const known = state.cell?.window;
  const behind = known && known.revision > cell.window.revision;
  state.cell = behind ? { ...cell, window: known } : cell;
  render();
}

/** The mouse must not leave the space bar on a button that was only clicked. */
function releaseFocus(button) {
  if (!button.matches(":focus-visible")) button.blur();
}

document.getElementById("main-act").addEventListener("click", (event) => {
  releaseFocus(event.currentTarget);
  const name = state.cell && usual();
  if (name) perform(name);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  if (!button) return;
  releaseFocus(button);
  const { act, ticket } = button.dataset;
  perform(act, ticket === undefined ? {} : { ticket: Number(ticket) });
});

document.querySelector("[data-open=help]").addEventListener("click", openHelp);

/** Whoever signs out of their own window closes it first, with a reason. */
const signOut = document.getElementById("sign-out");
signOut.addEventListener("submit", async (event) => {
  const leavesOpen = "own" in signOut.dataset && mayAct() && state.cell.window.mode !== "closed";
  if (!leavesOpen) return;
  event.preventDefault();
  await perform("close");
  if (state.cell.window.mode === "closed") signOut.submit();
});

listenToKeys(openHelp);
setInterval(tick, TICK_MS);
