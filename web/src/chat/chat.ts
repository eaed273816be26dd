import type { Api } from "../api/client";
import type { Message } from "../api/types";
import { stringsFor, type Language, type Strings } from "../strings";
import type { TabStore } from "../store";
import { canListen } from "../voice/listen";
import { canSpeak, Speaker } from "../voice/speak";
import { Announcer } from "./announcer";
import { Composer } from "./composer";
import { confirmErasure } from "./confirm";
import { Conversation, type Connection, type ConversationView, type Origin } from "./conversation";
import { button, element, icon } from "./dom";
import { Menu, type MenuItem } from "./menu";
import { Messages } from "./messages";
import { Preferences } from "./preferences";
import type { Question } from "./question";
import { spoken } from "./reply_view";
import { Scroll } from "./scroll";
import { drawWelcome } from "./welcome";

/** An answer that comes sooner needs no "looking for an answer" read out. */
const PATIENCE_MS = 1200;

export interface ChatOptions {
  title: string | undefined;
  greeting: string | undefined;
  topic: string | undefined;
  language: Language;
  /** Menu lines of the place the chat is in, after those of every chat. */
  more(strings: Strings): MenuItem[];
  /** Draws the chat anew, in another language. */
  redraw(): void;
  close?: () => void;
  /** Told how many messages came while the chat could not be seen. */
  unseen?: (count: number) => void;
}

/** The chat: header, messages, composer; the same in the widget and on the page. */
export class Chat implements ConversationView {
  readonly element: HTMLElement;
  readonly heading: HTMLElement;
  readonly preferences: Preferences;
  readonly conversation: Conversation;
  readonly #strings: Strings;
  readonly #announcer = new Announcer();
  readonly #speaker = new Speaker();
  readonly #messages: Messages;
  readonly #composer: Composer;
  readonly #menu: Menu;
  readonly #welcome: HTMLElement;
  readonly #thinking: HTMLElement;
  readonly #connection = element("p", { class: "connection", hidden: true });
  readonly #scroll: Scroll;
  #patience: ReturnType<typeof setTimeout> | undefined;
  #unseen = 0;

