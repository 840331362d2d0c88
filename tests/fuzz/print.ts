/** Prints plans as programs, and remembers where their parts stand. */
import { fill } from './carriers/carrier.ts';
import { carrierNamed } from './carriers/index.ts';
import { cutNamed } from './cuts.ts';
import { operationNamed } from './operations.ts';
import { type Modules, carriedText, moduleOf } from './print-carried.ts';
import { sizeOf } from './shapes.ts';
import type { Block, Expr, Hold, Node, Parameter, Param, Plan, Shape, Stmt } from './syntax.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
  /** From 1. */
  readonly line: number;
}

export interface Printed {
  readonly text: string;
  readonly spans: ReadonlyMap<Node, Span>;
  /** The modules that it imports, by name. */
  readonly modules: Modules;
  /** What somebody else does who imports all of it: changes, and then calls. */
  readonly outside: readonly string[];
}

// Marks in the text that is being made, from Unicode's private use area.
const [opening, closing, ending] = ['\uE000', '\uE001', '\uE002'];

export function print(plan: Plan, shapes: ReadonlyMap<Node, Shape>): Printed {
  const printer = new Printer(shapes);
  const late = plan.body.filter((statement) => statement.k === 'declare' && statement.name === plan.late);
  const body = printer.statements([...plan.body.filter((statement) => !late.includes(statement)), ...late]);
  const prelude = [
    "import * as tf from '@tensorflow/tfjs';", ...printer.imports, '',
    ...(printer.uses.has('sunny') ? ['const sunny = Date.now() > 0;'] : []),
    ...(printer.uses.has('rainy') ? ['const rainy = Date.now() < 0;'] : []),
    ...(printer.uses.has('optimizer') ? ['const optimizer = tf.train.sgd(0.05);'] : []),
    ...(printer.uses.has('attempt') ? ['', 'function attempt(step: () => void): void {', '  try {', '    step();', '  } catch (error) {', '    console.error(error);', '  }', '}', ''] : []),
  ];
  const bare = (text: string): string => placed(text, printer.nodes).text;
  return {
    ...placed([...prelude, ...body, ''].join('\n'), printer.nodes),
    modules: new Map([...printer.modules].map(([name, text]) => [name, bare(text)])),
    outside: [...printer.changes, ...printer.calls].map(bare),
  };
}

/** Takes the marks out of the text. */
function placed(marked: string, nodes: readonly Node[]): Pick<Printed, 'text' | 'spans'> {
  const starts = new Map<Node, { start: number; line: number }>();
  const spans = new Map<Node, Span>();
  let [text, line] = ['', 1];
  for (const part of marked.split(new RegExp(`([${opening}${closing}]\\d+${ending})`, 'u'))) {
    const node = nodes[Number(part.slice(1, -1))];
    if (part.startsWith(opening) && node !== undefined) starts.set(node, { start: text.length, line });
    else if (part.startsWith(closing) && node !== undefined) {
      const from = starts.get(node);
      if (from !== undefined) spans.set(node, { ...from, end: text.length });
    } else {
      text += part;
      line += part.split('\n').length - 1;
    }
  }
  return { text, spans };
}

class Printer {
  readonly nodes: Node[] = [];
  readonly uses = new Set<string>();
  readonly modules = new Map<string, string>();
  readonly imports: string[] = [];
  readonly changes: string[] = [];
  readonly calls: string[] = [];

  constructor(readonly shapes: ReadonlyMap<Node, Shape>) {}

