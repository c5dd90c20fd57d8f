// The page: what happens between the reviewer, the model and the server.

import { Refused, get, perform } from "./api.js";
import { commandsOf, keyOf } from "./commands.js";
import { Cursor } from "./cursor.js";
import { shown } from "./dialogs.js";
import { List } from "./list.js";
import { TextMap } from "./map.js";
import { Model } from "./model.js";

const byId = (id) => document.getElementById(id);
const words = JSON.parse(document.body.dataset.words);

class App {
  constructor() {
    this.model = new Model();
    this.cursor = new Cursor(this.model);
    this.list = new List(byId("grid"), byId("rows"), this.model, (row, element) => this.cursor.decorate(row, element));
    this.cursor.list = this.list;
    this.cursor.hint = (button) => this.hint(button);
    this.map = new TextMap(byId("map"), this.model, this.list, (row) => this.jump(row));
    this.list.drawn = () => this.map.frame();
    this.queue = Promise.resolve();
    this.filtered = false;
    this.commandsDone = 0;
    this.commands = commandsOf(this);
  }

  async start() {
    history.replaceState(null, "", "/");
    this.model.load(await get("/index"));
    this.show();
    this.list.resized();
    await this.cursor.go(this.model.view[0]);
    this.watch();
    performance.mark("ready");
    Object.assign(document.body.dataset, { ready: "yes", drawn: "0" });
  }

  say(message, wrong = false) {
    byId("status").textContent = message;
    byId("status").classList.toggle("wrong", wrong);
  }

  show() {
    const { counts, undo, redo } = this.model;
    const text = words.page.progress.replace("{done}", counts.done).replace("{all}", counts.all).replace("{open}", counts.open);
    byId("progress").textContent = text;
    Object.assign(byId("done"), { max: counts.all, value: counts.done, ariaLabel: text });
    byId("grid").setAttribute("aria-rowcount", this.model.view.length + 1);
    document.querySelector('[data-do="undo"]').disabled = !undo;
    document.querySelector('[data-do="redo"]').disabled = !redo;
    const { view, order } = this.model;
    byId("shown").textContent = this.filtered
      ? words.page[view.length ? "shown" : "none_shown"].replace("{shown}", view.length).replace("{all}", order.length) : "";
    this.map.later();
  }

  async trying(work) {
    try {
      await work();
    } catch (error) {
      this.failed(error);
    }
  }

  failed(error) {
    const known = error instanceof Refused ? words.page.refused : error instanceof TypeError ? words.page.lost : null;
    this.say(known ?? error.message, true);
  }

  // One operation after another; the screen changes when the server has saved it.
  perform(operation, segment = undefined) {
    this.queue = this.queue.then(() => this.trying(async () => {
      this.say("");
      const packet = await perform(operation, this.model.number);
      await this.take(packet, segment);
    }));
    return this.queue;
  }

  async take(packet, segment = this.cursor.kept, focus = true) {
    if (packet.number <= this.model.number) return;
    if (packet.whole) return this.anew();
    if (!this.model.apply(packet)) return this.catchUp(segment);
    const changed = Object.keys(packet.facts).map(Number);
    this.list.forget(changed.filter((id) => !(id in packet.html)));
    this.list.put(packet.html);
    this.list.arrange();
    if (packet.again) this.say(words.page.again.replace("{count}", packet.again));
    this.show();
    await this.cursor.settle(segment, focus);
  }

  async catchUp(segment = undefined) {
    await this.take(await get("/changes", { after: this.model.number }), segment);
  }

  // A text came anew: everything is asked for again, and the reviewer stays about where he was.
  async anew() {
    const { place } = this.cursor;
    this.model.load(await get("/index"));
    this.filtered = false;
    this.list.clear();
    this.list.arrange();
    this.show();
    this.say(words.page.reload);
    await this.cursor.go(this.model.view[Math.min(place, this.model.view.length - 1)], { block: "center" });
  }

