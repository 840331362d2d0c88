/** Whole programs. */
import type { Random } from 'fast-check';

import { sameShape } from '../shapes.ts';
import type { Expr, Plan, Stmt } from '../syntax.ts';
import { ends } from './aim.ts';
import { Definitions } from './definitions.ts';
import { Expressions } from './expressions.ts';
import { Choices } from './random.ts';
import { Room } from './room.ts';
import { Statements } from './statements.ts';

/** @param focus names of operations that must occur often */
export function generatePlan(source: Random, focus: readonly string[] = []): Plan {
  const random = new Choices(source);
  const cuts = ends(focus) ? 0.4 : random.weighted([[2, 0], [3, 0.08], [3, 0.25], [2, 0.5]]);
  return new Planner(new Expressions(random, { cuts, focus })).plan();
}

class Planner {
  readonly #statements: Statements;
  readonly #definitions: Definitions;

  constructor(readonly make: Expressions) {
    this.#statements = new Statements(make);
    this.#definitions = new Definitions(make, this.#statements);
  }

  plan(): Plan {
    const { random } = this.make;
    const room = new Room(undefined);
    const times = (count: number, body: () => readonly Stmt[]): readonly Stmt[] => Array.from({ length: count }, body).flat();
    const preparations = [
      ...times(random.below(2) + 1, () => [this.#statements.declare(room, this.#data(), 'x', { weight: 1 })]),
      ...times(random.weighted([[1, 0], [6, 1], [5, 2], [2, 3]]), () => this.#definitions.source(room)),
      ...(random.chance(0.15) ? this.#frozen(room) : []),
      ...times(random.weighted([[4, 0], [4, 1], [2, 2]]), () => [this.#statements.states.one(room, 'at the top')]),
      ...times(random.weighted([[4, 0], [4, 1], [3, 2]]), () => this.#definitions.helper(room)),
      ...(random.chance(0.15) ? this.#definitions.higher(room) : []),
      ...(random.chance(0.15) ? [this.#statements.declare(room, this.make.tensor(room, 2), 'early', { weight: 8 })] : []),
    ];
    const scopes = times(random.weighted([[5, 1], [2, 2]]), () => this.#entry(room));
    const copies = random.chance(0.12) ? this.#copy(room) : [];
    const late = random.chance(0.08) ? preparations.findLast((each) => each.k === 'declare' && each.value.k === 'function') : undefined;
    return { body: [...preparations, ...scopes, ...copies], language: random.chance(0.75) ? 'ts' : 'js', late: late?.k === 'declare' ? late.name : undefined };
  }

  #data(): { expr: Expr; shape: readonly number[] } {
    const shape = this.make.shape();
    return { expr: this.make.data(shape), shape };
  }

  /** A variable that is not to be trained. */
  #frozen(room: Room): readonly Stmt[] {
    const { expr, shape } = this.#data();
    return [this.#statements.declare(room, { expr: { k: 'variable', of: expr, trainable: false, chained: false }, shape }, 'frozen')];
  }

  /** A target network follows the one that is trained. */
  #copy(room: Room): readonly Stmt[] {
    const { random } = this.make;
    const pairs = room.variables.flatMap((to) => room.variables.filter((from) => from !== to && sameShape(from.shape, to.shape)).map((from) => ({ to, from })));
    if (pairs.length === 0) return [];
    const { to, from } = random.pick(pairs);
    return [{ k: 'assign', variable: to.expr(), value: from.expr() }];
  }

  #entry(room: Room): readonly Stmt[] {
    const { random } = this.make;
    const inner = new Room(room);
    const style = random.weighted([[4, 'plain'], [3, 'exported'], [1, 'async'], [2, 'attempted']] as const);
    const given = (style === 'exported' || style === 'async') && random.chance(0.3) ? this.#statements.states.parameter(inner) : undefined;
    const before = style === 'async' ? [this.#statements.states.one(inner, 'where it can wait')] : [];
    const scope = random.chance(0.65) ? this.#variables(inner) : this.#arguments(inner);
    const body: readonly Stmt[] = random.chance(0.2) ? [{ k: 'repeat', count: 2, counter: this.make.fresh('epoch'), body: scope, style: 'for' }] : scope;
    return style === 'plain' ? body : [{ k: 'entry', name: this.make.fresh('train'), given, body: [...before, ...body], style }];
  }

  #variables(room: Room): readonly Stmt[] {
    const { random } = this.make;
    const inner = new Room(room, new Set(), true);
    if (random.chance(0.1)) inner.tensors = inner.tensors.filter(({ variable }) => variable !== true);
    const body = this.#statements.loss(inner, inner.variables, random.below(4));
    const callback: Expr = { k: 'function', params: [], body, style: random.chance(0.85) ? 'arrow' : 'expression' };
    const list: Expr | undefined = room.variables.length > 0 && random.chance(0.35)
      ? { k: 'list', items: random.sample(room.variables, random.chance(0.5) ? room.variables.length : random.below(2) + 1).map(({ expr }) => expr()) } : undefined;
    const scope = { k: 'scope', api: random.weighted([[6, 'minimize'], [1, 'computeGradients'], [2, 'variableGrads']] as const), list, cost: random.chance(0.3) } as const;
    if (random.chance(0.75)) return [{ ...scope, callback }];
    const loss = this.make.fresh('loss');
    const definition: Stmt = random.chance(0.5) ? { k: 'define', name: loss, params: [], body } : { k: 'declare', mutable: false, name: loss, value: callback };
    const called: Expr = { k: 'call', callee: { k: 'name', name: loss }, args: [] };
    return [definition, { ...scope, callback: random.chance(0.5) ? { k: 'name', name: loss } : { k: 'function', params: [], body: { body: [], result: called }, style: 'arrow' } }];
  }

  #arguments(room: Room): readonly Stmt[] {
    const { random } = this.make;
    const api = random.pick(['grad', 'grads', 'valueAndGrad', 'valueAndGrads'] as const);
    const args = Array.from({ length: api.endsWith('s') ? random.below(2) + 1 : 1 }, () => (random.chance(0.8) ? this.make.leaf(room) : this.make.tensor(room, 1)));
    const inner = new Room(room, new Set(), true);
    const params = args.map(({ shape }) => {
      const name = this.make.fresh('p');
      inner.named(name, shape, { weight: 14 });
      return { name, type: 'tf.Tensor' };
    });
    const body = this.#statements.loss(inner, inner.tensors.slice(-args.length), random.below(3));
    const value: Expr = { k: 'gradient', api, callback: { k: 'function', params, body, style: 'arrow' }, args: args.map(({ expr }) => expr) };
    return random.chance(0.5) ? [{ k: 'run', value }] : [this.#statements.declare(room, { expr: value, shape: args[0]!.shape }, 'gradient')];
  }
}
