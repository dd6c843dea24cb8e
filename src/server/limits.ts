// Limits of a document that are held before it is validated: size, tokens, depth, aliases.
import { type DocumentNode, type FragmentDefinitionNode, Kind, parse, type SelectionSetNode } from "graphql";
import { HubError } from "../errors";

export interface DocumentLimits {
  /** Bytes of the document. */
  readonly bytes: number;
  readonly tokens: number;
  readonly depth: number;
  /** Aliases, those of a fragment counted as often as it is spread. */
  readonly aliases: number;
}

export const DOCUMENT_LIMITS: DocumentLimits = { bytes: 64 * 1024, tokens: 10_000, depth: 15, aliases: 50 };

/** Characters of passed documents kept, so that a known one is not measured again. */
const REMEMBERED = 8 * 1024 * 1024;

interface Extent {
  readonly depth: number;
  readonly aliases: number;
}

const NOTHING: Extent = { depth: 0, aliases: 0 };

/** Throws TOO_COSTLY for a document over the limits; leaves documents that do not parse to the parser's own words. */
export function createInspector(
  limits: DocumentLimits,
  repeats: (document: DocumentNode) => void,
): (document: string) => void {
  const passed = new Set<string>();
  let room = REMEMBERED;
  const remember = (document: string) => {
    if (document.length > room) {
      passed.clear();
      room = REMEMBERED;
    }
    passed.add(document);
    room -= document.length;
  };
  return (document) => {
    if (passed.has(document)) return;
    hold("bytes", Buffer.byteLength(document), limits.bytes);
    const parsed = parseWithin(document, limits.tokens);
    if (!parsed) return;
    const extent = extentOf(parsed);
    hold("depth", extent.depth, limits.depth);
    hold("aliases", extent.aliases, limits.aliases);
    repeats(parsed);
    remember(document);
  };
}

/** Objects and lists of a variable within one another; what reads them calls itself once for each. */
const DEEPEST = 64;

/** Objects in variables: each is coerced against an input type of many fields, before any planning. */
const MOST_OBJECTS = 5_000;

/** Throws TOO_COSTLY for variables nested too deep or of too many objects. Walks without calling itself. */
export function inspectVariables(body: unknown): void {
  const { variables } = (body ?? {}) as { variables?: unknown };
  let level: unknown[] = [variables];
  let objects = 0;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) throw over("depth", DEEPEST);
    objects += level.filter((value) => value !== null && typeof value === "object").length;
    if (objects > MOST_OBJECTS) throw over("objects", MOST_OBJECTS);
    level = level.flatMap((value) => (value && typeof value === "object" ? Object.values(value) : []));
  }
}

const WORDS = {
  bytes: "The document's bytes are",
  tokens: "The document's tokens are",
  depth: "The document's depth is",
  aliases: "The document's aliases are",
  objects: "The objects in the variables are",
};

function hold(what: keyof DocumentLimits, found: number, limit: number): void {
  if (found > limit) throw over(what, limit);
}

function over(what: keyof typeof WORDS, most: number): HubError {
  return new HubError("TOO_COSTLY", `${WORDS[what]} beyond the limit of ${most}.`, { limit: what, most });
}

/** The largest extent of its operations. */
function extentOf(document: DocumentNode): Extent {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const d of document.definitions)
    if (d.kind === Kind.FRAGMENT_DEFINITION) fragments.set(d.name.value, d);
  const measure = measureBy(fragments);
  // Fragments count on their own too: validation walks those that no operation uses.
  return document.definitions
    .map((d) => ("selectionSet" in d && d.selectionSet ? measure(d.selectionSet) : NOTHING))
    .reduce(larger, NOTHING);
}

/** Undefined where the text is no document. */
function parseWithin(text: string, maxTokens: number): DocumentNode | undefined {
  try {
    return parse(text, { maxTokens, noLocation: true });
  } catch (error) {
    const { message } = error as Error;
    if (/Document contains more tha[nt] \d+ tokens/.test(message)) throw over("tokens", maxTokens);
    // Nested so deep that the parser ran out of stack.
    if (error instanceof RangeError) throw over("depth", DOCUMENT_LIMITS.depth);
    return undefined;
  }
}

/** Each fragment is measured once, so that fragments of fragments cost no more than their text. */
function measureBy(
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): (set: SelectionSetNode) => Extent {
  const known = new Map<string, Extent>();
  const ofFragment = (name: string): Extent => {
    const found = known.get(name);
    if (found) return found;
    known.set(name, NOTHING); // a circle, which validation will refuse
    const fragment = fragments.get(name);
    const extent = fragment ? ofSet(fragment.selectionSet) : NOTHING;
    known.set(name, extent);
    return extent;
  };
  const ofSet = (set: SelectionSetNode): Extent =>
    set.selections
      .map((selection): Extent => {
        if (selection.kind === Kind.FRAGMENT_SPREAD) return ofFragment(selection.name.value);
        const below = selection.selectionSet ? ofSet(selection.selectionSet) : NOTHING;
        if (selection.kind === Kind.INLINE_FRAGMENT) return below;
        return { depth: below.depth + 1, aliases: below.aliases + (selection.alias ? 1 : 0) };
      })
      .reduce(
        (sum, one) => ({ depth: Math.max(sum.depth, one.depth), aliases: sum.aliases + one.aliases }),
        NOTHING,
      );
  return ofSet;
}

function larger(a: Extent, b: Extent): Extent {
  return { depth: Math.max(a.depth, b.depth), aliases: Math.max(a.aliases, b.aliases) };
}
