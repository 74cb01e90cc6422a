/** How the parts of a package name each other. */

import { attribute } from "./xml-text.mjs";

/** @param {string} xml @param {string} root @param {string} added */
export function beforeEnd(xml, root, added) {
  const end = new RegExp(`</(?:[\\w.-]+:)?${root}\\s*>\\s*$`).exec(xml);
  return end === null ? xml : xml.slice(0, end.index) + added + xml.slice(end.index);
}

/** @param {string} part */
export function relationsPartOf(part) {
  return part.replace(/([^/]*)$/, "_rels/$1.rels");
}

/** @param {string} xml @param {string} source the part whose relations they are */
export function relationsIn(xml, source) {
  return [...xml.matchAll(/<(?:[\w.-]+:)?Relationship\b((?:[^>"']|"[^"]*"|'[^']*')*?)\/?>/g)].map(
    ([, tag = ""]) => ({
      id: attribute(tag, "Id") ?? "",
      type: attribute(tag, "Type") ?? "",
      target: resolve(source, attribute(tag, "Target") ?? ""),
    }),
  );
}

/** @param {string} source @param {string} target */
function resolve(source, target) {
  if (target.startsWith("/")) return target.slice(1);
  const path = source.split("/").slice(0, -1);
  for (const step of target.replaceAll("\\", "/").split("/"))
    if (step === "..") path.pop();
    else if (step !== ".") path.push(step);
  return path.join("/");
}
