// What stands beside the line: who is set aside, who missed a call and may come back, today's figures.

import { copy, fillList, part, show, write, writeOrHide } from "../staff/dom.js";
import { label } from "../staff/setup.js";
import { duration, startTimer, timeOfDay } from "../staff/time.js";
import { state } from "./state.js";
import { word } from "../staff/words.js";

const held = document.getElementById("held");
const missed = document.getElementById("missed");
const figures = document.getElementById("figures");

/** Shows all three. */
export function renderAside() {
  renderList(held, state.cell.held, "held-row", fillHeld);
  renderList(missed, state.cell.missed, "missed-row", fillMissed);
  renderFigures(state.cell.window.figures);
}

function renderList(root, tickets, template, fill) {
  writeOrHide(root, "count", tickets.length > 0 ? String(tickets.length) : "");
  show(part(root, "empty"), tickets.length === 0);
  fillList(part(root, "rows"), tickets, (ticket) => ticket.ticket, () => copy(template), fill);
}

function fillHeld(row, ticket) {
  write(row, "number", ticket.number);
  write(row, "service", label(ticket.service));
  write(row, "reason", label(ticket.reason));
  const elsewhere = ticket.window.zh !== state.cell.window.at.name.zh;
  writeOrHide(row, "window", elsewhere ? word("console-held-by", { window: label(ticket.window) }) : "");
  writeOrHide(row, "until", ticket.until ? word("console-held-until", { time: timeOfDay(ticket.until) }) : "");
  startTimer(part(row, "since"), ticket.since, "minutes");
  point(row, ticket, "console-take-back-number");
}

function fillMissed(row, ticket) {
  write(row, "number", ticket.number);
  write(row, "service", label(ticket.service));
  startTimer(part(row, "at"), ticket.at, "ago");
  point(row, ticket, "console-return-number");
}

/** Gives the row's button its ticket and says in full what it does. */
function point(row, { ticket, number }, key) {
  const button = part(row, "button");
  button.dataset.ticket = ticket;
  button.setAttribute("aria-label", word(key, { number }));
}

function renderFigures({ called, served, mean_service_s: mean, passed, transferred }) {
  write(figures, "called", String(called));
  write(figures, "served", String(served));
  write(figures, "mean", mean === null ? word("staff-no-figure") : duration(mean * 1000));
  write(figures, "passed", String(passed));
  write(figures, "transferred", String(transferred));
}
