import { ApiError, type Api } from "./client";
import type { Message } from "./types";

// The server sends a comment every 15 seconds.
const SILENCE_MS = 45_000;
const POLL_MS = 10_000;
const LONGEST_WAIT_MS = 60_000;
/** After this many streams without a byte, a proxy is holding them back. */
const BARREN_STREAMS = 2;
const POLLS_BEFORE_NEXT_STREAM = 6;

export interface Follower {
  /** The last message that is known here. */
  last(): string | null;
  arrived(messages: Message[]): void;
  /** The conversation was erased or its token is not good any more. */
  lost(): void;
}

/** Brings replies that come later: by stream, or by asking again and again where streams fail. */
export class Events {
  #stop: AbortController | null = null;

  constructor(
    private readonly api: Api,
    private readonly follower: Follower,
  ) {}

  start(): void {
    if (this.#stop) return;
    this.#stop = new AbortController();
    void this.#run(this.#stop.signal);
  }

  stop(): void {
    this.#stop?.abort();
    this.#stop = null;
  }

  async #run(signal: AbortSignal): Promise<void> {
    let barren = 0;
    let wait = 1000;
    while (!signal.aborted) {
      try {
        if (barren >= BARREN_STREAMS) {
          await this.#poll(signal);
          barren = 0;
        }
        barren = (await this.#stream(signal)) ? 0 : barren + 1;
        wait = 1000;
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof ApiError && this.#ends(error)) return;
        barren += 1;
        wait = Math.min(wait * 2, LONGEST_WAIT_MS);
      }
      await pause(wait * (0.75 + Math.random() / 2), signal);
    }
  }

  #ends(error: ApiError): boolean {
    if (!error.isExpired && error.code !== "unknown_message") return false;
    this.stop();
    this.follower.lost();
    return true;
  }

  /** Returns whether the stream carried anything at all. */
  async #stream(signal: AbortSignal): Promise<boolean> {
    const silence = new AbortController();
    const both = AbortSignal.any([signal, silence.signal]);
    const parser = new EventParser();
    let carried = false;
    let timer = setTimeout(() => silence.abort(), SILENCE_MS);
    try {
      const answer = await this.api.events(this.follower.last(), both);
      const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return carried;
        carried = true;
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), SILENCE_MS);
        const messages = parser.feed(value).map((data) => JSON.parse(data) as Message);
        if (messages.length) this.follower.arrived(messages);
      }
    } catch (error) {
      if (silence.signal.aborted) return carried;
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  async #poll(signal: AbortSignal): Promise<void> {
    for (let turn = 0; turn < POLLS_BEFORE_NEXT_STREAM && !signal.aborted; turn += 1) {
      if (document.visibilityState === "visible") {
        const messages = await this.api.history(this.follower.last());
        if (messages.length) this.follower.arrived(messages);
      }
      await pause(POLL_MS, signal);
    }
  }
}

/** Reads the data of server-sent events out of bytes, however they are cut. */
export class EventParser {
  readonly #decoder = new TextDecoder();
  #rest = "";

  feed(bytes: Uint8Array): string[] {
    const text = this.#rest + this.#decoder.decode(bytes, { stream: true });
    const blocks = text.replaceAll("\r\n", "\n").split("\n\n");
    this.#rest = blocks.pop() ?? "";
    return blocks.map(dataOf).filter((data) => data !== "");
  }
}

function dataOf(block: string): string {
  const lines = block.split("\n").filter((line) => line.startsWith("data:"));
  return lines.map((line) => line.slice(5).trimStart()).join("\n");
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", () => (clearTimeout(timer), done()), { once: true });
  });
}
