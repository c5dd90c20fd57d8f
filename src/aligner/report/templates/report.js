"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const form = document.querySelector(".tools");
  const table = byId("passages");
  const articles = [...table.querySelectorAll("article")];
  const marks = new Map();
  for (const mark of table.querySelectorAll("mark"))
    for (const number of mark.dataset.f.trim().split(" "))
      marks.set(number, [...(marks.get(number) || []), mark]);
  const levels = { style: 0, minor: 1, major: 2, critical: 3 };
  const listed = new Map([...document.querySelectorAll(".list li")].map((li) => [li.dataset.n, li]));
  let shown = articles;
  let at = -1;

  function matches(article) {
    const d = article.dataset;
    const version = byId("version").value;
    return levels[d.s] >= +byId("severity").value
      && (!byId("type").value || d.t === byId("type").value)
      && (!version || (d.o ? d.o === version : d.m.split(" ").includes(version)))
      && +d.c >= +byId("sure").value;
  }

  function filter() {
    for (const row of table.querySelectorAll(".hit")) row.classList.remove("hit");
    const rows = byId("rows").value;
    shown = [];
    for (const article of articles) {
      const match = matches(article);
      const number = article.id.slice(1);
      article.classList.toggle("off", !match);
      for (const mark of marks.get(number) || []) mark.classList.toggle("mute", !match);
      if (listed.has(number)) listed.get(number).classList.toggle("off", !match);
      if (!match) continue;
      const row = article.closest(".r");
      row.classList.add("hit");
      if (rows === "all" || rows === "found" || row.classList.contains(rows)) shown.push(article);
    }
    table.dataset.rows = rows;
    byId("sure-shown").textContent = byId("sure").value;
    at = -1;
    light(null);
    report();
  }

  function report() {
    const all = articles.length;
    const found = shown.length === all ? `${all} findings` : `${shown.length} of ${all} findings`;
    byId("status").textContent = at < 0 ? found : `finding ${at + 1} of ${shown.length}`;
    byId("next").disabled = byId("previous").disabled = !shown.length;
  }

  function light(article) {
    for (const mark of table.querySelectorAll("mark.lit")) mark.classList.remove("lit");
    for (const mark of (article && marks.get(article.id.slice(1))) || []) mark.classList.add("lit");
  }

  function go(step) {
    if (!shown.length) return;
    if (at < 0) {
      const top = form.getBoundingClientRect().bottom;
      const below = shown.findIndex((a) => a.getBoundingClientRect().top >= top);
      at = step > 0 ? Math.max(below, 0) : (below > 0 ? below - 1 : shown.length - 1);
    } else at = (at + step + shown.length) % shown.length;
    const article = shown[at];
    article.closest(".r").scrollIntoView({ block: "start", behavior: "instant" });
    article.focus({ preventScroll: true });
    light(article);
    report();
  }

  const wordsOf = (row) => [...row.querySelectorAll("[data-w]")];

  function link(word) {
    for (const other of table.querySelectorAll(".word")) other.classList.remove("word");
    if (!word) return;
    const names = new Set([word.dataset.w, ...word.dataset.l.split(" ")]);
    for (const other of wordsOf(word.closest(".r")))
      if (names.has(other.dataset.w)) other.classList.add("word");
  }

  function read(word) {
    word.tabIndex = -1;
    word.focus();
    const names = word.dataset.l.split(" ");
    const partners = wordsOf(word.closest(".r")).filter((other) => names.includes(other.dataset.w));
    byId("status").textContent = `${word.textContent}: ${partners.map((w) => w.textContent).join(", ")}`;
  }

  function walk(step) {
    const word = document.activeElement.closest("[data-w]");
    const words = word ? wordsOf(word.closest(".r")) : [];
    const next = words[words.indexOf(word) + step];
    if (next) read(next);
    return Boolean(word);
  }

  function enter() {
    const here = document.activeElement.closest(".r");
    const top = form.getBoundingClientRect().bottom;
    const below = () => [...table.querySelectorAll(".r")].find(
      (row) => row.querySelector("[data-w]") && row.getBoundingClientRect().bottom > top + 40);
    const row = here && here.querySelector("[data-w]") ? here : below();
    if (row) read(row.querySelector("[data-w]"));
  }

  function toggle() {
    const filters = byId("filters");
    filters.hidden = !filters.hidden;
    byId("more").setAttribute("aria-expanded", String(!filters.hidden));
    if (!filters.hidden) byId("rows").focus();
  }

  form.hidden = false;
  document.body.classList.add("js");
  for (const tick of document.querySelectorAll(".tick"))
    tick.addEventListener("click", () => { location.hash = `f${tick.dataset.f}`; });
  new ResizeObserver(() => {
    document.documentElement.style.setProperty("--tools", `${form.offsetHeight}px`);
  }).observe(form);
  byId("next").addEventListener("click", () => go(1));
  byId("previous").addEventListener("click", () => go(-1));
  byId("more").addEventListener("click", toggle);
  byId("filters").addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const kind of ["focusin", "mouseover"])
    table.addEventListener(kind, (event) => {
      light(event.target.closest("article"));
      link(event.target.closest("[data-w]"));
    });
  table.addEventListener("mouseleave", () => link(null));
  document.addEventListener("keydown", (event) => {
    if (!byId("keys").checked || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key === "n" || event.key === "j") go(1);
    else if (event.key === "p" || event.key === "k") go(-1);
    else if (event.key === "f") toggle();
    else if (event.key === "w") enter();
    else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      if (!walk(event.key === "ArrowRight" ? 1 : -1)) return;
    }
    else return;
    event.preventDefault();
  });
  report();
})();
