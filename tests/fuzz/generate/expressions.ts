/** Tensor expressions from what is at hand. */
import { cuts, cutNamed } from '../cuts.ts';
import { type Domain, type Operation, flatOperations, operations, smoothOperations } from '../operations.ts';
import { sameShape, sizeOf } from '../shapes.ts';
import type { Expr, Param, Shape } from '../syntax.ts';
import { aimedCut } from './aim.ts';
import type { Choices } from './random.ts';
import { type Callable, Room } from './room.ts';

export interface Typed {
  readonly expr: Expr;
  readonly shape: Shape;
}

/** How much of what a program has. */
export interface Mood {
  /** How often gradients end. */
  readonly cuts: number;
  /** Operations that must occur. */
  readonly focus: readonly string[];
}

const largest = 36;

export class Expressions {
  #seed = 0;
  #names = 0;

  constructor(readonly random: Choices, readonly mood: Mood) {}

  fresh(prefix: string): string {
    return `${prefix}${++this.#names}`;
  }

  data(shape: Shape): Expr {
    return { k: 'data', shape, seed: ++this.#seed, style: this.random.weighted([[6, 'nested'], [2, 'flat'], [1, 'fill']]) };
  }

  op(op: string, args: readonly Expr[], params: readonly Param[] = []): Expr {
    return { k: 'op', op, args, params, chained: this.random.chance(0.6) };
  }

  tensor(room: Room, depth: number): Typed {
    const { random } = this;
    if (depth <= 0) return this.leaf(room);
    return random.weighted<() => Typed>([
      [4, () => this.leaf(room)],
      [9, () => this.operation(room, depth)],
      [room.callables.length > 0 ? 4 : 0, () => this.call(random.weighted(room.callables.map((each) => [each.weight, each] as const)), room, depth)],
      [10 * this.mood.cuts, () => this.cut(this.tensor(room, depth - 1))],
      [0.6, () => this.choice(room, depth)],
      [0.6, () => this.straightThrough(room)],
      [room.lists.length > 0 ? 1.2 : 0, () => this.ofList(room, depth)],
      [room.switches.length > 0 ? 3 : 0, () => this.switched(room, depth)],
      [0.5, () => this.tidied(room, depth)],
      [depth > 1 ? 0.25 : 0, () => this.inner(room)],
    ])();
  }

  leaf(room: Room): Typed {
    const { random } = this;
    if (room.tensors.length === 0 || random.chance(0.04)) {
      const shape = this.shape();
      return { expr: this.data(shape), shape };
    }
    const { expr, shape } = random.weighted(room.tensors.map((each, index) => [each.weight * (1 + (2 * index) / room.tensors.length), each] as const));
    return { expr: expr(), shape };
  }

  shape(): Shape {
    return this.random.weighted<Shape>([[1, []], [2, [2]], [1, [3]], [3, [2, 2]], [3, [2, 3]], [2, [3, 2]], [1, [1, 3]], [0.5, [2, 2, 2]]]);
  }

  operation(room: Room, depth: number): Typed {
    const { random } = this;
    const aimed = this.mood.focus.flatMap((name) => operations.get(name) ?? []);
    for (let attempt = 0; attempt < 6; attempt++) {
      const operation = aimed.length > 0 && random.chance(0.5) ? random.pick(aimed) : random.pick(smoothOperations);
      const typed = this.apply(operation, this.operands(operation, room, depth));
      if (typed !== undefined) return typed;
    }
    return this.leaf(room);
  }

  operands({ arity }: Operation, room: Room, depth: number): readonly Typed[] {
    const first = this.tensor(room, depth - 1);
    const rest = Array.from({ length: arity - 1 }, () => (depth > 1 && this.random.chance(0.4) ? this.tensor(room, depth - 1) : this.leaf(room)));
    return [first, ...rest];
  }

  /** Shapes the operands as the operation needs them. */
  apply(operation: Operation, given: readonly Typed[]): Typed | undefined {
    const { random } = this;
    const [first] = given;
    if (first === undefined) return undefined;
    const fitted = given.map((each, index) => (index === 0 ? each : this.fitFor(operation.name, first.shape, each, index)));
    const operands = fitted.map((each, index) => this.within(operation.domains?.[index] ?? 'any', each));
    const shapes = operands.map(({ shape }) => shape);
    const params = operation.params === undefined ? [] : operation.params(random, shapes);
    if (params === undefined) return undefined;
    const shape = operation.shape(shapes, params);
    if (shape === undefined || sizeOf(shape) > largest || shape.length > 4) return undefined;
    const expr: Expr = { k: 'op', op: operation.name, args: operands.map((each) => each.expr), params, chained: random.chance(0.6) };
    if (operation.result === undefined) return { expr, shape };
    return { expr: { k: 'pick', of: expr, at: operation.result === 'list' ? random.below(operation.count?.(shapes, params) ?? 1) : random.pick(operation.result) }, shape };
  }

  fitFor(name: string, first: Shape, second: Typed, index: number): Typed {
    const { random } = this;
    const to = (shape: Shape): Typed => this.adapt(second, shape);
    switch (name) {
      case 'matMul': return first.length === 2 && second.shape.length === 2 && second.shape[0] === first[1] ? second : to([...first.slice(0, -2), first.at(-1) ?? 1, first.length === 2 ? 2 : (first.at(-1) ?? 1)]);
      case 'dot': return to([first.at(-1) ?? 1]);
      case 'outerProduct': return to([2]);
      case 'batchNorm': return to([first[1] ?? 1]);
      case 'add': case 'sub': case 'mul': case 'div': case 'pow': case 'atan2': case 'mod':
        if (index === 1 && random.chance(0.15)) return { expr: { k: 'number', value: random.pick([0.5, 2, 1.5, 3]) }, shape: [] };
        return random.chance(0.5) && first.length > 0 ? to(random.pick<Shape>([[], first.slice(1), first.with(0, 1), first])) : to(first);
      default: return to(first);
    }
  }

  /** The same numbers, or some made of them, in another shape. */
  adapt({ expr, shape }: Typed, to: Shape): Typed {
    const { random } = this;
    if (sameShape(shape, to)) return { expr, shape };
    if (to.length === 0) return { expr: this.op(random.pick(['mean', 'sum', 'max']), [expr]), shape: to };
    if (sizeOf(shape) === sizeOf(to)) return { expr: this.op('reshape', [expr], [to]), shape: to };
    if (shape.length === 2 && to.length === 2 && shape[0] === to[0] && random.chance(0.7)) return { expr: this.op('matMul', [expr, this.data([shape[1]!, to[1]!])]), shape: to };
    if (shape.length === 2 && to.length === 1 && shape[1] === to[0]) return { expr: this.op(random.pick(['mean', 'sum']), [expr], [0]), shape: to };
    const scalar = shape.length === 0 ? expr : this.op('mean', [expr]);
    return { expr: this.op('mul', [this.data(to), scalar]), shape: to };
  }

  within(domain: Domain, { expr, shape }: Typed): Typed {
    const number = (value: number): Expr => ({ k: 'number', value });
    switch (domain) {
      case 'any': return { expr, shape };
      case 'positive': return { expr: this.op('add', [this.op('square', [expr]), number(0.5)]), shape };
      case 'unit': return { expr: this.op('mul', [this.op('tanh', [expr]), number(0.9)]), shape };
      case 'above one': return { expr: this.op('add', [this.op('square', [expr]), number(1.5)]), shape };
      case 'probability': return { expr: this.op('add', [this.op('mul', [this.op('sigmoid', [expr]), number(0.8)]), number(0.1)]), shape };
    }
  }

  call({ callee, params, result }: Callable, room: Room, depth: number): Typed {
    const given = params.filter(({ optional }) => optional !== true || this.random.chance(0.5)).map(({ shape, fields, given: make }): Expr => {
      if (make !== undefined) return make();
      if (fields === undefined) return this.adapt(this.tensor(room, depth - 1), shape).expr;
      return { k: 'record', fields: fields.map((field) => ({ key: field.key, value: this.adapt(this.tensor(room, depth - 1), field.shape).expr })) };
    });
    return { expr: { k: 'call', callee: callee(), args: given }, shape: result };
  }

  cut({ expr, shape }: Typed): Typed {
    const aimed = aimedCut(this.mood.focus, this.random);
    const fits = aimed && cutNamed(aimed.cut).shape(shape);
    if (aimed !== undefined && fits !== undefined) return { expr: { k: 'cut', of: expr, ...aimed }, shape: fits };
    const name = this.random.weighted([[5, 'read'], [1, 'read number'], [1.5, 'read factor'], [4, 'stop'], [3, 'flat'], [0.6, 'position'], [0.6, 'one-hot'], [0.4, 'condition'], [0.5, 'zero factor'], [0.5, 'dead'], [0.2, 'far'], [1, 'variable'], [0.4, 'operation']] as const);
    if (name === 'variable') return { expr: { k: 'variable', of: expr, trainable: true, chained: this.random.chance(0.3) }, shape };
    if (name === 'operation') return { expr: this.op(this.random.pick(flatOperations).name, [expr]), shape };
    const to = cutNamed(name).shape(shape);
    return to === undefined ? { expr, shape } : { expr: { k: 'cut', cut: name, of: expr, style: this.random.below(60) }, shape: to };
  }

  choice(room: Room, depth: number): Typed {
    const yes = this.tensor(room, depth - 1);
    const no = this.adapt(this.tensor(room, depth - 1), yes.shape);
    return { expr: { k: 'choose', flag: this.random.pick(['sunny', 'rainy']), yes: yes.expr, no: no.expr }, shape: yes.shape };
  }

  /** A state says whether the gradient goes on. */
  switched(room: Room, depth: number): Typed {
    const { random } = this;
    const state = random.pick(room.switches).expr();
    const { expr, shape } = this.tensor(room, depth - 1);
    if (state.load === 'number' && random.chance(0.5)) return { expr: { k: 'scaled', of: expr, by: state }, shape };
    const [ended, other] = [this.cut({ expr, shape }), this.tensor(room, depth - 1)];
    const [yes, no] = random.chance(0.5) ? [ended.expr, this.adapt(other, ended.shape).expr] : [this.adapt(other, ended.shape).expr, ended.expr];
    return { expr: { k: 'when', condition: state, yes, no }, shape: ended.shape };
  }

  /** `x + stop(round(x) − x)`: the value of one, the gradient of the other. */
  straightThrough(room: Room): Typed {
    const named = room.tensors.filter(({ shape }) => shape.length > 0);
    if (named.length === 0) return this.leaf(room);
    const { expr, shape } = this.random.pick(named);
    const rounded: Expr = { k: 'cut', cut: 'flat', of: expr(), style: this.random.below(10) };
    const difference: Expr = { k: 'cut', cut: this.random.pick(['stop', 'read']), of: this.op('sub', [rounded, expr()]), style: this.random.below(20) };
    return { expr: this.op('add', [expr(), difference]), shape };
  }

  ofList(room: Room, depth: number): Typed {
    const { random } = this;
    const { expr, shape, count } = random.pick(room.lists);
    const [total, item] = [this.fresh('total'), this.fresh('item')];
    return random.weighted<() => Typed>([
      [1, () => ({ expr: { k: 'pick', of: expr(), at: random.below(count) }, shape })],
      [1, () => ({ expr: { k: 'op', op: 'addN', args: [expr()], params: [], chained: false }, shape })],
      [1, () => ({ expr: { k: 'op', op: 'stack', args: [expr()], params: [0], chained: false }, shape: [count, ...shape] })],
      [2, () => {
        const start = this.adapt(this.tensor(room, depth - 1), shape);
        const operation = random.pick(['add', 'mul', 'sub', 'maximum']);
        const right: Expr = { k: 'name', name: item };
        const body = { body: [], result: this.op(operation, [{ k: 'name', name: total }, random.chance(0.2 + this.mood.cuts) ? this.onShape(right, shape) : right]) };
        return { expr: { k: 'reduce', list: expr(), initial: start.expr, total, item, body }, shape };
      }],
    ])();
  }

  /** Something that keeps the shape: an activation, or an end. */
  onShape(expr: Expr, shape: Shape): Expr {
    if (this.random.chance(this.mood.cuts)) return { k: 'cut', cut: this.random.pick(Object.keys(cuts).filter((name) => ['read', 'stop', 'flat'].includes(name))), of: expr, style: this.random.below(60) };
    return this.op(this.random.pick(shape.length === 0 ? ['tanh', 'sin'] : ['tanh', 'sigmoid', 'softplus', 'relu', 'elu']), [expr]);
  }

  tidied(room: Room, depth: number): Typed {
    const { expr, shape } = this.tensor(room, depth - 1);
    return { expr: { k: 'tidy', body: { body: [], result: expr }, style: this.random.pick(['plain', 'named', 'kept']) }, shape };
  }

  /** A gradient, as a value. */
  inner(room: Room): Typed {
    const argument = this.leaf(room);
    const name = this.fresh('p');
    const own = new Room(room);
    own.named(name, argument.shape, { weight: 4 });
    const body = this.tensor(own, 1);
    const touched: Expr = this.op('mul', [this.op('mean', [this.op('tanh', [{ k: 'name', name }])]), body.expr]);
    return {
      expr: { k: 'gradient', api: this.random.pick(['grad', 'valueAndGrad']), callback: { k: 'function', params: [{ name, type: 'tf.Tensor' }], body: { body: [], result: touched }, style: 'arrow' }, args: [argument.expr] },
      shape: argument.shape,
    };
  }
}
