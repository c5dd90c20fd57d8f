// Where the reviewer is: a bead, a version, a segment of it, and maybe a finding.

export class Cursor {
  constructor(model) {
    Object.assign(this, { model, row: null, version: 0, segment: 0, finding: null, kept: null, place: 0 });
  }

  get element() {
    return this.list.elements.get(this.row) ?? null;
  }

  cell(version = this.version) {
    return this.element?.querySelector(`[data-v="${version}"]`) ?? null;
  }

  segments(version = this.version) {
    return [...(this.cell(version)?.querySelectorAll("p.s") ?? [])];
  }

  get at() {
    const segments = this.segments();
    return segments[Math.min(this.segment, segments.length - 1)] ?? null;
  }

  articles(status) {
    const found = [...(this.element?.querySelectorAll("article") ?? [])];
    return status ? found.filter((a) => a.dataset.status === status) : found;
  }

  // The finding that is meant: the one chosen, else the first open one of the bead.
  get article() {
    return this.articles().find((a) => +a.dataset.f === this.finding) ?? this.articles("open")[0] ?? null;
  }

  async go(row, { version = this.version, segment = 0, finding = null, block = "nearest", focus = true } = {}) {
    if (row === null || row === undefined) return;
    const before = this.row;
    Object.assign(this, { row, version, finding });
    this.place = Math.max(this.model.placeOf(row), 0);
    await this.list.show(row, block);
    if (this.row !== row) return;
    this.segment = segment === "last" ? Math.max(this.segments().length - 1, 0) : segment;
    if (before !== row) this.redraw(before);
    this.redraw(row);
    if (focus) this.focus();
  }

  redraw(row) {
    const element = this.list.elements.get(row);
    if (element) this.decorate(row, element);
  }

  // Called for every row that is drawn.
  decorate(row, element) {
    const here = row === this.row;
    element.classList.toggle("here", here);
    element.classList.toggle("from", row === this.from);
    if (!here && !element.decorated) return;
    element.decorated = here;
    const at = here ? this.at : null;
    if (here) this.kept = at ? +at.dataset.s : null;
    for (const p of element.querySelectorAll("p.s")) p.classList.toggle("at", p === at);
    for (const cell of element.querySelectorAll("[data-v]"))
      cell.tabIndex = here && +cell.dataset.v === this.version ? 0 : -1;
    for (const article of element.querySelectorAll("article")) {
      const now = here && +article.dataset.f === this.finding;
      article.classList.toggle("now", now);
      if (now) for (const button of article.querySelectorAll("button")) this.hint(button);
    }
    for (const mark of element.querySelectorAll("mark"))
      mark.classList.toggle("lit", here && this.finding !== null
        && mark.dataset.f.trim().split(" ").includes(String(this.finding)));
  }

  focus() {
    this.cell()?.focus({ preventScroll: true });
  }

  // After a change: the same segment where it is now, else the same bead, else the same place.
  async settle(segment = this.kept, focus = true) {
    const holder = segment === null ? null : this.holder(segment);
    if (holder !== null) {
      await this.go(holder, { finding: this.finding, focus });
      this.segment = Math.max(this.segments().findIndex((p) => +p.dataset.s === segment), 0);
      this.redraw(holder);
      return;
    }
    const { view } = this.model;
    const row = this.model.placeOf(this.row) >= 0 ? this.row : view[Math.min(this.place, view.length - 1)];
    await this.go(row, { segment: this.segment, finding: this.finding, focus });
  }

  holder(segment) {
    for (const [row, element] of this.list.elements)
      if (this.model.placeOf(row) >= 0 && element.querySelector(`[data-s="${segment}"]`)) return row;
    return null;
  }

  async step(by) {
    const segments = this.segments().length;
    const next = this.segment + by;
    if (next >= 0 && next < segments) {
      this.segment = next;
      this.redraw(this.row);
      return;
    }
    const { view } = this.model;
    const place = this.model.placeOf(this.row) + by;
    if (place >= 0 && place < view.length) await this.go(view[place], { segment: by < 0 ? "last" : 0 });
  }

  async turn(by) {
    const versions = +document.body.dataset.columns;
    this.version = (this.version + by + versions) % versions;
    this.segment = 0;
    this.redraw(this.row);
    this.focus();
  }

  // The next bead in a direction, around the end, of which *fits* is true.
  search(by, fits) {
    const { view } = this.model;
    const start = this.model.placeOf(this.row);
    for (let k = 1; k <= view.length; k++) {
      const id = view[(start + by * k + view.length * 2) % view.length];
      if (fits(id)) return id;
    }
    return null;
  }
}

// The text of a segment, without the numbers of its findings.
export function textOf(paragraph) {
  const copy = paragraph.cloneNode(true);
  for (const extra of copy.querySelectorAll("sup, small")) extra.remove();
  return copy.textContent.trim();
}
