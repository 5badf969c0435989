// Asking a display to do something: to flash, so that somebody finds it, and to start again.

import { act } from "../staff/api.js";
import { hush, say } from "../staff/notice.js";
import { word } from "../staff/words.js";

/** How long a button waits for the second press that confirms. */
const CONFIRM_WITHIN_MS = 5000;

/** Lets a display flash its name. */
export function identify(display, name) {
  return send(display, "identify", word("devices-identify"), word("devices-identify-done", { display: name }));
}

/** Lets a display start again, after a second press of the same button. */
export function restart(button, display, name) {
  if (button.dataset.sure === undefined) return makeSure(button);
  calm(button);
  return send(display, "restart", word("devices-restart"), word("devices-restart-done", { display: name }));
}

function makeSure(button) {
  button.dataset.sure = "";
  button.textContent = word("devices-restart-sure");
  setTimeout(() => calm(button), CONFIRM_WITHIN_MS);
}

function calm(button) {
  delete button.dataset.sure;
  button.textContent = word("devices-restart");
}

async function send(display, wish, action, done) {
  hush();
  const { ok, problem } = await act("POST", `/displays/${encodeURIComponent(display)}/${wish}`);
  if (ok) say(done);
  else say(problem.message || word("staff-unreachable", { action }), "fault");
}
