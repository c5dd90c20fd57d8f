// What the page knows of every bead: their order and a few facts each; the texts come when shown.

export const CONFIRMED = 1, MOVED = 2, GAP = 4, COMMENTED = 8;

export class Model {
  constructor() {
    this.number = 0;
    this.order = [];
    this.facts = new Map();
    this.matched = null;
    this.view = [];
    this.counts = { all: 0, done: 0, open: 0 };
    this.undo = this.redo = false;
  }

  load(index) {
    this.number = index.number;
    this.order = index.order;
    this.facts = new Map(index.order.map((id, k) => [id, index.facts[k]]));
    this.take(index);
    this.choose(null);
  }

  take({ counts, undo, redo }) {
    Object.assign(this, { counts, undo, redo });
  }

  // Show only these beads; null shows all.
  choose(ids) {
    this.matched = ids && new Set(ids);
    this.arrange();
  }

  arrange() {
    this.view = this.matched ? this.order.filter((id) => this.matched.has(id)) : this.order;
    this.places = null;
  }

  // Whether the packet follows on what is known; one that does not is left to the next request.
  apply(packet) {
    if (packet.after !== this.number) return false;
    for (const [at, count, ids] of packet.splices) {
      this.order.splice(at, count, ...ids);
      for (const id of ids) this.matched?.add(id);
    }
    for (const [id, facts] of Object.entries(packet.facts)) {
      if (facts) this.facts.set(+id, facts);
      else this.facts.delete(+id);
    }
    this.number = packet.number;
    this.take(packet);
    if (packet.splices.length) this.arrange();
    return true;
  }

  placeOf(id) {
    this.places ??= new Map(this.view.map((one, k) => [one, k]));
    return this.places.get(id) ?? -1;
  }

  numberOf(id) {
    return (this.matched ? this.order.indexOf(id) : this.placeOf(id)) + 1;
  }

  confirmed(id) {
    return Boolean(this.facts.get(id)?.[1] & CONFIRMED);
  }

  sure(id) {
    return this.facts.get(id)?.[0] ?? 100;
  }

  open(id) {
    return this.facts.get(id)?.[2] ?? 0;
  }
}
