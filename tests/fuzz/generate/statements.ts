/** Statements that make tensors of tensors. */
import { operationNamed } from '../operations.ts';
import { sameShape } from '../shapes.ts';
import type { Block, Expr, Flag, Stmt } from '../syntax.ts';
import type { Expressions, Typed } from './expressions.ts';
import { Room, type Tensor } from './room.ts';
import { States } from './states.ts';

const name = (text: string): Expr => ({ k: 'name', name: text });

export class Statements {
  readonly states: States;

  constructor(readonly make: Expressions) {
    this.states = new States(make);
  }

  get #flag(): Flag {
    return this.make.random.pick(['sunny', 'rainy']);
  }

  /** Statements, whose names are added to the room. */
  some(room: Room, count: number): Stmt[] {
    return Array.from({ length: count }, () => this.one(room)).flat();
  }

  one(room: Room): readonly Stmt[] {
    const { random, mood } = this.make;
    const settable = room.tensors.filter(({ mutable }) => mutable === true);
    return random.weighted<() => readonly Stmt[]>([
      [8, () => this.#constant(room)],
      [2, () => this.#mutable(room)],
      [4 * mood.cuts, () => this.#cut(room)],
      [settable.length > 0 ? 3 : 0, () => [this.#set(room, random.pick(settable))]],
      [settable.length > 0 ? 2.5 : 0, () => [this.#branch(room, settable)]],
      [settable.length > 0 ? 1.5 : 0, () => [this.#loop(room, settable)]],
      [settable.length > 0 ? 0.7 : 0, () => [this.#attempt(room, settable)]],
      [1, () => this.#record(room)],
      [1.2, () => this.#list(room)],
      [0.8, () => this.#apart(room)],
      [1, () => [this.states.one(room, 'inside')]],
      [1.5, () => [{ k: 'log', of: this.make.leaf(room).expr, style: random.below(5) }]],
    ])();
  }

  declare(room: Room, { expr, shape }: Typed, prefix = 'h', more: Partial<Tensor> = {}): Stmt {
    const fresh = this.make.fresh(prefix);
    room.named(fresh, shape, more);
    return { k: 'declare', mutable: more.mutable === true, name: fresh, value: expr, type: more.mutable === true || expr.k === 'data' ? 'tf.Tensor' : undefined };
  }

  #constant(room: Room): readonly Stmt[] {
    return [this.declare(room, this.make.tensor(room, 2), 'h', { weight: 10 })];
  }

  #mutable(room: Room): readonly Stmt[] {
    return [this.declare(room, this.make.tensor(room, 1), 'state', { mutable: true, weight: 12 })];
  }

  #cut(room: Room): readonly Stmt[] {
    return [this.declare(room, this.make.cut(this.make.tensor(room, 1)), 'cut', { weight: 14 })];
  }

  #set(room: Room, target: Tensor): Stmt {
    const { random } = this.make;
    const value = random.chance(0.5) ? this.make.onShape(target.expr(), target.shape) : this.make.adapt(this.make.tensor(room, 2), target.shape).expr;
    return { k: 'set', target: target.expr(), value };
  }

  /** Statements in braces, some of which set what is outside. */
  #inside(room: Room, settable: readonly Tensor[], more: (inner: Room) => void = () => undefined): Stmt[] {
    const inner = new Room(room);
    more(inner);
    const before = this.make.random.chance(0.4) ? this.#constant(inner) : [];
    return [...before, this.#set(inner, this.make.random.pick(settable))];
  }

  #branch(room: Room, settable: readonly Tensor[]): Stmt {
    const { random } = this.make;
    const flag = random.weighted<() => Extract<Stmt, { k: 'if' }>['flag']>([
      [7, () => this.#flag],
      [3, () => ({ read: this.make.leaf(room).expr })],
      [room.switches.length > 0 ? 6 : 0, () => ({ held: random.pick(room.switches).expr() })],
    ])();
    return { k: 'if', flag, yes: this.#inside(room, settable), no: random.chance(0.5) ? this.#inside(room, settable) : [], style: random.chance(0.8) ? 'if' : 'switch' };
  }

  #loop(room: Room, settable: readonly Tensor[]): Stmt {
    const { random } = this.make;
    if (room.lists.length > 0 && random.chance(0.6)) {
      const { expr, shape } = random.pick(room.lists);
      const item = this.make.fresh('each');
      return { k: 'each', list: expr(), item, body: this.#inside(room, settable, (inner) => { inner.named(item, shape, { weight: 6 }); }), style: random.pick(['of', 'forEach', 'index']) };
    }
    return { k: 'repeat', count: random.below(3) + 1, counter: this.make.fresh('i'), body: this.#inside(room, settable), style: random.chance(0.8) ? 'for' : 'while' };
  }

  #attempt(room: Room, settable: readonly Tensor[]): Stmt {
    const { random } = this.make;
    return { k: 'try', body: this.#inside(room, settable), risky: random.chance(0.5), rescue: random.chance(0.4) ? [this.#set(room, random.pick(settable))] : [] };
  }

  #record(room: Room): readonly Stmt[] {
    const { random } = this.make;
    const fresh = this.make.fresh('parts');
    const fields = ['a', 'b'].map((key) => ({ key, ...this.make.tensor(room, 1) }));
    const mutable = random.chance(0.4);
    const type = mutable ? '{ a: tf.Tensor; b: tf.Tensor }' : undefined;
    const declaration: Stmt = { k: 'declare', mutable: false, name: fresh, type, value: { k: 'record', fields: fields.map(({ key, expr }) => ({ key, value: expr })) } };
    if (!mutable && random.chance(0.4)) {
      const names = fields.map(({ key, shape }) => {
        const part = this.make.fresh(key);
        room.named(part, shape);
        return { key, name: part };
      });
      return [declaration, { k: 'take', style: 'record', names, value: name(fresh) }];
    }
    for (const { key, shape } of fields) room.add({ expr: () => ({ k: 'pick', of: name(fresh), at: key }), shape, root: fresh, weight: 6, mutable });
    return [declaration];
  }

  #list(room: Room): readonly Stmt[] {
    const { random } = this.make;
    const first = this.make.tensor(room, 1);
    const items = [first.expr, ...Array.from({ length: random.below(2) + 1 }, () => this.make.adapt(this.make.tensor(room, 1), first.shape).expr)];
    const fresh = this.make.fresh('list');
    const statements: Stmt[] = [{ k: 'declare', mutable: false, name: fresh, value: { k: 'list', items } }];
    let [list, count] = [fresh, items.length];
    if (random.chance(0.2)) {
      statements.push({ k: 'push', list: name(fresh), value: this.make.adapt(this.make.tensor(room, 1), first.shape).expr });
      count += 1;
    } else if (random.chance(0.4)) {
      const [mapped, item] = [this.make.fresh('mapped'), this.make.fresh('m')];
      statements.push({ k: 'declare', mutable: false, name: mapped, value: { k: 'map', list: name(fresh), item, body: { body: [], result: this.make.onShape(name(item), first.shape) } } });
      list = mapped;
    }
    room.lists.push({ expr: () => name(list), root: list, shape: first.shape, count });
    return statements;
  }

  /** Several results at once. */
  #apart(room: Room): readonly Stmt[] {
    const { random } = this.make;
    const { expr, shape } = this.make.tensor(room, 1);
    const two = shape.findIndex((size) => size === 2);
    const names = (keys: readonly (string | number)[], of: typeof shape): { key: string | number; name: string }[] => keys.map((key) => {
      const fresh = this.make.fresh(typeof key === 'number' ? 'part' : key);
      room.named(fresh, of);
      return { key, name: fresh };
    });
    if (two < 0 || random.chance(0.4)) return [{ k: 'take', style: 'record', value: { k: 'op', op: 'moments', args: [expr], params: [], chained: false }, names: names(['mean', 'variance'], []) }];
    const unstacks = two === 0 && random.chance(0.5);
    const value: Expr = unstacks ? { k: 'op', op: 'unstack', args: [expr], params: [], chained: random.chance(0.5) } : { k: 'op', op: 'split', args: [expr], params: [2, two], chained: random.chance(0.5) };
    return [{ k: 'take', style: 'list', value, names: names([0, 1], unstacks ? shape.slice(1) : shape.with(two, 1)) }];
  }

  /** A body with a result, of any shape or of one that is wanted. */
  block(room: Room, count: number, shape?: Typed['shape']): { readonly block: Block; readonly shape: Typed['shape'] } {
    const { random } = this.make;
    const body = this.some(room, count);
    const any = this.make.tensor(room, 2);
    const result = shape === undefined ? any : this.make.adapt(any, shape);
    if (room.inFunction && random.chance(0.12)) {
      body.push({ k: 'leave', flag: this.#flag, value: this.make.adapt(this.make.tensor(room, 1), result.shape).expr });
    }
    return { block: { body, result: result.expr }, shape: result.shape };
  }

  /** A body with a scalar result, as scopes want it: a loss over what has been made. */
  loss(room: Room, sources: readonly Tensor[], count: number): Block {
    const { random } = this.make;
    const before = room.tensors.length;
    const body = [...this.#derived(room, sources), ...this.some(room, count)];
    const own = room.tensors.slice(before);
    const parts = random.sample(own.slice(-3), random.weighted([[3, 1], [2, 2], [1, 3]])).map(({ expr, shape }) => ({ expr: expr(), shape }));
    const whole = parts.length === 0 || random.chance(0.3) ? [...parts, this.make.tensor(room, 2)] : parts;
    const ended = whole.map((part) => (random.chance(this.make.mood.cuts) ? this.make.cut(part) : part));
    const scalars = ended.map((part) => this.#scalar(part, room));
    if (random.chance(0.35)) {
      const declared = scalars.map((expr) => this.declare(room, { expr, shape: [] }, 'loss'));
      const all = declared.map((each) => (each.k === 'declare' ? each.name : ''));
      return { body: [...body, ...declared], result: all.map(name).reduce((sum, each) => this.make.op('add', [sum, each])) };
    }
    return { body, result: scalars.reduce((sum, each) => this.make.op(random.pick(['add', 'add', 'mul']), [sum, each])) };
  }

  /** Something made of what the scope differentiates with respect to. */
  #derived(room: Room, sources: readonly Tensor[]): readonly Stmt[] {
    const { random } = this.make;
    return random.sample(sources, random.below(3)).map(({ expr, shape }) => {
      const typed = { expr: this.make.onShape(expr(), shape), shape };
      return this.declare(room, random.chance(0.5) && room.tensors.length > 0 ? this.make.apply(operationNamed(random.pick(['mul', 'add', 'sub', 'squaredDifference', 'matMul'])), [typed, this.make.leaf(room)]) ?? typed : typed, 'h', { weight: 12 });
    });
  }

  #scalar({ expr, shape }: Typed, room: Room): Expr {
    const { random } = this.make;
    if (shape.length > 0 && random.chance(0.4)) {
      const target = room.tensors.filter((each) => sameShape(each.shape, shape));
      const labels = target.length > 0 && random.chance(0.6) ? random.pick(target).expr() : this.make.data(shape);
      return { k: 'op', op: random.pick(['losses.meanSquaredError', 'losses.absoluteDifference', 'losses.huberLoss', 'losses.sigmoidCrossEntropy']), args: [labels, expr], params: [], chained: false };
    }
    return shape.length === 0 ? this.make.op('mul', [expr, { k: 'number', value: 1.5 }]) : this.make.op(random.pick(['mean', 'sum']), [random.chance(0.5) ? this.make.op('square', [expr]) : expr]);
  }
}
