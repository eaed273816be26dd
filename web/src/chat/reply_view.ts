import type { Reply, Source, Titled } from "../api/types";
import type { Strings } from "../strings";
import { button, element } from "./dom";
import { drawLink, drawProse } from "./prose_view";

/** What a person can do with a reply. */
export interface ReplyActions {
  choose(choice: Titled): void;
}

/** Draws one reply: text, choices, sources, what to ask next. */
export function drawReply(reply: Reply, strings: Strings, actions: ReplyActions): HTMLElement[] {
  const parts = [drawProse(reply.text, strings)];
  if (reply.choices?.length) parts.push(...drawChoices(reply.choices, strings, actions));
  if (reply.sources?.length) parts.push(drawSources(reply.sources, reply.as_of, strings));
  if (reply.related?.length) parts.push(...drawRelated(reply.related, strings, actions));
  return parts;
}

function drawChoices(choices: Titled[], strings: Strings, actions: ReplyActions): HTMLElement[] {
  const list = element("ol", { class: "choices" });
  for (const [n, choice] of choices.entries()) {
    const number = element("span", { class: "number" }, `${n + 1}.`);
    const title = element("span", { lang: "vi" }, choice.title);
    list.append(element("li", {}, button({}, () => actions.choose(choice), number, " ", title)));
  }
  list.addEventListener("keydown", (event) => pickByDigit(event, list));
  return [element("p", { class: "label" }, strings.choices), list];
}

/** A digit picks only while the list has the focus (WCAG 2.1.4). */
function pickByDigit(event: KeyboardEvent, list: HTMLElement): void {
  if (event.ctrlKey || event.altKey || event.metaKey || !/^[1-9]$/.test(event.key)) return;
  const picked = list.querySelectorAll("button")[Number(event.key) - 1];
  if (!picked) return;
  event.preventDefault();
  picked.focus();
  picked.click();
}

function drawRelated(related: Titled[], strings: Strings, actions: ReplyActions): HTMLElement[] {
  const items = related.map((topic) =>
    element("li", {}, button({ lang: "vi" }, () => actions.choose(topic), topic.title)),
  );
  return [
    element("p", { class: "label" }, strings.related),
    element("ul", { class: "related" }, ...items),
  ];
}

function drawSources(sources: Source[], asOf: string | undefined, strings: Strings): HTMLElement {
  const oldest = sources.map((source) => source.checked_on).sort()[0];
  const title = oldest
    ? strings.sourcesChecked(sources.length, day(oldest))
    : strings.sources(sources.length);
  const items = sources.map((source) => element("li", {}, ...cite(source, strings)));
  return element(
    "details",
    { class: "sources" },
    element("summary", {}, title),
    ...(asOf ? [element("p", {}, strings.asOf(day(asOf)))] : []),
    element("ul", {}, ...items),
  );
}

function cite(source: Source, strings: Strings): Node[] {
  const facts = [
    source.number && strings.number(source.number),
    source.date && strings.dated(day(source.date)),
    strings.checked(day(source.checked_on)),
  ];
  const title = element("span", { lang: "vi" }, drawLink(source.title, source.url, strings));
  return [title, document.createTextNode(` (${facts.filter(Boolean).join(", ")})`)];
}

/** Writes a day, month or year the Vietnamese way. */
export function day(iso: string): string {
  return iso.split("-").reverse().join("/");
}

/** Says replies as a person would read them out, numbers of choices included. */
export function spoken(replies: Reply[], strings: Strings): string {
  return replies
    .flatMap(({ text, choices }) => [text, ...(choices?.length ? [inWords(choices, strings)] : [])])
    .join("\n");
}

function inWords(choices: Titled[], strings: Strings): string {
  const titles = choices.map(({ title }, n) => `${n + 1}. ${title}`);
  return `${strings.choicesSpoken(choices.length)} ${titles.join("; ")}`;
}

/** Writes replies out with their sources, to be pasted elsewhere. */
export function plain(replies: Reply[], strings: Strings): string {
  const parts = replies.flatMap(({ text, sources, as_of }) => [
    text,
    ...(as_of ? [strings.asOf(day(as_of))] : []),
    ...(sources ?? []).map(({ title, url, checked_on }) =>
      [`- ${title}`, url, strings.checked(day(checked_on))].filter(Boolean).join(", "),
    ),
  ]);
  return parts.join("\n");
}
