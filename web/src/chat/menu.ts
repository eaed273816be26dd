import type { Strings } from "../strings";
import { button, element, hidden, icon } from "./dom";

/** One line of the menu: something to do, to switch, or a page to open. */
export type MenuItem =
  | { text: string; run: () => void; danger?: boolean; language?: string }
  | { text: string; on: boolean; toggle: (on: boolean) => void; hint?: string }
  | { text: string; href: string };

/** A button that unfolds a list of plain buttons and links. */
export class Menu {
  readonly toggle: HTMLButtonElement;
  readonly list: HTMLElement;

  constructor(strings: Strings, items: MenuItem[]) {
    this.list = element("div", { class: "menu", id: "menu", hidden: true });
    this.toggle = button(
      { class: "bar-button", "aria-expanded": "false", "aria-controls": "menu" },
      () => this.open(!this.isOpen),
      icon("more"),
      hidden(strings.menu),
    );
    this.toggle.title = strings.menu;
    this.list.append(element("ul", {}, ...items.map((item) => this.#draw(item, strings))));
    this.list.addEventListener("focusout", (event) => this.leaveTo(event.relatedTarget as Node | null));
  }

  get isOpen(): boolean {
    return !this.list.hidden;
  }

  open(on: boolean): void {
    this.list.hidden = !on;
    this.toggle.setAttribute("aria-expanded", String(on));
    if (on) this.list.querySelector<HTMLElement>("button, a")?.focus();
  }

  /** Closes and gives the focus back; says whether there was anything to close. */
  dismiss(): boolean {
    if (!this.isOpen) return false;
    this.open(false);
    this.toggle.focus();
    return true;
  }

  /** Closes when a person goes on elsewhere. */
  leaveTo(place: Node | null): void {
    if (place && !this.toggle.contains(place) && !this.list.contains(place)) this.open(false);
  }

  #draw(item: MenuItem, strings: Strings): HTMLElement {
    if ("href" in item) {
      const note = hidden(` ${strings.newWindow}`);
      const link = { href: item.href, target: "_blank", rel: "noopener" };
      return element("li", {}, element("a", link, item.text, note));
    }
    if ("toggle" in item) return drawSwitch(item);
    const run = () => {
      this.dismiss();
      item.run();
    };
    const attributes = { class: item.danger ? "danger-text" : undefined, lang: item.language };
    return element("li", {}, button(attributes, run, item.text));
  }
}

function drawSwitch(item: Extract<MenuItem, { on: boolean }>): HTMLElement {
  const made = button(
    { role: "switch", "aria-checked": String(item.on) },
    () => {
      const on = made.getAttribute("aria-checked") !== "true";
      made.setAttribute("aria-checked", String(on));
      item.toggle(on);
    },
    element("span", {}, item.text),
    element("span", { class: "switch", "aria-hidden": "true" }),
  );
  const hint = item.hint ? [element("p", { class: "menu-hint" }, item.hint)] : [];
  return element("li", {}, made, ...hint);
}
