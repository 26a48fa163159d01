"use strict";
// Answers questions from a built site, as its search page does: node ask.js SITE < questions.json
// The questions are an array; the answers are arrays of the entries' numbers, best first.
const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

vm.runInThisContext(fs.readFileSync(path.join(__dirname, "../../static/search.js"), "utf8"));
const site = process.argv[2];
const run = vm.runInThisContext("Search");
let data = null;
globalThis.digestData = (_, part) => (data = part);

const loaded = new Map();
const load = async (name) => {
  if (!loaded.has(name)) {
    vm.runInThisContext(fs.readFileSync(path.join(site, "search", `${name}.js`), "utf8"));
    loaded.set(name, data);
  }
  return loaded.get(name);
};

(async () => {
  const index = run.unpacked(await load("index"), new URLSearchParams());
  const answers = [];
  for (const question of JSON.parse(fs.readFileSync(0, "utf8"))) {
    answers.push((await run.answer(index, question, load)).entries);
  }
  process.stdout.write(JSON.stringify(answers));
})();
