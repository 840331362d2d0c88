/**
 * The linted text beside the program's. They are the same for a file of code. Of a single-file component ESLint has the
 * whole page, and the program a text that the component's parser has made of its scripts: what a node of the syntax tree
 * has in common with the compiler's node, word for word, tells where the one stands in the other.
 */
import type { TSESLint, TSESTree } from '@typescript-eslint/utils';

import type { Site } from '../program/ir.ts';
import type { Elsewhere } from '../program/scripts.ts';
import { type LineOf, asWritten, pageAround, wordsIn } from './page.ts';
import type { Context } from './rule.ts';

export interface Linted {
  /** Under which name the program knows it; undefined where it has no code. */
  readonly file: string | undefined;
  /** Offsets in the linted text; undefined where they cannot be told. */
  readonly rangeOf: (site: Site) => TSESTree.Range | undefined;
  readonly lineOf: LineOf;
  /** Whether what is no code of the program may use a name; undefined where all of the text is. */
  readonly uses: Elsewhere | undefined;
}

type Ast = TSESLint.SourceCode['ast'];

/** The compiler's, as far as it is asked here. */
interface Source {
  readonly fileName: string;
  readonly text: string;
}
interface Compiled {
  readonly end: number;
  getStart(): number;
  getText(): string;
  getSourceFile(): Source;
}
/** Of a tree with nodes of a component, some stand for nothing that the compiler knows. */
type Compiler = (node: TSESTree.Node) => Compiled | undefined;

const known = new WeakMap<Ast, Linted>();

export function linted(context: Context): Linted {
  const { ast } = context.sourceCode;
  let found = known.get(ast);
  if (found === undefined) known.set(ast, (found = lookUp(context)));
  return found;
}

function lookUp(context: Context): Linted {
  const { filename, sourceCode: { ast, text, parserServices: services } } = context;
  if (services?.program == null) return asItStands(context, filename);
  const nodes = services.esTreeNodeToTSNodeMap;
  if (nodes === undefined) return nothing;
  const compiledOf: Compiler = (node) => nodes.get(node);
  const pairs = commonTo(context, compiledOf);
  const source = (compiledOf(ast) ?? pairs[0]?.compiled)?.getSourceFile();
  if (source === undefined) return nothing;
  return source.text === text ? asItStands(context, source.fileName) : inParts(context, source, pairs);
}

const nothing: Linted = { file: undefined, rangeOf: () => undefined, lineOf: () => undefined, uses: undefined };

function asItStands(context: Context, file: string): Linted {
  const page = pageAround(context);
  return { file, rangeOf: ({ start, end }) => [start, end], lineOf: page?.lineOf ?? asWritten, uses: page?.uses };
}

/** A part of the linted text that the program's has as well. */
interface Pair {
  readonly node: TSESTree.Node;
  readonly compiled: Compiled;
  /** Around it the program has something else than the page, in which it may be run another time. */
  readonly displaced: boolean;
}

/** The largest such parts. */
function commonTo({ sourceCode: { ast, text, visitorKeys } }: Context, compiledOf: Compiler): readonly Pair[] {
  const found: Pair[] = [];
  const pending: { readonly node: TSESTree.Node; readonly displaced: boolean }[] = [{ node: ast, displaced: false }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node } = next;
    const compiled = compiledOf(node);
    if (compiled?.getText() === text.slice(...node.range)) {
      found.push({ ...next, compiled });
    } else {
      const displaced = next.displaced || (compiled !== undefined && node !== ast);
      for (const child of childrenOf(node, visitorKeys).reverse()) pending.push({ node: child, displaced });
    }
  }
  return found;
}

function childrenOf(node: TSESTree.Node, keys: Readonly<Record<string, readonly string[] | undefined>>): TSESTree.Node[] {
  return (keys[node.type] ?? []).flatMap((key) => (node as unknown as Readonly<Record<string, unknown>>)[key])
    .filter((child): child is TSESTree.Node => typeof child === 'object' && child !== null && 'type' in child);
}

function inParts({ sourceCode }: Context, source: Source, pairs: readonly Pair[]): Linted {
  const parts = pairs.map(({ node, compiled }) => ({ start: compiled.getStart(), end: compiled.end, shift: node.range[0] - compiled.getStart() }));
  const rangeOf = ({ file, start, end }: Site): TSESTree.Range | undefined => {
    const part = file === source.fileName ? parts.find((each) => each.start <= start && end <= each.end) : undefined;
    return part && [start + part.shift, end + part.shift];
  };
  return {
    file: source.fileName,
    rangeOf,
    lineOf: (site) => {
      const range = rangeOf(site);
      return range && sourceCode.getLocFromIndex(range[0]).line;
    },
    uses: outside(sourceCode.text, pairs.filter(isOwn)),
  };
}

/** What the program runs as it is written. An export may be a property, which is set from outside, and an input may be bound to a place. */
function isOwn({ node: { type }, displaced }: Pair): boolean {
  return !displaced && !type.startsWith('Export') && !/^(?:Identifier|MemberExpression|(?:Object|Array)Pattern)$/u.test(type);
}

/** Of two scripts one is run once and the other for each component, which no program says. */
function outside(text: string, own: readonly Pair[]): Elsewhere {
  if ((text.match(/<script\b/giu) ?? []).length > 1) return () => true;
  const ranges = own.map(({ node: { range } }) => range).sort(([a], [b]) => a - b);
  const rest = ranges.map(([start], index) => text.slice(ranges[index - 1]?.[1] ?? 0, start));
  const words = wordsIn([...rest, text.slice(ranges.at(-1)?.[1] ?? 0)].join('\n'));
  return (name) => words.has(name);
}
