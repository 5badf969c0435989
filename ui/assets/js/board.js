// The page of a display: wires the live connection to the arrangement of blocks. It runs for weeks, so every
// part keeps what it shows and nothing else: as many elements as fit, as many waiting calls as there are
// windows.

import { connect } from "./live.js";
import { inZone } from "./time.js";
import { Announcements } from "./board/announcements.js";
import { Arrangement } from "./board/arrange.js";
import { Draft } from "./board/draft.js";
import { Freshness } from "./board/freshness.js";
import { Languages } from "./board/languages.js";
import { Overlay } from "./board/overlay.js";
import { say } from "./board/say.js";
import { usualScreen } from "./board/usual.js";

const body = document.body;
const find = (id) => document.getElementById(id);
const acknowledges = body.hasAttribute("data-acknowledges");
const languages = new Languages();
const { voice } = languages;
const freshness = new Freshness(find("stale"), voice);
const overlay = new Overlay({ voice, painted: (id) => acknowledges && live.acknowledgeEmergency(id) });
const announcements = new Announcements({
  show: (group) => redraw({ invited: group }),
  shown: (seq) => acknowledges && live.acknowledge(seq, "shown"),
});

// What the blocks show. A hall that says nothing about the screen wants the usual one.
const view = {
  cells: new Map(),
  calls: [],
  queues: [],
  windows: [],
  invited: [],
  hall: null,
  zone: null,
  screen: usualScreen(voice.first),
  now: 0,
};

const live = connect({
  topic: { topic: "board", display: body.dataset.display },
  onCells(cells) {
    const of = (kind) => [...cells.values()].filter((cell) => cell.cell === kind);
    const calls = of("call");
    welcome(cells.get("hall"));
    announcements.update(calls);
    redraw({ cells, calls, queues: of("queue"), windows: of("window") });
  },
  onAnnounce(announcement) {
    if (isShownHere(announcement)) announcements.add(announcement, live.serverNow());
  },
  onScreen(screen) {
    wear(draft.over(screen));
    overlay.update(screen, live.serverNow(), view.zone);
  },
  onState: (state) => freshness.show(state),
});
const arrangement = new Arrangement(voice);
const draft = new Draft(() => wear(draft.over(view.screen)));
wear(view.screen);
setInterval(tick, 1000);

// Takes on a layout, and whatever else the screen is to show.
function wear(screen) {
  languages.use(screen.layout);
  arrangement.wear(screen);
  nameHall();
  redraw({ screen });
}

// A screen without calls, or with those of one window, says nothing of the others.
function isShownHere({ window }) {
  const { kind, blocks, window: own } = view.screen.layout;
  return blocks.includes("calls") && (kind !== "window" || window === own);
}

function redraw(news) {
  Object.assign(view, news, { now: live.serverNow() });
  body.dataset.state = !view.hall ? "connecting" : view.calls.length > 0 ? "busy" : "empty";
  arrangement.update(view);
}

function welcome(hall) {
  if (!hall) return;
  if (hall.time_zone !== view.hall?.time_zone) {
    view.zone = { zh: inZone(hall.time_zone, "zh-CN"), en: inZone(hall.time_zone, "en-GB") };
  }
  view.hall = hall;
  nameHall();
}

function nameHall() {
  if (!view.hall) return;
  say(find("hall-first"), view.hall.name[voice.first]);
  say(find("hall-second"), view.hall.name[voice.second]);
}

function tick() {
  const now = live.serverNow();
  if (languages.turn(now)) {
    nameHall();
    freshness.say();
    redraw({});
  }
  arrangement.tick(now);
  overlay.tick(now, view.zone);
}
