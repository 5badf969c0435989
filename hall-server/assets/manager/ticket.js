// A ticket's page: what can be done with it. After an act the page is made again, with its new story.

import { say } from "../staff/notice.js";
import { word } from "../staff/words.js";
import { ofTicket, perform } from "./act.js";
import { grantClass, leave, merge, pin } from "./questions.js";

const root = document.getElementById("ticket");

/** What an act asks for first. */
const ASKS = {
  pin,
  class: grantClass,
  leave,
  merge: mergeWith,
  unpin: async () => ({}),
  return: async () => ({}),
};

/** The other number is typed; the hall says which ticket it is. */
async function mergeWith(number) {
  const answer = await merge(number);
  if (!answer) return null;
  const response = await fetch(`/api/v1/numbers/${encodeURIComponent(answer.number)}`).catch(() => null);
  if (!response?.ok) {
    say(word("manager-ticket-unknown", { number: answer.number }), "fault");
    return null;
  }
  const { ticket } = await response.json();
  return { drop: ticket };
}

root?.addEventListener("click", async (event) => {
  const verb = event.target.closest("[data-act]")?.dataset.act;
  if (!verb) return;
  const { ticket, number } = root.dataset;
  const body = await ASKS[verb](number);
  if (!body) return;
  const done = `${word(`manager-act-${verb}`)} · ${number}`;
  if (await perform(done, ofTicket(ticket, verb), body)) location.reload();
});
