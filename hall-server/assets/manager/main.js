// The duty manager's page: connects it to the hall and writes only what changed.

import { renderAlerts } from "./alerts.js";
import { hall, renderConnection } from "./hall.js";
import { renderQueues } from "./queues.js";
import { renderTotals } from "./totals.js";
import { renderWindowDialog } from "./window-dialog.js";
import { renderWindows } from "./windows.js";
import { part, show, write } from "../staff/dom.js";
import { keepTimeBy, now, tickTimers, timeOfDay } from "../staff/time.js";
import { connect } from "/assets/js/live.js";

const TICK_MS = 1000;
const header = document.getElementById("staff-bar");

const live = connect({
  topic: { topic: "hall" },
  onCells(cells, changed) {
    hall.cells = cells;
    render(changed);
  },
  onState(state) {
    const before = hall.connected;
    renderConnection(state);
    if (before !== hall.connected) render(new Set(hall.cells.keys()));
  },
});
keepTimeBy(live.serverNow);

function render(changed) {
  const touches = (prefix) => [...changed].some((key) => key.startsWith(prefix));
  if (changed.has("totals")) renderTotals();
  if (touches("alert/")) renderAlerts();
  if (touches("window/")) renderWindows(changed);
  if (touches("queue/")) renderQueues();
  renderWindowDialog();
  show(part(header, "day"), hall.cells.get("hall")?.running === false);
}

setInterval(() => {
  write(header, "clock", timeOfDay(now()));
  tickTimers();
}, TICK_MS);
