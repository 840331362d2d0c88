/**
 * Generators and async functions, so that each of their steps is a statement: `f(a(), yield b)` becomes
 * `k1 = f; k2 = a(); k3 = yield b; k1(k2, k3)`. What was computed before a stop, a `yield` or an `await`, is kept in
 * variables, so that the code can go on behind it.
 */
import type { Argument, Binding, Block, Expression, Property, Site, Statement, Steps } from '../../ir.ts';
import { holdsStop, inClass, inPattern, mapParts, partsOf, type Stop } from './parts.ts';

/** A stop stands where the order of what is computed is not rebuilt: in a default, a key of a class, the update of a loop. */
class Unordered extends Error {}

/** A body in steps; undefined where one of its stops stands in a place that is not taken apart. */
export function stepwise(body: Block, ...stops: readonly Stop[]): Steps | undefined {
  const steps = new Stepwise(new Set(stops));
  try {
    return { body: steps.block(body), kept: steps.kept };
  } catch (error) {
    if (error instanceof Unordered) return undefined;
    throw error;
  }
}

class Stepwise {
  readonly kept: Binding[] = [];

  constructor(readonly stops: ReadonlySet<string>) {}

  block(block: Block): Block {
    return { ...block, body: this.#all(block.body) };
  }

  #all(body: readonly Statement[]): readonly Statement[] {
    return body.flatMap((statement) => this.#statement(statement));
  }

  #statement(s: Statement): readonly Statement[] {
    switch (s.op) {
      case 'evaluate': return this.#isStop(s.value) ? this.#stop(s.value, undefined) : this.#behind((out) => ({ ...s, value: this.#compute(s.value, out) }));
      case 'declare': {
        const { init } = s;
        this.#forbid(inPattern(s.target));
        return init === undefined ? [s] : this.#behind((out) => ({ ...s, init: this.#compute(init, out) }));
      }
      case 'class': this.#forbid(inClass(s.class)); return [s];
      case 'block': return [this.block(s)];
      case 'branch': return this.#behind((out) => ({ ...s, test: this.#compute(s.test, out), then: this.#one(s.then), else: s.else && this.#one(s.else) }));
      case 'switch':
        this.#forbid(s.cases.flatMap(({ test }) => test ?? []));
        return this.#behind((out) => ({ ...s, subject: this.#compute(s.subject, out), cases: s.cases.map((each) => ({ ...each, body: this.#all(each.body) })) }));
      case 'loop': return [this.#loop(s)];
      case 'iterate':
        this.#forbid(inPattern(s.target));
        return this.#behind((out) => ({ ...s, subject: this.#compute(s.subject, out), body: this.#one(s.body) }));
      case 'return': case 'throw': return this.#result(s);
      case 'label': {
        const steps = this.#statement(s.body);
        return steps.map((step, index) => (index === steps.length - 1 ? { ...s, body: step } : step));
      }
      case 'try':
        if (s.parameter !== undefined) this.#forbid(inPattern(s.parameter));
        return [{ ...s, block: this.block(s.block), handler: s.handler && this.block(s.handler), finalizer: s.finalizer && this.block(s.finalizer) }];
      case 'jump': case 'yield': case 'await': return [s];
    }
  }

  #result(s: Extract<Statement, { op: 'return' | 'throw' }>): readonly Statement[] {
    const { value } = s;
    if (value === undefined) return [s];
    // What an async generator gives back it waits for.
    const result: Expression = s.op === 'return' && this.stops.size > 1 ? { op: 'await', value, site: s.site } : value;
    return this.#behind((out) => ({ ...s, value: this.#compute(result, out) }));
  }