  // What other pages do, and what aligning again finds, comes in here.
  async watch() {
    let lost = false;
    for (;;) {
      try {
        const packet = await get("/changes", { after: this.model.number, ...(lost ? {} : { wait: 1 }) });
        if (lost) this.say("");
        lost = false;
        const away = document.activeElement?.closest("header, footer, dialog");
        this.queue = this.queue.then(() => this.trying(() => this.take(packet, undefined, !away)));
        await this.queue;
      } catch (error) {
        lost = true;
        this.failed(error);
        await new Promise((done) => setTimeout(done, 2000));
      }
    }
  }

  async jump(row) {
    if (this.model.placeOf(row) < 0) await this.filter(null);
    await this.cursor.go(row, { block: "center" });
  }

  // Show the beads that pass what the form and the search ask for; null shows all again.
  async filter(form) {
    if (form === null) {
      byId("filters").reset();
      byId("search").value = "";
    }
    const wanted = Object.fromEntries([...new FormData(byId("filters")), ["search", byId("search").value]].filter(([, v]) => v && v !== "all"));
    this.filtered = Object.keys(wanted).length > 0;
    await this.trying(async () => {
      this.model.choose(this.filtered ? (await get("/filter", wanted)).rows : null);
      this.list.arrange();
      this.show();
      await this.cursor.settle(undefined, false);
    });
  }

  async run(name, target) {
    this.point(target);
    await this.trying(() => this.commands.find((one) => one.name === name).run());
    document.body.dataset.drawn = ++this.commandsDone;
  }

  // Write on a button which key does the same.
  hint(button) {
    if (button.querySelector("kbd")) return;
    const { keys } = this.commands.find((one) => one.name === button.dataset.do);
    button.append(Object.assign(document.createElement("kbd"), { textContent: shown(keys[0]) }));
    button.setAttribute("aria-keyshortcuts", keys.join(" ").replaceAll("Ctrl", "Control"));
  }

  // Let the cursor be where the mouse is.
  point(target) {
    const row = target?.closest("#rows .r");
    if (!row) return;
    const article = target.closest("article"), segment = target.closest("p.s"), cell = target.closest("[data-v]");
    const number = segment ? [...cell.querySelectorAll("p.s")].indexOf(segment) : 0;
    this.cursor.go(+row.dataset.row, {
      version: cell ? +cell.dataset.v : this.cursor.version,
      segment: Math.max(number, 0),
      finding: article ? +article.dataset.f : null,
      focus: !target.closest("button"),
    });
  }
}

function typing(element) {
  return element.closest("dialog") || element.matches("input:not([type=checkbox]), textarea, select");
}

function listen(app) {
  for (const button of document.querySelectorAll(":is(header, footer) button[data-do]")) app.hint(button);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (button) app.run(button.dataset.do, button);
    else app.point(event.target);
  });
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey) return;
    if (typing(event.target)) {
      if (event.key === "Escape" && !event.target.closest("dialog")) app.run("leave");
      else if (event.key === "Enter" && event.target.id === "search") app.cursor.focus();
      return;
    }
    const onButton = event.target.matches("button, a, summary");
    if (onButton && (event.key === "Enter" || event.key === " ")) return;
    const command = app.commands.find((one) => one.keys.includes(keyOf(event)));
    if (!command) return;
    event.preventDefault();
    app.run(command.name);
  });
  let timer = null;
  const soon = () => { clearTimeout(timer); timer = setTimeout(() => app.filter(), 150); };
  byId("search").addEventListener("input", soon);
  byId("filters").addEventListener("input", soon);
  byId("filters").addEventListener("reset", () => setTimeout(soon));
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  byId("language").addEventListener("change", (event) => location.assign(`/?language=${event.target.value}`));
}

const app = new App();
listen(app);
app.start().catch((error) => app.say(error.message, true));
