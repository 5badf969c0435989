// The page of the displays: asks the hall how they are, every few seconds, and shows it.

import { get } from "../staff/api.js";
import { write } from "../staff/dom.js";
import { Freshness } from "../staff/freshness.js";
import { now, timeOfDay } from "../staff/time.js";
import { renderDisplays } from "./displays.js";
import { renderEmergency } from "./emergency.js";
import { whenChanged } from "./changed.js";
import { renderMedia } from "./folder.js";
import { renderNotices } from "./notices.js";

const ASK_EVERY_MS = 2500;
const TICK_MS = 1000;

const byId = (id) => document.getElementById(id);
const header = byId("staff-bar");
const freshness = new Freshness(byId("walls"), byId("stale"));
let timer;

async function look() {
  clearTimeout(timer);
  const answers = await Promise.all(["/layouts", "/emergency", "/notices", "/media"].map(get));
  if (answers.every(({ ok }) => ok)) learn(...answers.map(({ data }) => data));
  else if (answers.some(({ status }) => status === 401) && !isTyping()) location.assign("/sign-in");
  else freshness.missed();
  timer = setTimeout(look, ASK_EVERY_MS);
}

/** Whoever writes something while the session ends keeps what they wrote. */
function isTyping() {
  return document.querySelector("dialog[open]") !== null;
}

function learn(layouts, emergency, notices, media) {
  freshness.heard(layouts.at);
  renderDisplays(layouts.displays);
  renderEmergency(emergency);
  renderNotices(notices, layouts.displays);
  renderMedia(media);
  tick();
}

function tick() {
  write(header, "clock", timeOfDay(now()));
}

whenChanged(look);
document.addEventListener("visibilitychange", () => document.hidden || look());
setInterval(tick, TICK_MS);
look();
