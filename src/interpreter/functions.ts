/** Calls: of closures, and what a call of something else gives. */
import { allocated, Cell } from '../domain/cell.ts';
import { Environment } from '../domain/environment.ts';
import { allArguments, argument } from '../domain/invocation.ts';
import { type Content, type Delta, isList } from '../domain/store.ts';
import type { Arguments, ClosureValue, Invocation, NativeValue, Value } from '../domain/value.ts';
import { isOfLibrary, literal, never, undefinedValue } from '../domain/values.ts';
import type { Block, FunctionCode, Site } from '../program/ir.ts';
import { settled } from './await.ts';
import { computedCall } from './builtins/pure.ts';
import { mayConvert } from './builtins/conversion.ts';
import { fails } from './builtins/errors.ts';
import { mayThrowItself } from './builtins/throwing.ts';
import { enterScope } from './closures.ts';
import { begin } from './generators/generator.ts';
import { asJob, nowOrLater, pend } from './later.ts';
import { StepsExceeded } from './machine/allowance.ts';
import { onTrial } from './machine/attempt.ts';
import { choose } from './machine/conditions.ts';
import type { Exit, Frame } from './machine/frame.ts';
import type { Machine } from './machine/machine.ts';
import { Trial } from './machine/trial.ts';
import type { Way } from './machine/way.ts';
import type { Start } from './machine/jobs.ts';
import { assign, withDefault } from './patterns.ts';
import { isFollowing } from './promises/courses.ts';
import { Task } from './promises/tasks.ts';
import { callDeeper, settle } from './recursion.ts';
import { callUnknown } from './unknown-calls.ts';
import { ownArray } from './values/lists.ts';
import { unknownFrom } from './values/unknown.ts';

/** Calls of one function within itself that are followed one by one. */
const recursionLimit = 4;

/** Calls within calls that are followed, of whatever functions: the interpreter runs on the stack of its own language. */
const deepest = 200;

/** Calls any value. */
export function invoke(m: Machine, callee: Value, receiver: Value, args: Arguments, site: Site, label: string): Value {
  if (!m.reachable) return never;
  switch (callee.kind) {
    case 'closure': return callClosure(m, callee, callee.receiver ?? receiver, args, site);
    case 'native':
      m.semantics.used(allArguments(args));
      return callNative(m, callee, { receiver, arguments: args, site, label });
    case 'library':
      m.mayThrow();
      return m.semantics.call(callee, args, site, label);
    case 'union': {
      const callable = callee.members.filter((member) => member.kind !== 'literal' && member.kind !== 'uninitialised' && !isInstance(member));
      if (callable.length < callee.members.length) m.mayThrow();
      return choose(m, site, ...callable.map((member) => () => invoke(m, member, receiver, args, site, label)));
    }
    case 'literal': return fails(m, 'TypeError', site);
    case 'uninitialised': case 'never':
      m.mayThrow();
      return unknownFrom(m, [], site);
    default: return callUnknown(m, callee, receiver, args, site, label);
  }
}

/** What a class of a library has made is no function. */
function isInstance(value: Value): boolean {
  return isOfLibrary(value) && value.kind !== 'library';
}

/** Functions of the language that give back the very promise that a callback gives, or know themselves what is awaited. */
const handingOn: ReadonlySet<string> = new Set(['call', 'apply', 'bound', 'then', 'catch', 'finally', 'next', 'return', 'throw']);

/** Those that keep what they are given for later, where no variable and no property shows it. */
const withholding: ReadonlySet<string> = new Set([...handingOn, 'bind', 'resolve', 'reject', 'settle', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'requestAnimationFrame', 'process', 'Promise']);

/** Other functions of the language do not wait for what their callbacks begin. */
function callNative(m: Machine, callee: NativeValue, call: Invocation): Value {
  const computed = computedCall(m, callee, call);
  if (computed !== undefined) return computed;
  if (mayThrowItself(callee.name, call)) m.mayThrow();
  if (withholding.has(callee.name)) m.semantics.withheld(allArguments(call.arguments));
  if (handingOn.has(callee.name)) return callee.call(call);
  const { frame } = m;
  const { awaits } = frame;
  frame.awaits = new Set();
  mayConvert(m, call.arguments.values, call.site);
  const result = callee.call(call);
  frame.awaits = awaits;
  return result;
}

export function callClosure(m: Machine, closure: ClosureValue, receiver: Value, args: Arguments, site: Site): Value {
  m.step();
  if (m.depth >= deepest) throw new StepsExceeded();
  const { code } = closure;
  const deeper = m.deeperCalls.get(code);
  if (deeper !== undefined) {
    m.mayThrow();
    const result = callDeeper(m, deeper, args);
    // An async function that does not come back gives its promise all the same.
    if (code.async && result.kind === 'never') m.reachable = true;
    return code.async && result.kind === 'never' ? { kind: 'promise', value: never } : result;
  }
  if (!m.occasion.isSilent && code.generator !== 'stepwise') m.history.executed.enter(code);
  const enter = (given: Arguments): Value => m.allocator.along(site.start, () => run(m, closure, receiver, given, site));
  if (!isDeep(m, code)) return enter(args);
  m.mayThrow();
  return settle(m, code, args, site, enter);
}

