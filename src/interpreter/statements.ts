/** What a statement does to the store, and how control leaves it. */
import type { Block, Statement } from '../program/ir.ts';
import { Environment } from '../domain/environment.ts';
import { evaluate } from './expressions.ts';
import { closureOf } from './functions.ts';
import { instantiateClass } from './classes.ts';
import { iterateStatement, loopStatement } from './loops.ts';
import type { Exit, Machine } from './machine.ts';
import { narrow } from './narrowing.ts';
import { assign } from './patterns.ts';
import type { Delta } from '../domain/store.ts';
import { use } from '../tensors/uses.ts';
import { type Value, plainHost, truth, undefinedValue, uninitialised } from '../domain/value.ts';

type Of<K extends Statement['op']> = Extract<Statement, { op: K }>;

export function execute(m: Machine, s: Statement): void {
  if (!m.reachable) return;
  m.step();
  switch (s.op) {
    case 'evaluate': evaluate(m, s.value); return;
    case 'declare': assign(m, s.target, s.init === undefined ? undefinedValue : evaluate(m, s.init)); return;
    case 'class': m.realm.store(m, s.binding, instantiateClass(m, s.class), true); return;
    case 'block': executeBlock(m, s); return;
    case 'branch': executeBranch(m, s); return;
    case 'switch': executeSwitch(m, s); return;
    case 'loop': loopStatement(m, s, undefined); return;
    case 'iterate': iterateStatement(m, s, undefined); return;
    case 'label': executeLabel(m, s); return;
    case 'return': m.leave(returned(m, s)); return;
    case 'throw':
      use(m, [evaluate(m, s.value)]);
      m.leave({ kind: 'throw', delta: m.delta() });
      return;
    case 'jump': m.leave({ kind: s.kind, label: s.label, delta: m.delta() }); return;
    case 'try': executeTry(m, s); return;
  }
}

function returned(m: Machine, s: Of<'return'>): Exit {
  const value: Value = s.value === undefined ? undefinedValue : evaluate(m, s.value);
  return { kind: 'return', value, delta: m.delta() };
}

export function executeAll(m: Machine, body: readonly Statement[]): void {
  for (const statement of body) execute(m, statement);
}

/** Runs a block in an environment of its own, as each round of a loop needs one for its closures. */
function executeBlock(m: Machine, block: Block): void {
  if (block.bindings.length === 0 && block.functions.length === 0) {
    executeAll(m, block.body);
    return;
  }
  const outer = m.environment;
  m.environment = m.allocate('environment', block.site, () => new Environment(outer), () => undefined);
  enterScope(m, block);
  executeAll(m, block.body);
  m.environment = outer;
}

/** Declares the names of a block: functions are there at once, the others wait for their declaration. */
export function enterScope(m: Machine, block: Pick<Block, 'bindings' | 'functions'>): void {
  for (const binding of block.bindings) m.write(m.environment.declare(binding), uninitialised);
  for (const { binding, function: code } of block.functions) m.write(m.environment.declare(binding), closureOf(m, code));
}

function executeBranch(m: Machine, s: Of<'branch'>): void {
  const test = truth(evaluate(m, s.test));
  const otherwise = (): void => {
    if (s.else !== undefined) execute(m, s.else);
  };
  if (test === true) execute(m, s.then);
  else if (test === false) otherwise();
  else {
    m.either(
      () => {
        narrow(m, s.test, true);
        execute(m, s.then);
      },
      () => {
        narrow(m, s.test, false);
        otherwise();
      },
    );
  }
}

function executeSwitch(m: Machine, s: Of<'switch'>): void {
  const subject = evaluate(m, s.subject);
  const outer = m.environment;
  m.environment = new Environment(outer);
  enterScope(m, s);
  m.catching(isBreak(undefined), () => {
    const starts = entries(m, s, subject);
    m.either(...starts.map((start) => () => {
      for (const { body } of s.cases.slice(start)) executeAll(m, body);
    }));
  });
  m.environment = outer;
}

/** The cases at which a switch may begin; past the end where it may skip them all. */
function entries(m: Machine, s: Of<'switch'>, subject: Value): readonly number[] {
  const tests = s.cases.map(({ test }) => (test === undefined ? undefined : evaluate(m, test)));
  const fallback = tests.indexOf(undefined);
  const end = fallback === -1 ? s.cases.length : fallback;
  if (subject.kind === 'literal' && tests.every((test) => test === undefined || test.kind === 'literal')) {
    const hit = tests.findIndex((test) => test?.kind === 'literal' && test.value === subject.value);
    return [hit === -1 ? end : hit];
  }
  return [...s.cases.flatMap(({ test }, index) => (test === undefined ? [] : [index])), end];
}

function isBreak(label: string | undefined): (exit: Exit) => exit is Extract<Exit, { kind: 'break' | 'continue' }> {
  return (exit): exit is Extract<Exit, { kind: 'break' | 'continue' }> => exit.kind === 'break' && (exit.label === undefined || exit.label === label);
}

function executeLabel(m: Machine, s: Of<'label'>): void {
  const labelled = (exit: Exit): exit is Extract<Exit, { kind: 'break' | 'continue' }> => exit.kind === 'break' && exit.label === s.label;
  m.catching(labelled, () => {
    if (s.body.op === 'loop') loopStatement(m, s.body, s.label);
    else if (s.body.op === 'iterate') iterateStatement(m, s.body, s.label);
    else execute(m, s.body);
  });
}

/**
 * The handler may begin after any part of the block: it starts from the join of none and all of it. What a
 * finally-block does after a `return` is not followed.
 */
function executeTry(m: Machine, s: Of<'try'>): void {
  if (s.handler === undefined) executeBlock(m, s.block);
  else {
    const { finished, delta } = attempt(m, s.block);
    m.either(
      () => {
        m.store.absorb([delta], m.joiner.contents);
        m.reachable = finished;
      },
      () => {
        m.store.absorb([new Map(), delta], m.joiner.contents);
        executeHandler(m, s);
      },
    );
  }
  if (s.finalizer !== undefined) execute(m, s.finalizer);
}

/** Runs a block whose exceptions are caught, without keeping what it wrote. */
function attempt(m: Machine, block: Block): { finished: boolean; delta: Delta } {
  const before = m.store;
  const earlier = m.frame.exits.length;
  m.store = before.fork();
  executeBlock(m, block);
  const result = { finished: m.reachable, delta: m.store.since(m.store) };
  m.store = before;
  m.frame.exits = m.frame.exits.filter((exit, index) => index < earlier || exit.kind !== 'throw');
  return result;
}

function executeHandler(m: Machine, s: Of<'try'>): void {
  if (s.handler === undefined) return;
  const outer = m.environment;
  m.environment = new Environment(outer);
  if (s.parameter !== undefined) assign(m, s.parameter, plainHost);
  executeBlock(m, s.handler);
  m.environment = outer;
}
