// Calls wait here for their turn in the large place of the board. They are shown one after another; when
// they come faster than they can be shown, several are shown together. None is dropped while its call
// stands. What is old when it arrives (after a reconnect) is not played back: its line on the board says it.

const OLD_AFTER_MS = 60_000;
const ONE_FOR_MS = 5_000;
const SEVERAL_FOR_MS = 7_000;
// An announcement may arrive this much before the cell of its call.
const CELL_WITHIN_MS = 1_000;
const MOST_SEQS = 8;

export class Announcements {
  // show(announcements) shows calls; rest() goes back to the newest; shown(seq) says that one was painted.
  constructor({ show, rest, shown }) {
    Object.assign(this, { show, rest, shown });
    // By window, so there are never more than there are windows.
    this.waiting = new Map();
    this.old = new Map();
    this.present = new Map();
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

  next() {
    this.timer = null;
    const group = this.take();
    if (group.length === 0) return this.rest();
    this.show(group.map(({ announcement }) => announcement));
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