  /** A statement with the steps that come before it. */
  #behind(make: (out: Statement[]) => Statement): readonly Statement[] {
    const out: Statement[] = [];
    const last = make(out);
    return [...out, last];
  }

  #one(s: Statement): Statement {
    const steps = this.#statement(s);
    const [only] = steps;
    return steps.length === 1 && only !== undefined ? only : blockOf(steps, s.site);
  }

  #loop(s: Extract<Statement, { op: 'loop' }>): Statement {
    if (s.update !== undefined) this.#forbid([s.update]);
    const loop = { ...s, init: this.#all(s.init), body: this.#one(s.body) };
    const { test } = s;
    if (test === undefined || !this.#isStopping(test)) return loop;
    if (!s.testFirst) throw new Unordered();
    const { site } = test;
    const head = this.#behind((out) => ({ op: 'branch', test: this.#compute(test, out), then: blockOf([], site), else: { op: 'jump', kind: 'break', label: undefined, site }, site }));
    return { ...loop, test: undefined, body: blockOf([...head, loop.body], s.site) };
  }

  // — expressions —

  /** What is left of an expression once everything up to its last stop has been done in `out`. */
  #compute(e: Expression, out: Statement[]): Expression {
    if (!this.#isStopping(e)) return e;
    if (this.#isStop(e)) {
      const target = this.#variable(e.site);
      out.push(...this.#stop(e, target));
      return { op: 'load', binding: target, site: e.site };
    }
    switch (e.op) {
      case 'conditional': return this.#conditional(e, out);
      case 'logical': return this.#logical(e, out);
      case 'sequence': return this.#sequence(e, out);
      case 'update': return this.#update(e, out);
      case 'call': return this.#call(e, out);
      case 'store': if (e.target.kind !== 'member') this.#forbid(inPattern(e.target)); return this.#inOrder(e, out);
      case 'class': throw new Unordered();
      default: return this.#inOrder(e, out);
    }
  }

  #isStop(e: Expression): e is Extract<Expression, { op: Stop }> {
    return this.stops.has(e.op);
  }

  #stop(e: Extract<Expression, { op: Stop }>, target: Binding | undefined): readonly Statement[] {
    const { site } = e;
    if (e.op === 'await') return this.#behind((out) => ({ op: 'await', value: this.#compute(e.value, out), target, site }));
    const { value, delegates } = e;
    return this.#behind((out) => ({ op: 'yield', value: value && this.#compute(value, out), delegates, target, site }));
  }

  /** The expression, with its parts computed one after the other. */
  #inOrder(e: Expression, out: Statement[]): Expression {
    if (this.#spreadsBeforeStop(e) || this.#stopsInChain(e)) throw new Unordered();
    const computed = this.#each(partsOf(e), out);
    let index = 0;
    return mapParts(e, (part) => computed[index++] ?? part);
  }

  /** What comes before the last expression with a stop is computed and kept. */
  #each(expressions: readonly Expression[], out: Statement[]): readonly Expression[] {
    const last = expressions.findLastIndex(this.#isStopping);
    return expressions.map((e, index) => {
      if (index > last) return e;
      const value = this.#compute(e, out);
      return index === last ? value : this.#keep(value, out);
    });
  }

  #keep(e: Expression, out: Statement[]): Expression {
    if (e.op === 'constant') return e;
    const binding = this.#variable(e.site, nameIn(e));
    out.push(set(binding, e));
    return { op: 'load', binding, site: e.site };
  }

  #variable(site: Site, name = ''): Binding {
    const binding: Binding = { name, kind: 'kept', site, exported: false };
    this.kept.push(binding);
    return binding;
  }

  #conditional(e: Extract<Expression, { op: 'conditional' }>, out: Statement[]): Expression {
    const test = this.#compute(e.test, out);
    if (!this.#isStopping(e.then) && !this.#isStopping(e.else)) return { ...e, test };
    const result = this.#variable(e.site);
    out.push({ op: 'branch', test, then: this.#into(result, e.then), else: this.#into(result, e.else), site: e.site });
    return { op: 'load', binding: result, site: e.site };
  }

  #into(result: Binding, e: Expression): Statement {
    return blockOf(this.#behind((out) => set(result, this.#compute(e, out))), e.site);
  }

  #logical(e: Extract<Expression, { op: 'logical' }>, out: Statement[]): Expression {
    const left = this.#compute(e.left, out);
    if (!this.#isStopping(e.right)) return { ...e, left };
    const { site } = e;
    const result = this.#variable(site);
    const load: Expression = { op: 'load', binding: result, site: e.left.site };
    const right = this.#into(result, e.right);
    out.push(set(result, left));
    if (e.operator === '||') out.push({ op: 'branch', test: load, then: blockOf([], site), else: right, site });
    else out.push({ op: 'branch', test: e.operator === '&&' ? load : { op: 'operator', operator: '==', operands: [load, { op: 'constant', value: null, site }], site }, then: right, else: undefined, site });
    return { op: 'load', binding: result, site };
  }

  #sequence(e: Extract<Expression, { op: 'sequence' }>, out: Statement[]): Expression {
    const computed = e.expressions.map((part, index) => {
      const value = this.#compute(part, out);
      if (index < e.expressions.length - 1) out.push({ op: 'evaluate', value, site: part.site });
      return value;
    });
    return computed.at(-1) ?? e;
  }

  /** `x += yield`: what `x` was comes first. */
  #update(e: Extract<Expression, { op: 'update' }>, out: Statement[]): Expression {
    const { target, current, change, site } = e;
    if (target.kind !== 'binding' || change.kind !== 'operator') throw new Unordered();
    const old = this.#keep(current, out);
    return { op: 'store', target, value: { op: 'operator', operator: change.operator, operands: [old, this.#compute(change.operand, out)], site }, site };
  }

  /** The function is looked up before the arguments are computed, and called on the object it was found in. */
  #call(e: Extract<Expression, { op: 'call' }>, out: Statement[]): Expression {
    const { callee } = e;
    if (callee === 'super' || callee.op !== 'member' || !e.arguments.some(({ value }) => this.#isStopping(value))) return this.#inOrder(e, out);
    if (e.chain !== 'none' || callee.chain !== 'none' || callee.object === 'super' || this.#spreadsBeforeStop(e)) throw new Unordered();
    if (isNamespace(callee.object)) return { ...e, arguments: this.#arguments(e.arguments, out) };
    const { site, keySite } = callee;
    const object = this.#keep(this.#compute(callee.object, out), out);
    const method = this.#keep({ ...callee, object, key: this.#compute(callee.key, out) }, out);
    const receiver = { spread: false, value: object };
    return {
      ...e,
      callee: { op: 'member', object: method, key: { op: 'constant', value: 'call', site: keySite }, chain: 'none', keySite, site },
      arguments: [receiver, ...this.#arguments(e.arguments, out)],
    };
  }

  #arguments(args: readonly Argument[], out: Statement[]): readonly Argument[] {
    const values = this.#each(args.map(({ value }) => value), out);
    return args.map((argument, index) => ({ ...argument, value: values[index] ?? argument.value }));
  }

  readonly #isStopping = (e: Expression): boolean => holdsStop(e, this.stops);

  #forbid(expressions: readonly Expression[]): void {
    if (expressions.some(this.#isStopping)) throw new Unordered();
  }

  /** What is spread is gone through before the stop, so that it cannot be kept as it is. */
  #spreadsBeforeStop(e: Expression): boolean {
    const parts: readonly (Argument | Property | undefined)[] = e.op === 'call' || e.op === 'construct' ? e.arguments : e.op === 'array' ? e.elements : e.op === 'object' ? e.properties : [];
    const last = parts.findLastIndex((part) => part !== undefined && 'value' in part && this.#isStopping(part.value));
    return parts.slice(0, Math.max(last, 0)).some((part) => part !== undefined && ('spread' in part ? part.spread : part.kind === 'spread'));
  }

  /** An optional chain in which a stop stands may end before it. */
  #stopsInChain(e: Expression): boolean {
    if (e.op === 'member') return e.chain !== 'none' && this.#isStopping(e.key);
    return e.op === 'call' && e.chain !== 'none' && e.arguments.some(({ value }) => this.#isStopping(value));
  }
}

/** A module: what it has under a name stays. */
function isNamespace(e: Expression): boolean {
  return e.op === 'load' && e.binding.imported?.name === '*';
}

/** How messages name what is called. */
function nameIn(e: Expression): string | undefined {
  return e.op === 'load' ? e.binding.name : e.op === 'free' ? e.name : undefined;
}

function set(binding: Binding, init: Expression): Statement {
  return { op: 'declare', target: { kind: 'binding', binding, site: init.site, declares: true }, init, site: init.site };
}

function blockOf(body: readonly Statement[], site: Site): Block {
  return { op: 'block', site, bindings: [], functions: [], body };
}
