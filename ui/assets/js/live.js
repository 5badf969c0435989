// The live connection of a page: one WebSocket, one topic, cells that are always the hall's latest.
//
//   const live = connect({
//     topic: { topic: "hall" },
//     onCells(cells, changed) {},          // Map key -> cell; a Set of the keys that changed or went
//     onAnnounce(announcement) {},         // boards only
//     onScreen(screen) {},                 // boards only: what this display is to be, whole each time
//     onState({ connected, staleSince, refused }) {},
//   });
//   live.serverNow()                       // the hall's time in ms, whatever this machine's clock says
//   live.acknowledge(announcement.seq, "shown")
//   live.acknowledgeEmergency(screen.emergency.id)
//   live.close()
//
// `staleSince` is when (this machine's ms) the hall was last heard, once that is too long ago, else null;
// it is reported every second while it lasts. `refused` is the hall's own sentence when it said no.
// The address is the `data-live` of <html>, or /live.

const VERSION = 1;
// Two pings of the hall: what is stale must say so within 10 s.
const STALE_AFTER_MS = 8_500;
const GIVEN_UP_AFTER_MS = 20_000;
const SHORTEST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
const REFUSED_PAUSE_MS = 30_000;
const CLOCK_JUMP_MS = 2_000;
const CLOCK_DRIFT_MS = 20;

export function connect({
  topic,
  url,
  onCells = nothing,
  onAnnounce = nothing,
  onScreen = nothing,
  onState = nothing,
}) {
  const address = socketAddress(url ?? document.documentElement.dataset.live ?? "/live");
  const cells = new Map();
  let socket = null;
  let seen = null;
  let heard = null; // when the hall last said something
  let sign = 0; // the same for the present socket, or when it was made
  let relayStale = null;
  let offset = null;
  let attempts = 0;
  let refused = null;
  let retry = null;
  let closed = false;
  let told = "";

  const serverNow = () => Date.now() + (offset ?? 0);

  function open() {
    retry = null;
    sign = Date.now();
    socket = new WebSocket(address);
    const own = socket;
    own.onopen = () => own.send(JSON.stringify({ type: "hello", version: VERSION, topic, seen }));
    own.onmessage = (event) => own === socket && receive(event.data);
    own.onclose = () => own === socket && lost();
  }

  function lost() {
    socket = null;
    if (closed) return;
    const longest = Math.min(LONGEST_PAUSE_MS, SHORTEST_PAUSE_MS * 2 ** attempts);
    attempts += 1;
    // Full jitter: a hall that comes back is not met by all its screens at once.
    const pause = refused ? REFUSED_PAUSE_MS * (0.5 + Math.random() / 2) : Math.random() * longest;
    retry = setTimeout(open, pause);
    report();
  }

  function receive(text) {
    const message = parse(text);
    if (!message) return restart();
    heard = sign = Date.now();
    attempts = 0;
    refused = null;
    // A relay that has lost the hall says so and since when, in the hall's time.
    relayStale = message.type === "stale" ? Math.min(heard, message.since - (offset ?? 0)) : null;
    // Others may be repeated after a reconnect and carry the time they were first sent.
    if (message.type === "snapshot" || message.type === "ping") learnClock(message.at);
    handlers[message.type]?.(message);
    report();
  }

  const handlers = {
    snapshot({ seq, cells: all }) {
      const changed = new Set([...cells.keys(), ...Object.keys(all)]);
      cells.clear();
      for (const [key, cell] of Object.entries(all)) cells.set(key, cell);
      seen = seq;
      onCells(cells, changed);
    },
    delta({ seq, set, gone }) {
      for (const [key, cell] of Object.entries(set)) cells.set(key, cell);
      for (const key of gone) cells.delete(key);
      seen = seq;
      onCells(cells, new Set([...Object.keys(set), ...gone]));
    },
    announce(announcement) {
      // Seen is seen: a line that is cut before the cells follow must not bring the same call again.
      if (seen !== null) seen = announcement.seq;
      onAnnounce(announcement);
    },
    screen(screen) {
      onScreen(screen);
    },
    ping() {
      send({ type: "pong" });
    },
    bye({ code, message }) {
      if (code === "version") setTimeout(() => location.reload(), Math.random() * REFUSED_PAUSE_MS);
      // The display's own program is a new one, and its page may be too.
      if (code === "restarted") location.reload();
      if (code !== "stopping" && code !== "too-slow") refused = message;
    },
  };

  // A message is never early, so the least delayed one tells the clock best; slow drift and jumps count.
  function learnClock(at) {
    const sample = at - Date.now();
    const jumped = offset === null || Math.abs(sample - offset) > CLOCK_JUMP_MS;
    offset = jumped ? sample : Math.max(sample, offset - CLOCK_DRIFT_MS);
  }

  function send(message) {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
  }

  // What arrived makes no sense: start again from nothing.
  function restart() {
    seen = null;
    drop();
  }

  function drop() {
    const old = socket;
    if (!old) return;
    lost();
    old.close();
  }

  function watch() {
    if (socket && Date.now() - sign > GIVEN_UP_AFTER_MS) drop();
    report();
  }

  // Somebody looks again, or the network is back: that one need not wait its turn.
  function hurry() {
    if (retry === null || document.hidden) return;
    clearTimeout(retry);
    open();
  }

  function report() {
    const connected = socket?.readyState === WebSocket.OPEN && seen !== null;
    const silent = heard !== null && Date.now() - heard > STALE_AFTER_MS;
    const staleSince = relayStale ?? (silent ? heard : null);
    const state = JSON.stringify([connected, staleSince, refused]);
    if (state === told && staleSince === null) return;
    told = state;
    onState({ connected, staleSince, refused });
  }

  const timer = setInterval(watch, 1000);
  document.addEventListener("visibilitychange", hurry);
  window.addEventListener("online", hurry);
  open();
  return {
    serverNow,
    acknowledge(announcement, output) {
      send({ type: "acknowledge", announcement, output, at: Date.now() });
    },
    acknowledgeEmergency(emergency) {
      send({ type: "acknowledge-emergency", emergency, at: Date.now() });
    },
    close() {
      closed = true;
      clearInterval(timer);
      document.removeEventListener("visibilitychange", hurry);
      window.removeEventListener("online", hurry);
      clearTimeout(retry);
      socket?.close();
    },
  };
}

function nothing() {}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function socketAddress(path) {
  const address = new URL(path, location.href);
  address.protocol = address.protocol.replace("http", "ws");
  return address.href;
}
