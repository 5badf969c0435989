// Doing something on the displays' page: sends it, says what came of it, and has the page look again.

import { act } from "../staff/api.js";
import { hush, say } from "../staff/notice.js";
import { word } from "../staff/words.js";

let tell = () => {};

/** Calls `listener` after everything that was done. */
export function whenChanged(listener) {
  tell = listener;
}

/** Does something; says `done` once it is done, or why it is not. Without `done` the page itself shows it. */
export async function perform(method, path, body, done = "") {
  const refused = await attempt(method, path, body, done);
  if (refused) say(refused, "fault");
}

/** The same for a form, which keeps what was typed: gives the sentence of a refusal, or nothing. */
export async function attempt(method, path, body, done = "") {
  hush();
  const { ok, problem } = await act(method, path, body);
  if (ok && done) say(done);
  tell();
  return ok ? "" : problem.message || word("walls-unreachable");
}
