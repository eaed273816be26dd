import { Api } from "./api/client";
import { Chat } from "./chat/chat";
import { button, element, icon } from "./chat/dom";
import type { MenuItem } from "./chat/menu";
import { paletteOf } from "./colour";
import { loadFonts } from "./fonts";
import { readOptions, type WidgetOptions } from "./options";
import { adopt } from "./sheet";
import { TabStore } from "./store";
import { stringsFor, type Strings } from "./strings";
import css from "./styles/widget.css";

const HOST = "ictbot-widget";

/** The button on a website, and the chat behind it. Nothing is loaded before it is opened. */
class Widget {
  readonly #store: TabStore;
  readonly #api: Api;
  readonly #layer: HTMLElement;
  readonly #launcher: HTMLButtonElement;
  readonly #label = element("span", { class: "launcher-label" });
  readonly #badge = element("span", { class: "badge", "aria-hidden": "true", hidden: true });
  readonly #panel = element("dialog", { class: "panel" });
  #chat: Chat | null = null;

  constructor(private readonly options: WidgetOptions) {
    this.#store = new TabStore(`ictbot:${options.origin}:`);
    this.#api = new Api(options.origin, this.#store);
    this.#launcher = button(
      { class: "launcher", "aria-haspopup": "dialog", "aria-expanded": "false" },
      () => this.#toggle(),
      icon("bubble"),
      this.#label,
      this.#badge,
    );
    this.#layer = element(
      "div",
      { class: `layer ${options.position} ${options.theme}`, lang: options.language },
      this.#launcher,
      this.#panel,
    );
    this.#label.textContent = this.#strings.launch;
    this.#panel.addEventListener("keydown", (event) => this.#escape(event));
    this.#panel.addEventListener("cancel", (event) => event.preventDefault());
    this.#paint();
  }

  /** Puts the widget on the page, above everything, out of reach of the page's styles. */
  mount(): void {
    const host = document.createElement(HOST);
    const root = host.attachShadow({ mode: "open" });
    adopt(root, css);
    root.append(this.#layer);
    document.body.append(host);
    if ("popover" in this.#layer) {
      this.#layer.popover = "manual";
      this.#layer.showPopover();
    }
  }

  get #strings(): Strings {
    return stringsFor(this.#chat?.preferences.language ?? this.options.language);
  }

  #paint(): void {
    const palette = this.options.colour ? paletteOf(this.options.colour) : null;
    if (!palette) return;
    const { style } = this.#layer;
    style.setProperty("--ict-fill", palette.fill);
    style.setProperty("--ict-on-fill", palette.onFill);
    style.setProperty("--ict-accent-light", palette.accentLight);
    style.setProperty("--ict-accent-dark", palette.accentDark);
  }

  #toggle(): void {
    if (this.#panel.open) this.#close();
    else this.#open();
  }

  #open(): void {
    if (!this.#chat) this.#start();
    // On a phone the chat covers the page, so the page is out of reach meanwhile.
    if (matchMedia("(max-width: 30em), (max-height: 30em)").matches) this.#panel.showModal();
    else this.#panel.show();
    this.#launcher.setAttribute("aria-expanded", "true");
    this.#chat?.focus();
  }

  #close(): void {
    this.#panel.close();
    this.#launcher.setAttribute("aria-expanded", "false");
    this.#launcher.focus();
  }

  #start(): void {
    if (this.options.font === "own") void loadFonts(this.options.origin);
    this.#chat = this.#draw();
    void this.#chat.conversation.open();
  }

  #draw(): Chat {
    const { title, greeting, topic, language } = this.options;
    const chat = new Chat(this.#api, this.#store, {
      title,
      greeting,
      topic,
      language,
      more: (strings) => this.#links(strings),
      redraw: () => this.#redraw(),
      close: () => this.#close(),
      unseen: (count) => this.#count(count),
    });
    chat.heading.id = "chat-title";
    this.#panel.setAttribute("aria-labelledby", "chat-title");
    this.#panel.append(chat.element);
    return chat;
  }

  #redraw(): void {
    const draft = this.#chat?.dispose() ?? "";
    this.#chat = this.#draw();
    this.#chat.draft = draft;
    this.#count(0);
    this.#layer.lang = this.#strings.language;
    void this.#chat.conversation.open();
    this.#chat.focus();
  }

  #links(strings: Strings): MenuItem[] {
    const { origin } = this.options;
    return [
      { text: strings.fullPage, href: `${origin}/tro-chuyen` },
      { text: strings.allTopics, href: `${origin}/hoi-dap` },
      { text: strings.accessibility, href: `${origin}/tro-nang` },
    ];
  }

  #count(unseen: number): void {
    this.#badge.hidden = unseen === 0;
    this.#badge.textContent = unseen ? String(unseen) : "";
    this.#label.textContent = unseen ? this.#strings.launchNew(unseen) : this.#strings.launch;
  }

  #escape(event: KeyboardEvent): void {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    if (!this.#chat?.dismiss()) this.#close();
  }
}

const script =
  (document.currentScript as HTMLScriptElement | null) ??
  document.querySelector<HTMLScriptElement>('script[src*="/widget.js"]');

if (script && !document.querySelector(HOST)) {
  const widget = new Widget(readOptions(script));
  if (document.body) widget.mount();
  else addEventListener("DOMContentLoaded", () => widget.mount(), { once: true });
}
