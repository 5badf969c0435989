// What the duty manager should look at, the worst first, each with what can be done about it.

import { copy, fillList, mark, part, show, write, writeOrHide } from "../staff/dom.js";
import { label } from "../staff/setup.js";
import { minutes, now, startTimer } from "../staff/time.js";
import { word } from "../staff/words.js";
import { ofTicket, perform, ticketPage } from "./act.js";
import { assignService } from "./assign.js";
import { cellsOf, mayAct } from "./hall.js";
import { pin } from "./questions.js";

const SEVERITY = ["nobody-serves", "waits-too-long", "kiosk-needs-help", "display-gone", "calendar-missing"];

const root = document.getElementById("alerts");
const shown = new Map();

/** Shows every alert. */
export function renderAlerts() {
  const alerts = cellsOf("alert/").sort(worstFirst);
  writeOrHide(root, "count", alerts.length > 0 ? String(alerts.length) : "");
  show(part(root, "empty"), alerts.length === 0);
  shown.clear();
  fillList(part(root, "rows"), alerts, nameOf, () => copy("alert"), fill);
}

function worstFirst(a, b) {
  return SEVERITY.indexOf(a.kind) - SEVERITY.indexOf(b.kind) || a.since - b.since;
}

function nameOf({ kind, service, name }) {
  return `${kind}/${service ?? name?.zh ?? ""}`;
}

function fill(row, alert) {
  shown.set(row.dataset.key, alert);
  mark(row, "kind", alert.kind);
  write(row, "title", word(`common-alert-${alert.kind}`));
  write(row, "text", sentence(alert));
  const link = writeOrHide(row, "number", alert.ticket?.number);
  if (alert.ticket) link.href = ticketPage(alert.ticket.number);
  startTimer(part(row, "since"), alert.since, "ago");
  const button = writeOrHide(row, "button", remedy(alert));
  button.disabled = !mayAct();
}

function sentence({ kind, ticket, name, count }) {
  const values = { name: name ? label(name) : "", count };
  if (ticket) values.wait = minutes(now() - ticket.joined_at);
  return word(`manager-alert-${kind}`, values);
}

/** What can be done about it from here. */
function remedy({ kind, ticket }) {
  if (kind === "nobody-serves") return word("manager-act-find-window");
  if (kind !== "waits-too-long") return "";
  return ticket.pinned ? "" : word("manager-act-pin");
}

root.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const { kind, ticket, service, name } = shown.get(button.closest("li").dataset.key);
  if (kind === "nobody-serves") return assignService(service, label(name));
  const body = await pin(ticket.number);
  if (body) perform(`${word("manager-act-pin")} ${ticket.number}`, ofTicket(ticket.ticket, "pin"), body);
});
