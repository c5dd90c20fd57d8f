// Rows drawn as needed: only those in sight, and a screen more on either side, are in the page.

import { get } from "./api.js";

const LINE = 22, AROUND = 700;

export class List {
  constructor(grid, body, model, decorate) {
    Object.assign(this, { grid, body, model, decorate });
    this.elements = new Map();
    this.heights = new Map();
    this.waiting = new Set();
    this.head = grid.querySelector(".head");
    for (const element of [...body.children]) this.elements.set(+element.dataset.row, element);
    grid.addEventListener("scroll", () => this.later(), { passive: true });
    new ResizeObserver(() => this.resized()).observe(grid);
  }

  later() {
    this.frame ??= requestAnimationFrame(() => { this.frame = null; this.draw(); });
  }

  resized() {
    const width = this.grid.clientWidth;
    if (width !== this.width) this.heights.clear();
    this.width = width;
    this.letters = Math.max(width / (+document.body.dataset.columns + 1.3) / 7, 12);
    this.arrange();
  }

  // The beads in view are others than before, or stand in another order.
  arrange() {
    const anchor = this.anchor();
    this.measure();
    this.hold(anchor);
    this.draw();
  }

  measure() {
    const { view } = this.model;
    this.offsets = new Float64Array(view.length + 1);
    for (let k = 0; k < view.length; k++) this.offsets[k + 1] = this.offsets[k] + this.height(view[k]);
  }

  // Heights in view became known: all rows below them move.
  shift(changes) {
    for (const [k, by] of changes)
      for (let below = k + 1; below < this.offsets.length; below++) this.offsets[below] += by;
  }

  height(id) {
    const known = this.heights.get(id);
    if (known !== undefined) return known;
    const facts = this.model.facts.get(id);
    return 18 + LINE * Math.max(Math.ceil((facts?.[5] ?? 60) / this.letters), 2, 3.2 * (facts?.[4] ?? 0));
  }

