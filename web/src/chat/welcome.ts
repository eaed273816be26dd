import type { Api } from "../api/client";
import type { Strings } from "../strings";
import { button, element } from "./dom";

export interface WelcomeOptions {
  greeting: string | undefined;
  /** A topic id such as `study/tuition`: its question and those near it are offered first. */
  topic: string | undefined;
}

/** Draws what is there before the first question. */
export function drawWelcome(
  strings: Strings,
  options: WelcomeOptions,
  api: Api,
  ask: (text: string) => void,
): HTMLElement {
  const list = element("ul", { class: "related" });
  const offer = (questions: string[]) => {
    list.replaceChildren(
      ...questions.map((text) => element("li", {}, button({ lang: "vi" }, () => ask(text), text))),
    );
  };
  offer(strings.starters);
  if (options.topic) void startersOf(options.topic, api).then((found) => found && offer(found));
  const note = strings.contentNote ? [element("p", { class: "label" }, strings.contentNote)] : [];
  return element(
    "div",
    { class: "welcome" },
    element("h3", {}, strings.welcome),
    element("p", {}, options.greeting ?? strings.greeting),
    ...note,
    element("p", { class: "label" }, strings.startersLabel),
    list,
  );
}

/** A topic that cannot be had leaves the ordinary questions. */
async function startersOf(topic: string, api: Api): Promise<string[] | null> {
  try {
    const { title, related } = await api.topic(topic);
    return [title, ...(related ?? []).map((other) => other.title)];
  } catch {
    return null;
  }
}
