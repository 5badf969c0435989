// One window, live, and what the duty manager can do with it.

import { part, show, write } from "../staff/dom.js";
import { joined, label, serviceName } from "../staff/setup.js";
import { duration, startTimer } from "../staff/time.js";
import { word } from "../staff/words.js";
import { ofWindow, perform } from "./act.js";
import { hall, mayAct } from "./hall.js";
import { editProfile } from "./profile.js";
import { openWindow, stopWindow } from "./questions.js";

const dialog = document.getElementById("window-dialog");
let shown = null;

/** Which acts a window's mode allows. */
const POSSIBLE = { open: ["pause", "close"], paused: ["resume", "close"], closed: ["open"] };

/** Shows a window. */
export function openWindowDialog(window) {
  shown = window;
  renderWindowDialog();
  dialog.showModal();
}

/** Shows the window again as it is now. */
export function renderWindowDialog() {
  const cell = hall.cells.get(`window/${shown}`);
  if (!cell) return;
  write(dialog, "title", `${name(cell)} · ${label(cell.at.zone_name)}`);
  write(dialog, "mode", word(`common-mode-${cell.mode}`)).className = `chip ${cell.mode}`;
  startTimer(part(dialog, "since"), cell.since, "ago");
  const none = word("staff-no-figure");
  write(dialog, "clerk", cell.clerk_name ? label(cell.clerk_name) : none);
  write(dialog, "reason", cell.reason ? label(cell.reason) : none);
  write(dialog, "current", cell.current ? presence(cell.current) : none);
  write(dialog, "waiting", word("common-people", { count: cell.waiting }));
  write(dialog, "today", figures(cell.figures));
  write(dialog, "services", joined(cell.services.map(serviceName)));
  part(dialog, "console").href = `/console?window=${encodeURIComponent(shown)}`;
  for (const button of dialog.querySelectorAll("[data-window-act]")) {
    show(button, POSSIBLE[cell.mode].includes(button.dataset.windowAct));
    button.disabled = !mayAct();
  }
  part(dialog, "assign").disabled = !mayAct();
}

function name({ at }) {
  return word("manager-window", { window: label(at.name) });
}

function presence({ number, phase, service }) {
  return `${number} · ${word(`common-phase-${phase}`)} · ${label(service)}`;
}

function figures({ called, served, passed, transferred, mean_service_s: mean }) {
  const time = mean === null ? word("staff-no-figure") : duration(mean * 1000);
  return word("manager-window-figures", { called, served, passed, transferred, time });
}

/** What an act asks for first. */
const ASKS = {
  open: openWindow,
  pause: (title) => stopWindow("pause", title),
  close: (title) => stopWindow("close", title),
  resume: async () => ({}),
};

async function act(verb) {
  const cell = hall.cells.get(`window/${shown}`);
  const seen = cell.revision;
  const title = name(cell);
  const body = await ASKS[verb](title);
  if (!body) return;
  const done = `${word(`manager-act-${verb}`)} · ${title}`;
  await perform(done, ofWindow(cell.at.window, verb), { ...body, seen });
}

dialog.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.dataset.windowAct) act(button.dataset.windowAct);
});
part(dialog, "assign").addEventListener("click", () => editProfile(shown));
part(dialog, "done").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => {
  shown = null;
});
