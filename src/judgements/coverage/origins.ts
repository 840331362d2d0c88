/** Where a value that is not known comes from: the construct that hides it. */
import type { Node } from '../../domain/graph.ts';
import type { Library } from '../../libraries/library.ts';
import { ownerOf } from '../../libraries/owner.ts';
import type { Binding, ClassCode, Expression, Site } from '../../program/ir.ts';
import type { Origin, Program } from '../../program/program.ts';
import type { Syntax } from '../../program/syntax.ts';
import { isWithin } from '../../program/within.ts';
import { shortened } from '../names.ts';
import type { Obstacle, ObstacleKind } from './obstacle.ts';

type Call = Extract<Expression, { op: 'call' | 'construct' }>;

export class Origins {
  readonly #program: Program;

  /** `unfollowed`: calls of what is not known, with what is called. */
  constructor(readonly syntax: Syntax, readonly libraries: readonly Library[], readonly unfollowed: ReadonlyMap<Site, Node | undefined>) {
    this.#program = syntax.program;
  }

  /** What hides a value. */
  of(node: Node): Obstacle {
    return this.#of(node, new Set());
  }

  /** What hides the function that is called. */
  ofCall(call: Call): Obstacle {
    return this.#called(call, this.unfollowed.get(call.site), new Set());
  }

  /** What hides the methods of a class: a base class that cannot be read. */
  ofBase({ extends: base }: ClassCode): Obstacle | undefined {
    if (base === undefined || (this.#isOfProgram(base) && !(base.op === 'load' && base.binding.kind === 'parameter'))) return undefined;
    return this.#obstacle('unknown-base', base.site);
  }

  /** Whether code of somebody else made the value while the scope was open: what is merely got from a value of before is data. */
  isMadeInside(node: Node, isOn: (node: Node) => boolean): boolean {
    for (let at: Node | undefined = node, seen = new Set<Node>(); at !== undefined && !seen.has(at); at = got(at)) {
      seen.add(at);
      if (at.handed || !isOn(at)) return false;
      const op = this.syntax.at(at.site)?.op;
      if (op === 'call' || op === 'construct' || op === 'opaque') return true;
    }
    return true;
  }

  #of(node: Node, seen: Set<Node>): Obstacle {
    seen.add(node);
    const e = this.syntax.at(node.site);
    const behind = node.inputs.map(({ from }) => from).filter((from) => isUnknown(from) && !seen.has(from));
    const [first] = behind;
    switch (e?.op) {
      case 'call': case 'construct': return this.#called(e, this.unfollowed.get(e.site) ?? (this.#isOfLanguage(e) ? first : undefined), seen);
      case 'opaque': return first === undefined ? this.#obstacle('unknown-syntax', e.site) : this.#of(first, seen);
      case 'load': return this.#bound(node, e.binding, e.site);
      case 'free': return this.#global(e.name, e.site);
      case 'member': return first === undefined ? this.#member(node, e) : this.#of(first, seen);
      default:
    }
    if (first !== undefined) return this.#of(first, seen);
    if (node.handed) return this.#argument(node);
    return this.#imported(node) ?? { kind: this.#isTyped(node.site) ? 'unknown-value' : 'untyped-value', site: node.site, code: nameOf(this.#program, node) };
  }

  /** A function that is declared is code of somebody else; of one that is not, what hides it is where it comes from. */
  #called(e: Call, callee: Node | undefined, seen: Set<Node>): Obstacle {
    const site = e.callee === 'super' ? e.site : e.callee.site;
    const isDeclared = e.callee !== 'super' && this.#program.typeOf(site).kind === 'function';
    // Of a function of the language that is not followed nothing more is known than what it gives.
    const root = callee === undefined || callee.site === e.site ? undefined : rootOf(callee, seen);
    if (root?.handed === true) return this.#argument(root);
    // A function of a library that is known has called another one, which it was given.
    if (root !== undefined && e.callee !== 'super' && this.#isOfLibrary(e.callee)) return this.#of(root, seen);
    // What it gives was not followed, for whatever reason: the code itself can be read.
    if (e.callee !== 'super' && (this.#isOfLanguage(e) || this.#isOfProgram(e.callee))) return root === undefined ? this.#obstacle('unknown-value', e.site) : this.#of(root, seen);
    if (isDeclared || e.callee === 'super') return this.#obstacle('unknown-code', site);
    return root === undefined ? this.#written(e.callee) : this.#of(root, seen);
  }

  /** What is called or read without a trace of where it came from: by what is written. */
  #written(e: Expression): Obstacle {
    let root = e;
    while (root.op === 'member' && root.object !== 'super' && !this.#isTyped(root.object.site)) root = root.object;
    if (root.op === 'load' && root.binding.kind === 'import') return this.#import(root.binding) ?? this.#obstacle('unknown-code', e.site);
    if (root.op === 'free') return this.#global(root.name, root.site);
    return this.#obstacle(this.#isTyped(root.site) || root.op === 'member' ? 'unknown-code' : 'untyped-value', root.site);
  }

  #member(node: Node, e: Extract<Expression, { op: 'member' }>): Obstacle {
    if (node.handed) return this.#argument(node);
    return this.#written(e);
  }

  #bound(node: Node, binding: Binding, site: Site): Obstacle {
    if (node.handed) return this.#argument(node);
    const imported = this.#import(binding);
    if (imported !== undefined) return imported;
    return this.#obstacle(this.#isTyped(site) ? 'unknown-value' : 'untyped-value', site);
  }

  /** A foreign value stands where its import does. */
  #imported(node: Node): Obstacle | undefined {
    const of = this.#program.module(node.site.file)?.imports.find(({ specifier }) => isWithin(node.site, specifier));
    return of === undefined ? undefined : this.#fromModule(of.text, of.specifier);
  }

