/**
 * The meaning of a program by construction: what each scope's target depends on, and where dependences end. This is the
 * specification that the analyser is held to, as far as the run itself (which is the judge of soundness) cannot tell.
 */
import { drop, type Held, heldBy } from './carried.ts';
import { cutNamed } from './cuts.ts';
import { type Operation, operationNamed } from './operations.ts';
import type { Block, Expr, Flag, Node, Parameter, Plan, Shape, Stmt } from './syntax.ts';
import {
  Cell, type ClassValue, type Dependence, type Ending, type Environment, type FunctionValue, type Identity, Invalid, type ScopeNode, type Settle, type Store, type Tape,
  type TensorValue, type Value, join, joinStores, nothing, together,
} from './values.ts';

/** One differentiation. */
export interface Event {
  readonly scope: ScopeNode;
  readonly nested: boolean;
  readonly tape: Tape;
  /** What is asked for; undefined: every variable that exists. Each may be one of several tensors. */
  readonly asked: readonly ReadonlySet<Identity>[] | undefined;
  /** Trainable variables from before the scope. */
  readonly variables: readonly Identity[];
  readonly target: Dependence;
}

interface Frame {
  readonly returns: { readonly value: Value; readonly store: Store }[];
}

const deepest = 24;
const mostSteps = 20_000;

export class Meaning {
  readonly events: Event[] = [];
  /** Of tensors, by the expression that gave them last. */
  readonly shapes = new Map<Node, Shape>();
  /** Variables that something else gives values. */
  readonly assigned = new Set<Node>();
  /** Somewhere a tensor may get lost unseen: an operation has it twice, or is dead, or stops what was there before the scope. */
  cancels = false;
  /** The analysis does not follow some state to what it holds. */
  unfollowed = false;
  /** Somebody else has decided what a state holds that was read. */
  open = false;
  /** Others may have run: not before the top level of a module has come to its end, or waits. */
  #others = false;
  /** What states that others decide about hold until these run; undefined of those that are in their hands from the beginning. */
  readonly #undecided = new Map<Cell, Value | undefined>();
  /** Some code that nothing calls differentiates: who knows what it trains. */
  idle = false;
  store: Store = new Map();
  tape: Tape | undefined;
  #variables: Identity[] = [];
  #frames: Frame[] = [];
  #steps = 0;

  // — values —

  tensor(shape: Shape, of: Dependence, leaf = false, variable?: Node): TensorValue {
    const identity: Identity = { variable, tape: this.tape };
    if (variable !== undefined) this.#variables.push(identity);
    return { t: 'tensor', shape, self: new Set([identity]), tape: this.tape, leaf, ...of };
  }

  /** What an operand brings to a result in the open tape. */
  uses(value: TensorValue, at: Node): Dependence {
    const live = new Set([...value.live, ...value.self]);
    if (this.tape === undefined || value.leaf || value.tape === this.tape) return { live, cut: value.cut };
    const { entries } = this.tape;
    const entry = [...value.self].map((identity) => entries.get(identity)).find((found) => found !== undefined);
    const ending: Ending = { cause: 'computed-outside', at: entry ?? at, used: at };
    const cut = new Map<Identity, ReadonlySet<Ending>>();
    for (const identity of value.live) if (!value.self.has(identity)) cut.set(identity, new Set([ending]));
    for (const [identity, endings] of value.cut) if ([...endings].some(({ cause }) => cause === 'host-read' || cause === 'computed-outside')) cut.set(identity, new Set([ending]));
    return { live: value.self, cut };
  }

  /** For values that come together at a place. */
  settleAt(at: Node): Settle {
    return (value) => (value.leaf || value.tape === this.tape ? value : { ...value, ...this.uses(value, at), tape: this.tape });
  }

