import type { Strings } from "../strings";
import { button, element, hidden, icon } from "./dom";

const NEAR_END_PX = 48;
const GAP_PX = 12;

/** The part that scrolls; it never moves under a person who is reading further up. */
export class Scroll {
  readonly element: HTMLElement;
  readonly #log: HTMLElement;
  readonly #toEnd: HTMLButtonElement;

  constructor(strings: Strings, content: HTMLElement[]) {
    this.#log = element(
      "section",
      { class: "log", "aria-label": strings.conversation, tabindex: "0" },
      ...content,
    );
    this.#toEnd = button(
      { class: "round to-end", hidden: true },
      () => {
        this.toEnd();
        this.#log.focus();
      },
      icon("down"),
      hidden(strings.toNewest),
    );
    this.element = element("div", { class: "middle" }, this.#log, this.#toEnd);
    this.#log.addEventListener("scroll", () => this.#hideOffer(), { passive: true });
  }

  get isAtEnd(): boolean {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    return scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
  }

  /** Brings an item into view; the page around a widget stays where it is. */
  to(item: Element, block: "start" | "end"): void {
    requestAnimationFrame(() => {
      const log = this.#log;
      if (log.scrollHeight <= log.clientHeight) {
        // Where the chat is too low to scroll by itself, what is around it scrolls.
        if (this.#flows) item.scrollIntoView({ block: "nearest", behavior: behavior() });
        return;
      }
      const [box, frame] = [item.getBoundingClientRect(), log.getBoundingClientRect()];
      const by = block === "start" ? box.top - frame.top - GAP_PX : box.bottom - frame.bottom + GAP_PX;
      log.scrollBy({ top: by, behavior: behavior() });
    });
  }

  get #flows(): boolean {
    return getComputedStyle(this.#log).overflowY === "visible";
  }

  toEnd(): void {
    requestAnimationFrame(() => this.#log.scrollTo({ top: this.#log.scrollHeight }));
  }

  /** Shows a button that leads to what is new. */
  offerEnd(): void {
    this.#toEnd.hidden = false;
  }

  #hideOffer(): void {
    if (!this.#toEnd.hidden && this.isAtEnd) this.#toEnd.hidden = true;
  }
}

function behavior(): ScrollBehavior {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
}
