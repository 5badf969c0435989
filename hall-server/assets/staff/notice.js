// The one calm line that says what became of an action.

import { part, show, write } from "./dom.js";

/** How long a line stays that is only true for the moment. */
export const BRIEFLY_MS = 8000;

// The region itself stays in the page, empty: only then do screen readers announce what comes into it.
const region = document.getElementById("notice");
const box = part(region, "box");
let timer;

/** Says something; a fault stays until the next action, good news goes by itself. */
export function say(message, kind = "done", staysMs = kind === "done" ? BRIEFLY_MS : null) {
  clearTimeout(timer);
  write(box, "text", message);
  box.dataset.kind = kind;
  show(box, true);
  if (staysMs !== null) timer = setTimeout(hush, staysMs);
}

/** Takes the line away. */
export function hush() {
  clearTimeout(timer);
  write(box, "text", "");
  show(box, false);
}

part(box, "dismiss").addEventListener("click", hush);
