// Carrying an act out: ask if it asks, send it once, say what became of it.

import { ACTS } from "./acts.js";
import { render } from "./render.js";
import { mayAct, state } from "./state.js";
import { act, get } from "../staff/api.js";
import { BRIEFLY_MS, hush, say } from "../staff/notice.js";
import { word } from "../staff/words.js";

/** After this long without an answer the page says that it is still asking. */
const SLOW_AFTER_MS = 400;

/** Does an act by name; `preset` answers some of its questions beforehand. */
export async function perform(name, preset = {}) {
  const wanted = ACTS[name];
  if (!mayAct()) return;
  if (!wanted.when()) {
    say(word(`console-cannot-${name}`), "fault", BRIEFLY_MS);
    return;
  }
  const seen = state.cell.window.revision;
  const body = wanted.ask ? await wanted.ask(preset) : { ...preset };
  // The connection may have gone, or another action begun, while the question stood open.
  if (body === null || !mayAct()) return;
  const path = wanted.path(body);
  await send(name, path, wanted.seen ? { ...body, seen } : withoutTicket(body));
}

/** A ticket's own acts name it in the address. */
function withoutTicket({ ticket: _, ...rest }) {
  return rest;
}

async function send(name, path, body) {
  hush();
  state.busy = true;
  const slow = setTimeout(render, SLOW_AFTER_MS);
  const answer = await act("POST", path, body);
  clearTimeout(slow);
  state.busy = false;
  if (answer.ok) takeReceipt(answer.data);
  else await explain(name, answer);
  render();
}

/** The receipt is newer than the last cell: the window shows it at once, the rest follows by itself. */
function takeReceipt(receipt) {
  const window = receipt?.window;
  if (window && window.revision > state.cell.window.revision) {
    state.cell = { ...state.cell, window };
  }
}

async function explain(name, { status, problem }) {
  if (problem.code === "stale-page") {
    await reload();
    say(word("console-refreshed"), "hint");
  } else if (status === 401) {
    location.assign("/sign-in");
  } else if (problem.code === "unreachable") {
    say(word("staff-unreachable", { action: word(`console-act-${name}`) }), "fault");
  } else {
    say(problem.message || word("staff-failed"), "fault");
  }
}

/** Gets the console afresh, for when the page was behind. */
async function reload() {
  const window = encodeURIComponent(state.cell.window.at.window);
  const answer = await get(`/windows/${window}/console`);
  if (answer.ok) state.cell = answer.data;
}
