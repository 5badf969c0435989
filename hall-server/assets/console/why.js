// Why somebody is next, in a sentence or two: the rule that decided, what a class was credited with, and
// who comes after.

import { joined, label } from "../staff/setup.js";
import { minutes, now, timeOfDay } from "../staff/time.js";
import { word } from "../staff/words.js";

/** The sentences for the next ticket of a console. */
export function why(next) {
  const { ticket } = next;
  const facts = {
    service: label(ticket.service),
    wait: minutes(now() - ticket.joined_at),
    since: timeOfDay(ticket.joined_at),
  };
  const sentences = [word(`console-why-${next.rule}`, facts)];
  // A pin stands before everything a class could earn.
  if (next.credit_s > 0 && next.rule !== "pinned") {
    const values = { class: word(`common-class-${ticket.class}`), credit: minutes(next.credit_s * 1000) };
    sentences.push(word("console-why-credit", values));
  }
  if (next.runners_up.length > 0) {
    const numbers = joined(next.runners_up.map((other) => other.number));
    sentences.push(word("console-why-then", { numbers }));
  }
  return sentences.join(word("console-sentence-gap"));
}
