// Calls wait here for their turn in the large place of the board. They are shown one after another; when
// they come faster than they can be shown, several are shown together. None is dropped while its call
// stands. What is old when it arrives (after a reconnect) is not played back: its line on the board says it.

const OLD_AFTER_MS = 60_000;
const ONE_FOR_MS = 5_000;
const SEVERAL_FOR_MS = 7_000;
const FEW = 2;
const SOME = 6;

export class Announcements {
  // show(group, isFresh) shows calls; rest() goes back to the newest; shown(seq) says that one was painted.
  constructor({ show, rest, shown }) {
    this.show = show;
    this.rest = rest;
    this.shown = shown;
    this.waiting = new Map(); // window -> { announcement, seqs }: never more than there are windows
    this.present = new Map(); // window -> the call that stands there
    this.old = [];
    this.timer = null;
  }

  // The calls that stand now.
  update(calls) {
    this.present = new Map(calls.map((call) => [call.at.window, call]));
    for (const announcement of this.old) {
      if (this.stands(announcement)) this.paint([announcement.seq]);
    }
    this.old = [];
  }

  add(announcement, now) {
    if (now - announcement.at > OLD_AFTER_MS) {
      if (this.stands(announcement)) this.paint([announcement.seq]);
      return;
    }
    const before = this.waiting.get(announcement.window);
    // A recall of a call that still waits for its turn is the same call.
    const seqs = before?.announcement.number === announcement.number ? before.seqs : [];
    this.waiting.set(announcement.window, { announcement, seqs: [...seqs, announcement.seq].slice(-8) });
    if (this.timer === null) this.next();
  }

  next() {
    this.timer = null;
    const group = this.take();
    if (group.length === 0) return this.rest();
    this.show(
      group.map(({ announcement }) => announcement),
      true,
    );
    this.paint(group.flatMap(({ seqs }) => seqs));
    this.timer = setTimeout(() => this.next(), group.length > 1 ? SEVERAL_FOR_MS : ONE_FOR_MS);
  }

  take() {
    for (const [window, { announcement }] of this.waiting) {
      if (this.isOver(announcement)) this.waiting.delete(window);
    }
    const backlog = this.waiting.size;
    const size = backlog <= FEW ? 1 : backlog <= SOME ? 3 : 6;
    const group = [...this.waiting].slice(0, size);
    for (const [window] of group) this.waiting.delete(window);
    return group.map(([, entry]) => entry);
  }

  stands(announcement) {
    return this.present.get(announcement.window)?.number === announcement.number;
  }

  // An announcement may arrive just before its cell does; only another number at the window ends it.
  isOver(announcement) {
    const call = this.present.get(announcement.window);
    return call !== undefined && call.number !== announcement.number && call.called_at > announcement.at;
  }

  // The second frame begins when the first has been painted.
  paint(seqs) {
    requestAnimationFrame(() => requestAnimationFrame(() => seqs.forEach((seq) => this.shown(seq))));
  }
}