  constructor(
    api: Api,
    store: TabStore,
    private readonly options: ChatOptions,
  ) {
    this.preferences = new Preferences(store, options.language);
    this.#strings = stringsFor(this.preferences.language);
    this.conversation = new Conversation(api, store, this, () => this.#strings);
    this.heading = element("h2", { tabindex: "-1", lang: options.title ? "vi" : undefined });
    this.heading.textContent = options.title ?? this.#strings.title;
    this.#messages = new Messages(this.#strings, {
      choose: ({ id, title }) => this.conversation.ask(title, id),
      askAgain: (question) => this.conversation.askAgain(question),
      tools: (message) => this.#tools(message),
    });
    this.#composer = new Composer(this.#strings, {
      ask: (text) => this.conversation.ask(text),
      say: (text) => this.#announcer.say(text),
    });
    this.#menu = new Menu(this.#strings, this.#menuItems());
    this.#welcome = drawWelcome(this.#strings, options, api, (text) => this.conversation.ask(text));
    this.#thinking = element("p", { class: "thinking", hidden: true }, this.#strings.thinking);
    this.#scroll = new Scroll(this.#strings, [this.#welcome, this.#messages.element, this.#thinking]);
    this.element = this.#draw();
    this.element.addEventListener("pointerdown", ({ target }) => this.#menu.leaveTo(target as Node));
    this.#apply();
  }

  /** Whether the person can see the chat now. */
  get isSeen(): boolean {
    return document.visibilityState === "visible" && this.element.checkVisibility();
  }

  /** Puts the focus where a person goes on; on a phone that must not bring up the keyboard. */
  focus(): void {
    if (matchMedia("(pointer: coarse)").matches) this.heading.focus();
    else this.#composer.focus();
    this.#unseen = 0;
    this.options.unseen?.(0);
  }

  ask(text: string): void {
    this.conversation.ask(text);
  }

  /** Takes what is shown away for good; the conversation itself stays. */
  dispose(): string {
    this.#speaker.stop();
    this.conversation.close();
    this.element.remove();
    return this.#composer.draft;
  }

  set draft(text: string) {
    this.#composer.draft = text;
  }

  asked(question: Question): void {
    this.#welcome.hidden = true;
    this.#messages.removeDivider();
    const item = this.#messages.addQuestion(question);
    this.#scroll.to(item, "end");
  }

  progressed(question: Question): void {
    this.#messages.progress(question);
    this.#think(question.progress.state === "sending");
    if (question.progress.state === "refused") {
      this.#announcer.say(`${this.#strings.refused}. ${question.progress.note}`);
    }
  }

  answered(message: Message, origin: Origin, question?: Question): void {
    this.#welcome.hidden = true;
    this.#think(false);
    const item = this.#messages.addAnswer(message, origin, question);
    if (origin === "restored") return this.#scroll.toEnd();
    const staff = origin === "later" && message.text === undefined;
    const who = staff ? this.#strings.staff : this.#strings.assistant;
    this.#announcer.say(this.#strings.says(who));
    this.#announcer.say(spoken(message.replies, this.#strings), "vi");
    if (origin === "turn") return this.#scroll.to(item.previousElementSibling ?? item, "start");
    this.#cameLater(item);
  }

  connected({ state, seconds }: Connection): void {
    const { offline, unreachable, slowDown, back } = this.#strings;
    const words = { online: "", offline, unreachable, slow: slowDown(seconds ?? 1) }[state];
    const wasAway = !this.#connection.hidden;
    this.#connection.textContent = words;
    this.#connection.hidden = words === "";
    this.#think(false);
    if (words) this.#announcer.say(words);
    else if (wasAway) this.#announcer.say(back);
  }

  restored(count: number): void {
    this.#announcer.say(this.#strings.restored(count));
  }

  renewed(): void {
    this.#messages.note(this.#strings.renewed);
    this.#announcer.say(this.#strings.renewed);
  }

  repeated(question: Question): void {
    this.#messages.forget(question);
  }

  cleared(keep?: string): void {
    this.#messages.clear(keep);
    this.#welcome.hidden = !this.#messages.isEmpty;
  }

  /** Handles Esc; says whether something was closed by it. */
  dismiss(): boolean {
    return this.#menu.dismiss();
  }

  #draw(): HTMLElement {
    const { options } = this;
    const close = button({ class: "bar-button" }, () => options.close?.(), icon("close"));
    close.setAttribute("aria-label", this.#strings.close);
    const titles = element(
      "div",
      { class: "titles" },
      this.heading,
      element("p", {}, this.#strings.subtitle),
    );
    const bar = element("header", { class: "bar" }, icon("bubble"), titles, this.#menu.toggle);
    if (options.close) bar.append(close);
    return element(
      "div",
      { class: "chat", lang: this.#strings.language },
      bar,
      this.#menu.list,
      this.#scroll.element,
      this.#connection,
      this.#composer.element,
      this.#announcer.element,
    );
  }

  #menuItems(): MenuItem[] {
    const { preferences } = this;
    const strings = this.#strings;
    const voice: MenuItem = {
      text: strings.voice,
      on: preferences.voice,
      toggle: (on) => this.#setVoice(on),
      hint: strings.voiceHint,
    };
    return [
      { text: strings.human, run: () => this.conversation.ask(strings.humanQuestion) },
      {
        text: strings.largeText,
        on: preferences.largeText,
        toggle: (on) => {
          preferences.largeText = on;
          this.#apply();
        },
      },
      ...(canListen() || canSpeak() ? [voice] : []),
      ...this.options.more(strings),
      {
        text: strings.otherLanguage,
        language: strings.language === "vi" ? "en" : "vi",
        run: () => this.#switchLanguage(),
      },
      { text: strings.erase, danger: true, run: () => void this.#erase() },
    ];
  }

  #apply(): void {
    this.element.classList.toggle("large", this.preferences.largeText);
    this.#composer.voice = this.preferences.voice && canListen();
  }

  #setVoice(on: boolean): void {
    this.preferences.voice = on;
    this.#apply();
    if (!on) this.#speaker.stop();
  }

  #switchLanguage(): void {
    this.preferences.language = this.preferences.language === "vi" ? "en" : "vi";
    this.options.redraw();
  }

  async #erase(): Promise<void> {
    if (await confirmErasure(this.element, this.#strings)) {
      try {
        await this.conversation.erase();
        this.#announcer.say(this.#strings.erased);
        this.#messages.note(this.#strings.erased);
      } catch (error) {
        this.#messages.note(this.conversation.explain(error));
        this.#announcer.say(this.conversation.explain(error));
      }
      this.#composer.focus();
    } else {
      this.#menu.toggle.focus();
    }
  }

  #tools(message: Message) {
    return {
      rate: (rating: "up" | "down", comment?: string) =>
        this.conversation.rate(message.message_id, rating, comment),
      say: (text: string) => this.#announcer.say(text),
      explain: (error: unknown) => this.conversation.explain(error),
      speaker: () => (this.preferences.voice && canSpeak() ? this.#speaker : null),
    };
  }

  #think(on: boolean): void {
    clearTimeout(this.#patience);
    this.#thinking.hidden = !on;
    if (!on) return;
    this.#scroll.toEnd();
    this.#patience = setTimeout(() => this.#announcer.say(this.#strings.thinking), PATIENCE_MS);
  }

  #cameLater(item: HTMLElement): void {
    if (this.isSeen && this.#scroll.isAtEnd) return this.#scroll.to(item, "start");
    this.#messages.divideBefore(item);
    this.#scroll.offerEnd();
    if (this.isSeen) return;
    this.#unseen += 1;
    this.options.unseen?.(this.#unseen);
  }
}
