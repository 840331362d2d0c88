/** Variables in all kinds of holders, functions and classes. */
import type { Block, Expr, Parameter, Shape, Stmt } from '../syntax.ts';
import type { Expressions } from './expressions.ts';
import { type Callable, Room } from './room.ts';
import type { Statements } from './statements.ts';

const name = (text: string): Expr => ({ k: 'name', name: text });
const pick = (of: Expr, at: string | number): Expr => ({ k: 'pick', of, at });

export class Definitions {
  constructor(readonly make: Expressions, readonly statements: Statements) {}

  variable(shape: Shape, trainable = true): Expr {
    return { k: 'variable', of: this.make.data(shape), trainable, chained: this.make.random.chance(0.15) };
  }

  /** Something trainable. */
  source(room: Room): readonly Stmt[] {
    return this.make.random.weighted<() => readonly Stmt[]>([
      [5, () => this.#variable(room)],
      [1.5, () => this.#record(room)],
      [1, () => this.#list(room)],
      [2, () => this.#factory(room)],
      [2.5, () => this.#class(room)],
      [1, () => this.#stack(room)],
      [1, () => this.#alike(room)],
    ])();
  }

  #variable(room: Room): readonly Stmt[] {
    const fresh = this.make.fresh('w');
    const shape = this.make.shape();
    room.named(fresh, shape, { weight: 6, variable: true });
    return [{ k: 'declare', mutable: false, name: fresh, value: this.variable(shape) }];
  }

  #record(room: Room): readonly Stmt[] {
    const fresh = this.make.fresh('params');
    const fields = ['kernel', 'bias'].map((key) => ({ key, shape: this.make.shape() }));
    for (const { key, shape } of fields) room.add({ expr: () => pick(name(fresh), key), shape, root: fresh, weight: 5, variable: true });
    return [{ k: 'declare', mutable: false, name: fresh, value: { k: 'record', fields: fields.map(({ key, shape }) => ({ key, value: this.variable(shape) })) } }];
  }

  #list(room: Room): readonly Stmt[] {
    const fresh = this.make.fresh('weights');
    const shape = this.make.shape();
    for (const at of [0, 1]) room.add({ expr: () => pick(name(fresh), at), shape, root: fresh, weight: 4, variable: true });
    room.lists.push({ expr: () => name(fresh), root: fresh, shape, count: 2 });
    return [{ k: 'declare', mutable: false, name: fresh, value: { k: 'list', items: [this.variable(shape), this.variable(shape)] } }];
  }

  /** Parameters of one shape in an object that is gone through. */
  #alike(room: Room): readonly Stmt[] {
    const { random } = this.make;
    const [fresh, values] = [this.make.fresh('params'), this.make.fresh('all')];
    const shape = this.make.shape();
    for (const key of ['w', 'v']) room.add({ expr: () => pick(name(fresh), key), shape, root: fresh, weight: 4, variable: true });
    const record: Stmt = { k: 'declare', mutable: false, name: fresh, value: { k: 'record', fields: ['w', 'v'].map((key) => ({ key, value: this.variable(shape) })) } };
    const all: Expr = { k: 'values', of: name(fresh) };
    if (random.chance(0.5)) {
      room.lists.push({ expr: () => ({ k: 'values', of: name(fresh) }), root: fresh, shape, count: 2 });
      return [record];
    }
    room.lists.push({ expr: () => name(values), root: values, shape, count: 2 });
    return [record, { k: 'declare', mutable: false, name: values, value: all }];
  }

  /** Layers in an array, and a function that runs through them. */
  #stack(room: Room): readonly Stmt[] {
    const { random } = this.make;
    const [maker, kernel, t, layers, forward, input, layer] = ['makeLayer', 'kernel', 't', 'layers', 'forward', 'input', 'layer'].map((prefix) => this.make.fresh(prefix)) as [string, string, string, string, string, string, string];
    const shape = this.make.shape();
    const inner = new Room(new Room(undefined), new Set(), true);
    inner.named(kernel, shape, { weight: 10 });
    inner.named(t, shape, { weight: 12 });
    const { block } = this.statements.block(inner, random.below(2), shape);
    const apply: Expr = { k: 'function', params: [{ name: t, type: 'tf.Tensor' }], body: block, style: 'arrow' };
    const make = (): Expr => ({ k: 'call', callee: name(maker), args: [] });
    const total = this.make.fresh('h');
    const through: Block = random.chance(0.5)
      ? { body: [], result: { k: 'reduce', list: name(layers), initial: name(input), total, item: layer, body: { body: [], result: { k: 'call', callee: name(layer), args: [name(total)] } } } }
      : {
        body: [
          { k: 'declare', mutable: true, name: total, value: name(input), type: 'tf.Tensor' },
          { k: 'each', list: name(layers), item: layer, style: random.pick(['of', 'forEach', 'index']), body: [{ k: 'set', target: name(total), value: { k: 'call', callee: name(layer), args: [name(total)] } }] },
        ],
        result: name(total),
      };
    room.callables.push({ callee: () => name(forward), root: forward, params: [{ shape }], result: shape, weight: 4 });
    return [
      { k: 'define', name: maker, params: [], body: { body: [{ k: 'declare', mutable: false, name: kernel, value: this.variable(shape) }], result: apply } },
      { k: 'declare', mutable: false, name: layers, value: { k: 'list', items: [make(), make()] } },
      { k: 'define', name: forward, params: [{ name: input, type: 'tf.Tensor' }], body: through },
    ];
  }

  /** A function that is handed another one. */
  higher(room: Room): readonly Stmt[] {
    const { random } = this.make;
    const [fresh, f, t, given] = ['twice', 'f', 't', 't'].map((prefix) => this.make.fresh(prefix)) as [string, string, string, string];
    const shape = this.#shapeOf(room);
    const once: Expr = { k: 'call', callee: name(f), args: [name(t)] };
    const body: Block = { body: [], result: random.chance(0.5) ? { k: 'call', callee: name(f), args: [once] } : this.make.op('add', [once, name(t)]) };
    const handed = (): Expr => ({ k: 'function', params: [{ name: given, type: 'tf.Tensor' }], body: { body: [], result: this.make.onShape(name(given), shape) }, style: 'arrow' });
    room.callables.push({ callee: () => name(fresh), root: fresh, params: [{ shape, given: handed }, { shape }], result: shape, weight: 2 });
    return [{ k: 'define', name: fresh, params: [{ name: f, type: '(t: tf.Tensor) => tf.Tensor' }, { name: t, type: 'tf.Tensor' }], body }];
  }

  /** A function that makes a layer, and layers that it makes. */
  #factory(room: Room): readonly Stmt[] {
    const { random } = this.make;
    const [maker, kernel, t] = [this.make.fresh('makeLayer'), this.make.fresh('kernel'), this.make.fresh('t')];
    const shape = this.make.shape();
    const input = this.make.shape();
    const inner = new Room(room, new Set(), true);
    inner.named(kernel, shape, { weight: 12 });
    inner.named(t, input, { weight: 8 });
    const { block, shape: result } = this.statements.block(inner, random.below(2));
    const apply: Expr = { k: 'function', params: [{ name: t, type: 'tf.Tensor' }], body: block, style: random.chance(0.8) ? 'arrow' : 'expression' };
    const wrapped = random.chance(0.4);
    const body: Block = { body: [{ k: 'declare', mutable: false, name: kernel, value: this.variable(shape) }], result: wrapped ? { k: 'record', fields: [{ key: 'kernel', value: name(kernel) }, { key: 'apply', value: apply }] } : apply };
    const layers = Array.from({ length: random.below(2) + 1 }, () => this.make.fresh('layer'));
    for (const layer of layers) {
      room.callables.push({ callee: () => (wrapped ? pick(name(layer), 'apply') : name(layer)), root: layer, params: [{ shape: input }], result, weight: 3 });
      if (wrapped) room.add({ expr: () => pick(name(layer), 'kernel'), shape, root: layer, weight: 2, variable: true });
    }
    return [
      { k: 'define', name: maker, params: [], body },
      ...layers.map((layer): Stmt => ({ k: 'declare', mutable: false, name: layer, value: { k: 'call', callee: name(maker), args: [] } })),
    ];
  }

  #class(room: Room): readonly Stmt[] {
    const { random } = this.make;
    const [base, t, a] = [this.make.fresh('Layer'), this.make.fresh('t'), this.make.fresh('a')];
    const [input, shape] = [this.make.shape(), this.make.shape()];
    const takes = random.chance(0.4);
    const initial = this.make.fresh('initial');
    const kernel: Expr = takes ? { k: 'variable', of: name(initial), trainable: true, chained: random.chance(0.3) } : this.variable(shape);
    const inner = new Room(room, new Set(), true);
    inner.add({ expr: () => pick(name('this'), 'kernel'), shape, root: 'this', weight: 14 });
    inner.named(t, input, { weight: 8 });
    const { block, shape: middle } = this.statements.block(inner, random.below(2));
    const activated: Block = { body: block.body, result: { k: 'call', callee: pick(name('this'), 'activate'), args: [block.result] } };
    const activate = (): { name: string; params: Parameter[]; body: Block } => {
      const room2 = new Room(undefined, new Set(), true);
      room2.named(a, middle);
      return { name: 'activate', params: [{ name: a, type: 'tf.Tensor' }], body: this.statements.block(room2, random.below(2), middle).block };
    };
    const scaled = { name: 'scaled', params: [], getter: true, body: { body: [], result: this.make.onShape(pick(name('this'), 'kernel'), shape) } };
    const definitions: Stmt[] = [{
      k: 'class', name: base, params: takes ? [{ name: initial, type: 'tf.Tensor' }] : [],
      fields: [{ name: 'kernel', value: kernel, inConstructor: takes || random.chance(0.4) }],
      methods: [{ name: 'apply', params: [{ name: t, type: 'tf.Tensor' }], body: activated }, activate(), ...(random.chance(0.3) ? [scaled] : [])],
    }];
    let made = base;
    if (random.chance(0.5)) {
      made = this.make.fresh('Special');
      const own = activate();
      const upward: Block = random.chance(0.4) ? { body: [], result: { k: 'call', callee: pick(name('super'), 'activate'), args: [this.make.onShape(name(a), middle)] } } : own.body;
      definitions.push({ k: 'class', name: made, base, params: [], fields: [], methods: [{ ...own, body: upward }] });
    }
    const instances = Array.from({ length: random.below(2) + 1 }, () => this.make.fresh('layer'));
    for (const instance of instances) {
      room.callables.push({ callee: () => pick(name(instance), 'apply'), root: instance, params: [{ shape: input }], result: middle, weight: 3 });
      room.add({ expr: () => pick(name(instance), 'kernel'), shape, root: instance, weight: 2, variable: true });
      if (definitions.some((each) => each.k === 'class' && each.methods.includes(scaled))) room.add({ expr: () => pick(name(instance), 'scaled'), shape, root: instance, weight: 3 });
    }
    return [...definitions, ...instances.map((instance): Stmt => ({ k: 'declare', mutable: false, name: instance, value: { k: 'new', of: made, args: takes ? [this.make.data(shape)] : [] } }))];
  }

