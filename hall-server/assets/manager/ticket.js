// A ticket's page: what can be done with it. After an act the page is made again, with its new story.

import { get } from "../staff/api.js";
import { say } from "../staff/notice.js";
import { word } from "../staff/words.js";
import { attempt, ofTicket } from "./act.js";
import { grantClass, leave, merge, pin } from "./questions.js";

const root = document.getElementById("ticket");

/** What asks before it acts; the rest is done at once. */
const ASKS = { pin, class: grantClass, leave, merge };

/** Does an act with what was answered; resolves to why not, or to `null`. */
async function carryOut(verb, answers) {
  const { ticket, number } = root.dataset;
  const { body, fault } = verb === "merge" ? await other(answers.number) : { body: answers };
  if (fault) return fault;
  return attempt(`${word(`manager-act-${verb}`)} · ${number}`, ofTicket(ticket, verb), body);
}

/** The other number is typed; the hall says which ticket it is. */
async function other(number) {
  const { ok, data } = await get(`/numbers/${encodeURIComponent(number)}`);
  return ok ? { body: { drop: data.ticket } } : { fault: word("manager-ticket-unknown", { number }) };
}

async function atOnce(verb) {
  const fault = await carryOut(verb, {});
  if (fault !== null) say(fault, "fault");
  return fault === null;
}

root?.addEventListener("click", async (event) => {
  const verb = event.target.closest("[data-act]")?.dataset.act;
  if (!verb) return;
  const question = ASKS[verb];
  const send = (answers) => carryOut(verb, answers);
  const done = question ? (await question(root.dataset.number, send)) !== null : await atOnce(verb);
  if (done) location.reload();
});
