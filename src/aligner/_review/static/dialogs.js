// Questions to the reviewer, in dialogs that Escape leaves.

const words = JSON.parse(document.body.dataset.words);

for (const dialog of document.querySelectorAll("dialog")) {
  dialog.querySelector(".cancel").addEventListener("click", () => dialog.close());
}

function field({ name, label, kind = "text", value = "", options = [] }) {
  const holder = document.createElement("label");
  const input = document.createElement(kind === "area" || kind === "caret" ? "textarea" : "input");
  input.name = name;
  if (kind === "check") {
    input.type = "checkbox";
    holder.className = "line";
    holder.append(input, label);
    return holder;
  }
  if (kind === "number") Object.assign(input, { type: "number", min: 1, required: true });
  input.value = value;
  input.autocomplete = "off";
  holder.append(label, input);
  if (kind === "caret") input.addEventListener("beforeinput", (event) => event.preventDefault());
  if (options.length) {
    const list = document.createElement("datalist");
    list.id = `${name}-options`;
    list.append(...options.map((one) => Object.assign(document.createElement("option"), { value: one })));
    input.setAttribute("list", list.id);
    holder.append(list);
  }
  return holder;
}

// Ask for some values; null if the reviewer thought better of it.
export function ask(title, fields, button = words.page.save) {
  const dialog = document.getElementById("ask");
  const form = dialog.querySelector("form");
  dialog.querySelector("h2").textContent = title;
  dialog.querySelector(".main").textContent = button;
  dialog.querySelector(".fields").replaceChildren(...fields.map(field));
  return new Promise((resolve) => {
    let values = null;
    form.onsubmit = (event) => {
      event.preventDefault();
      values = Object.fromEntries([...form.elements].filter((e) => e.name).map((e) => [
        e.name, e.type === "checkbox" ? e.checked : e.value,
      ]));
      for (const area of form.querySelectorAll("textarea")) values.caret = area.selectionStart;
      dialog.close();
    };
    form.onkeydown = (event) => {
      if (event.key === "Enter" && event.target.tagName === "TEXTAREA" && !event.shiftKey) {
        event.preventDefault();
        form.requestSubmit();
      }
    };
    dialog.onclose = () => resolve(values);
    dialog.showModal();
    const first = form.querySelector("input, textarea");
    first?.focus();
    if (first?.tagName === "TEXTAREA") first.setSelectionRange(fields[0].kind === "caret" ? 0 : first.value.length, fields[0].kind === "caret" ? 0 : first.value.length);
    else first?.select?.();
  });
}

export function open(name) {
  return new Promise((resolve) => {
    const dialog = document.getElementById(name);
    dialog.onclose = resolve;
    dialog.showModal();
  });
}

export function help(commands) {
  const holder = document.querySelector("#help .keys");
  holder.replaceChildren(...[...new Set(commands.map((one) => one.group))].map((group) => {
    const section = document.createElement("section");
    const heading = Object.assign(document.createElement("h3"), { textContent: words.group[group] });
    const list = document.createElement("dl");
    for (const command of commands.filter((one) => one.group === group)) {
      const keys = document.createElement("dt");
      keys.append(...command.keys.flatMap((key) => [Object.assign(document.createElement("kbd"), { textContent: shown(key) }), " "]));
      list.append(keys, Object.assign(document.createElement("dd"), { textContent: words.command[command.name] }));
    }
    section.append(heading, list);
    return section;
  }));
  return open("help");
}

const SIGNS = { ArrowDown: "↓", ArrowUp: "↑", ArrowLeft: "←", ArrowRight: "→", Enter: "⏎", Escape: "Esc", " ": "Space" };

export function shown(key) {
  return key.split("+").map((part) => SIGNS[part] ?? part).join("+") || key;
}
