// Doing something as the duty manager: once, and saying what became of it.

import { act } from "../staff/api.js";
import { hush, say } from "../staff/notice.js";
import { word } from "../staff/words.js";

/** Posts (or puts) an act, says what became of it and resolves to whether it was done. `name` is for people. */
export async function perform(name, path, body = {}, method = "POST") {
  const fault = await attempt(name, path, body, method);
  if (fault !== null) say(fault, "fault");
  return fault === null;
}

/** The same for a dialog that stays open over a refusal: resolves to the sentence why not, or to `null`. */
export async function attempt(name, path, body = {}, method = "POST") {
  hush();
  const { ok, status, problem } = await act(method, path, body);
  if (ok) say(word("manager-done", { action: name }));
  else if (status === 401) location.assign("/sign-in");
  return ok ? null : sentenceOf(problem, name);
}

function sentenceOf({ code, message }, name) {
  if (code === "unreachable") return word("staff-unreachable", { action: name });
  return message || word("staff-failed");
}

/** The address of a window's act. */
export function ofWindow(window, verb) {
  return `/windows/${encodeURIComponent(window)}/${verb}`;
}

/** The address of a service's act. */
export function ofService(service, verb) {
  return `/services/${encodeURIComponent(service)}/${verb}`;
}

/** The address of a ticket's act. */
export function ofTicket(ticket, verb) {
  return `/tickets/${ticket}/${verb}`;
}

/** The page of a ticket by its number. */
export function ticketPage(number) {
  return `/manager/tickets/${encodeURIComponent(number)}`;
}
