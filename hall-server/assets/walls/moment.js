// Dates and times of the hall: as people read them, and as an input of a form holds them.

import { setup } from "../staff/setup.js";

const MINUTE_MS = 60_000;
const language = document.documentElement.lang;
const timeZone = setup.time_zone;

const long = new Intl.DateTimeFormat(language, {
  timeZone, month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});
const dated = new Intl.DateTimeFormat(language, { timeZone, dateStyle: "medium", timeStyle: "short" });
const parts = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });

/** Day and time: `11/24 09:31`. */
export const moment = (at) => long.format(at);

/** Date with its year, and time. */
export const fullMoment = (at) => dated.format(at);

/** A time as an input of dates and times holds it, by the hall's clock. */
export const toInput = (at) => (at === null ? "" : parts.format(at).replace(" ", "T"));

/** The time in such an input; `null` if it is empty. */
export function fromInput(text) {
  if (!text) return null;
  const asIfUtc = Date.parse(`${text}Z`);
  // By how much the hall's clock is ahead of UTC then.
  const ahead = Date.parse(`${toInput(asIfUtc)}Z`) - Math.floor(asIfUtc / MINUTE_MS) * MINUTE_MS;
  return asIfUtc - ahead;
}
