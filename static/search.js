"use strict";
// The search itself: no page, no network. Its twin, which makes the index, is digest/render/search/.
// The whole file is one module.
const Search = (() => {

const CJK =
  "\\u1100-\\u11ff\\u2e80-\\u2fff\\u3005-\\u3007\\u3021-\\u9fff\\ua960-\\ua97f\\uac00-\\ud7ff\\uf900-\\ufaff" +
  "\\u{20000}-\\u{3ffff}";
const LETTER = `(?![${CJK}])[\\p{L}\\p{N}]`;
const SPACES = /[\0-\x20\x7f-\xa0\u1680\u2028\u2029\ufeff]+/g;
const RUNS = new RegExp(`(?<cjk>[${CJK}]+)|(?<word>(?:${LETTER})+)|[^ ]`, "gu");
const ANYWHERE = new RegExp(`[${CJK}]|^(?!${LETTER})`, "u");
const WORD_BEHIND = new RegExp(`${LETTER}$`, "u");
const JOINT = /(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=[0-9])/;
const CLUSTER = /[^][\p{M}\uff9e\uff9f\u1160-\u11ff]*/gu; // what NFKC may compose
const PART = /(-?)(?:["“”]([^"“”]*)["“”]?|([^ "“”]+))/g; // 多模态   "large model"   -教程
const BASE = 46; // digits that end a number, and as many that go on: see numbers.py
const DIGITS = [];
for (let code = 0x21, digit = 0; code < 0x7f; code++) {
  if (code !== 0x22 && code !== 0x5c) DIGITS[code] = digit++;
}

// Text

const spaced = (text) => text.replace(SPACES, " ");
const trim = (text) => text.replace(/^ | $/g, "");

function foldPart(text) {
  const small = text.normalize("NFKC").toLowerCase().toUpperCase().toLowerCase();
  return spaced(small.replaceAll("ς", "σ").normalize("NFKC"));
}

const fold = (text) => trim(foldPart(text));

// A folded text, and the offsets at which a word begins inside another: GPT in ChatGPT.
function folded(text) {
  const joints = new Set();
  let made = "";
  for (const piece of trim(spaced(text.normalize("NFKC"))).split(JOINT)) {
    joints.add(made.length);
    made += fold(piece);
  }
  return { text: made, joints };
}

// Where a term stands in a folded text: anywhere if it holds CJK, else from the start of a word.
function* placesOf(term, { text, joints }) {
  const anywhere = ANYWHERE.test(term);
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
    if (anywhere || joints.has(at) || !WORD_BEHIND.test(text.slice(Math.max(0, at - 2), at))) yield at;
  }
}

const occurs = (term, made) => !placesOf(term, made).next().done;

// Questions

function parse(question) {
  const found = { wanted: new Set(), unwanted: new Set() };
  for (const [, minus, quoted, plain] of fold(question).matchAll(PART)) {
    const term = (quoted ?? plain).trim();
    if (term) found[minus ? "unwanted" : "wanted"].add(term);
  }
  return { wanted: [...found.wanted], unwanted: [...found.unwanted] };
}

const runsOf = (text) => [...text.matchAll(RUNS)];

// A question with Han and Latin apart, as many write them: GPT模型 → gpt 模型
const apart = (question) => Array.from(fold(question).matchAll(RUNS), (run) => run[0]).join(" ");

// By which keys of the index a term is found, each at its offset in the term. Where they are not
// sure to prove it, the texts that they lead to have to be read.
function plan(term) {
  const runs = runsOf(term).map((run) => ({
    signs: [...run[0]],
    at: [...term.slice(0, run.index)].length, // offsets of the index count characters
    ...run.groups,
  }));
  const mixed = runs.some((run) => run.cjk);
  const keys = [];
  let sure = !term.includes(" ");
  runs.forEach(({ signs, at, cjk, word }, n) => {
    const next = runs[n + 1];
    const last = signs.length - 1;
    if (cjk) {
      const before = n === 1 && runs[0].word && runs[0].signs.length === at && runs[0].signs.at(-1);
      if (before) keys.push({ key: `<${before}${signs[0]}`, at });
      for (let i = 0; i < last; i += 2) keys.push({ key: signs[i] + signs[i + 1], at: at + i });
      if (last % 2) return;
      if (last) keys.push({ key: signs[last - 1] + signs[last], at: at + last - 1 });
      else if (next?.word && next.at === at + 1) keys.push({ key: cjk + next.signs[0], at });
      else keys.push({ key: cjk, at, prefix: true });
    } else if (word && n === 0 && mixed) {
      sure = false; // may be the end of a longer word
    } else {
      keys.push({ key: signs.join(""), at, prefix: Boolean(word && !next) });
    }
  });
  return { keys, sure };
}

