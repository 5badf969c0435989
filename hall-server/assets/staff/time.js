// Times on staff pages: the hall's clock in the hall's zone, lengths of time as people say them, and
// timers that run on by themselves.

import { setup } from "./setup.js";
import { word } from "./words.js";
import { duration, inZone } from "/assets/js/time.js";

const MINUTE_MS = 60_000;

const zone = inZone(setup.time_zone);
let source = Date.now;

/** From now on the hall's own clock counts, not this machine's. */
export function keepTimeBy(serverNow) {
  source = serverNow;
}

/** The hall's time. */
export function now() {
  return source();
}

/** A time of day: `09:31`. */
export function timeOfDay(at) {
  return zone.clock(at);
}

/** A time of day to the second: `09:31:05`. */
export function timeWithSeconds(at) {
  return zone.seconds(at);
}

/** A length of time in words: minutes, and hours once there are any. */
export function minutes(ms) {
  const all = Math.max(0, Math.floor(ms / MINUTE_MS));
  if (all === 0) return word("staff-under-a-minute");
  if (all < 60) return word("common-minutes", { count: all });
  return word("staff-hours", { hours: Math.floor(all / 60), minutes: all % 60 });
}

/** How long ago something was, in words. */
export function ago(ms) {
  return ms < MINUTE_MS ? word("staff-just-now") : word("staff-ago", { time: minutes(ms) });
}

const FORMATS = { duration, minutes, ago };

/** Lets an element show the time since `since`, as `duration`, `minutes` or `ago`. */
export function startTimer(element, since, format) {
  element.dataset.since = since;
  element.dataset.format = format;
  tickTimer(element);
}

/** Takes the timer of an element away. */
export function stopTimer(element) {
  delete element.dataset.since;
  element.textContent = "";
}

function tickTimer(element) {
  const text = FORMATS[element.dataset.format](now() - Number(element.dataset.since));
  if (element.textContent !== text) element.textContent = text;
}

/** Moves every timer of the page on. */
export function tickTimers() {
  for (const element of document.querySelectorAll("[data-since]")) tickTimer(element);
}

export { duration };
