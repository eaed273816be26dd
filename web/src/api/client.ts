import type { TabStore } from "../store";
import type { Answer, Ask, Feedback, Message, Problem, Token, Topic } from "./types";

const LONGEST_MS = 30_000;
const TOKEN = "token";

/** A call that failed; `code` is the API's, or `unreachable` when no answer came. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    detail: string,
    readonly status = 0,
    readonly retryAfter: number | null = null,
  ) {
    super(detail);
  }

  get isExpired(): boolean {
    return this.code === "invalid_token" || this.code === "expired_token";
  }
}

/** The public API (docs/api.md). The token is kept in the tab and sent in a header only. */
export class Api {
  constructor(
    readonly origin: string,
    private readonly store: TabStore,
  ) {}

  get hasConversation(): boolean {
    return this.store.get(TOKEN) !== null;
  }

  forgetConversation(): void {
    this.store.remove(TOKEN);
  }

  async ask(ask: Ask): Promise<Answer> {
    if (!this.hasConversation) await this.#start();
    return this.#json<Answer>("POST", "/messages", ask);
  }

  async history(after?: string | null): Promise<Message[]> {
    const found = await this.#json<{ messages: Message[] }>("GET", `/messages${query(after)}`);
    return found.messages;
  }

  async rate(feedback: Feedback): Promise<void> {
    await this.#call("POST", "/feedback", feedback);
  }

  async erase(): Promise<void> {
    await this.#call("DELETE", "/conversations/current");
  }

  topic(id: string): Promise<Topic> {
    return this.#json<Topic>("GET", `/topics/${id}`);
  }

  /** Opens the stream of replies that come later; the caller ends it with `signal`. */
  events(after: string | null, signal: AbortSignal): Promise<Response> {
    return this.#request("GET", `/events${query(after)}`, undefined, signal);
  }

  async #start(): Promise<void> {
    const { token } = await this.#json<Token>("POST", "/conversations", {});
    this.store.set(TOKEN, token);
  }

  async #json<T>(method: string, path: string, body?: unknown): Promise<T> {
    return (await this.#call(method, path, body)).json() as Promise<T>;
  }

  #call(method: string, path: string, body?: unknown): Promise<Response> {
    return this.#request(method, path, body, AbortSignal.timeout(LONGEST_MS));
  }

  async #request(
    method: string,
    path: string,
    body: unknown,
    signal: AbortSignal,
  ): Promise<Response> {
    const token = this.store.get(TOKEN);
    const init: RequestInit = { method, signal, credentials: "omit", cache: "no-store" };
    const headers: Record<string, string> = {};
    if (token) headers["Authorization"] = `Bearer ${token}`;
    if (body !== undefined) {
      headers["Content-Type"] = "application/json";
      init.body = JSON.stringify(body);
    }
    let answer: Response;
    try {
      answer = await fetch(`${this.origin}/api/v1${path}`, { ...init, headers });
    } catch (error) {
      throw new ApiError("unreachable", String(error));
    }
    if (!answer.ok) throw await problemOf(answer);
    return answer;
  }
}

async function problemOf(answer: Response): Promise<ApiError> {
  const retryAfter = Number(answer.headers.get("Retry-After")) || null;
  const problem = (await answer.json().catch(() => ({}))) as Partial<Problem>;
  return new ApiError(problem.code ?? "unknown", problem.detail ?? "", answer.status, retryAfter);
}

function query(after?: string | null): string {
  return after ? `?after=${encodeURIComponent(after)}` : "";
}
