// What the duty manager should look at, the worst first, each with what can be done about it.

import { copy, fillList, mark, part, show, write, writeOrHide } from "../staff/dom.js";
import { isFault, troubleOf } from "../devices/state.js";
import { label } from "../staff/setup.js";
import { minutes, now, startTimer } from "../staff/time.js";
import { word } from "../staff/words.js";
import { ofTicket, perform, ticketPage } from "./act.js";
import { assignService } from "./assign.js";
import { cellsOf, mayAct } from "./hall.js";
import { pin } from "./questions.js";

const SEVERITY = [
  "nobody-serves",
  "waits-too-long",
  "kiosk-needs-help",
  "device-needs-help",
  "kiosk-gone",
  "display-gone",
  "output-needs-help",
  "calendar-missing",
];

/** What is mended at the machines, not from here. */
const AT_MACHINES = ["kiosk-needs-help", "kiosk-gone", "device-needs-help", "display-gone", "output-needs-help"];

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

function nameOf({ kind, service, name, device, output }) {
  return `${kind}/${service ?? name?.zh ?? ""}/${device ?? output ?? ""}`;
}

function fill(row, alert) {
  shown.set(row.dataset.key, alert);
  mark(row, "kind", alert.kind);
  mark(row, "grave", alert.kind === "kiosk-gone" || (alert.device && isFault(alert)));
  write(row, "title", word(`common-alert-${alert.kind}`));
  write(row, "text", sentence(alert));
  const link = writeOrHide(row, "number", alert.ticket?.number);
  if (alert.ticket) link.href = ticketPage(alert.ticket.number);
  startTimer(part(row, "since"), alert.since, "ago");
  const button = writeOrHide(row, "button", remedy(alert));
  button.disabled = !mayAct() && !AT_MACHINES.includes(alert.kind);
}

function sentence(alert) {
  const { kind, ticket, name, count } = alert;
  const values = { name: name ? label(name) : "", count };
  if (alert.device) values.trouble = troubleOf(alert);
  if (alert.output) values.trouble = word(`manager-output-${alert.output}`, { count });
  if (ticket) values.wait = minutes(now() - ticket.joined_at);
  return word(`manager-alert-${kind}`, values);
}

/** What can be done about it from here. */
function remedy({ kind, ticket }) {
  if (AT_MACHINES.includes(kind)) return word("manager-act-devices");
  if (kind === "nobody-serves") return word("manager-act-find-window");
  if (kind !== "waits-too-long") return "";
  return ticket.pinned ? "" : word("manager-act-pin");
}

root.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const { kind, ticket, service, name } = shown.get(button.closest("li").dataset.key);
  if (AT_MACHINES.includes(kind)) return location.assign("/devices");
  if (kind === "nobody-serves") return assignService(service, label(name));
  const body = await pin(ticket.number);
  if (body) perform(`${word("manager-act-pin")} ${ticket.number}`, ofTicket(ticket.ticket, "pin"), body);
});