/**
 * Whether a call is one of those that are followed together. Code that has itself called again by others, as a page does
 * that draws frame by frame, is at rest in between: its calls do not stand within one another, and what tells one from the
 * next is what they find.
 */
function isDeep(m: Machine, code: FunctionCode): boolean {
  let count = 0;
  let isParted = false;
  for (let frame: Frame | undefined = m.frame; frame !== undefined; frame = frame.caller) {
    isParted ||= frame.isParted;
    if (frame.code !== code) continue;
    count++;
    if (isParted || count === recursionLimit) return true;
  }
  return false;
}

function run(m: Machine, closure: ClosureValue, receiver: Value, args: Arguments, site: Site): Value {
  const { code } = closure;
  const caller = { frame: m.frame, environment: m.environment };
  const isAwaited = caller.frame.awaits.has(site);
  m.frame = {
    code, receiver, home: closure.home, caller: caller.frame, depth: caller.frame.depth + 1,
    chain: { site, caller: caller.frame.chain },
    base: m.memory.store, exits: [], entry: m.memory.store, since: allocated(), waits: m.waits, isAwaited, awaits: new Set(),
    suspensions: code.async && !isAwaited ? [] : undefined, letGo: undefined,
    late: caller.frame.late || code.generator !== undefined, generator: undefined,
    inTurns: code.steps !== undefined && isFollowing(m), blocks: isAwaited && caller.frame.blocks,
    conditions: caller.frame.conditions, caught: caller.frame.caught, isParted: false,
  };
  m.environment = m.allocator.allocate('call', code.site, () => new Environment(closure.environment), ({ allocation }) => { allocation.renew(); });
  const isStepwise = code.generator === 'stepwise' && !m.deeperCalls.has(code);
  const value = isStepwise ? begunStepwise(m, closure, receiver, args, site) : m.frame.inTurns ? begunTask(m, closure, args, site) : runBody(m, closure, args);
  m.frame = caller.frame;
  m.environment = caller.environment;
  m.semantics.returned(code, value);
  if (isStepwise) return value;
  // Its values are not followed.
  if (code.generator !== undefined) return unknownFrom(m, [value], site);
  return code.async && value.kind !== 'promise' ? { kind: 'promise', value: settled(m, value, undefined) } : value;
}

/** Runs an async function up to its first stop. Where it waits for what is not followed before that, it is run as if it were not followed. */
function begunTask(m: Machine, closure: ClosureValue, args: Arguments, site: Site): Value {
  const { code: { body, steps = { body, kept: [] } } } = closure;
  const task = new Task(m, site);
  const begin = (block: Block) => (): Value => {
    bindParameters(m, closure, args);
    for (const binding of steps.kept) m.environment.declare(binding);
    enterScope(m, block);
    m.executeAll(block.body);
    return m.reachable ? undefinedValue : never;
  };
  let value: Value = never;
  const first = (): void => { value = task.begin(() => untilReturn(m, begin(steps.body))); };
  if (m.frame.isAwaited) first();
  else asJob(m, first, () => { startAgain(m, closure, begin(body)); }, { start: startOf(m, args), isFollowed: () => task.drifted === undefined });
  return task.drifted === undefined || !m.reachable ? value : { kind: 'promise', value: settled(m, task.drifted, undefined) };
}

function startOf(m: Machine, args: Arguments): Start {
  return { activation: m.environment, given: [m.frame.receiver, ...args.values, args.others ?? never] };
}

/** The parameters of a generator are bound at its call. Its body waits. */
function begunStepwise(m: Machine, closure: ClosureValue, receiver: Value, args: Arguments, site: Site): Value {
  bindParameters(m, closure, args);
  return m.reachable ? begin(m, closure, receiver, site) : never;
}

function hasLetGo(content: Content | undefined): boolean {
  return content !== undefined && !isList(content) && content.kind === 'literal' && content.value === true;
}

/** Runs the code of the function in the frame, as far as its caller sees it run. */
function runBody(m: Machine, closure: ClosureValue, args: Arguments): Value {
  const { code } = closure;
  const parameters = (): void => { bindParameters(m, closure, args); };
  const statements = (): Value => {
    enterScope(m, code.body);
    m.executeAll(code.body.body);
    return m.reachable ? undefinedValue : never;
  };
  if (code.generator !== undefined) return begun(m, parameters, statements);
  const whole = (): Value => {
    parameters();
    return statements();
  };
  if (m.frame.suspensions === undefined) return untilReturn(m, whole);
  let value: Value = never;
  asJob(m, () => { value = startedAsync(m, whole); }, () => { startAgain(m, closure, whole); }, { start: startOf(m, args) });
  return value;
}

