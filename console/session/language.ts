// Which of the two languages the page speaks, and how it is changed.
const KEY = "hub:language";

export type Language = "zh" | "en";

export const language: Language = localStorage.getItem(KEY) === "en" ? "en" : "zh";

/** The text in the language of the page. */
export function say(zh: string, en: string): string {
  return language === "zh" ? zh : en;
}

/** One of the two names of a thing that carries both. */
export function nameOf(thing: { zh: string; en: string }): string {
  return say(thing.zh, thing.en) || thing.zh || thing.en;
}

/** GraphiQL reads its words once, when it is loaded: a change of language loads the page anew. */
export function switchLanguage(): void {
  localStorage.setItem(KEY, language === "zh" ? "en" : "zh");
  location.reload();
}
