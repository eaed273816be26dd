import type { Language } from "../strings";
import type { TabStore } from "../store";

/** How a person wants the chat to be; kept while the tab is open. */
export class Preferences {
  constructor(
    private readonly store: TabStore,
    private readonly firstLanguage: Language,
  ) {}

  get language(): Language {
    const kept = this.store.get("language");
    return kept === "vi" || kept === "en" ? kept : this.firstLanguage;
  }

  set language(language: Language) {
    this.store.set("language", language);
  }

  get largeText(): boolean {
    return this.store.get("large-text") === "on";
  }

  set largeText(on: boolean) {
    this.store.set("large-text", on ? "on" : "off");
  }

  get voice(): boolean {
    return this.store.get("voice") === "on";
  }

  set voice(on: boolean) {
    this.store.set("voice", on ? "on" : "off");
  }
}
