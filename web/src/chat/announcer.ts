import { element } from "./dom";

const KEPT_MS = 15_000;

/** The only live region: everything that is to be said goes through here, once and in order. */
export class Announcer {
  readonly element = element("div", {
    class: "hidden announcer",
    role: "status",
    "aria-live": "polite",
    // Each line is read when it is added; the lines before it are not read again.
    "aria-atomic": "false",
  });

  say(text: string, language?: string): void {
    const line = element("p", { lang: language }, text);
    this.element.append(line);
    setTimeout(() => line.remove(), KEPT_MS);
  }
}
