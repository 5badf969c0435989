// The bar at the top: whether the window is at work, who works there, whether the hall can be heard.

import { mark, part, show, write } from "../staff/dom.js";
import { label } from "../staff/setup.js";
import { state } from "./state.js";
import { now, timeOfDay, timeWithSeconds } from "../staff/time.js";
import { word } from "../staff/words.js";

const header = document.getElementById("staff-bar");
const stale = document.getElementById("stale");

/** Shows the window's state and clerk. */
export function renderHeader() {
  const { mode, clerk_name: clerk } = state.cell.window;
  part(header, "mode").className = `chip ${mode}`;
  write(header, "mode-text", word(`common-mode-${mode}`));
  if (clerk) write(header, "clerk", label(clerk));
}

/** Says when the page is not up to date, and how old what it shows is. */
export function renderConnection() {
  const { connected, staleSince, refused } = state;
  const behind = !connected && state.cell !== null;
  mark(document.body, "behind", behind);
  show(stale, behind || refused !== null || staleSince !== null);
  if (stale.hidden) return;
  // `staleSince` is by this machine's clock, the page shows the hall's.
  const time = staleSince && timeWithSeconds(now() - (Date.now() - staleSince));
  const sentence = time ? word("staff-stale", { time }) : word("staff-reconnecting");
  if (stale.textContent !== (refused ?? sentence)) stale.textContent = refused ?? sentence;
}

/** The hall's time. */
export function renderClock() {
  write(header, "clock", timeOfDay(now()));
}
