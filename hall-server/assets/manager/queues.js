// Every queue as a row; sorted and filtered as the reader likes. The last column closes a service for
// today and opens it again.

import { copy, fillList, mark, part, show, write, writeOrHide } from "../staff/dom.js";
import { joined, label, service as serviceOf } from "../staff/setup.js";
import { startTimer, stopTimer } from "../staff/time.js";
import { word, words } from "../staff/words.js";
import { ofService, perform } from "./act.js";
import { cellsOf, hall, mayAct } from "./hall.js";
import { closeService } from "./questions.js";
import { waitText } from "/assets/js/time.js";

const root = document.getElementById("queues");
const filter = part(root, "filter");
const heads = root.querySelectorAll("[data-sort]");

/** How rows compare by each column; the most pressing first. */
const ORDERS = {
  name: (a, b) => label(a.name).localeCompare(label(b.name), document.documentElement.lang),
  waiting: (a, b) => b.waiting - a.waiting,
  oldest: (a, b) => (a.oldest ?? Infinity) - (b.oldest ?? Infinity),
  windows: (a, b) => a.open_windows - b.open_windows,
};

let order = "oldest";

/** Shows every queue. */
export function renderQueues() {
  const wanted = filter.value.trim().toLowerCase();
  const queues = cellsOf("queue/").filter((queue) => textOf(queue).includes(wanted));
  queues.sort((a, b) => ORDERS[order](a, b) || b.waiting - a.waiting || ORDERS.name(a, b));
  fillList(part(root, "rows"), queues, (queue) => queue.service, () => copy("queue-row"), fill);
  write(root, "count", word("manager-count", { count: queues.length }));
  for (const head of heads) {
    head.closest("th").setAttribute("aria-sort", head.dataset.sort === order ? "descending" : "none");
  }
}

function textOf({ name, service }) {
  const { department, initials } = serviceOf(service) ?? {};
  return `${label(name)} ${department ?? ""} ${initials ?? ""}`.toLowerCase();
}

function fill(row, queue) {
  const { service, name, waiting, oldest, wait, next, open_windows: open, availability } = queue;
  write(row, "name", label(name));
  writeOrHide(row, "department", serviceOf(service)?.department);
  write(row, "waiting", String(waiting));
  if (oldest) startTimer(part(row, "oldest"), oldest, "minutes");
  else stopTimer(part(row, "oldest"));
  write(row, "expected", wait ? waitText(words, wait) : word("staff-no-figure"));
  write(row, "windows", String(open));
  write(row, "next", joined(next));
  mark(row, "unserved", waiting > 0 && open === 0);
  const chip = write(row, "state", word(`manager-queue-${availability.state}`));
  chip.className = `chip ${availability.state === "open" ? "open" : "closed"}`;
  const button = part(row, "button");
  button.disabled = !mayAct();
  button.title = explain(availability);
  button.setAttribute("aria-label", `${label(name)}: ${explain(availability)}`);
}

/** Why a service gives numbers or not, and what pressing does about it. */
function explain({ state, opens, reason }) {
  const values = { time: opens, reason: reason && label(reason) };
  const timed = opens ? { "outside-hours": "opens", "used-up": "used-up-opens" }[state] : undefined;
  const act = state === "closed" ? "manager-act-reopen-service" : "manager-act-close-service";
  return word("manager-queue-explain", {
    state: word(`common-availability-${timed ?? state}`, values),
    action: word(act),
  });
}

async function toggle({ service, name, availability }) {
  const text = label(name);
  if (availability.state === "closed") {
    perform(`${word("manager-act-reopen-service")} · ${text}`, ofService(service, "reopen"));
    return;
  }
  const body = await closeService(text);
  if (body) perform(`${word("manager-act-close-service")} · ${text}`, ofService(service, "close"), body);
}

part(root, "rows").addEventListener("click", (event) => {
  const row = event.target.closest("button")?.closest("tr");
  if (row) toggle(hall.cells.get(`queue/${row.dataset.key}`));
});
for (const head of heads) {
  head.addEventListener("click", () => {
    order = head.dataset.sort;
    renderQueues();
  });
}
filter.addEventListener("input", renderQueues);