  /** A function of tensors. */
  helper(room: Room): readonly Stmt[] {
    const { random } = this.make;
    const fresh = this.make.fresh('helper');
    const inner = new Room(room, new Set(), true);
    inner.tensors = inner.tensors.map((each) => ({ ...each, weight: each.weight / 4, mutable: false }));
    const params: Parameter[] = [];
    const shapes: Callable['params'][number][] = [];
    const add = (parameter: Parameter, shape: Callable['params'][number]): void => {
      params.push(parameter);
      shapes.push(shape);
    };
    const plain = (): void => {
      const [param, shape] = [this.make.fresh('t'), this.#shapeOf(room)];
      inner.named(param, shape, { weight: 8 });
      add({ name: param, type: 'tf.Tensor' }, { shape });
    };
    if (random.chance(0.2)) {
      const fields = ['u', 'v'].map((prefix) => ({ key: this.make.fresh(prefix), shape: this.#shapeOf(room) }));
      for (const { key, shape } of fields) inner.named(key, shape, { weight: 7 });
      add({ name: '', fields: fields.map(({ key }) => key), type: `{ ${fields.map(({ key }) => `${key}: tf.Tensor`).join('; ')} }` }, { shape: [], fields });
    } else plain();
    if (random.chance(0.4)) plain();
    if (random.chance(0.2)) {
      const [param, shape] = [this.make.fresh('by'), this.#shapeOf(room)];
      inner.named(param, shape, { weight: 4 });
      add({ name: param, type: 'tf.Tensor', initial: this.make.data(shape) }, { shape, optional: true });
    }
    const { block, shape } = random.chance(this.make.mood.cuts) ? this.#cutting(inner) : this.statements.block(inner, random.below(3));
    room.callables.push({ callee: () => name(fresh), root: fresh, params: shapes, result: shape, weight: 2 });
    if (random.chance(0.5)) return [{ k: 'define', name: fresh, params, body: block }];
    return [{ k: 'declare', mutable: false, name: fresh, value: { k: 'function', params, body: block, style: random.chance(0.8) ? 'arrow' : 'expression' } }];
  }

  /** A helper that does nothing but end a gradient. */
  #cutting(room: Room): { block: Block; shape: Shape } {
    const last = room.tensors.at(-1)!;
    const { expr, shape } = this.make.cut({ expr: last.expr(), shape: last.shape });
    return { block: { body: [], result: expr }, shape };
  }

  #shapeOf(room: Room): Shape {
    return room.tensors.length > 0 && this.make.random.chance(0.7) ? this.make.random.pick(room.tensors).shape : this.make.shape();
  }
}
