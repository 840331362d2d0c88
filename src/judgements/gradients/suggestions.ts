/** Edits that mend a break without changing what the code computes. */
import type { CallChain } from '../../domain/calls.ts';
import type { Node } from '../../domain/graph.ts';
import type { Site } from '../../program/ir.ts';
import type { Program } from '../../program/program.ts';
import type { Finding } from '../finding.ts';
import type { Break, Trace } from './trace.ts';

export type Mendable =
  | { readonly kind: 'break'; readonly at: Break; readonly trace: Trace }
  /** The call of a function that only stops the gradient of its argument. */
  | { readonly kind: 'call'; readonly site: Site }
  | { readonly kind: 'make-variable'; readonly node: Node };

export function suggestionFor(program: Program, what: Mendable): Finding['suggestion'] {
  if (what.kind === 'make-variable') {
    const { node } = what;
    if (node.kind !== 'constant') return undefined;
    const text = program.text(node.site);
    const namespace = /^([\w$]+)\.[\w$]+\(/.exec(text)?.[1];
    if (namespace === undefined) return undefined;
    return { title: `Make it a variable: ${namespace}.variable(…).`, replacements: [{ site: node.site, text: `${namespace}.variable(${text})` }] };
  }
  if (what.kind === 'call') {
    const argument = onlyArgument(program.text(what.site));
    return argument === undefined ? undefined : { title: `Use \`${argument}\` itself.`, replacements: [{ site: what.site, text: argument }] };
  }
  const wrapped = wrappedRead(program, what.at, what.trace);
  if (wrapped === undefined) return undefined;
  return { title: `Use \`${wrapped.text}\` itself.`, replacements: [{ site: wrapped.site, text: wrapped.text }] };
}

/** The argument of a call that is written with one: `scores` of `detach(scores)`. */
function onlyArgument(call: string): string | undefined {
  const text = /^[\w$.#]+\(([^]*)\)$/.exec(call)?.[1]?.trim();
  if (text === undefined || text === '' || text.startsWith('...')) return undefined;
  let depth = 0;
  for (const character of text) {
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
    if (depth < 0 || (depth === 0 && ',"\'`'.includes(character))) return undefined;
  }
  return text;
}

/** `tf.tensor(v.dataSync(), v.shape)`, `tf.tensor(v.arraySync())`: a read that is wrapped again with its shape. */
function wrappedRead(program: Program, at: Break, trace: Trace): { readonly site: Site; readonly text: string; readonly node: Node } | undefined {
  if (at.cause !== 'host-read') return undefined;
  const [, wrapper] = trace.onward(at.after);
  if (wrapper?.kind !== 'operation' || wrapper.site.file !== at.after.site.file) return undefined;
  const read = /^([\w$.#]+)\.(dataSync|arraySync)(?:<[^()]*>)?\(\)$/.exec(program.text(at.after.site));
  const [, value, method] = read ?? [];
  if (value === undefined) return undefined;
  const call = program.text(wrapper.site).replace(/\s+/g, '');
  const wraps = method === 'dataSync' ? isShapedWrap(call, value) : /^[\w$.]*\([\w$.#]+\.arraySync\(\)(?:as[^()]*)?\)$/.test(call);
  return wraps ? { site: wrapper.site, text: value, node: wrapper } : undefined;
}

/** `tensor(v.dataSync(), v.shape)`, perhaps with `v.dtype`; type assertions aside. */
function isShapedWrap(call: string, value: string): boolean {
  const v = value.replace(/[$.]/g, String.raw`\$&`);
  const assertion = '(?:as[^()]*?)?';
  return new RegExp(String.raw`^[\w$.]*(?:<[^()]*>)?\(${v}\.dataSync(?:<[^()]*>)?\(\)${assertion},${v}\.shape${assertion}(?:,${v}\.dtype)?\)$`).test(call);
}

/** The call of a function that does nothing but wrap a read of its argument again: a stop by another name. */
export function isDetachHelper(program: Program, at: Break, trace: Trace): { readonly site: Site; readonly chain: CallChain | undefined } | undefined {
  const wrapped = wrappedRead(program, at, trace);
  const call = wrapped?.node.chain;
  if (wrapped === undefined || call === undefined) return undefined;
  // What is done with the wrapped values, the helper must leave to others.
  const [, , user] = trace.onward(at.after);
  if (within(at.before.chain, call) || within(user?.chain, call)) return undefined;
  return { site: call.site, chain: call.caller };
}

/** Whether a call is `call`, or made by it: then the value that is read was not handed to it. */
function within(chain: CallChain | undefined, call: CallChain): boolean {
  for (let at = chain; at !== undefined; at = at.caller) if (at.site === call.site) return true;
  return false;
}
