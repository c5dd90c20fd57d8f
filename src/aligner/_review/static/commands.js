// Everything a reviewer can do, by which keys; buttons and the list of keys are made from this.

import { ask, help, open } from "./dialogs.js";
import { upload } from "./api.js";
import { textOf } from "./cursor.js";

const words = JSON.parse(document.body.dataset.words);
const DOUBTFUL = 90;

export function commandsOf(app) {
  const { model, cursor, list } = app;

  const segment = () => (cursor.at ? +cursor.at.dataset.s : null);

  async function nextDoubtful(by) {
    const doubtful = (id) => !model.confirmed(id) && model.sure(id) < DOUBTFUL;
    const found = cursor.search(by, doubtful) ?? cursor.search(by, (id) => !model.confirmed(id));
    if (found === null) return app.say(words.page.no_more_doubtful);
    await cursor.go(found, { block: "center" });
  }

  async function nextFinding(by) {
    const open = cursor.articles("open");
    const at = cursor.finding === null ? (by > 0 ? -1 : open.length) : open.findIndex((a) => +a.dataset.f === cursor.finding);
    const next = open[at + by];
    if (next) return cursor.go(cursor.row, { finding: +next.dataset.f, segment: cursor.segment });
    const row = cursor.search(by, (id) => model.open(id) > 0);
    if (row === null) return app.say(words.page.no_more_findings);
    await cursor.go(row, { block: "center" });
    const there = cursor.articles("open");
    await cursor.go(row, { finding: +(by > 0 ? there[0] : there.at(-1))?.dataset.f });
  }

  async function confirm() {
    const { row } = cursor;
    if (!model.confirmed(row)) await app.perform({ name: "confirm", rows: [row] });
    const next = cursor.search(1, (id) => !model.confirmed(id));
    if (next === null) app.say(model.counts.open ? words.page.no_more_doubtful : words.page.all_done);
    else await cursor.go(next);
  }

  async function confirmShown() {
    const rows = model.view.filter((id) => !model.confirmed(id));
    if (!rows.length) return;
    const title = words.dialog.confirm_shown_title.replace("{count}", rows.length);
    if (await ask(title, [], words.command.confirm_shown)) await app.perform({ name: "confirm", rows });
  }

  async function move(down) {
    if (segment() !== null) await app.perform({ name: "move", segment: segment(), down }, segment());
  }

  async function link() {
    if (cursor.from === undefined || cursor.from === null) {
      cursor.from = cursor.row;
      cursor.redraw(cursor.row);
      return app.say(words.page.link_from);
    }
    const rows = [cursor.from, cursor.row];
    leaveLink();
    if (rows[0] !== rows[1]) await app.perform({ name: "link", rows });
  }

  function leaveLink() {
    const { from } = cursor;
    cursor.from = null;
    if (from !== null && from !== undefined) cursor.redraw(from);
    return from !== null && from !== undefined;
  }

  async function edit() {
    if (!cursor.at) return;
    const id = segment();
    const given = await ask(words.dialog.edit_title, [{ name: "text", label: "", kind: "area", value: textOf(cursor.at) }]);
    if (given) await app.perform({ name: "edit", segment: id, text: given.text }, id);
  }

  async function cut() {
    if (!cursor.at) return;
    const id = segment(), text = textOf(cursor.at);
    const given = await ask(words.dialog.cut_title, [{ name: "text", label: "", kind: "caret", value: text }], words.command.cut);
    // The server counts characters, the browser counts in units of UTF-16.
    if (!given) return;
    await app.perform({ name: "cut", segment: id, at: [...text.slice(0, given.caret)].length }, id);
    await cursor.step(1);
  }

  async function settle(status) {
    const article = status === "open" ? cursor.articles().find((a) => +a.dataset.f === cursor.finding) : cursor.article;
    if (!article || (status !== "open" && article.dataset.status !== "open")) return app.say(words.page.no_finding);
    const finding = +article.dataset.f;
    let given = { reason: "", similar: false };
    if (status === "dismissed") {
      const count = +article.dataset.similar;
      const similar = count ? [{ name: "similar", label: words.dialog.similar.replace("{count}", count), kind: "check" }] : [];
      const reason = { name: "reason", label: words.dialog.reason, options: words.dialog.reasons };
      given = await ask(words.dialog.dismiss_title, [reason, ...similar], words.command.dismiss);
      if (!given) return;
    }
    await app.perform({ name: "settle", findings: [finding], status, reason: given.reason, similar: Boolean(given.similar) });
    const next = status === "open" ? null : cursor.articles("open")[0];
    await cursor.go(cursor.row, { finding: next ? +next.dataset.f : finding, segment: cursor.segment });
  }

  async function comment() {
    const article = cursor.finding === null ? null : cursor.articles().find((a) => +a.dataset.f === cursor.finding);
    const holder = article ?? cursor.element?.querySelector(".fs");
    const known = holder?.querySelector(":scope > .note")?.textContent ?? "";
    const title = article ? words.dialog.finding_comment_title : words.dialog.comment_title;
    const given = await ask(title, [{ name: "text", label: "", kind: "area", value: known }]);
    if (!given) return;
    const target = article ? { finding: +article.dataset.f } : { row: cursor.row };
    await app.perform({ name: "comment", text: given.text, ...target });
  }

  async function goTo() {
    const given = await ask(words.dialog.go_to_title, [{ name: "number", label: "", kind: "number", value: model.numberOf(cursor.row) }], words.command.go_to);
    if (!given) return;
    const id = model.order[Math.min(Math.max(+given.number, 1), model.order.length) - 1];
    if (model.placeOf(id) < 0) await app.filter(null);
    await cursor.go(id, { block: "center" });
  }

  async function takeBack(name, message) {
    if (!(name === "undo" ? model.undo : model.redo)) return;
    await app.perform({ name });
    app.say(message);
  }

  async function newVersion() {
    const form = document.querySelector("#update form");
    let chosen = null;
    form.onsubmit = (event) => {
      event.preventDefault();
      chosen = [form.elements.version.value, form.elements.file.files[0]];
      form.closest("dialog").close();
    };
    await open("update");
    if (!chosen) return;
    await app.trying(async () => {
      const { changed, notes } = await upload(...chosen);
      app.say([words.page[changed ? "updated" : "unchanged"], ...notes].join(" "));
    });
    form.reset();
  }

  function toggleFilters() {
    const form = document.getElementById("filters");
    form.hidden = !form.hidden;
    document.querySelector('[data-do="filter"]').setAttribute("aria-expanded", String(!form.hidden));
    if (form.hidden) cursor.focus();
    else form.querySelector("select").focus();
  }

  async function leave() {
    if (leaveLink()) return;
    if (app.filtered) await app.filter(null);
    cursor.focus();
  }

  const far = (place) => cursor.go(model.view.at(place));
  const page = async (by) => {
    const k = list.find(Math.max(list.grid.scrollTop + by * list.grid.clientHeight * 0.85, 0));
    list.grid.scrollTop = list.offsets[Math.min(k, model.view.length - 1)];
    await cursor.go(model.view[Math.min(k, model.view.length - 1)]);
  };

  const table = {
    walk: [
      ["next_segment", ["ArrowDown", "j"], () => cursor.step(1)],
      ["previous_segment", ["ArrowUp", "k"], () => cursor.step(-1)],
      ["next_version", ["ArrowRight"], () => cursor.turn(1)],
      ["previous_version", ["ArrowLeft"], () => cursor.turn(-1)],
      ["next_page", ["PageDown", " "], () => page(1)],
      ["previous_page", ["PageUp"], () => page(-1)],
      ["first", ["Home"], () => far(0)],
      ["last", ["End"], () => far(-1)],
      ["next_doubtful", ["n"], () => nextDoubtful(1)],
      ["previous_doubtful", ["N"], () => nextDoubtful(-1)],
      ["next_finding", ["f"], () => nextFinding(1)],
      ["previous_finding", ["F"], () => nextFinding(-1)],
      ["go_to", ["g"], goTo],
      ["search", ["/"], () => document.getElementById("search").focus()],
      ["filter", ["w"], toggleFilters],
    ],
    correct: [
      ["confirm", ["c", "Enter"], confirm],
      ["unconfirm", ["C"], () => app.perform({ name: "confirm", rows: [cursor.row], confirmed: false })],
      ["confirm_shown", ["Ctrl+Enter"], confirmShown],
      ["merge", ["m"], () => app.perform({ name: "merge", row: cursor.row })],
      ["split", ["s"], () => segment() !== null && app.perform({ name: "split", row: cursor.row, segment: segment() }, segment())],
      ["cut", ["x"], cut],
      ["move_up", ["Shift+ArrowUp"], () => move(false)],
      ["move_down", ["Shift+ArrowDown"], () => move(true)],
      ["link", ["l"], link],
      ["unlink", ["u"], () => app.perform({ name: "unlink", row: cursor.row, version: cursor.version })],
      ["mark_moved", ["v"], () => app.perform({ name: "mark_moved", row: cursor.row, moved: !(model.facts.get(cursor.row)[1] & 2) })],
      ["edit", ["e"], edit],
    ],
    settle: [
      ["accept", ["a"], () => settle("accepted")],
      ["dismiss", ["d"], () => settle("dismissed")],
      ["reopen", ["o"], () => settle("open")],
      ["comment", ["t"], comment],
      ["undo", ["z", "Ctrl+z"], () => takeBack("undo", words.page.undone)],
      ["redo", ["y", "Ctrl+y", "Ctrl+Shift+Z"], () => takeBack("redo", words.page.redone)],
    ],
    page: [
      ["export", ["E", "Ctrl+s"], () => open("export")],
      ["update", ["U"], newVersion],
      ["help", ["?"], () => help(commands)],
      ["leave", ["Escape"], leave],
    ],
  };
  const off = document.body.dataset.fixed ? "edit" : null;
  const commands = Object.entries(table).flatMap(([group, rows]) =>
    rows.filter(([name]) => name !== off).map(([name, keys, run]) => ({ name, group, keys, run })));
  return commands;
}

// What a key press is called in the table above.
export function keyOf(event) {
  const special = event.key.length > 1;
  const shift = event.shiftKey && (special || event.ctrlKey);
  return (event.ctrlKey || event.metaKey ? "Ctrl+" : "") + (shift ? "Shift+" : "") + event.key;
}
