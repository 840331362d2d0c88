/** Tapes that the program holds: what they record and watch, and the gradients they are asked for. */
import { type HeldTape, Node, now, opened, OpenTapes } from '../domain/graph.ts';
import type { AskedSource } from '../domain/history.ts';
import { argument, argumentSite, noArguments } from '../domain/invocation.ts';
import type { Invocation, Value } from '../domain/value.ts';
import { literal, members, nonNullish, truth, undefinedValue } from '../domain/values.ts';
import { iterate } from '../interpreter/builtins/iteration.ts';
import type { Frame } from '../interpreter/machine/frame.ts';
import type { Machine } from '../interpreter/machine/machine.ts';
import { array } from '../interpreter/values/lists.ts';
import { operandNodes } from '../interpreter/values/reach.ts';
import { refineAt } from '../interpreter/values/types.ts';
import type { Library } from '../libraries/library.ts';
import type { Meaning } from '../libraries/meaning.ts';
import type { Site } from '../program/ir.ts';
import { gradientNode } from './scopes.ts';
import type { Subject } from './subject.ts';
import { tensorOf } from './tensor.ts';

type Form<K extends Meaning['is']> = Extract<Meaning, { is: K }>;

/** `new GradientTape(options)`. */
export function makeTape(m: Machine, library: Library, meaning: Form<'tape'>, call: Invocation): Value {
  const { site } = call;
  const options = argument(call.arguments, 0);
  const tape = m.allocator.allocate<HeldTape>('held tape', site, () => {
    const node = new Node({ kind: 'external', handed: true }, meaning.class, site, m.frame.chain, m.tapes);
    return { library, site, label: meaning.class, entries: new Map(), node, watched: new Set(), watchesMore: false, watchesVariables: option(m, options, meaning.variables, site) };
  }, () => undefined);
  return { kind: 'instance', library, class: meaning.class, node: tape.node, tape };
}

/** What a switch that is on unless it is turned off is set to. */
function option(m: Machine, options: Value, key: string, site: Site): boolean | undefined {
  if (options.kind === 'literal') return true;
  if (options.kind !== 'object') return undefined;
  const value = m.getMember(options, literal(key), site);
  return value.kind === 'literal' && value.value === undefined ? true : truth(value);
}

function tapeOf({ receiver }: Subject): HeldTape | undefined {
  return receiver?.kind === 'instance' ? receiver.tape : undefined;
}

/** `tape.watch(x)`. */
export function watch(m: Machine, subject: Subject, meaning: Form<'watch'>, call: Invocation): void {
  const tape = tapeOf(subject);
  if (tape === undefined) return;
  const nodes = operandNodes(m, refineAt(m, argument(call.arguments, meaning.at), argumentSite(call, meaning.at)));
  // A callback of unknown code has arguments that are not known; of a recursion, only the first calls are followed.
  if (nodes.length === 0 || isRecursive(m.frame)) tape.watchesMore = true;
  for (const node of nodes) {
    for (const each of node.alternatives()) {
      tape.watched.add(each);
      if (each.kind === 'external' || each.kind === 'anything' || each.foreign) tape.watchesMore = true;
    }
  }
}

function isRecursive(frame: Frame): boolean {
  const seen = new Set<Frame['code']>();
  for (let at: Frame | undefined = frame; at?.code !== undefined; at = at.caller) {
    if (seen.has(at.code)) return true;
    seen.add(at.code);
  }
  return false;
}

/** `tape.record(() => …)`, `tape.stopRecording(() => …)`. */
export function recordOn(m: Machine, subject: Subject, meaning: Form<'record'>, call: Invocation): Value {
  const tape = tapeOf(subject);
  const tapes = tape === undefined ? m.tapes : meaning.off === true ? m.tapes?.without(tape) : opened(tape, m.tapes);
  return m.taped(tapes, () => m.invoke(argument(call.arguments, meaning.at), undefinedValue, noArguments, call.site, call.label));
}

/** `tape.gradient(target, sources)`. */
export function differentiateOn(m: Machine, subject: Subject, meaning: Form<'gradient'>, call: Invocation): Value {
  const { arguments: args, site } = call;
  const [targetSite, sourcesSite] = [argumentSite(call, meaning.target), argumentSite(call, meaning.sources)];
  const target = nonNullish(refineAt(m, argument(args, meaning.target), targetSite));
  const sources = refineAt(m, argument(args, meaning.sources), sourcesSite);
  const several = sources.kind === 'object';
  const { items, others } = several ? iterate(m, sources, sourcesSite) : { items: [sources], others: undefined };
  const all = others === undefined || others.kind === 'never' ? items : [...items, others];
  const tape = tapeOf(subject);
  if (tape !== undefined) tell(m, tape, target, targetSite, all, sourcesSite, call);
  const node = gradientNode(m, [target, ...all, argument(args, meaning.cotangent)], call.label, site);
  const gradient = m.memory.joiner.values(tensorOf(m, subject.library, node), literal(null));
  if (!several) return gradient;
  return array(m, all.length === items.length ? { items: items.map(() => gradient), others: { kind: 'never' } } : { items: [], others: gradient }, site);
}

function tell(m: Machine, tape: HeldTape, target: Value, targetSite: Site, sources: readonly Value[], sourcesSite: Site, call: Invocation): void {
  // What unknown code does with the tape, nobody can say.
  if (m.history.escaped.has(tape.node)) return;
  const { chain } = m.frame;
  const asked = sources.map((value) => askedOf(m, tape, value, sourcesSite));
  m.tell({
    kind: 'scope', library: tape.library, form: { kind: 'tape', tape }, label: tape.node.name ?? tape.node.label, site: call.site, chain, tape, nested: false,
    result: target, target: targetNode(m, tape, target, targetSite, call), callbackSite: targetSite, callback: undefined,
    asked, bounds: undefined, variables: true, frozen: new Set(), unbuilt: { certain: new Set(), possible: new Set() }, everything: false, moment: now(),
  });
}

function targetNode(m: Machine, tape: HeldTape, target: Value, site: Site, call: Invocation): Node | undefined {
  if (!members(target).every((member) => member.kind === 'tensor' || member.kind === 'unknown')) return undefined;
  const node = new Node({ kind: 'operation' }, call.label, call.site, m.frame.chain, new OpenTapes(tape, undefined));
  for (const from of operandNodes(m, target)) node.connect(from, 'flows', site);
  return node;
}

function askedOf(m: Machine, tape: HeldTape, value: Value, site: Site): AskedSource {
  const refined = refineAt(m, value, site);
  if (refined.kind !== 'tensor') return { value: refined, node: undefined, site };
  return { value: refined, node: refined.node, site, unwatched: isUnwatched(tape, refined.node) };
}

function isUnwatched(tape: HeldTape, node: Node): boolean {
  if (tape.watched.has(node) || tape.watchesMore) return false;
  switch (node.kind) {
    case 'source': return tape.watchesVariables === false;
    case 'constant': return true;
    case 'operation': return !node.isOn(tape);
    default: return false;
  }
}
