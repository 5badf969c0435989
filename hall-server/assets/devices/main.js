// The page of the machines: asks the hall how they are, every few seconds, and shows the worst first.

import { get } from "../staff/api.js";
import { part, show, write } from "../staff/dom.js";
import { keepTimeBy, now, tickTimers, timeOfDay, timeWithSeconds } from "../staff/time.js";
import { word } from "../staff/words.js";
import { renderDisplays } from "./displays.js";
import { renderKiosks } from "./kiosks.js";
import { whenAsked } from "./tests.js";

const ASK_EVERY_MS = 2500;
const TICK_MS = 1000;

const header = document.getElementById("staff-bar");
const root = document.getElementById("devices");
const stale = document.getElementById("stale");

let heardAt = null;
let timer;

async function look() {
  clearTimeout(timer);
  const [{ ok, status, data }, displays] = await Promise.all([get("/kiosks"), get("/displays")]);
  if (displays.ok) renderDisplays(displays.data);
  if (ok) learn(data);
  else if (status === 401) location.assign("/sign-in");
  else renderStale();
  timer = setTimeout(look, ASK_EVERY_MS);
}

function learn({ at, kiosks }) {
  const offset = at - Date.now();
  keepTimeBy(() => Date.now() + offset);
  heardAt = at;
  show(stale, false);
  delete root.dataset.behind;
  renderKiosks(kiosks);
  tick();
}

/** What is shown is old: says how old, and lets nothing be done with it. */
function renderStale() {
  root.dataset.behind = "";
  const time = heardAt && timeWithSeconds(heardAt);
  stale.textContent = time ? word("staff-stale", { time }) : word("staff-reconnecting");
  show(stale, true);
}

function tick() {
  write(header, "clock", timeOfDay(now()));
  tickTimers();
}

whenAsked(look);
document.addEventListener("visibilitychange", () => document.hidden || look());
setInterval(tick, TICK_MS);
look();
