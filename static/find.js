"use strict";
// The search page, and lists that are narrowed in place. What is asked for stands in the address, so
// that it can be shared and gone back to.
(() => {
const PAGE = 20;
const VALUES = 7;
const base = new URL(".", document.currentScript.src);
const main = document.querySelector("main");
const at = {};
for (const part of main.querySelectorAll("[data-find]")) at[part.dataset.find] = part;
const scope = new URLSearchParams(at.side.dataset.scope); // of a list: what all its entries have
const asks = !scope.size;
const input = document.querySelector(".find input");
const whole = [...main.children].filter((part) => !asks && part.matches(".month, .day, .rows, .steps"));

const make = (name, values, ...children) => {
  const made = Object.assign(document.createElement(name), values);
  made.append(...children);
  return made;
};
const say = (text, n, all) => text.replace("{n}", n).replace("{all}", all);

// Data: scripts, since a page opened from disk may load nothing else

const loading = new Map();
let version = "";
let arrived = [];
globalThis.digestData = (...data) => (arrived = data);

function load(name) {
  if (loading.has(name)) return loading.get(name);
  const part = new Promise((resolve, reject) => {
    const script = make("script", { src: new URL(`search/${name}.js?${version}`, base) });
    const fail = (why) => loading.delete(name) && reject(new Error(why));
    script.onload = () => {
      version ||= arrived[0];
      if (arrived[0] === version) resolve(arrived[1]);
      else fail("outdated");
    };
    script.onerror = () => fail("failed");
    document.head.append(script);
  });
  loading.set(name, part);
  return part;
}

// The address

let index = null;
const chosen = {};

function read() {
  const query = new URLSearchParams(location.search);
  for (const { name, keys } of index.facets) {
    chosen[name] = new Set(query.getAll(name).map((key) => keys.indexOf(key)).filter((value) => value >= 0));
  }
  if (!asks) return;
  input.value = query.get("q") ?? "";
  at.order.value = query.get("sort") === "new" ? "new" : "";
}

function address() {
  const query = new URLSearchParams();
  if (asks && input.value.trim()) query.set("q", input.value.trim());
  for (const { name, keys } of index.facets) for (const value of chosen[name]) query.append(name, keys[value]);
  if (asks && at.order.value) query.set("sort", at.order.value);
  return location.pathname + (query.size ? `?${query}` : "");
}

// Answers

let turn = 0; // an answer that comes too late is dropped
let limit = PAGE;

// ``step`` makes a step in the history; typing changes the address of the last one.
async function run(step) {
  const mine = ++turn;
  const slow = setTimeout(() => (at.status.textContent = at.status.dataset.loading), 400);
  try {
    if (!index) {
      index = Search.unpacked(await load("index"), scope);
      read();
    }
    const found = await Search.answer(index, asks ? input.value : "", load);
    if (mine !== turn) return;
    if (asks && at.order.value) found.entries.sort((a, b) => a - b);
    await show(found, mine);
    if (mine !== turn) return;
    at.fault.hidden = true;
    if (address() !== location.pathname + location.search) {
      history[step ? "pushState" : "replaceState"](null, "", address());
    }
  } catch (error) {
    if (mine !== turn) return;
    at.status.textContent = "";
    at.fault.hidden = false;
    at.fault.firstElementChild.textContent = at.fault.dataset[error.message] ?? error;
  } finally {
    clearTimeout(slow);
  }
}

async function show(found, mine) {
  const { kept, counts } = Search.narrow(found.entries, index.facets, chosen);
  const narrowed = index.facets.some(({ name }) => chosen[name].size);
  const some = found.asked > 0 || narrowed;
  const rows = some ? await Promise.all(kept.slice(0, limit).map((entry) => row(entry, found.wanted))) : [];
  if (mine !== turn) return;
  for (const part of whole) part.hidden = some;
  at.rows.replaceChildren(...rows);
  at.rows.hidden = !rows.length;
  at.side.hidden = !found.entries.length;
  at.more.parentElement.hidden = !some || kept.length <= limit;
  at.more.textContent = say(index.words.more, Math.min(PAGE, kept.length - limit));
  at.more.onclick = async () => {
    const last = limit;
    limit += PAGE;
    await show(found, mine);
    at.rows.children[last].querySelector("a").focus();
  };
  if (asks) at.help.hidden = some;
  if (asks) at.order.closest("p").hidden = !found.wanted.length || kept.length < 2;
  at.status.textContent = some ? told(found.entries.length, kept.length) : "";
  panel(counts);
  at.chips.replaceChildren(...chips(), ...(some ? hints(found, kept) : []));
}

function told(all, left) {
  const { words } = index;
  if (!all) return words.no_hits.replace("{q}", input.value.trim());
  if (!left) return words.nothing_left;
  return left === all ? say(words.hits[left === 1 ? 0 : 1], left) : say(words.narrowed, left, all);
}

// Parts of the page

async function row(entry, terms) {
  const values = await Search.rowOf(index, entry, load);
  const text = (name) => String(values[name] || "").replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt()};`);
  const box = make("template", { innerHTML: at.rows.dataset.row.replace(/\{(\w+)\}/g, (_, name) => text(name)) });
  const item = box.content.querySelector("li");
  for (const part of [...item.querySelectorAll("*")].reverse()) part.textContent.trim() || part.remove();
  for (const name of index.fields) if (!values[name]) item.querySelector(`.${name}`)?.remove();
  if (!terms.length) return item;
  const title = item.querySelector(".title");
  mark(title, Search.marked(values.title, terms));
  const place = make("p", { className: "excerpt" });
  item.append(place);
  Search.textOf(index, entry, load).then((written) => {
    const body = written.slice(values.title.length + 1);
    mark(place, Search.excerpt(Search.marked(body, terms), item.lang === "en" ? 180 : 100));
  }, () => place.remove());
  return item;
}

function mark(place, parts) {
  place.replaceChildren(...parts.map((text, n) => (n % 2 ? make("mark", { textContent: text }) : text)));
}

// A box for each facet, with its values to tick and how many entries each would leave.
function panel(counts) {
  const focus = document.activeElement.id;
  const unfolded = new Set([...at.panel.querySelectorAll("[open]")].map((fold) => fold.id));
  at.panel.replaceChildren(...index.facets.map((facet, n) => fieldset(facet, counts[n], unfolded)));
  if (focus.startsWith("find-")) document.getElementById(focus)?.focus();
}

function fieldset({ name, title, keys, texts, names }, counts, unfolded) {
  const picked = chosen[name];
  const rank = (value) => (names && counts.get(value)) || 0; // months and kinds keep their order
  const values = [...keys.keys()]
    .filter((value) => counts.has(value) || picked.has(value))
    .sort((a, b) => picked.has(b) - picked.has(a) || rank(b) - rank(a) || a - b);
  const item = (value) => {
    const tick = make("input", { type: "checkbox", id: `find-${name}-${value}`, checked: picked.has(value) });
    tick.onchange = () => changed(picked.delete(value) || picked.add(value));
    const count = make("span", { className: "count", textContent: counts.get(value) ?? 0 });
    return make("li", {}, make("label", {}, tick, make("span", { textContent: texts[value] }), count));
  };
  const rest = values.splice(VALUES);
  const box = make("fieldset", { hidden: values.length < 2 && !picked.size }, make("legend", { textContent: title }));
  box.append(make("ul", {}, ...values.map(item)));
  if (rest.length) {
    const fold = make("details", { id: `find-${name}` });
    fold.append(make("summary", { textContent: say(index.words.more_values, rest.length) }));
    const unfold = () => fold.childElementCount > 1 || fold.append(make("ul", {}, ...rest.map(item)));
    fold.ontoggle = unfold; // hundreds of hosts are made only to be looked at
    fold.open = unfolded.has(fold.id);
    if (fold.open) unfold();
    box.append(fold);
  }
  return box;
}

const button = (text, does, values) => {
  const made = make("button", { type: "button", textContent: text, ...values });
  made.onclick = () => {
    does();
    changed();
    (asks ? input : at.side.querySelector("summary")).focus();
  };
  return make("li", {}, made);
};

const clear = () => Object.values(chosen).forEach((values) => values.clear());

// What is chosen, each to be taken back.
function chips() {
  return index.facets.flatMap(({ name, title, texts }) =>
    [...chosen[name]].map((value) => {
      const text = `${title} ${texts[value]}`;
      const ariaLabel = `${index.words.remove} ${text}`;
      return button(text, () => chosen[name].delete(value), { className: "chip", ariaLabel });
    }),
  );
}

// Other ways to go on: looser questions, and the topics, persons and hosts that the words name.
function hints({ entries }, kept) {
  const { words } = index;
  const found = [];
  const question = asks ? Search.fold(input.value) : "";
  const apart = Search.apart(question);
  if (!kept.length && entries.length) found.push(button(words.without_filters, clear));
  if (!entries.length) found.push(make("li", { textContent: words.no_hits_help }));
  if (!entries.length && apart !== question) {
    found.push(button(words.try_apart.replace("{q}", apart), () => (input.value = apart)));
  }
  for (const { facet, value } of question.length > 1 ? Search.named(index, question).slice(0, 3) : []) {
    if (chosen[facet.name].has(value)) continue;
    found.push(
      button(`${facet.title} ${facet.texts[value]}`, () => {
        clear();
        input.value = "";
        chosen[facet.name].add(value);
      }),
    );
  }
  return found;
}

// What the reader does

function changed() {
  limit = PAGE;
  run(true);
}

at.fault.lastElementChild.onclick = () => location.reload();
addEventListener("popstate", () => {
  if (index) read();
  run();
});
if (!asks) {
  run();
  return;
}
const typed = (event) => {
  if (event.isComposing) return; // half a word of an input method is no question
  limit = PAGE;
  run();
};
input.addEventListener("input", typed);
input.addEventListener("compositionend", typed);
input.form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (history.state !== "sent") history.pushState("sent", "", address()); // kept, to go back to
  at.rows.querySelector("a")?.focus();
});
at.order.onchange = changed;
const wide = matchMedia("(min-width: 66rem)");
wide.onchange = () => (at.side.open = wide.matches);
wide.onchange();
run();
})();