  find(offset) {
    let low = 0, high = this.model.view.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.offsets[middle + 1] <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  // The row that must not move on the screen while heights above it become known.
  anchor() {
    if (!this.offsets) return null;
    const top = this.grid.scrollTop;
    const kept = this.model.placeOf(this.kept);
    const k = kept >= 0 && this.inSight(kept) ? kept : this.find(top);
    const id = this.model.view[k];
    return id === undefined ? null : { id, shift: this.offsets[k] - top };
  }

  inSight(k) {
    const top = this.grid.scrollTop;
    return this.offsets[k] < top + this.grid.clientHeight && this.offsets[k + 1] > top;
  }

  hold(anchor) {
    const k = anchor ? this.model.placeOf(anchor.id) : -1;
    this.pad();
    if (k < 0) return;
    const wanted = Math.max(this.offsets[k] - anchor.shift, 0);
    if (Math.abs(this.grid.scrollTop - wanted) > 0.5) this.grid.scrollTop = wanted;
  }

  range() {
    const top = this.grid.scrollTop, { length } = this.model.view;
    return [this.find(top - AROUND), Math.min(this.find(top + this.grid.clientHeight + AROUND) + 1, length)];
  }

  pad(first = this.first ?? 0, last = this.last ?? 0) {
    const { length } = this.model.view;
    this.body.style.paddingTop = `${this.offsets[Math.min(first, length)]}px`;
    this.body.style.paddingBottom = `${this.offsets[length] - this.offsets[Math.min(last, length)]}px`;
  }

  draw() {
    if (!this.offsets) return;
    for (let round = 0; round < 3; round++) {
      const [first, last] = this.range();
      Object.assign(this, { first, last });
      this.fill(this.model.view.slice(first, last));
      this.pad();
      if (!this.learn()) break;
    }
    this.fetch();
    this.drawn?.();
  }

  fill(ids) {
    const wanted = new Map(ids.map((id) => [id, this.element(id)]));
    const keep = new Set(wanted.values());
    for (const old of [...this.body.children]) if (!keep.has(old)) old.remove();
    let next = this.body.firstElementChild;
    for (const [id, element] of wanted) {
      if (element === next) next = next.nextElementSibling;
      else this.body.insertBefore(element, next);
      const number = this.model.numberOf(id);
      if (element.at !== number) {
        element.at = number;
        element.setAttribute("aria-rowindex", number + 1);
        const label = element.querySelector(".n");
        if (label) label.textContent = number;
      }
      this.decorate(id, element);
    }
  }

  element(id) {
    let element = this.elements.get(id);
    if (!element) {
      element = document.createElement("div");
      element.className = "r waiting";
      element.setAttribute("role", "row");
      element.dataset.row = id;
      const cell = document.createElement("div");
      cell.setAttribute("role", "gridcell");
      element.append(cell);
      element.style.height = `${this.height(id)}px`;
      this.elements.set(id, element);
    }
    return element;
  }

  // Whether a height was other than guessed; what is in sight stays where it is.
  learn() {
    const anchor = this.anchor(), changes = [];
    let k = this.first;
    for (const element of this.body.children) {
      const id = +element.dataset.row, height = element.offsetHeight, guessed = this.offsets[k + 1] - this.offsets[k];
      if (height && !element.classList.contains("waiting")) {
        this.heights.set(id, height);
        if (height !== guessed) changes.push([k, height - guessed]);
      }
      k++;
    }
    this.shift(changes);
    if (changes.length) this.hold(anchor);
    return changes.length > 0;
  }

  async fetch() {
    const ids = [...this.body.querySelectorAll(".waiting")].map((e) => +e.dataset.row);
    const missing = ids.filter((id) => !this.waiting.has(id));
    if (!missing.length) return;
    for (const id of missing) this.waiting.add(id);
    try {
      this.put(await get("/rows", { numbers: missing.join(",") }));
    } finally {
      for (const id of missing) this.waiting.delete(id);
    }
    this.draw();
  }

  // Take in rows as the server renders them; it escapes all text.
  put(rows) {
    const template = document.createElement("template");
    for (const [id, html] of Object.entries(rows)) {
      template.innerHTML = html;
      const element = template.content.firstElementChild;
      const old = this.elements.get(+id);
      this.elements.set(+id, element);
      this.heights.delete(+id);
      if (old?.isConnected) old.replaceWith(element);
    }
  }

  // Rows that changed and were not sent along are asked for when they are shown again.
  forget(ids) {
    for (const id of ids) {
      this.elements.get(id)?.remove();
      this.elements.delete(id);
      this.heights.delete(id);
    }
  }

  clear() {
    this.elements.clear();
    this.heights.clear();
    this.body.replaceChildren();
  }

  // Bring a row into sight and return its element once its text is there.
  async show(id, block = "nearest") {
    const k = this.model.placeOf(id);
    if (k < 0) return null;
    this.kept = id;
    const room = this.grid.clientHeight - this.head.offsetHeight;
    const top = this.grid.scrollTop;
    if (block === "center" && !(this.offsets[k] >= top && this.offsets[k + 1] <= top + room))
      this.grid.scrollTop = this.offsets[k] - room / 3;
    else if (this.offsets[k] < top) this.grid.scrollTop = this.offsets[k];
    else if (this.offsets[k + 1] > top + room) this.grid.scrollTop = this.offsets[k + 1] - room;
    this.draw();
    for (let tries = 0; this.elements.get(id)?.classList.contains("waiting") && tries < 50; tries++)
      await new Promise((done) => setTimeout(done, 20));
    this.drawnInSight(id, room);
    return this.elements.get(id) ?? null;
  }

  drawnInSight(id, room) {
    const k = this.model.placeOf(id);
    if (k < 0) return;
    const top = this.grid.scrollTop;
    const high = this.offsets[k + 1] - this.offsets[k];
    if (this.offsets[k] < top || high > room) this.grid.scrollTop = this.offsets[k];
    else if (this.offsets[k + 1] > top + room) this.grid.scrollTop = this.offsets[k + 1] - room;
    else return;
    this.draw();
  }
}
