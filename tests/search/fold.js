"use strict";
// Folds each text of an array, and tells of which kind its second character is then.
const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

vm.runInThisContext(fs.readFileSync(path.join(__dirname, "../../static/search.js"), "utf8"));
const { fold, plan } = vm.runInThisContext("Search");
const folds = JSON.parse(fs.readFileSync(0, "utf8")).map((sign) => fold(`a${sign}b`));
const kinds = folds.map((text) => {
  const sign = [...text][1];
  const [{ key }] = plan(`${sign}的`).keys; // 多的   <a的   +
  return key === `${sign}的` ? "cjk" : key === `<${sign}的` ? "word" : "";
});
process.stdout.write(JSON.stringify({ folds, kinds }));
