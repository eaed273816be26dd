/** What is kept for as long as the tab is open; in memory where storage is forbidden. */
export class TabStore {
  readonly #prefix: string;
  readonly #memory = new Map<string, string>();

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  get(name: string): string | null {
    try {
      return sessionStorage.getItem(this.#prefix + name);
    } catch {
      return this.#memory.get(name) ?? null;
    }
  }

  set(name: string, value: string): void {
    try {
      sessionStorage.setItem(this.#prefix + name, value);
    } catch {
      this.#memory.set(name, value);
    }
  }

  remove(name: string): void {
    try {
      sessionStorage.removeItem(this.#prefix + name);
    } catch {
      this.#memory.delete(name);
    }
  }
}