// The index

function numbers(text) {
  const found = [];
  for (let i = 0, number = 0, unit = 1; i < text.length; i++) {
    const digit = DIGITS[text.charCodeAt(i)];
    if (digit < BASE) {
      found.push(number + digit * unit);
      number = 0;
      unit = 1;
    } else {
      number += (digit - BASE) * unit;
      unit *= BASE;
    }
  }
  return found;
}

// Lists that stand one after the other, each behind its length.
function lists(text) {
  const found = [];
  const all = numbers(text);
  for (let at = 0; at < all.length; at += all[at] + 1) found.push(all.slice(at + 1, at + 1 + all[at]));
  return found;
}

// Which shards may hold a key, or the keys that begin with it.
function shardsOf({ key, prefix }, cuts) {
  let last = Math.max(0, cuts.findLastIndex((cut) => cut <= key));
  const shards = [last];
  while (prefix && cuts[++last]?.startsWith(key)) shards.push(last);
  return shards;
}

// A shard is "key places key places": places are steps from entry to entry, each with steps from
// offset to offset, whose lowest bit tells whether one more follows.
function readInto(found, { key, prefix }, shard) {
  const parts = shard.split(" ");
  for (let i = 0; i < parts.length; i += 2) {
    if (prefix ? !parts[i].startsWith(key) : parts[i] !== key) continue;
    const steps = numbers(parts[i + 1]);
    for (let n = 0, entry = 0; n < steps.length; n++) {
      entry += steps[n];
      if (!found.has(entry)) found.set(entry, []);
      let at = 0;
      do found.get(entry).push((at += steps[++n] >> 1));
      while (steps[n] & 1);
    }
  }
}

// Where a planned term may begin: entry → offsets. ``shards`` has those of each key in turn.
function candidates({ keys }, shards) {
  let found = null;
  keys.forEach((key, n) => {
    const places = new Map();
    for (const shard of shards[n]) readInto(places, key, shard);
    const left = new Map();
    for (const [entry, offsets] of places) {
      const before = found?.get(entry) ?? [];
      const starts = offsets.map((at) => at - key.at).filter((at) => !found || before.includes(at));
      if (starts.length) left.set(entry, starts);
    }
    found = left;
  });
  return found;
}

// Order and facets

// How well an entry answers: terms in its title count most, then those that name its topic, then
// how often they occur; a later entry goes before an earlier one that answers as well.
function score(index, entry, hits, topics) {
  let sum = -entry / index.size;
  for (const { facet, value } of topics) if (facet.of[entry].includes(value)) sum += 4;
  for (const offsets of hits.map((found) => found.get(entry))) {
    sum += Math.min(offsets.length, 8) / 4;
    if (offsets.some((at) => at < index.titles[entry])) sum += offsets.includes(0) ? 7 : 6;
  }
  return sum;
}

// Which entries have a chosen value in every facet, and how many each further value would leave.
function narrow(entries, facets, chosen) {
  const counts = facets.map(() => new Map());
  const kept = entries.filter((entry) => {
    const fits = facets.map(({ name, of }) => !chosen[name].size || of[entry].some((value) => chosen[name].has(value)));
    const misses = fits.filter((fit) => !fit).length;
    facets.forEach(({ of }, n) => {
      if (misses > (fits[n] ? 0 : 1)) return;
      for (const value of of[entry]) counts[n].set(value, (counts[n].get(value) ?? 0) + 1);
    });
    return !misses;
  });
  return { kept, counts };
}

// Answers: ``load`` gives a part of the index by its name

// The index as it comes, made ready; ``scope`` is what all entries of a list have, as topic=rag.
function unpacked(packed, scope) {
  const facets = packed.facets.map(({ texts, of, ...facet }) => {
    const shown = texts.length ? texts : facet.keys;
    const names = facet.names && facet.keys.map((key, n) => [key, fold(shown[n]), ...(facet.names[key] ?? [])]);
    return { ...facet, texts: shown, of: lists(of), names };
  });
  const firsts = [0]; // entries of the shards of texts
  for (const count of packed.texts) firsts.push(firsts.at(-1) + count);
  const inScope = (entry) =>
    facets.every(({ name, keys, of }) => !scope.has(name) || of[entry].includes(keys.indexOf(scope.get(name))));
  return {
    ...packed,
    firsts,
    folded: new Map(),
    titles: numbers(packed.titles),
    all: [...Array(packed.size).keys()].filter(inScope),
    facets: facets.filter(({ name, title }) => title && !scope.has(name)),
  };
}

