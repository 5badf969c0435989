// Asking a kiosk to do something, and saying what came of it.

import { act } from "../staff/api.js";
import { say } from "../staff/notice.js";
import { timeWithSeconds } from "../staff/time.js";
import { word } from "../staff/words.js";

/** What each device can be asked to do. */
export const TESTS_OF = {
  printer: ["print-slip", "new-roll"],
  "card-reader": ["read-card"],
  scanner: ["scan-code"],
  speaker: ["speak"],
};

let look = () => {};

/** Calls `listener` after something was asked for, so that the page shows it at once. */
export function whenAsked(listener) {
  look = listener;
}

/** Asks a kiosk for a test. */
export async function askTest(kiosk, test) {
  const path = `/kiosks/${encodeURIComponent(kiosk)}/tests`;
  const { ok, problem } = await act("POST", path, { test });
  if (!ok) refused(problem, word(`devices-test-${test}`));
  look();
}

/** Says that somebody is looking after a kiosk. */
export async function helpGiven(kiosk) {
  const { ok, problem } = await act("DELETE", `/kiosks/${encodeURIComponent(kiosk)}/help`);
  if (!ok) refused(problem, word("devices-help-done"));
  look();
}

function refused({ message }, action) {
  say(message || word("staff-unreachable", { action }), "fault");
}

/** Writes into `line` what came of the latest of these tests. `tests` has the latest first. */
export function renderResult(line, tests, names) {
  const latest = tests.find(({ test }) => names.includes(test));
  line.dataset.finding = latest ? outcomeOf(latest) : "";
  if (!latest) {
    line.textContent = "";
    return;
  }
  const test = word(`devices-test-${latest.test}`);
  const time = timeWithSeconds(latest.ended_at ?? latest.asked_at);
  const text = word(`devices-finding-${outcomeOf(latest)}`, { test, time });
  if (line.textContent !== text) line.textContent = text;
}

/** How a test came out; `waiting` while it is being done, `lost` if the kiosk never said. */
function outcomeOf({ finding, ended_at: ended }) {
  return finding ?? (ended === null ? "waiting" : "lost");
}
