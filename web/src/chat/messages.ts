import type { Message, Titled } from "../api/types";
import type { Strings } from "../strings";
import { drawTools, type ToolActions } from "./answer_tools";
import { button, element, hidden } from "./dom";
import { drawReply } from "./reply_view";
import type { Origin } from "./conversation";
import type { Question } from "./question";

export interface MessageActions {
  choose(choice: Titled): void;
  askAgain(question: Question): void;
  tools(message: Message): ToolActions;
}

/** The list of messages, as drawn. */
export class Messages {
  readonly element = element("ol", { class: "messages" });
  readonly #asked = new Map<string, HTMLElement>();
  readonly #answered = new Map<string, HTMLElement>();
  #divider: HTMLElement | null = null;

  constructor(
    private readonly strings: Strings,
    private readonly actions: MessageActions,
  ) {}

  get isEmpty(): boolean {
    return this.element.childElementCount === 0;
  }

  addQuestion(question: Question): HTMLElement {
    const item = this.#add("mine", this.strings.you, [drawQuestion(question.text)]);
    this.#asked.set(question.id, item);
    this.progress(question);
    return item;
  }

  /** Shows how far a question has come; an answer that was no answer goes when it is asked again. */
  progress(question: Question): void {
    const item = this.#asked.get(question.id);
    if (!item) return;
    item.querySelector(".progress")?.remove();
    item.classList.toggle("pending", question.progress.state === "waiting");
    if (question.progress.state === "sending") this.#answered.get(question.id)?.remove();
    if (question.progress.state === "waiting") {
      item.append(element("p", { class: "progress" }, this.strings.waiting));
    }
    if (question.progress.state === "refused") {
      const { note } = question.progress;
      const again = question.choice === undefined ? [this.#again(question)] : [];
      const why = element("span", {}, `${this.strings.refused}. ${note}`);
      item.append(element("div", { class: "progress refused" }, why, ...again));
    }
  }

  /** Draws an answer, after its question when that is known only from the server. */
  addAnswer(message: Message, origin: Origin, question?: Question): HTMLElement {
    if (message.text && !question) this.#add("mine", this.strings.you, [drawQuestion(message.text)]);
    const staff = message.text === undefined && origin !== "turn";
    const parts = message.replies.flatMap((reply) =>
      drawReply(reply, this.strings, { choose: (choice) => this.actions.choose(choice) }),
    );
    const item = this.#add("theirs", staff ? this.strings.staff : this.strings.assistant, parts);
    item.dataset["message"] = message.message_id;
    item.dataset["topic"] = message.replies[0]?.topic ?? "";
    const failed = message.replies.every(({ kind }) => kind === "notice" || kind === "error");
    if (!failed) item.append(drawTools(message, this.strings, this.actions.tools(message)));
    else if (question) {
      this.#answered.set(question.id, item);
      item.append(this.#again(question));
    }
    return item;
  }

  /** Marks where what has not been seen begins. */
  divideBefore(item: HTMLElement): void {
    if (this.#divider?.isConnected) return;
    this.#divider = element("li", { class: "divider" }, element("span", {}, this.strings.newMessages));
    item.before(this.#divider);
  }

  removeDivider(): void {
    this.#divider?.remove();
  }

  forget(question: Question): void {
    this.#asked.get(question.id)?.remove();
  }

  note(text: string): void {
    this.element.append(element("li", { class: "divider" }, element("span", {}, text)));
  }

  clear(keep?: string): void {
    for (const item of [...this.element.children] as HTMLElement[]) {
      if (keep === undefined || item.dataset["message"] !== keep) item.remove();
    }
  }

  #again(question: Question): HTMLElement {
    return button(
      { class: "quiet again" },
      () => this.actions.askAgain(question),
      this.strings.resend,
      hidden(`: ${question.text}`),
    );
  }

  #add(side: "mine" | "theirs", sender: string, parts: HTMLElement[]): HTMLElement {
    const item = element("li", { class: `message ${side}` }, element("h3", { class: "sender" }, sender));
    item.append(...parts);
    this.element.append(item);
    return item;
  }
}

function drawQuestion(text: string): HTMLElement {
  return element("p", { class: "text", lang: "vi" }, text);
}
