// What the duty manager's page knows: the latest cells, and whether the hall can be heard.

import { mark, show } from "../staff/dom.js";
import { now, timeWithSeconds } from "../staff/time.js";
import { word } from "../staff/words.js";

const stale = document.getElementById("stale");
const page = document.querySelector(".manager");

/** The one state of this page. */
export const hall = { cells: new Map(), connected: false };

/** Every cell whose key begins with a prefix, such as `window/`. */
export function cellsOf(prefix) {
  return [...hall.cells].filter(([key]) => key.startsWith(prefix)).map(([, cell]) => cell);
}

/** Whether the reader may act now. */
export function mayAct() {
  return hall.connected && page.dataset.looksOnly === undefined;
}

/** Says when the page is not up to date, and how old what it shows is. */
export function renderConnection({ connected, staleSince, refused }) {
  hall.connected = connected;
  const behind = !connected && hall.cells.size > 0;
  mark(document.body, "behind", behind);
  show(stale, behind || refused !== null || staleSince !== null);
  if (stale.hidden) return;
  // `staleSince` is by this machine's clock, the page shows the hall's.
  const time = staleSince && timeWithSeconds(now() - (Date.now() - staleSince));
  const sentence = refused ?? (time ? word("staff-stale", { time }) : word("staff-reconnecting"));
  if (stale.textContent !== sentence) stale.textContent = sentence;
}
