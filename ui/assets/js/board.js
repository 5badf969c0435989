// The lobby board: wires the live connection to the parts of the page. It runs for weeks, so every part
// keeps what it shows and nothing else: as many elements as fit, as many waiting calls as there are windows.

import { connect } from "./live.js";
import { pageLanguage, readWords } from "./words.js";
import { inZone } from "./time.js";
import { Announcements } from "./board/announcements.js";
import { Calls } from "./board/calls.js";
import { Hero } from "./board/hero.js";
import { Queues } from "./board/queues.js";
import { say } from "./board/say.js";

const body = document.body;
const first = pageLanguage();
const voice = {
  first,
  second: first === "zh" ? "en" : "zh",
  words: readWords("words"),
  secondWords: readWords("second-words"),
};
const find = (id) => document.getElementById(id);
const hero = new Hero(find("hero"), voice);
const calls = new Calls(find("calls"), find("calls-page"), voice);
const queues = new Queues(find("queues"), find("queues-page"), find("no-queues"), voice);
const announcements = new Announcements({
  show: (group) => hero.invite(group),
  rest: () => hero.rest(),
  shown: (seq) => body.hasAttribute("data-acknowledges") && live.acknowledge(seq, "shown"),
});

let hall = null;
let zone = null;

const live = connect({
  topic: { topic: "board", display: body.dataset.display },
  onCells(cells) {
    if (cells.get("hall")) welcome(cells.get("hall"));
    const present = [...cells.values()].filter((cell) => cell.cell === "call");
    announcements.update(present);
    calls.update(present);
    queues.update([...cells.values()].filter((cell) => cell.cell === "queue"));
    hero.update(present, hall?.running ?? true);
    body.dataset.state = present.length ? "busy" : "empty";
  },
  onAnnounce(announcement) {
    announcements.add(announcement, live.serverNow());
  },
  onState: showFreshness,
});

function welcome(cell) {
  if (cell.time_zone !== hall?.time_zone) {
    zone = {
      first: inZone(cell.time_zone, localeOf(voice.first)),
      second: inZone(cell.time_zone, localeOf(voice.second)),
    };
  }
  hall = cell;
  say(find("hall-first"), cell.name[voice.first]);
  say(find("hall-second"), cell.name[voice.second]);
  showTime();
}

function localeOf(language) {
  return language === "zh" ? "zh-CN" : "en-GB";
}

function showTime() {
  if (!zone) return;
  const now = live.serverNow();
  say(find("clock"), zone.first.clock(now));
  say(find("day-first"), zone.first.day(now));
  say(find("day-second"), zone.second.day(now));
}

function showFreshness({ staleSince }) {
  const stale = staleSince !== null;
  body.toggleAttribute("data-stale", stale);
  find("stale").hidden = !stale;
  find("hint").hidden = stale;
  if (!stale) return;
  const seconds = Math.round((Date.now() - staleSince) / 1000);
  say(find("stale-first"), voice.words.with("board-stale", { seconds }));
  say(find("stale-second"), voice.secondWords.with("board-stale", { seconds }));
}

setInterval(showTime, 1000);