  #import({ imported }: Binding): Obstacle | undefined {
    return imported === undefined ? undefined : this.#fromModule(imported.text, imported.specifier);
  }

  #fromModule(text: string, specifier: Site): Obstacle {
    if (names(this.libraries, text)) return { kind: 'unrecognised-import', site: specifier, code: text };
    return { kind: 'unknown-import', site: specifier, code: text };
  }

  #global(name: string, site: Site): Obstacle {
    if (this.#program.originOf(site)?.package === ofLanguage) return this.#obstacle('unknown-value', site);
    const kind: ObstacleKind = this.libraries.some(({ scriptTag }) => scriptTag?.global === name) ? 'unrecognised-global' : 'unknown-global';
    return { kind, site, code: name };
  }

  #argument(node: Node): Obstacle {
    const { name, label, site } = node;
    return { kind: this.#isTyped(site) ? 'argument' : 'untyped-value', site, code: name ?? (label === '' ? shortened(this.#program.text(site)) : label) };
  }

  /** A method of the language: what hides its result is what it was given. */
  #isOfLanguage({ callee }: Call): boolean {
    if (callee === 'super') return false;
    return this.#declarationOf(callee)?.package === ofLanguage;
  }

  #isOfProgram(callee: Expression): boolean {
    const file = this.#declarationOf(callee)?.file;
    return file !== undefined && this.#program.module(file) !== undefined;
  }

  #isOfLibrary(callee: Expression): boolean {
    const declared = this.#declarationOf(callee);
    return declared !== undefined && ownerOf(this.libraries, declared) !== undefined;
  }

  #declarationOf(callee: Expression): Origin | undefined {
    return this.#program.originOf(callee.op === 'member' ? callee.keySite : callee.site);
  }

  #isTyped(site: Site): boolean {
    return this.#program.typeOf(site).kind !== 'unknown';
  }

  #obstacle(kind: ObstacleKind, site: Site): Obstacle {
    return { kind, site, code: shortened(this.#program.text(site)) };
  }
}

/** Whose declarations say what the language and its engines bring. */
const ofLanguage = 'typescript';

/** Whether a specifier means a library by a way that is none of its packages: an address, another registry, a package that is not there. */
function names(libraries: readonly Library[], specifier: string): boolean {
  return libraries.some(({ packages }) => [...packages].some((each) => specifier.includes(each)));
}

function isUnknown({ kind }: Node): boolean {
  return kind === 'external' || kind === 'anything';
}

/** What a value was got from. */
function got({ inputs }: Node): Node | undefined {
  return inputs.find(({ from }) => isUnknown(from))?.from;
}

function rootOf(node: Node, seen: Set<Node>): Node {
  let root = node;
  for (let at: Node | undefined = node; at !== undefined && !seen.has(at); at = got(at)) {
    seen.add(at);
    root = at;
  }
  return root;
}

function nameOf(program: Program, node: Node): string {
  return node.name ?? shortened(program.text(node.site));
}
