import { element } from "./dom";
import { blocksOf, isSafe, runsOf, type Block } from "./prose";
import type { Strings } from "../strings";

/** Draws a reply's text; what people or sources wrote only ever becomes text and safe links. */
export function drawProse(text: string, strings: Strings): HTMLElement {
  const blocks = blocksOf(text).map((block) => drawBlock(block, strings));
  return element("div", { class: "text", lang: "vi" }, ...blocks);
}

/** Draws a link to another site, or plain text when the address is not safe. */
export function drawLink(text: string, href: string | undefined, strings: Strings): Node {
  if (!isSafe(href)) return document.createTextNode(text);
  if (href.startsWith("tel:")) return element("a", { href }, text);
  const note = element("span", { class: "hidden", lang: strings.language }, ` ${strings.newWindow}`);
  return element("a", { href, target: "_blank", rel: "noopener noreferrer" }, text, note);
}

function drawBlock(block: Block, strings: Strings): HTMLElement {
  if (block.kind === "list") {
    const items = block.items.map((item) => element("li", {}, ...drawRuns(item, strings)));
    return element(block.ordered ? "ol" : "ul", {}, ...items);
  }
  if (block.kind === "table") return drawTable(block.head, block.rows, strings);
  const lines = block.lines.flatMap((line, n) => [
    ...(n ? [element("br")] : []),
    ...drawRuns(line, strings),
  ]);
  return element("p", {}, ...lines);
}

/** On a phone each row becomes a card; `role`s keep it a table for screen readers there. */
function drawTable(head: string[], rows: string[][], strings: Strings): HTMLElement {
  const heads = head.map((cell) => element("th", { scope: "col", role: "columnheader" }, cell));
  const lines = rows.map((row) => {
    const drawn = row.map((cell, n) => {
      const label = element("span", { class: "cell-label", "aria-hidden": "true" }, head[n] ?? "");
      const value = element("span", {}, ...drawRuns(cell, strings));
      if (n === 0) return element("th", { scope: "row", role: "rowheader" }, value);
      return element("td", { role: "cell" }, label, value);
    });
    return element("tr", { role: "row" }, ...drawn);
  });
  return element(
    "table",
    { role: "table" },
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...heads)),
    element("tbody", { role: "rowgroup" }, ...lines),
  );
}

function drawRuns(text: string, strings: Strings): Node[] {
  return runsOf(text).map(({ text: shown, href }) =>
    href === undefined ? document.createTextNode(shown) : drawLink(shown, href, strings),
  );
}