async function textOf({ firsts }, entry, load) {
  const shard = firsts.findLastIndex((first) => first <= entry);
  return (await load(`texts-${shard}`))[entry - firsts[shard]];
}

async function rowOf({ rows, fields }, entry, load) {
  const values = (await load(`rows-${Math.floor(entry / rows)}`))[entry % rows];
  return Object.fromEntries(fields.map((field, n) => [field, values[n]]));
}

async function hitsOf(index, term, load) {
  const { keys, sure } = plan(term);
  const shards = keys.map((key) => Promise.all(shardsOf(key, index.keys).map((n) => load(`keys-${n}`))));
  const found = candidates({ keys }, await Promise.all(shards));
  if (sure) return found;
  const holds = async (entry) => {
    if (!index.folded.has(entry)) index.folded.set(entry, folded(await textOf(index, entry, load)));
    return occurs(term, index.folded.get(entry));
  };
  const right = await Promise.all([...found.keys()].map(holds));
  return new Map([...found].filter((_, n) => right[n]));
}

// The values of facets that some words name: a topic, a person, a host.
function named({ facets }, words, exactly) {
  const fits = (name) => (exactly ? name === words : name.startsWith(words));
  return facets.flatMap((facet) =>
    (facet.names ?? []).flatMap((names, value) => (names.some(fits) ? [{ facet, value }] : [])),
  );
}

// The entries that answer a question, best first; all where nothing is asked.
async function answer(index, question, load) {
  const { wanted, unwanted } = parse(question);
  const [hits, misses] = await Promise.all(
    [wanted, unwanted].map((terms) => Promise.all(terms.map((term) => hitsOf(index, term, load)))),
  );
  const entries = index.all.filter(
    (entry) => hits.every((found) => found.has(entry)) && !misses.some((found) => found.has(entry)),
  );
  const topics = wanted.flatMap((term) => named(index, term, true));
  const scores = new Map(entries.map((entry) => [entry, score(index, entry, hits, topics)]));
  entries.sort((a, b) => scores.get(b) - scores.get(a) || a - b);
  return { entries, wanted, asked: wanted.length + unwanted.length };
}

// Marks

const signs = new Map(); // folding a sign takes long, and the same come again and again

// A text in parts, in turn not hit and hit: ["多么好的", "模型", ""].
function marked(text, terms) {
  const starts = []; // where each sign of the folded text stands as written
  let made = "";
  for (const { 0: cluster, index } of text.matchAll(CLUSTER)) {
    if (!signs.has(cluster)) signs.set(cluster, foldPart(cluster));
    const sign = signs.get(cluster);
    if (sign === " " && (!made || made.endsWith(" "))) continue;
    for (let i = 0; i < sign.length; i++) starts.push(index);
    made += sign;
  }
  starts.push(text.length);
  const whole = folded(text);
  const hit = new Uint8Array(text.length);
  for (const term of whole.text === trim(made) ? terms : []) {
    for (const at of placesOf(term, whole)) {
      let end = at + term.length;
      while (starts[end] === starts[end - 1]) end++;
      hit.fill(1, starts[at], starts[end]);
    }
  }
  const parts = [];
  for (let from = 0; from < text.length || parts.length % 2 === 0; ) {
    const to = hit.indexOf(1 - (parts.length % 2), from);
    parts.push(text.slice(from, to < 0 ? text.length : to));
    from += parts.at(-1).length;
  }
  return parts;
}

// About ``width`` signs of a marked text, where most different hits stand close; none without any.
function excerpt(parts, width) {
  const at = [0];
  for (const part of parts) at.push(at.at(-1) + part.length);
  let best = 0;
  let most = 0;
  for (let n = 1; n < parts.length; n += 2) {
    const close = parts.filter((part, m) => m % 2 && m >= n && at[m + 1] - at[n] < width);
    const kinds = new Set(close.map(fold)).size;
    if (kinds > most) [most, best] = [kinds, n];
  }
  if (!most) return [];
  const text = parts.join("");
  const whole = (place) => place + /[\udc00-\udfff]/.test(text[place]); // not inside a character
  let from = Math.max(0, at[best] - Math.round(width / 3));
  if (from) from = whole(from + 1 + text.slice(from, at[best]).search(/[\s，。；！？,;]/));
  while (/\s/.test(text[from])) from++;
  const to = whole(from + width);
  const cut = parts.map((part, n) => part.slice(Math.max(0, from - at[n]), Math.max(0, to - at[n])));
  if (from) cut[0] = `…${cut[0]}`;
  if (to < text.length) cut[cut.length - 1] += "…";
  return cut;
}

return { fold, folded, occurs, parse, apart, plan, unpacked, textOf, rowOf, named, answer, narrow, marked, excerpt };
})();