  #open(node: Node): { readonly start: string; readonly end: string } {
    const id = this.nodes.push(node) - 1;
    return { start: `${opening}${id}${ending}`, end: `${closing}${id}${ending}` };
  }

  #flag(flag: string): string {
    this.uses.add(flag);
    return flag;
  }

  // — expressions —

  expression(e: Expr): string {
    if (e.k === 'cut') return this.#cut(e);
    const { start, end } = this.#open(e);
    return `${start}${this.#text(e)}${end}`;
  }

  /** As what stands before a dot. */
  #receiver(e: Expr): string {
    const text = this.expression(e);
    return e.k === 'choose' || e.k === 'when' || e.k === 'function' || e.k === 'number' ? `(${text})` : text;
  }

  #text(e: Exclude<Expr, { k: 'cut' }>): string {
    switch (e.k) {
      case 'name': return e.name;
      case 'number': return String(e.value);
      case 'data': return dataText(e);
      case 'op': return this.#operation(e);
      case 'pick': return typeof e.at === 'number' ? `${this.#receiver(e.of)}[${e.at}]!` : `${this.#receiver(e.of)}.${e.at}`;
      case 'record': return `{ ${e.fields.map(({ key, value }) => (value.k === 'name' && value.name === key ? this.expression(value) : `${key}: ${this.expression(value)}`)).join(', ')} }`;
      case 'list': return `[${this.#all(e.items)}]`;
      case 'function': return this.#function(e, '');
      case 'call': return `${this.#receiver(e.callee)}(${this.#all(e.args)})`;
      case 'new': return `new ${e.of}(${this.#all(e.args)})`;
      case 'choose': return `${this.#flag(e.flag)} ? ${this.expression(e.yes)} : ${this.expression(e.no)}`;
      case 'switch': return String(e.load === 'number' ? Number(e.on) : e.on);
      case 'held': return fill(carrierNamed(e.way).read, { name: e.name, type: '', first: '', second: '' });
      case 'when': return `${this.#condition(e.condition)} ? ${this.expression(e.yes)} : ${this.expression(e.no)}`;
      case 'scaled': return `${this.#receiver(e.of)}.mul(${this.expression(e.by)})`;
      case 'tidy': return e.style === 'kept' ? `tf.tidy(() => ${this.#arrowBody({ ...e.body, result: { k: 'call', callee: { k: 'name', name: 'tf.keep' }, args: [e.body.result] } })})` : `tf.tidy(${e.style === 'named' ? "'step', " : ''}() => ${this.#arrowBody(e.body)})`;
      case 'variable': return e.chained ? `${this.#receiver(e.of)}.variable(${e.trainable ? '' : 'false'})` : `tf.variable(${this.expression(e.of)}${e.trainable ? '' : ', false'})`;
      case 'values': return `Object.values(${this.expression(e.of)})`;
      case 'map': return `${this.#receiver(e.list)}.map((${e.item}) => ${this.#arrowBody(e.body)})`;
      case 'reduce': return `${this.#receiver(e.list)}.reduce((${e.total}: tf.Tensor, ${e.item}) => ${this.#arrowBody(e.body)}, ${this.expression(e.initial)} as tf.Tensor)`;
      case 'gradient': {
        const args = e.api.endsWith('s') ? `[${this.#all(e.args)}]` : this.#all(e.args);
        const result = e.api === 'grad' ? '' : e.api === 'grads' ? '[0]!' : e.api === 'valueAndGrad' ? '.grad' : '.grads[0]!';
        return `tf.${e.api}(${this.expression(e.callback)})(${args})${result}`;
      }
    }
  }

  #condition(e: Expr): string {
    return (e.k === 'held' || e.k === 'switch') && e.load === 'number' ? `${this.expression(e)} > 0` : this.expression(e);
  }

  #all(args: readonly Expr[]): string {
    return args.map((arg) => this.expression(arg)).join(', ');
  }

  #operation(e: Extract<Expr, { k: 'op' }>): string {
    const operation = operationNamed(e.op);
    if (e.op === 'where') {
      const [mask, shape] = e.params.map(literal);
      return `tf.where(tf.tensor(${mask}, ${shape}, 'bool'), ${this.#all(e.args)})`;
    }
    const params = e.params.map(literal);
    // TF.js wants one type for both operands.
    if (e.op.startsWith('losses.')) return `tf.${e.op}(${[...e.args.map((arg) => this.expression(arg.k === 'data' ? { ...arg, style: 'flat' } : arg)), ...params].join(', ')})`;
    if (e.op === 'outerProduct') return `tf.outerProduct(${e.args.map((arg) => `${this.expression(arg)} as tf.Tensor1D`).join(', ')})`;
    if (operation.list === true) return `tf.${e.op}(${[e.args.length === 1 ? this.expression(e.args[0]!) : `[${this.#all(e.args)}]`, ...params].join(', ')})`;
    const chained = operation.only === 'method' || (e.chained && operation.only !== 'function');
    if (!chained || e.args[0]?.k === 'number') return `tf.${e.op}(${[...e.args.map((arg) => this.expression(arg)), ...params].join(', ')})`;
    const [receiver, ...rest] = e.args;
    return `${this.#receiver(receiver!)}.${e.op}(${[...rest.map((arg) => this.expression(arg)), ...params].join(', ')})`;
  }

  /** The mark stands where a report must: before the value that is read, or before the operation. */
  #cut(e: Extract<Expr, { k: 'cut' }>): string {
    const { spellings } = cutNamed(e.cut);
    const { start, end } = this.#open(e);
    const spelling = spellings[e.style % spellings.length]!;
    const marksItself = spelling('', '', opening).includes(opening);
    return spelling(`${marksItself ? '' : start}${this.#receiver(e.of)}`, literal(this.shapes.get(e) ?? []), start) + end;
  }

  #params(params: readonly Parameter[]): string {
    return params.map(({ name, fields, type, initial }) => {
      const pattern = fields === undefined ? name : `{ ${fields.join(', ')} }`;
      return `${pattern}: ${type}${initial === undefined ? '' : ` = ${this.expression(initial)}`}`;
    }).join(', ');
  }

  /** `as`: an assertion on the result. */
  #function({ style, params, body }: Extract<Expr, { k: 'function' }>, as: string): string {
    return style === 'arrow' ? `(${this.#params(params)}) => ${this.#arrowBody(body, as)}` : `function (${this.#params(params)}) ${this.#braced(body, as)}`;
  }

  #arrowBody(block: Block, as = ''): string {
    if (block.body.length > 0) return this.#braced(block, as);
    const result = this.expression(block.result) + as;
    return block.result.k === 'record' ? `(${result})` : result;
  }

  #braced({ body, result }: Block, as = ''): string {
    const returned = (result.k === 'choose' || result.k === 'when') && as !== '' ? `(${this.expression(result)})` : this.expression(result);
    return `{\n${indented([...this.statements(body), `return ${returned}${as};`]).join('\n')}\n}`;
  }

  // — statements —

  statements(body: readonly Stmt[]): readonly string[] {
    return body.flatMap((statement) => this.#statement(statement));
  }

  #nested(head: string, body: readonly Stmt[], tail = '}'): readonly string[] {
    return [head, ...indented(this.statements(body)), tail];
  }

  #statement(s: Stmt): readonly string[] {
    const { start, end } = this.#open(s);
    const lines = this.#lines(s);
    if (lines.length === 0) return lines;
    return lines.with(0, start + lines[0]!).with(-1, (lines.length === 1 ? start : '') + lines.at(-1)! + end);
  }

  #lines(s: Stmt): readonly string[] {
    switch (s.k) {
      case 'declare': return this.#declaration(s);
      case 'take': return [`const ${s.style === 'list' ? `[${s.names.map(({ name }) => name).join(', ')}]` : `{ ${s.names.map(({ key, name }) => (key === name ? name : `${key}: ${name}`)).join(', ')} }`} = ${this.expression(s.value)}${s.style === 'list' ? ' as [tf.Tensor, tf.Tensor]' : ''};`];
      case 'set': return [`${this.expression(s.target)} = ${this.expression(s.value)};`];
      case 'if': return this.#if(s);
      case 'leave': return [`if (${this.#flag(s.flag)}) return ${this.expression(s.value)};`];
      case 'repeat': return s.style === 'for'
        ? this.#nested(`for (let ${s.counter} = 0; ${s.counter} < ${s.count}; ${s.counter}++) {`, s.body)
        : [`let ${s.counter} = 0;`, `while (${s.counter} < ${s.count}) {`, ...indented([`${s.counter} += 1;`, ...this.statements(s.body)]), '}'];
      case 'each': return this.#each(s);
      case 'push': return [`${this.#receiver(s.list)}.push(${this.expression(s.value)});`];
      case 'try': return ['try {', ...indented([...(s.risky ? [`if (${this.#flag('rainy')}) throw new Error('rain');`] : []), ...this.statements(s.body)]), '} catch (error) {', ...indented(['console.error(error);', ...this.statements(s.rescue)]), '}'];
      case 'log': return [logText(this.#receiver(s.of), s.style)];
      case 'define': return [`function ${s.name}(${this.#params(s.params)}) ${this.#braced(s.body)}`];
      case 'class': return this.#class(s);
      case 'scope': return [this.#scope(s)];
      case 'assign': {
        const rank = this.shapes.get(s.value)?.length ?? 0;
        return [`${this.#receiver(s.variable)}.assign(${this.expression(s.value)} as ${rank === 0 ? 'tf.Scalar' : `tf.Tensor${rank}D`});`];
      }
      case 'run': return [`${this.expression(s.value)};`];
      case 'hold': return this.#hold(s);
      case 'entry': return this.#entry(s);
    }
  }

  #hold(s: Hold): readonly string[] {
    const filled = carriedText(s, (e) => this.expression(e));
    this.changes.push(...filled.outside);
    if (s.stands === 'here') return filled.lines;
    const { modules, from } = moduleOf(s, filled);
    for (const [name, text] of modules) this.modules.set(name, text);
    this.imports.push(from);
    return [];
  }

  #entry({ style, name, given, body }: Extract<Stmt, { k: 'entry' }>): readonly string[] {
    if (style === 'attempted') {
      this.uses.add('attempt');
      return this.#nested('attempt(() => {', body, '});');
    }
    const filled = given && carriedText(given, (e) => this.expression(e));
    this.calls.push(`${name}(${filled?.argument ?? ''})`);
    const head = `(${filled?.parameter ?? ''}): ${style === 'async' ? 'Promise<void>' : 'void'} {`;
    return [`export ${style === 'async' ? 'async ' : ''}function ${name}${head}`, ...indented([...(filled?.lines ?? []), ...this.statements(body)]), '}'];
  }

  #declaration({ mutable, name, value, type }: Extract<Stmt, { k: 'declare' }>): readonly string[] {
    const forms = value.k === 'cut' && !mutable ? cutNamed(value.cut).statements ?? [] : [];
    if (value.k === 'cut' && forms.length > 0 && value.style % 2 === 1) {
      const { start, end } = this.#open(value);
      const form = forms[Math.floor(value.style / 2) % forms.length]!;
      const lines = form(`${start}${this.#receiver(value.of)}`, literal(this.shapes.get(value) ?? []), name, start);
      return lines.with(-1, lines.at(-1)! + end);
    }
    return [`${mutable ? 'let' : 'const'} ${name}${type === undefined ? '' : `: ${type}`} = ${this.expression(value)};`];
  }

  #if(s: Extract<Stmt, { k: 'if' }>): readonly string[] {
    const condition = typeof s.flag === 'string' ? this.#flag(s.flag) : 'held' in s.flag ? this.#condition(s.flag.held) : `${this.#receiver(s.flag.read)}.mean().dataSync()[0]! > 0.1`;
    if (s.style === 'switch') {
      return [`switch (${condition} ? 'a' : 'b') {`, ...indented([`case 'a': {`, ...indented([...this.statements(s.yes), 'break;']), '}', 'default: {', ...indented(this.statements(s.no)), '}']), '}'];
    }
    const yes = this.#nested(`if (${condition}) {`, s.yes);
    return s.no.length === 0 ? yes : [...yes.slice(0, -1), '} else {', ...indented(this.statements(s.no)), '}'];
  }

  #each({ list, item, body, style }: Extract<Stmt, { k: 'each' }>): readonly string[] {
    if (style === 'forEach') return this.#nested(`${this.#receiver(list)}.forEach((${item}) => {`, body, '});');
    if (style === 'of' || list.k !== 'name') return this.#nested(`for (const ${item} of ${this.expression(list)}) {`, body);
    return [`for (let i = 0; i < ${list.name}.length; i++) {`, ...indented([`const ${item} = ${this.expression(list)}[i]!;`, ...this.statements(body)]), '}'];
  }

  #class(s: Extract<Stmt, { k: 'class' }>): readonly string[] {
    const fields = s.fields.map(({ name, value, inConstructor }) => (inConstructor ? `${name}: ${value.k === 'variable' ? 'tf.Variable' : 'tf.Tensor'};` : `${name} = ${this.expression(value)};`));
    const assigned = s.fields.filter(({ inConstructor }) => inConstructor);
    const constructing = s.params.length > 0 || assigned.length > 0
      ? ['', `constructor(${this.#params(s.params)}) {`, ...indented(assigned.map(({ name, value }) => `this.${name} = ${this.expression(value)};`)), '}'] : [];
    const methods = s.methods.flatMap(({ name, params, body, getter }) => ['', `${getter === true ? 'get ' : ''}${name}(${this.#params(params)}): tf.Tensor ${this.#braced(body)}`]);
    return [`class ${s.name}${s.base === undefined ? '' : ` extends ${s.base}`} {`, ...indented([...fields, ...constructing, ...methods]), '}'];
  }

  #loss(callback: Expr): string {
    if (callback.k !== 'function') return `${this.expression(callback)} as () => tf.Scalar`;
    const { start, end } = this.#open(callback);
    return `${start}${this.#function(callback, ' as tf.Scalar')}${end}`;
  }

  #scope(s: Extract<Stmt, { k: 'scope' }>): string {
    const text = this.#loss(s.callback);
    const list = s.list && this.expression(s.list);
    if (s.api === 'variableGrads') return `tf.variableGrads(${list === undefined ? text : `${text}, ${list}`});`;
    this.uses.add('optimizer');
    if (s.api === 'computeGradients') return `optimizer.computeGradients(${list === undefined ? text : `${text}, ${list}`});`;
    return `optimizer.minimize(${[text, ...(s.cost || list !== undefined ? [String(s.cost)] : []), ...(list === undefined ? [] : [list])].join(', ')});`;
  }
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split('\n')).map((line) => (line === '' ? line : `  ${line}`));
}

