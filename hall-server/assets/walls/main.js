// The page of the displays: asks the hall how they are, every few seconds, and shows it.

import { get } from "../staff/api.js";
import { show, write } from "../staff/dom.js";
import { keepTimeBy, now, timeOfDay, timeWithSeconds } from "../staff/time.js";
import { word } from "../staff/words.js";
import { renderDisplays } from "./displays.js";
import { renderEmergency } from "./emergency.js";
import { whenChanged } from "./changed.js";
import { renderMedia } from "./folder.js";
import { renderNotices } from "./notices.js";

const ASK_EVERY_MS = 2500;
const TICK_MS = 1000;

const header = document.getElementById("staff-bar");
const root = document.getElementById("walls");
const stale = document.getElementById("stale");

let heardAt = null;
let timer;

async function look() {
  clearTimeout(timer);
  const answers = await Promise.all(["/layouts", "/emergency", "/notices", "/media"].map(get));
  if (answers.every(({ ok }) => ok)) learn(...answers.map(({ data }) => data));
  else if (answers.some(({ status }) => status === 401) && !isTyping()) location.assign("/sign-in");
  else renderStale();
  timer = setTimeout(look, ASK_EVERY_MS);
}

/** Whoever writes something while the session ends keeps what they wrote. */
function isTyping() {
  return document.querySelector("dialog[open]") !== null;
}

function learn(layouts, emergency, notices, media) {
  const offset = layouts.at - Date.now();
  keepTimeBy(() => Date.now() + offset);
  heardAt = layouts.at;
  show(stale, false);
  delete root.dataset.behind;
  renderDisplays(layouts.displays);
  renderEmergency(emergency);
  renderNotices(notices, layouts.displays);
  renderMedia(media);
  tick();
}

/** What is shown is old: says how old. */
function renderStale() {
  root.dataset.behind = "";
  const time = heardAt && timeWithSeconds(heardAt);
  stale.textContent = time ? word("staff-stale", { time }) : word("staff-reconnecting");
  show(stale, true);
}

function tick() {
  write(header, "clock", timeOfDay(now()));
}

whenChanged(look);
document.addEventListener("visibilitychange", () => document.hidden || look());
setInterval(tick, TICK_MS);
look();
