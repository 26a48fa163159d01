"use strict";
// The search core by examples: node core.js; it fails with the first example that does not hold.
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

vm.runInThisContext(fs.readFileSync(path.join(__dirname, "../../static/search.js"), "utf8"));
const Search = vm.runInThisContext("Search");
const same = (made, right) => assert.deepEqual(JSON.parse(JSON.stringify(made)), right);

// Questions: terms, phrases in any quotes, what must not occur; what is typed wide or in capitals
same(Search.parse("多模态 “Large  Model” -教程 -\"a b\" ＲＡＧ rag"), {
  wanted: ["多模态", "large model", "rag"],
  unwanted: ["教程", "a b"],
});
same(Search.parse('  "" - "open'), { wanted: ["-", "open"], unwanted: [] });
assert.equal(Search.apart("GPT模型v2"), "gpt 模型 v2");

// Keys: pairs of CJK that cover the term, words as far as they are typed, signs
const keys = (term) => Search.plan(term).keys.map(({ key, at, prefix }) => `${key}@${at}${prefix ? "…" : ""}`);
same(keys("多模态"), ["多模@0", "模态@1"]);
same(keys("大语言模"), ["大语@0", "言模@2"]);
same(keys("的"), ["的@0…"]);
same(keys("gpt-4"), ["gpt@0", "-@3", "4@4…"]);
same(keys("c++"), ["c@0", "+@1", "+@2"]);
same(keys("用gpt做"), ["用g@0", "gpt@1", "做@4…"]);
same(keys("gpt模型"), ["<t模@3", "模型@3"]);
same(keys("𠮷野"), ["𠮷野@0"]);
same(["多模态", "gpt-4", "模型gpt", "gpt模型", "a b"].map((term) => Search.plan(term).sure), [true, true, true, false, false]);

// Marks stand in the text as written, whatever folding did to its length
const marks = (text, ...terms) => Search.marked(text, terms).map((part, n) => (n % 2 ? `[${part}]` : part)).join("");
assert.equal(marks("多模态的模型", "模态", "型"), "多[模态]的模[型]");
assert.equal(marks("ＧＰＴ 与 ChatGPT、gptq，不是 xgpt", "gpt"), "[ＧＰＴ] 与 Chat[GPT]、[gpt]q，不是 xgpt");
assert.equal(marks("重 ㎏ 与 Straße\n 下", "kg", "strasse 下"), "重 [㎏] 与 [Straße\n 下]");
assert.equal(marks("ﾊﾞﾅﾅ cafe\u0301s 👩‍💻", "バナ", "café"), "[ﾊﾞﾅ]ﾅ [cafe\u0301]s 👩‍💻");
assert.equal(marks("没有", "x"), "没有");
assert.equal(marks(""), "");

// Excerpts: where most different hits stand close, cut at a clause, whole where the text is short
const cut = (text, width, ...terms) => Search.excerpt(Search.marked(text, terms), width).join("");
assert.equal(cut("一段短文，说到模型。", 100, "模型"), "一段短文，说到模型。");
assert.equal(cut(`模型。${"很长的话".repeat(20)}，后来模型和数据在一起。${"尾".repeat(90)}`, 30, "模型", "数据"),
  `…后来模型和数据在一起。${"尾".repeat(19)}…`);
same(Search.excerpt(Search.marked("没有", ["x"]), 20), []);

// Facets: values of one facet add up, facets narrow each other; counts are what a tick would leave
const facets = [
  { name: "category", of: [[0], [0], [1], [1]] },
  { name: "topic", of: [[0, 1], [1], [1], []] },
];
const narrow = (chosen) => {
  const { kept, counts } = Search.narrow([0, 1, 2, 3], facets, chosen);
  return [kept, counts.map((values) => Object.fromEntries(values))];
};
const none = new Set();
same(narrow({ category: none, topic: none }), [[0, 1, 2, 3], [{ 0: 2, 1: 2 }, { 0: 1, 1: 3 }]]);
same(narrow({ category: new Set([0]), topic: none }), [[0, 1], [{ 0: 2, 1: 2 }, { 0: 1, 1: 2 }]]);
same(narrow({ category: new Set([0]), topic: new Set([0]) }), [[0], [{ 0: 1 }, { 0: 1, 1: 2 }]]);
same(narrow({ category: new Set([0, 1]), topic: new Set([1]) }), [[0, 1, 2], [{ 0: 2, 1: 1 }, { 0: 1, 1: 3 }]]);
process.stdout.write("true");
