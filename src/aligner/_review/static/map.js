// The map: the whole text from top to bottom, and in it what is left to do.

const GRAVE = ["", "--style", "--minor", "--major", "--critical"];

export class TextMap {
  constructor(canvas, model, list, go) {
    Object.assign(this, { canvas, model, list });
    const place = (event) => {
      const share = event.offsetY / canvas.clientHeight;
      return model.order[Math.min(Math.floor(share * model.order.length), model.order.length - 1)];
    };
    canvas.addEventListener("click", (event) => go(place(event)));
    new ResizeObserver(() => this.draw()).observe(canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
  }

  // The picture changes with the text; the frame around what is in sight with every scroll.
  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.draw(), 120);
  }

  draw() {
    const { canvas, model } = this;
    const scale = devicePixelRatio || 1, width = canvas.clientWidth, height = canvas.clientHeight;
    if (!height || !model.order.length) return;
    Object.assign(canvas, { width: width * scale, height: height * scale });
    this.picture = new OffscreenCanvas(canvas.width, canvas.height);
    const pen = this.picture.getContext("2d");
    pen.scale(scale, scale);
    const style = getComputedStyle(document.documentElement);
    const colours = new Map();
    const colour = (name) => colours.get(name) ?? colours.set(name, style.getPropertyValue(name).trim()).get(name);
    this.focus = colour("--focus");
    const high = Math.max(height / Math.min(model.order.length, height), 1);
    const gap = high > 4 ? 1 : 0;
    for (const [y, { doubt, grave }] of this.lines(height)) {
      if (doubt >= 0) {
        pen.fillStyle = `rgb(${colour("--depth")} / ${(0.18 + 0.8 * doubt).toFixed(2)})`;
        pen.fillRect(4, y, 16, high - gap);
      } else {
        pen.fillStyle = colour("--line");
        pen.fillRect(4, y, 2, high);
      }
      if (grave) {
        pen.fillStyle = colour(GRAVE[grave]);
        pen.fillRect(24, y, 6 + 3 * grave, Math.max(Math.min(high - gap, 6), 2));
      }
    }
    this.frame();
  }

  // For each line of the picture the most doubtful bead and the gravest finding that fall on it.
  lines(height) {
    const { order } = this.model, lines = new Map();
    for (let k = 0; k < order.length; k++) {
      const y = order.length > height ? Math.floor((k / order.length) * height) : (k / order.length) * height;
      const [sure, flags, , grave] = this.model.facts.get(order[k]);
      const doubt = flags & 1 ? -1 : 1 - sure / 100;
      const line = lines.get(y);
      if (!line) lines.set(y, { doubt, grave });
      else Object.assign(line, { doubt: Math.max(line.doubt, doubt), grave: Math.max(line.grave, grave) });
    }
    return lines;
  }

  frame() {
    const { canvas, model, list } = this, { view } = model;
    if (!this.picture || list.first === undefined || !view.length) return;
    const pen = canvas.getContext("2d"), scale = devicePixelRatio || 1;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(this.picture, 0, 0);
    pen.scale(scale, scale);
    const top = list.grid.scrollTop, height = canvas.clientHeight;
    const share = (k) => ((model.numberOf(view[Math.min(k, view.length - 1)]) - 1) / model.order.length) * height;
    const y = share(list.find(top));
    pen.strokeStyle = this.focus;
    pen.lineWidth = 1.5;
    pen.strokeRect(1, y, 42, Math.max(share(list.find(top + list.grid.clientHeight)) - y, 4));
  }
}
