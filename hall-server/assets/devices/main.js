// The page of the machines: asks the hall how they are, every few seconds, and shows the worst first.

import { get } from "../staff/api.js";
import { write } from "../staff/dom.js";
import { Freshness } from "../staff/freshness.js";
import { now, tickTimers, timeOfDay } from "../staff/time.js";
import { renderDisplays } from "./displays.js";
import { renderKiosks } from "./kiosks.js";
import { whenAsked } from "./tests.js";

const ASK_EVERY_MS = 2500;
const TICK_MS = 1000;

const byId = (id) => document.getElementById(id);
const header = byId("staff-bar");
const freshness = new Freshness(byId("devices"), byId("stale"));
let timer;

async function look() {
  clearTimeout(timer);
  const [{ ok, status, data }, displays] = await Promise.all([get("/kiosks"), get("/displays")]);
  if (displays.ok) renderDisplays(displays.data);
  if (ok) learn(data);
  else if (status === 401) location.assign("/sign-in");
  else freshness.missed();
  timer = setTimeout(look, ASK_EVERY_MS);
}

function learn({ at, kiosks }) {
  freshness.heard(at);
  renderKiosks(kiosks);
  tick();
}

function tick() {
  write(header, "clock", timeOfDay(now()));
  tickTimers();
}

whenAsked(look);
document.addEventListener("visibilitychange", () => document.hidden || look());
setInterval(tick, TICK_MS);
look();
