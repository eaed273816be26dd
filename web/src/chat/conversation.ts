import { ApiError, type Api } from "../api/client";
import { Events } from "../api/events";
import type { Message } from "../api/types";
import type { Strings } from "../strings";
import type { TabStore } from "../store";
import { askOf, newQuestion, Outbox, type Question } from "./question";

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

export type Origin = "turn" | "restored" | "later";
export type Connection = { state: "online" | "offline" | "unreachable" | "slow"; seconds?: number };

/** What shows a conversation. */
export interface ConversationView {
  asked(question: Question): void;
  progressed(question: Question): void;
  answered(message: Message, origin: Origin, question?: Question): void;
  connected(connection: Connection): void;
  restored(count: number): void;
  renewed(): void;
  /** The question is already shown, with its answer. */
  repeated(question: Question): void;
  /** Everything shown is to go, but for the message named. */
  cleared(keep?: string): void;
}

/** One person's conversation: sends in order and once, restores, follows what comes later. */
export class Conversation {
  readonly #outbox: Outbox;
  readonly #events: Events;
  readonly #known = new Set<string>();
  #last: string | null = null;
  #sending = false;
  #justRenewed = false;
  #wait = FIRST_WAIT_MS;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #connection: Connection["state"] = "online";

  constructor(
    private readonly api: Api,
    store: TabStore,
    private readonly view: ConversationView,
    private readonly strings: () => Strings,
  ) {
    this.#outbox = new Outbox(store);
    this.#events = new Events(api, {
      last: () => this.#last,
      arrived: (messages) => messages.forEach((message) => this.#show(message, "later")),
      lost: () => void this.#reload(),
    });
  }

  /** Shows what was said before in this tab, and sends what could not be sent. */
  async open(): Promise<void> {
    addEventListener("online", this.#online);
    addEventListener("offline", this.#offline);
    document.addEventListener("visibilitychange", this.#visible);
    if (!navigator.onLine) this.#offline();
    if (this.api.hasConversation) await this.#catchUp("restored");
    for (const question of this.#outbox.questions) this.view.asked(question);
    void this.#send();
  }

  /** Stops everything that goes on by itself. */
  close(): void {
    removeEventListener("online", this.#online);
    removeEventListener("offline", this.#offline);
    document.removeEventListener("visibilitychange", this.#visible);
    clearTimeout(this.#retry);
    this.#events.stop();
  }

  ask(text: string, choice?: string): void {
    const question = newQuestion(text, choice);
    this.#outbox.add(question);
    this.view.asked(question);
    void this.#send();
  }

  /** Sends a question again that was refused, or answered by "try again later". */
  askAgain(question: Question): void {
    question.progress = { state: "sending" };
    if (!this.#outbox.questions.includes(question)) this.#outbox.add(question);
    this.view.progressed(question);
    void this.#send();
  }

  async rate(messageId: string, rating: "up" | "down", comment?: string): Promise<void> {
    await this.api.rate({ message_id: messageId, rating, comment: comment ?? null });
  }

  async erase(): Promise<void> {
    if (this.api.hasConversation) {
      await this.api.erase().catch((error: ApiError) => {
        if (!error.isExpired) throw error;
      });
    }
    this.#events.stop();
    this.api.forgetConversation();
    this.#forget();
    this.view.cleared();
  }

  /** Says why a call failed, in words for the person. */
  explain(error: unknown): string {
    if (!(error instanceof ApiError)) return this.strings().failed;
    if (error.code === "unreachable") return this.strings().unreachable;
    return error.message || this.strings().failed;
  }

  readonly #online = (): void => {
    clearTimeout(this.#retry);
    this.#wait = FIRST_WAIT_MS;
    if (this.#outbox.questions.length === 0) this.#connect("online");
    void this.#send();
  };

  readonly #offline = (): void => this.#connect("offline");

  readonly #visible = (): void => {
    if (document.visibilityState === "visible" && this.#last) void this.#catchUp("later");
  };

  async #send(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    try {
      for (let next = this.#next(); next; next = this.#next()) {
        if (!(await this.#deliver(next))) return;
      }
    } finally {
      this.#sending = false;
    }
  }

  #next(): Question | undefined {
    return this.#outbox.questions.find(({ progress }) => progress.state !== "refused");
  }

  /** Returns whether the next question may go now. */
  async #deliver(question: Question): Promise<boolean> {
    this.#progress(question, { state: "sending" });
    try {
      const { message_id, replies } = await this.api.ask(askOf(question));
      this.#outbox.remove(question);
      this.#wait = FIRST_WAIT_MS;
      this.#justRenewed = false;
      this.#connect("online");
      this.#progress(question, { state: "answered" });
      if (this.#known.has(message_id)) this.view.repeated(question);
      const at = new Date().toISOString();
      this.#show({ message_id, at, replies }, "turn", question);
      await this.#clearIfErased(message_id, replies.map(({ topic }) => topic));
      this.#events.start();
      return true;
    } catch (error) {
      return this.#failed(question, error);
    }
  }

  #failed(question: Question, error: unknown): boolean {
    if (error instanceof ApiError && error.isExpired && !this.#justRenewed) {
      this.#justRenewed = true;
      this.api.forgetConversation();
      this.#forgetMessages();
      this.view.renewed();
      return true;
    }
    if (error instanceof ApiError && isPassing(error)) {
      this.#progress(question, { state: "waiting" });
      this.#later(error);
      return false;
    }
    const gone = error instanceof ApiError && error.code === "unknown_choice";
    const note = gone ? this.strings().choiceGone : this.explain(error);
    this.#progress(question, { state: "refused", note });
    this.#outbox.remove(question);
    return true;
  }

  #later(error: ApiError): void {
    const asked = error.retryAfter === null ? this.#wait : error.retryAfter * 1000;
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
    if (error.code === "unreachable") this.#connect(navigator.onLine ? "unreachable" : "offline");
    else this.#connect("slow", Math.ceil(asked / 1000));
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => void this.#send(), asked);
  }

  async #catchUp(origin: Origin): Promise<void> {
    try {
      const messages = await this.api.history(this.#last);
      const fresh = messages.filter(({ message_id }) => !this.#known.has(message_id));
      fresh.forEach((message) => this.#show(message, origin));
      if (origin === "restored" && fresh.length) this.view.restored(fresh.length);
      if (this.#last) this.#events.start();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.code === "unreachable") this.#connect(navigator.onLine ? "unreachable" : "offline");
      else if (error.isExpired) this.api.forgetConversation();
      else if (error.code === "unknown_message") await this.#reload();
    }
  }

  async #reload(): Promise<void> {
    this.#forgetMessages();
    this.view.cleared();
    if (this.api.hasConversation) await this.#catchUp("restored");
  }

  /** After "delete my data" was confirmed in the chat, the screen is cleared as well. */
  async #clearIfErased(messageId: string, topics: string[]): Promise<void> {
    if (!topics.includes("service/delete_data")) return;
    const left = await this.api.history().catch(() => null);
    if (left?.length !== 0) return;
    this.#forget();
    this.#events.stop();
    this.view.cleared(messageId);
  }

  #show(message: Message, origin: Origin, question?: Question): void {
    if (this.#known.has(message.message_id)) return;
    this.#known.add(message.message_id);
    this.#last = message.message_id;
    this.view.answered(message, origin, question);
  }

  #progress(question: Question, progress: Question["progress"]): void {
    question.progress = progress;
    this.view.progressed(question);
  }

  #connect(state: Connection["state"], seconds?: number): void {
    if (state === this.#connection && state !== "slow") return;
    this.#connection = state;
    this.view.connected(seconds === undefined ? { state } : { state, seconds });
  }

  #forget(): void {
    clearTimeout(this.#retry);
    this.#outbox.clear();
    this.#forgetMessages();
  }

  #forgetMessages(): void {
    this.#known.clear();
    this.#last = null;
  }
}

function isPassing(error: ApiError): boolean {
  return error.code === "unreachable" || error.status === 429 || error.status === 503;
}