function literal(param: Param): string {
  return typeof param === 'string' ? `'${param}'` : Array.isArray(param) ? `[${param.map(literal).join(', ')}]` : String(param);
}

const number = (seed: number, index: number): number => Math.round(((((seed * 37 + index * 53 + 11) * 7919) % 197) / 97 - 1) * 100) / 100 || 0.5;

function dataText({ shape, seed, style }: Extract<Expr, { k: 'data' }>): string {
  const numbers = Array.from({ length: sizeOf(shape) }, (_, index) => number(seed, index));
  if (style === 'fill') return `tf.fill(${literal(shape)}, ${number(seed, 0)})`;
  if (shape.length === 0 && style !== 'flat') return `tf.scalar(${numbers[0]})`;
  if (style === 'flat' || shape.length > 3) return `tf.tensor(${literal(numbers)}, ${literal(shape)})`;
  return `tf.tensor${shape.length}d(${nested(numbers, shape)})`;
}

function nested(numbers: readonly number[], shape: Shape): string {
  const [length = 1, ...rest] = shape;
  if (rest.length === 0) return literal(numbers);
  return `[${Array.from({ length }, (_, index) => nested(numbers.slice(index * sizeOf(rest), (index + 1) * sizeOf(rest)), rest)).join(', ')}]`;
}

function logText(value: string, style: number): string {
  switch (style % 5) {
    case 0: return `console.log(${value}.dataSync());`;
    case 1: return `console.log('mean', ${value}.mean().dataSync()[0]!.toFixed(3));`;
    case 2: return `console.log(\`max \${Math.max(...${value}.dataSync())}\`);`;
    case 3: return `if (Number.isNaN(${value}.sum().dataSync()[0]!)) console.warn('not a number');`;
    default: return `console.log(${value}.shape, ${value}.arraySync());`;
  }
}