  /**
   * What an operand brings to a result that has no derivative in it. What was made before the scope and is stopped
   * as it enters was never on its way: a stop of a constant says that it is meant to be one.
   */
  #ends(value: TensorValue, cause: Ending['cause'] | undefined, at: Node, operand: Node): Dependence {
    const enters = this.tape !== undefined && !value.leaf && value.tape !== this.tape;
    const of = this.uses(value, operand);
    if (enters && cause !== 'host-read') this.cancels = true;
    return this.#end(enters && cause !== undefined && cause !== 'host-read' ? { live: of.live, cut: nothing.cut } : of, cause, at);
  }

  #end({ live, cut }: Dependence, cause: Ending['cause'] | undefined, at: Node): Dependence {
    if (cause === undefined || (this.tape === undefined && cause === 'host-read')) return { live, cut };
    if (this.tape === undefined) {
      // Before a scope, what is not differentiable carries nothing on.
      this.cancels = true;
      return nothing;
    }
    const endings = new Map([...cut].map(([identity, known]) => [identity, new Set(known)]));
    for (const identity of live) endings.set(identity, (endings.get(identity) ?? new Set()).add({ cause, at }));
    return { live: nothing.live, cut: endings };
  }

  #define(environment: Environment, name: string, value: Value): Cell {
    if (environment.names.has(name)) throw new Invalid(`${name} is declared twice`);
    const cell = new Cell(name);
    environment.names.set(name, cell);
    this.store.set(cell, value);
    return cell;
  }

  #defineHeld(environment: Environment, name: string, { value, undecided, waits }: Held): void {
    const cell = this.#define(environment, name, value);
    if (undecided !== undefined) this.#undecided.set(cell, undecided.until);
    if (waits) this.#others = true;
  }

  #readHeld(cell: Cell): Value {
    if (!this.#undecided.has(cell)) return this.read(cell);
    const first = this.#others ? undefined : this.#undecided.get(cell);
    if (first === undefined) this.open = true;
    return first ?? this.read(cell);
  }

  lookup(environment: Environment, name: string): Cell {
    for (let at: Environment | undefined = environment; at !== undefined; at = at.outer) {
      const cell = at.names.get(name);
      if (cell !== undefined) return cell;
    }
    throw new Invalid(`${name} is not known`);
  }

  read(cell: Cell): Value {
    const value = this.store.get(cell);
    if (value === undefined) throw new Invalid(`${cell.name} has no value`);
    return value;
  }

  // — expressions —

  value(e: Expr, environment: Environment): Value {
    if (++this.#steps > mostSteps) throw new Invalid('too long');
    const value = this.#evaluate(e, environment);
    if (value.t === 'tensor') {
      this.shapes.set(e, value.shape);
      if ((e.k === 'name' || e.k === 'pick' || e.k === 'held') && this.tape !== undefined && !value.leaf && value.tape !== this.tape) {
        for (const identity of value.self) if (!this.tape.entries.has(identity)) this.tape.entries.set(identity, e);
      }
    }
    return value;
  }

  tensorOf(e: Expr, environment: Environment): TensorValue {
    const value = this.value(e, environment);
    if (value.t !== 'tensor') throw new Invalid('a tensor is wanted');
    return value;
  }

  #evaluate(e: Expr, environment: Environment): Value {
    switch (e.k) {
      case 'name': return this.read(this.lookup(environment, e.name));
      case 'held': return this.#readHeld(this.lookup(environment, e.name));
      case 'number': return { ...this.tensor([], nothing, true), self: nothing.live };
      case 'data': return this.tensor(e.shape, nothing, true);
      case 'op': return this.#operate(e, environment);
      case 'pick': return this.#pick(this.value(e.of, environment), e.at);
      case 'record': return { t: 'record', of: undefined, fields: new Map(e.fields.map(({ key, value }) => [key, this.#hold(key, this.value(value, environment))])) };
      case 'list': return this.#list(e.items.map((item) => this.value(item, environment)));
      case 'function': return { t: 'function', code: e, environment, self: undefined };
      case 'call': return this.call(this.value(e.callee, environment), e.args.map((arg) => this.value(arg, environment)));
      case 'new': return this.#construct(this.read(this.lookup(environment, e.of)), e.args.map((arg) => this.value(arg, environment)));
      case 'choose': return this.#oneOf(e, [() => this.value(e.yes, environment), () => this.value(e.no, environment)]);
      case 'switch': return { t: 'switch', on: e.on };
      case 'when': {
        const arms = [(): Value => this.value(e.yes, environment), (): Value => this.value(e.no, environment)] as const;
        const on = this.#isOn(e.condition, environment);
        if (on === undefined) return this.#oneOf(e, arms);
        drop(this, arms[on ? 1 : 0]);
        return arms[on ? 0 : 1]();
      }
      case 'scaled': {
        const by = this.#isOn(e.by, environment);
        const of = this.tensorOf(e.of, environment);
        if (by === false) this.cancels = true;
        return this.tensor(of.shape, by === false ? this.#ends(of, 'zero-derivative', e, e.of) : this.uses(of, e.of));
      }
      case 'tidy': return this.#block(e.body, { names: new Map(), outer: environment });
      case 'cut': {
        const { cause, shape, late } = cutNamed(e.cut);
        const value = this.tensorOf(e.of, environment);
        const to = shape(value.shape);
        if (to === undefined) throw new Invalid('the cut does not fit');
        if (cause === undefined || e.cut === 'zero factor') this.cancels = true;
        return this.tensor(to, late === true ? this.#end(this.uses(value, e.of), cause, e) : this.#ends(value, cause, e, e.of));
      }
      case 'variable': {
        const value = this.tensorOf(e.of, environment);
        // A copy of weights is not there to be trained itself.
        const history = this.uses(value, e.of);
        if (this.tape === undefined && [...history.live, ...history.cut.keys()].some(({ variable }) => variable !== undefined)) this.assigned.add(e);
        const { cut } = this.tape === undefined ? nothing : this.#ends(value, 'stop-gradient', e, e.of);
        return this.tensor(value.shape, { live: nothing.live, cut }, true, e.trainable ? e : undefined);
      }
      case 'values': {
        const of = this.value(e.of, environment);
        if (of.t !== 'record' || of.of !== undefined) throw new Invalid('a plain object is wanted');
        return this.#list([...of.fields.values()].map((cell) => this.read(cell)));
      }
      case 'map': return this.#list(this.items(this.value(e.list, environment)).map((item) => this.#inline(environment, { [e.item]: item }, e.body)));
      case 'reduce': return this.items(this.value(e.list, environment)).reduce((total, item) => this.#inline(environment, { [e.total]: total, [e.item]: item }, e.body), this.value(e.initial, environment));
      case 'gradient': return this.#gradient(e, environment);
    }
  }

  /** Whether a switch is on; undefined when nobody knows. */
  #isOn(e: Expr, environment: Environment): boolean | undefined {
    const value = this.value(e, environment);
    if (value.t !== 'switch') throw new Invalid('a switch is wanted');
    return value.on;
  }

  #oneOf(at: Node, ways: readonly (() => Value)[]): Value {
    const before = this.store;
    const settle = this.settleAt(at);
    const results = ways.map((way) => {
      this.store = new Map(before);
      return { value: way(), store: this.store };
    });
    this.store = results.map(({ store }) => store).reduce((one, other) => joinStores(one, other, settle));
    return results.map(({ value }) => value).reduce((one, other) => join(one, other, settle));
  }

  #hold(name: string, value: Value): Cell {
    const cell = new Cell(name);
    this.store.set(cell, value);
    return cell;
  }

  #list(values: readonly Value[]): Value {
    return { t: 'list', items: this.#hold('items', { t: 'items', values }) };
  }

  items(value: Value): readonly Value[] {
    const items = value.t === 'list' ? this.read(value.items) : undefined;
    if (items?.t !== 'items') throw new Invalid('a list is wanted');
    return items.values;
  }

  #pick(of: Value, at: string | number): Value {
    if (of.t === 'list') {
      const item = this.items(of)[Number(at)];
      if (item === undefined) throw new Invalid('no such item');
      return item;
    }
    if (of.t !== 'record') throw new Invalid('an object is wanted');
    const cell = of.fields.get(String(at));
    if (cell !== undefined) return this.read(cell);
    for (let owner = of.of; owner !== undefined; owner = owner.base) {
      const method = owner.methods.get(String(at));
      if (method !== undefined) {
        const names = new Map<string, Cell>([['super', this.#hold('super', { t: 'record', fields: of.fields, of: owner.base })]]);
        const found: FunctionValue = { t: 'function', code: method, environment: { names, outer: owner.environment }, self: { ...of, of: this.#dynamic(of) } };
        return method.getter === true ? this.call(found, []) : found;
      }
    }
    throw new Invalid(`no member ${at}`);
  }

  /** The class by which `this` was made, also where `super` sees a part of it. */
  #dynamic(of: Extract<Value, { t: 'record' }>): ClassValue | undefined {
    const made = of.fields.get('constructor');
    const value = made && this.read(made);
    return value?.t === 'class' ? value : of.of;
  }

  #operate(e: Extract<Expr, { k: 'op' }>, environment: Environment): Value {
    const operation = operationNamed(e.op);
    const given = e.args.map((arg) => this.value(arg, environment));
    const values = operation.list === true && given.length === 1 ? this.items(given[0]!) : given;
    const operands = values.map((value) => {
      if (value.t !== 'tensor') throw new Invalid('a tensor is wanted');
      return value;
    });
    if (operation.list !== true && operands.length !== operation.arity) throw new Invalid('another number of operands is wanted');
    if (new Set(operands.flatMap(({ self }) => [...self])).size < operands.reduce((sum, { self }) => sum + self.size, 0)) this.cancels = true;
    if (e.op === 'where' && new Set(e.params[0] as readonly boolean[]).size < 2) this.cancels = true;
    const shapes = operands.map(({ shape }) => shape);
    const shape = operation.shape(shapes, e.params);
    if (shape === undefined) throw new Invalid(`${e.op} does not fit`);
    const of = together(operands.map((operand, index) => {
      const at = e.args[index] ?? e;
      return (operation.derivatives?.[index] ?? 'flows') === 'zero' ? this.#ends(operand, 'zero-derivative', e, at) : this.uses(operand, at);
    }));
    return this.#results(operation, shape, of, operation.count?.(shapes, e.params) ?? 0);
  }

  #results({ result }: Operation, shape: Shape, of: Dependence, count: number): Value {
    if (result === undefined) return this.tensor(shape, of);
    if (result === 'list') return this.#list(Array.from({ length: count }, () => this.tensor(shape, of)));
    return { t: 'record', of: undefined, fields: new Map(result.map((name) => [name, this.#hold(name, this.tensor(shape, of))])) };
  }

  #construct(of: Value, args: readonly Value[]): Value {
    if (of.t !== 'class') throw new Invalid('a class is wanted');
    const fields = new Map<string, Cell>([['constructor', this.#hold('constructor', of)]]);
    const self: Value = { t: 'record', fields, of };
    const chain: ClassValue[] = [];
    for (let at: ClassValue | undefined = of; at !== undefined; at = at.base) chain.unshift(at);
    for (const { code, environment, base } of chain) {
      const inner: Environment = { names: new Map(), outer: environment };
      this.#define(inner, 'this', self);
      if (base === undefined) this.#bind(code.params, args, inner);
      for (const field of code.fields) fields.set(field.name, this.#hold(field.name, this.value(field.value, inner)));
    }
    return self;
  }

  call(callee: Value, args: readonly Value[]): Value {
    if (callee.t === 'functions') return this.#oneOf(callee.of[0]!.code.body.result, callee.of.map((each) => () => this.#enter(each, args)));
    if (callee.t !== 'function') throw new Invalid('a function is wanted');
    return this.#enter(callee, args);
  }

  #enter({ code, environment, self }: FunctionValue, args: readonly Value[]): Value {
    if (this.#frames.length > deepest) throw new Invalid('too deep');
    const inner: Environment = { names: new Map(), outer: environment };
    if (self !== undefined) this.#define(inner, 'this', self);
    this.#bind(code.params, args, inner);
    const frame: Frame = { returns: [] };
    this.#frames.push(frame);
    let result: Value;
    try {
      result = this.#block(code.body, inner);
    } finally {
      this.#frames.pop();
    }
    const settle = this.settleAt(code.body.result);
    for (const { value, store } of frame.returns) {
      this.store = joinStores(this.store, store, settle);
      result = join(result, value, settle);
    }
    return result;
  }

  #bind(params: readonly Parameter[], args: readonly Value[], environment: Environment): void {
    for (const [index, param] of params.entries()) {
      const value = args[index] ?? (param.initial && this.value(param.initial, environment));
      if (value === undefined) throw new Invalid('an argument is missing');
      if (param.fields === undefined) this.#define(environment, param.name, value);
      else for (const field of param.fields) this.#define(environment, field, this.#pick(value, field));
    }
    if (args.length > params.length) throw new Invalid('too many arguments');
  }

  #inline(environment: Environment, names: Readonly<Record<string, Value>>, body: Block): Value {
    const inner: Environment = { names: new Map(), outer: environment };
    for (const [name, value] of Object.entries(names)) this.#define(inner, name, value);
    return this.#block(body, inner);
  }

  #block({ body, result }: Block, environment: Environment): Value {
    this.run(body, environment);
    return this.value(result, environment);
  }

  // — scopes —

  #gradient(e: Extract<Expr, { k: 'gradient' }>, environment: Environment): Value {
    const callback = this.value(e.callback, environment);
    const args = e.args.map((arg) => this.tensorOf(arg, environment));
    if (args.length === 0 || (args.length > 1 && !e.api.endsWith('s'))) throw new Invalid('another number of arguments is wanted');
    const outer = this.tape;
    this.tape ??= { scope: e, entries: new Map() };
    const result = this.call(callback, args);
    if (result.t !== 'tensor') throw new Invalid('a tensor is wanted');
    const target = this.uses(result, e);
    const all = together([target, ...args.map((arg) => this.uses(arg, e))]);
    this.events.push({ scope: e, nested: outer !== undefined, tape: this.tape, asked: args.map(({ self }) => self), variables: [], target });
    this.tape = outer;
    return this.tensor(args[0]!.shape, all);
  }

  #differentiate(s: Extract<Stmt, { k: 'scope' }>, environment: Environment): void {
    if (this.tape !== undefined) throw new Invalid('a scope in a scope');
    const callback = this.value(s.callback, environment);
    const listed = s.list && this.items(this.value(s.list, environment));
    const variables = [...this.#variables];
    const tape: Tape = { scope: s, entries: new Map() };
    this.tape = tape;
    const result = this.call(callback, []);
    if (result.t !== 'tensor' || result.shape.length > 0) throw new Invalid('a scalar is wanted');
    const target = this.uses(result, s);
    this.tape = undefined;
    const asked = listed?.map((item) => {
      if (item.t !== 'tensor' || ![...item.self].every((identity) => identity.variable !== undefined)) throw new Invalid('a variable is wanted');
      return item.self;
    });
    this.events.push({ scope: s, nested: false, tape, asked, variables, target });
  }

  // — statements —

  run(statements: readonly Stmt[], environment: Environment): void {
    for (const s of statements) if (s.k === 'define') this.#define(environment, s.name, { t: 'function', code: s, environment, self: undefined });
    for (const statement of statements) this.execute(statement, environment);
  }

  execute(s: Stmt, environment: Environment): void {
    if (++this.#steps > mostSteps) throw new Invalid('too long');
    const inner = (): Environment => ({ names: new Map(), outer: environment });
    switch (s.k) {
      case 'declare': this.#define(environment, s.name, this.value(s.value, environment)); return;
      case 'take': {
        const value = this.value(s.value, environment);
        for (const { key, name } of s.names) this.#define(environment, name, this.#pick(value, key));
        return;
      }
      case 'set': this.#set(s, environment); return;
      case 'if': {
        const arms = [(): void => { this.run(s.yes, inner()); }, (): void => { this.run(s.no, inner()); }] as const;
        if (typeof s.flag !== 'string' && 'read' in s.flag) this.tensorOf(s.flag.read, environment);
        const on = typeof s.flag !== 'string' && 'held' in s.flag ? this.#isOn(s.flag.held, environment) : undefined;
        if (on === undefined) this.#either(s, ...arms);
        else {
          drop(this, arms[on ? 1 : 0]);
          arms[on ? 0 : 1]();
        }
        return;
      }
      case 'leave': this.#leave(s.flag, this.value(s.value, environment)); return;
      case 'repeat': for (let round = 0; round < s.count; round++) this.run(s.body, inner()); return;
      case 'each': this.#each(s, environment); return;
      case 'push': {
        const list = this.value(s.list, environment);
        const value = this.value(s.value, environment);
        if (list.t !== 'list') throw new Invalid('a list is wanted');
        this.store.set(list.items, { t: 'items', values: [...this.items(list), value] });
        return;
      }
      case 'try': this.#either(s, () => { this.run(s.body, inner()); }, () => { this.run(s.rescue, inner()); }); return;
      case 'log': case 'run': this.value(s.k === 'log' ? s.of : s.value, environment); return;
      case 'define': return;
      case 'class': {
        const base = s.base === undefined ? undefined : this.read(this.lookup(environment, s.base));
        if (base !== undefined && base.t !== 'class') throw new Invalid('a class is wanted');
        this.#define(environment, s.name, { t: 'class', code: s, base, environment, methods: new Map(s.methods.map((method) => [method.name, method])) });
        return;
      }
      case 'scope': this.#differentiate(s, environment); return;
      case 'assign': {
        const target = this.tensorOf(s.variable, environment);
        if (this.tape !== undefined || target.shape.join() !== this.tensorOf(s.value, environment).shape.join() || !target.leaf) throw new Invalid('no assignment');
        for (const { variable } of target.self) if (variable !== undefined) this.assigned.add(variable);
        return;
      }
      case 'hold': this.#defineHeld(environment, s.name, heldBy(this, s, 'a statement', environment)); return;
      case 'entry': {
        const before = this.#others;
        this.#either(s, () => {
          const own = inner();
          this.#others = true;
          if (s.given !== undefined) this.#defineHeld(own, s.given.name, heldBy(this, s.given, 'a parameter', environment));
          this.run(s.body, own);
        }, () => undefined);
        this.#others = before;
        return;
      }
    }
  }

  #set({ target, value }: Extract<Stmt, { k: 'set' }>, environment: Environment): void {
    const to = this.value(value, environment);
    const cell = target.k === 'name' ? this.lookup(environment, target.name) : this.#member(target, environment);
    const before = this.store.get(cell);
    if (before?.t !== 'tensor' || to.t !== 'tensor' || before.shape.join() !== to.shape.join()) throw new Invalid('the shape changes');
    this.store.set(cell, to);
  }

  #member(target: Expr, environment: Environment): Cell {
    const owner = target.k === 'pick' ? this.value(target.of, environment) : undefined;
    const cell = target.k === 'pick' && owner?.t === 'record' ? owner.fields.get(String(target.at)) : undefined;
    if (cell === undefined) throw new Invalid('nothing that can be set');
    return cell;
  }

  #leave(_flag: Flag, value: Value): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined) throw new Invalid('no function to leave');
    frame.returns.push({ value, store: new Map(this.store) });
  }

  #either(at: Node, one: () => void, other: () => void): void {
    const before = new Map(this.store);
    one();
    const after = this.store;
    this.store = before;
    other();
    this.store = joinStores(after, this.store, this.settleAt(at));
  }

  #each(s: Extract<Stmt, { k: 'each' }>, environment: Environment): void {
    const once = (item: Value): void => {
      const inner: Environment = { names: new Map(), outer: environment };
      this.#define(inner, s.item, item);
      this.run(s.body, { names: new Map(), outer: inner });
    };
    this.items(this.value(s.list, environment)).forEach(once);
  }
}

const emptyEnvironment = (): Environment => ({ names: new Map(), outer: undefined });

/** @throws Invalid when the plan is no program */
export function meaningOf(plan: Plan): Meaning {
  const meaning = new Meaning();
  meaning.run(plan.body, emptyEnvironment());
  meaning.idle = [...gradientsIn(plan.body)].some((node) => !meaning.events.some(({ scope }) => scope === node));
  return meaning;
}

function* gradientsIn(part: unknown): IterableIterator<unknown> {
  if (typeof part !== 'object' || part === null) return;
  if ('k' in part && part.k === 'gradient') yield part;
  for (const each of Object.values(part)) yield* gradientsIn(each);
}
