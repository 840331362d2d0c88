/** What a statement does to the store, and how control leaves it. */
import { Environment } from '../domain/environment.ts';
import type { Value } from '../domain/value.ts';
import { truth, undefinedValue } from '../domain/values.ts';
import type { Block, Statement } from '../program/ir.ts';
import { evaluateReturned } from './await.ts';
import { executeAwait } from './promises/waiting.ts';
import { instantiateClass } from './classes.ts';
import { enterScope } from './closures.ts';
import { executeTry } from './exceptions.ts';
import { iterateStatement, loopStatement } from './loops.ts';
import { isStepwise, suspendable } from './generators/suspension.ts';
import { executeYield } from './generators/yield.ts';
import { decide } from './machine/conditions.ts';
import type { Exit } from './machine/frame.ts';
import type { Machine } from './machine/machine.ts';
import { store } from './modules.ts';
import { narrow } from './narrowing.ts';
import { strictlyEqual } from './operators.ts';
import { assign } from './patterns.ts';

type Of<K extends Statement['op']> = Extract<Statement, { op: K }>;

export function execute(m: Machine, s: Statement): void {
  if (!m.reachable) return;
  m.step();
  switch (s.op) {
    case 'evaluate': m.evaluate(s.value); return;
    case 'declare': assign(m, s.target, s.init === undefined ? undefinedValue : m.evaluate(s.init)); return;
    case 'class': store(m, s.binding, instantiateClass(m, s.class), true); return;
    case 'block': executeBlock(m, s); return;
    case 'branch': executeBranch(m, s); return;
    case 'switch': executeSwitch(m, s); return;
    case 'loop': loopStatement(m, s, undefined); return;
    case 'iterate': iterateStatement(m, s, undefined); return;
    case 'label': executeLabel(m, s); return;
    case 'return': m.leave(returned(m, s)); return;
    case 'throw':
      throwValue(m, m.evaluate(s.value));
      return;
    case 'yield': executeYield(m, s); return;
    case 'await': executeAwait(m, s); return;
    case 'jump': m.leave({ kind: s.kind, label: s.label, delta: m.delta() }); return;
    case 'try': executeTry(m, s); return;
  }
}

/** Runs statements one after the other. */
export function executeAll(m: Machine, body: readonly Statement[]): void {
  if (isStepwise(m)) executeFrom(m, body, 0);
  else for (const statement of body) execute(m, statement);
}

function executeFrom(m: Machine, body: readonly Statement[], first: number): void {
  for (let index = first; index < body.length; index++) {
    const statement = body[index];
    if (statement !== undefined) executeAt(m, body, index, () => { execute(m, statement); });
  }
}

/** Runs one of several statements; when it goes on after a stop, those that follow run too. */
function executeAt(m: Machine, body: readonly Statement[], index: number, part: () => void): void {
  suspendable(m, part, (rest) => {
    executeAt(m, body, index, rest);
    executeFrom(m, body, index + 1);
  });
}

function throwValue(m: Machine, value: Value): void {
  m.semantics.used([value]);
  m.throws(value);
}

function returned(m: Machine, s: Of<'return'>): Exit {
  const value: Value = s.value === undefined ? undefinedValue : evaluateReturned(m, s.value);
  return { kind: 'return', value, delta: m.delta(), conditions: m.frame.conditions, site: s.site };
}

/** Runs a block in an environment of its own, as each round of a loop needs one for its closures. */
function executeBlock(m: Machine, block: Block): void {
  if (block.bindings.length === 0 && block.functions.length === 0) {
    m.executeAll(block.body);
    return;
  }
  const outer = m.environment;
  m.environment = m.allocator.allocate('environment', block.site, () => new Environment(outer), ({ allocation }) => { allocation.renew(); });
  enterScope(m, block);
  m.executeAll(block.body);
  m.environment = outer;
}

function executeBranch(m: Machine, s: Of<'branch'>): void {
  const test = truth(m.evaluate(s.test));
  const otherwise = (): void => {
    if (s.else !== undefined) m.execute(s.else);
  };
  if (test === true) m.execute(s.then);
  else if (test === false) otherwise();
  else {
    decide(
      m, s.test.site,
      () => {
        narrow(m, s.test, true);
        m.execute(s.then);
      },
      () => {
        narrow(m, s.test, false);
        otherwise();
      },
    );
  }
}

function executeSwitch(m: Machine, s: Of<'switch'>): void {
  const subject = m.evaluate(s.subject);
  const outer = m.environment;
  m.environment = new Environment(outer);
  enterScope(m, s);
  untilBreak(m, isBreak(undefined), () => { seekCase(m, s, subject, 0); });
  m.environment = outer;
}

/** Tests are computed one after the other, up to the one that holds. */
function seekCase(m: Machine, s: Of<'switch'>, subject: Value, index: number): void {
  if (index === s.cases.length) {
    const fallback = s.cases.findIndex(({ test }) => test === undefined);
    if (fallback !== -1) executeCases(m, s, fallback);
    return;
  }
  const test = s.cases[index]?.test;
  const further = (): void => { seekCase(m, s, subject, index + 1); };
  const isHit = test === undefined ? false : strictlyEqual(subject, m.evaluate(test));
  if (isHit === false) further();
  else if (isHit === true) executeCases(m, s, index);
  else decide(m, s.subject.site, () => { executeCases(m, s, index); }, further);
}

/** From a case on, through all that follow. */
function executeCases(m: Machine, s: Of<'switch'>, from: number): void {
  m.executeAll(s.cases.slice(from).flatMap(({ body }) => body));
}

type Jump = Extract<Exit, { kind: 'break' | 'continue' }>;

/** Runs code from which some jumps lead to its end. */
function untilBreak(m: Machine, caught: (exit: Exit) => exit is Jump, body: () => void): void {
  suspendable(m, () => { m.catching(caught, body); }, (rest) => { untilBreak(m, caught, rest); });
}

function isBreak(label: string | undefined): (exit: Exit) => exit is Jump {
  return (exit): exit is Jump => exit.kind === 'break' && (exit.label === undefined || exit.label === label);
}

function executeLabel(m: Machine, s: Of<'label'>): void {
  const labelled = (exit: Exit): exit is Jump => exit.kind === 'break' && exit.label === s.label;
  untilBreak(m, labelled, () => {
    if (s.body.op === 'loop') loopStatement(m, s.body, s.label);
    else if (s.body.op === 'iterate') iterateStatement(m, s.body, s.label);
    else m.execute(s.body);
  });
}
