/** The shapes a reply's plain text can have. */
export type Block =
  | { kind: "paragraph"; lines: string[] }
  | { kind: "list"; ordered: boolean; items: string[] }
  | { kind: "table"; head: string[]; rows: string[][] };

const BULLET = /^\s*[-•*]\s+(.*)$/;
const NUMBERED = /^\s*\d{1,2}[.)]\s+(.*)$/;
const ROW = /^\s*\|(.*)\|\s*$/;
const RULE = /^[\s|:-]+$/;

/** Cuts a text into blocks: paragraphs, lists, and tables written with `|`. */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let open = false;
  for (const line of text.split("\n")) {
    if (line.trim() === "") {
      open = false;
      continue;
    }
    const last = open ? blocks.at(-1) : undefined;
    const grown = last !== undefined && grow(last, line);
    if (!grown) blocks.push(begin(line));
    open = true;
  }
  return blocks.map((block) => (block.kind === "table" ? squared(block) : block));
}

function begin(line: string): Block {
  const bullet = BULLET.exec(line);
  if (bullet) return { kind: "list", ordered: false, items: [bullet[1] ?? ""] };
  const numbered = NUMBERED.exec(line);
  if (numbered) return { kind: "list", ordered: true, items: [numbered[1] ?? ""] };
  if (ROW.test(line)) return { kind: "table", head: cells(line), rows: [] };
  return { kind: "paragraph", lines: [line] };
}

/** Adds a line to a block that is still open; says whether it belonged there. */
function grow(block: Block, line: string): boolean {
  const next = begin(line);
  if (block.kind === "list" && next.kind === "list" && block.ordered === next.ordered) {
    block.items.push(...next.items);
    return true;
  }
  if (block.kind === "table" && next.kind === "table") {
    if (!(block.rows.length === 0 && RULE.test(line))) block.rows.push(next.head);
    return true;
  }
  if (block.kind === "paragraph" && next.kind === "paragraph") {
    block.lines.push(line);
    return true;
  }
  return false;
}

function cells(line: string): string[] {
  return (ROW.exec(line)?.[1] ?? "").split("|").map((cell) => cell.trim());
}

function squared(table: Extract<Block, { kind: "table" }>): Block {
  const width = table.head.length;
  const rows = table.rows.map((row) => Array.from({ length: width }, (_, n) => row[n] ?? ""));
  return { ...table, rows };
}

/** A run of text, with an address when it is a link. */
export interface Run {
  text: string;
  href?: string;
}

const LINK = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}’”]/g;
const PHONE = /(?<![\d/.])(?:0\d{2,3}[ .]\d{3,4}[ .]?\d{3,4}|1[89]00[ .]?\d{4})(?![\d/])/g;

/** Finds web addresses and telephone numbers; nothing else becomes a link. */
export function runsOf(text: string): Run[] {
  const found = [...matches(text, LINK, (it) => it), ...matches(text, PHONE, telephone)];
  found.sort((one, other) => one.start - other.start);
  const runs: Run[] = [];
  let place = 0;
  for (const { start, text: shown, href } of found) {
    if (start < place || !isSafe(href)) continue;
    if (start > place) runs.push({ text: text.slice(place, start) });
    runs.push({ text: shown, href });
    place = start + shown.length;
  }
  if (place < text.length) runs.push({ text: text.slice(place) });
  return runs;
}

/** Whether an address may be opened from here: web pages and telephone numbers only. */
export function isSafe(href: string | undefined): href is string {
  if (!href) return false;
  try {
    return ["http:", "https:", "tel:"].includes(new URL(href).protocol);
  } catch {
    return false;
  }
}

function telephone(text: string): string {
  return `tel:${text.replaceAll(/[ .]/g, "")}`;
}

function matches(text: string, pattern: RegExp, href: (text: string) => string) {
  return [...text.matchAll(pattern)].map((match) => ({
    start: match.index,
    text: match[0],
    href: href(match[0]),
  }));
}