/** Runs code to its end or to a `return`; gives what it gives back. */
function untilReturn(m: Machine, body: () => Value): Value {
  let result: Value = never;
  const ends: Way[] = [];
  const returns = m.catching(isReturn, () => {
    result = body();
    if (m.comesOut) ends.push({ value: result, delta: m.delta(), conditions: m.frame.conditions, site: undefined });
  });
  if (returns.length + ends.length > 1 && m.frame.generator === undefined) m.semantics.left([...returns, ...ends]);
  return m.memory.joiner.all([...returns.map((exit) => exit.value), result]);
}

/** Of a generator that is taken as a whole: its body begins later, if ever, and any of its steps may be the last. */
function begun(m: Machine, parameters: () => void, statements: () => Value): Value {
  parameters();
  let value: Value = never;
  nowOrLater(m, () => {
    m.memory.stoppable(() => {
      m.either(() => undefined, () => { value = untilReturn(m, statements); });
    });
  });
  return value;
}

/** Runs an async function once more, from what is there now. */
function startAgain(m: Machine, { code, environment }: ClosureValue, body: () => Value): void {
  const { store } = m.memory;
  m.frame = { ...m.frame, base: store, exits: [], entry: store, suspensions: [], inTurns: false };
  m.environment = m.allocator.allocate('call', code.site, () => new Environment(environment), ({ allocation }) => { allocation.renew(); });
  startedAsync(m, body);
}

/**
 * Runs an async function whose caller does not wait for it: the caller goes on from wherever it stops to wait, and what it
 * does from there on happens later. What it throws is the promise's failure.
 */
function startedAsync(m: Machine, body: () => Value): Value {
  const { memory, frame, waits } = m;
  const before = frame.entry;
  let value: Value = never;
  memory.store = before.fork();
  const letGo = new Cell('let go', m.turns.allocation);
  const start = m.frame = { ...frame, entry: memory.store, base: memory.store, letGo };
  memory.write(letGo, literal(false));
  const trial = new Trial(memory.store);
  const trail = memory.trailed(() => { value = onTrial(m, trial, () => m.turns.apart(() => untilReturn(m, body))); });
  const written = memory.store.since(memory.store);
  const ends = [
    ...m.reachable ? [written] : [],
    // Runs that fail leave less than others.
    ...m.pending.isTentative ? [] : trial.thrown.map(({ delta }) => delta),
  ];
  // What has let its caller go on, on all ways that lead to its end, the caller does not see end; whoever comes when all has been run does.
  const isCalledByOthers = !m.occasion.preparing && frame.caller?.code === undefined;
  const isSeen = (delta: Delta): boolean => isCalledByOthers || !hasLetGo(delta.get(letGo));
  const ways = [...ends.filter(isSeen), ...start.suspensions ?? []];
  memory.store = before;
  if (start.suspensions?.length === 0) m.pending.ended();
  else m.pending.putOff(() => { pend(m, before, trail, written); });
  m.reachable = ways.length > 0;
  m.waits = waits;
  memory.absorb(ways);
  // What it has made itself nobody else knows yet; who gets its promise does.
  for (const delta of ends) if (!isSeen(delta)) memory.absorb([new Map([...delta].filter(([cell]) => before.read(cell) === undefined))]);
  return value;
}

function isReturn(exit: Exit): exit is Extract<Exit, { kind: 'return' }> {
  return exit.kind === 'return';
}

function argumentsObject(m: Machine, { sharedArguments }: FunctionCode, args: Arguments, site: Site): Value {
  if (sharedArguments !== 'no') return unknownFrom(m, allArguments(args), site);
  const heap = m.heap({ kind: 'array', arguments: true }, site);
  m.memory.writeList(heap, { items: args.values, others: args.others ?? never });
  return { kind: 'object', heap };
}

function bindParameters(m: Machine, closure: ClosureValue, args: Arguments): void {
  const { code } = closure;
  if (code.self !== undefined) m.memory.write(m.environment.declare(code.self), closure);
  if (code.arguments !== undefined) m.memory.write(m.environment.declare(code.arguments), argumentsObject(m, code, args, code.arguments.site));
  for (const binding of code.vars) m.memory.write(m.environment.declare(binding), undefinedValue);
  for (const [index, parameter] of code.parameters.entries()) {
    if (parameter.rest) {
      const list = { items: args.values.slice(index), others: args.others ?? never };
      assign(m, parameter.pattern, ownArray(m, list, parameter.pattern.site));
    } else {
      const value = withDefault(m, parameter, argument(args, index));
      assign(m, parameter.pattern, code.sharedArguments === 'written' ? m.memory.joiner.values(value, unknownFrom(m, [value], parameter.pattern.site)) : value);
    }
  }
}
