import { Api } from "./api/client";
import { Chat } from "./chat/chat";
import { element } from "./chat/dom";
import type { MenuItem } from "./chat/menu";
import { adopt } from "./sheet";
import { TabStore } from "./store";
import type { Language, Strings } from "./strings";
import css from "./styles/page_chat.css";

/** The chat on its own page; the page's letters and links are those of the server. */
class Page {
  readonly #store = new TabStore(`ictbot:${location.origin}:`);
  readonly #api = new Api(location.origin, this.#store);
  readonly #layer = element("div", { class: "layer" });
  readonly #language: Language;
  #chat: Chat;

  constructor(place: HTMLElement) {
    const root = place.attachShadow({ mode: "open" });
    adopt(root, css);
    root.append(this.#layer);
    this.#language = place.dataset["language"] === "en" ? "en" : "vi";
    this.#chat = this.#draw();
  }

  /** Restores what was said, then asks the question of the link, once. */
  async open(): Promise<void> {
    const address = new URL(location.href);
    const question = address.searchParams.get("hoi")?.trim();
    await this.#chat.conversation.open();
    if (question) {
      address.searchParams.delete("hoi");
      history.replaceState(null, "", address);
      this.#chat.ask(question);
    }
    if (!matchMedia("(pointer: coarse)").matches) this.#chat.focus();
  }

  #draw(): Chat {
    const chat = new Chat(this.#api, this.#store, {
      title: undefined,
      greeting: undefined,
      topic: undefined,
      language: this.#language,
      more: (strings) => this.#more(strings),
      redraw: () => this.#redraw(),
    });
    this.#layer.append(chat.element);
    return chat;
  }

  #more(strings: Strings): MenuItem[] {
    return [{ text: strings.print, run: () => print() }];
  }

  #redraw(): void {
    const draft = this.#chat.dispose();
    this.#chat = this.#draw();
    this.#chat.draft = draft;
    void this.#chat.conversation.open();
    this.#chat.focus();
  }
}

/** On paper nothing can be unfolded. */
function unfoldForPrinting(root: ShadowRoot): void {
  let folded: HTMLDetailsElement[] = [];
  addEventListener("beforeprint", () => {
    folded = [...root.querySelectorAll<HTMLDetailsElement>("details:not([open])")];
    for (const details of folded) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of folded) details.open = false;
  });
}

const place = document.getElementById("chat");
if (place) {
  void new Page(place).open();
  if (place.shadowRoot) unfoldForPrinting(place.shadowRoot);
}
