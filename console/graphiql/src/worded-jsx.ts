// Stands where GraphiQL's components reach for React's JSX functions, and puts their words into Chinese.
import { type ElementType, Fragment, type Key } from "react";
import { jsx as reactJsx, jsxs as reactJsxs } from "react/jsx-runtime";
import { word } from "./words";

type Props = Record<string, unknown>;

const SPOKEN = ["children", "label", "aria-label", "placeholder", "title"] as const;
/** Elements that show names of the schema or a query's text: never translated, even if a word matches. */
const NAMES = /-name\b|enum-value|search-(type|field|argument)|default-value|history-item/;

function worded(value: unknown): unknown {
  if (typeof value === "string") return word(value);
  return Array.isArray(value) ? value.map((part) => (typeof part === "string" ? word(part) : part)) : value;
}

function wordedProps(type: ElementType, props: Props): Props {
  if (NAMES.test(String(props.className ?? ""))) return props;
  // A component's title steers its icon (the docs' sections): only what reaches the page is translated.
  const spoken = SPOKEN.filter(
    (name) => props[name] !== undefined && (name !== "title" || typeof type === "string"),
  );
  if (spoken.length === 0) return props;
  return { ...props, ...Object.fromEntries(spoken.map((name) => [name, worded(props[name])])) };
}

export { Fragment };

export function jsx(type: ElementType, props: Props, key?: Key) {
  return reactJsx(type, wordedProps(type, props), key);
}

export function jsxs(type: ElementType, props: Props, key?: Key) {
  return reactJsxs(type, wordedProps(type, props), key);
}
