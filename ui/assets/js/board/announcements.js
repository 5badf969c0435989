// Calls wait here for their turn in the large place of the board. They are shown one after another; when
// they come faster than they can be shown, several are shown together. None is dropped while its call
// stands. What is old when it arrives (after a reconnect) is not played back: its line on the board says it.

const OLD_AFTER_MS = 30_000;
const ONE_FOR_MS = 5_000;
const SEVERAL_FOR_MS = 7_000;
// An announcement may arrive this much before the cell of its call.
const CELL_WITHIN_MS = 1_000;
const MOST_SEQS = 8;
// More than a hall repeats after a reconnect.
const KNOWN = 512;

export class Announcements {
  // show(announcements) gives them the large place, none of them to give it back; shown(seq) says that one
  // was painted.
  constructor({ show, shown }) {
    Object.assign(this, { show, shown });
    // By window, so there are never more than there are windows.
    this.waiting = new Map();
    this.old = new Map();
    this.present = new Map();
    this.known = new Set();
    this.timer = null;
  }

  // The calls that stand now.
  update(calls) {
    this.present = new Map(calls.map((call) => [call.at.window, call]));
    for (const announcement of this.old.values()) {
      if (this.stands(announcement)) this.paint([announcement.seq]);
    }
    this.old.clear();
  }

  add(announcement, now) {
    const { window, seq, at } = announcement;
    if (this.isRepeated(announcement)) return;
    if (now - at > OLD_AFTER_MS) {
      if (this.stands(announcement)) this.paint([seq]);
      else this.old.set(window, announcement);
      return;
    }
    const before = this.waiting.get(window);
    // A recall of a call that still waits for its turn is the same call.
    const seqs = before?.announcement.number === announcement.number ? before.seqs : [];
    const entry = { announcement, seqs: [...seqs, seq].slice(-MOST_SEQS), since: Date.now() };
    this.waiting.set(window, entry);
    if (this.timer === null) this.next();
  }

  // The same announcement may come twice, around a reconnect. It is shown once, and said to have been shown
  // again, since the first word of it may have been lost.
  isRepeated({ seq, at }) {
    const name = `${seq} ${at}`;
    if (this.known.has(name)) {
      const waits = [...this.waiting.values()].some(({ seqs }) => seqs.includes(seq));
      if (!waits) this.paint([seq]);
      return true;
    }
    this.known.add(name);
    if (this.known.size > KNOWN) this.known.delete(this.known.values().next().value);
    return false;
  }

  next() {
    this.timer = null;
    const group = this.take();
    this.show(group.map(({ announcement }) => announcement));
    if (group.length === 0) return;
    this.paint(group.flatMap(({ seqs }) => seqs));
    this.timer = setTimeout(() => this.next(), group.length > 1 ? SEVERAL_FOR_MS : ONE_FOR_MS);
  }

  take() {
    const standing = [...this.waiting.values()].filter((entry) => !this.isOver(entry));
    const group = standing.slice(0, groupSize(standing.length));
    this.waiting = new Map(
      standing.slice(group.length).map((entry) => [entry.announcement.window, entry]),
    );
    return group;
  }

  stands({ window, number }) {
    return this.present.get(window)?.number === number;
  }

  isOver({ announcement, since }) {
    return !this.stands(announcement) && Date.now() - since > CELL_WITHIN_MS;
  }

  // The second frame begins when the first has been painted.
  paint(seqs) {
    requestAnimationFrame(() => requestAnimationFrame(() => seqs.forEach((seq) => this.shown(seq))));
  }
}

function groupSize(backlog) {
  if (backlog <= 2) return 1;
  return backlog <= 6 ? 3 : 6;
}
