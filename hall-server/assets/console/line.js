// Who will be next and why, and everybody else who waits for this window.

import { copy, fillList, mark, part, show, write, writeOrHide } from "../staff/dom.js";
import { label } from "../staff/setup.js";
import { startTimer } from "../staff/time.js";
import { state } from "./state.js";
import { why } from "./why.js";
import { word } from "../staff/words.js";

const next = document.getElementById("next");
const line = document.getElementById("line");

/** Shows the next ticket and the line. */
export function renderLine() {
  renderNext();
  renderRows();
}

/** The sentence names minutes, so it is written again as time goes by. */
export function renderNext() {
  const chosen = state.cell?.next;
  show(part(next, "ticket"), Boolean(chosen));
  show(part(next, "nobody"), !chosen);
  if (!chosen) return;
  write(next, "number", chosen.ticket.number);
  write(next, "service", label(chosen.ticket.service));
  write(next, "why", why(chosen));
}

function renderRows() {
  const { line: tickets, waiting } = state.cell;
  write(line, "count", word("common-people", { count: waiting }));
  show(part(line, "empty"), tickets.length === 0);
  fillList(part(line, "rows"), tickets, (ticket) => ticket.ticket, () => copy("line-row"), fillRow);
  const more = waiting - tickets.length;
  writeOrHide(line, "more", more > 0 ? word("console-line-more", { count: more }) : "");
}

function fillRow(row, ticket, index) {
  write(row, "place", String(index + 1));
  write(row, "number", ticket.number);
  write(row, "service", label(ticket.service));
  writeOrHide(row, "holder", ticket.holder);
  writeOrHide(row, "class", ticket.class === "ordinary" ? "" : word(`common-class-${ticket.class}`));
  writeOrHide(row, "pinned", ticket.pinned ? word("console-tag-pinned") : "");
  writeOrHide(row, "bound", ticket.bound ? word("console-tag-bound") : "");
  writeOrHide(row, "appointment", ticket.appointment ? word("console-tag-appointment") : "");
  writeOrHide(row, "passes", ticket.passes > 0 ? word("console-tag-passes", { count: ticket.passes }) : "");
  startTimer(part(row, "wait"), ticket.joined_at, "minutes");
  const call = part(row, "call");
  call.dataset.ticket = ticket.ticket;
  call.setAttribute("aria-label", word("console-call-number", { number: ticket.number }));
  mark(row, "next", state.cell.next?.ticket.ticket === ticket.ticket);
}
