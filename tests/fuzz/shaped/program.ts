/** Programs whose shapes fit, one number of which may be another one. */
import type { Choices } from '../generate/random.ts';
import type { Shape } from '../syntax.ts';
import { type Model, model } from './models.ts';
import { operation } from './operations.ts';
import { meant, mistaken, number, shapeOf } from './text.ts';
import { type Named, leaf, operand } from './values.ts';

export interface ShapedProgram {
  readonly language: 'ts' | 'js';
  /** `helpers` is imported by `program`. */
  readonly files: Readonly<Record<FileName, ShapedFile>>;
}

export type FileName = 'helpers' | 'program';

interface ShapedFile {
  readonly text: string;
  /** Lines that are statements: what is noted may stand in front of them. */
  readonly statements: ReadonlySet<number>;
}

interface Line {
  readonly text: string;
  readonly statement: boolean;
}

/** A function of the program's own, for tensors of one shape. */
interface Helper {
  readonly name: string;
  readonly takes: Shape;
  readonly gives: Shape;
}

export function shapedProgram(choices: Choices): ShapedProgram {
  const files = new Writer(choices).program();
  const text = [files.helpers, files.program].map((lines) => lines.map((line) => line.text).join('\n')).join(boundary);
  const [helpers = '', program = ''] = (choices.chance(0.7) ? mistaken(text, choices) : meant(text)).split(boundary);
  const file = (lines: readonly Line[], written: string): ShapedFile => ({ text: `${written}\n`, statements: new Set(lines.flatMap(({ statement }, index) => (statement ? index + 1 : []))) });
  return { language: choices.chance(0.7) ? 'ts' : 'js', files: { helpers: file(files.helpers, helpers), program: file(files.program, program) } };
}

const boundary = '\n\f\n';

class Writer {
  readonly #files: Readonly<Record<FileName, Line[]>> = { helpers: [], program: [] };
  /** Functions stand in a file of their own. */
  readonly #apart: boolean;
  #lines = this.#files.program;
  readonly #named: Named[] = [];
  readonly #helpers: Helper[] = [];
  readonly #models: Model[] = [];
  #depth = 0;
  #count = 0;

  constructor(readonly choices: Choices) {
    this.#apart = choices.chance(0.3);
  }

  program(): Readonly<Record<FileName, readonly Line[]>> {
    for (const lines of Object.values(this.#files)) lines.push({ text: "import * as tf from '@tensorflow/tfjs';", statement: false });
    // Which names it is, is only known in the end.
    this.#open('');
    const count = 4 + this.choices.below(8);
    this.#made('x', this.choices.pick<Shape>([[3], [4], [2, 3], [4, 2], [3, 3], [2, 3, 2], [5, 4, 2], [1, 4, 4, 2]]));
    for (let index = 0; index < count; index++) this.#statement();
    this.#open('export {};');
    this.#files.helpers.push({ text: 'export {};', statement: false });
    const names = this.#apart ? this.#helpers.map(({ name }) => name) : [];
    if (names.length > 0) this.#lines[1] = { text: `import { ${names.join(', ')} } from './helpers.js';`, statement: false };
    return this.#files;
  }

  #line(text: string): void {
    this.#lines.push({ text: '  '.repeat(this.#depth) + text, statement: true });
  }

  /** What is no statement, or stands where none may stand before it. */
  #open(text: string): void {
    this.#lines.push({ text: '  '.repeat(this.#depth) + text, statement: false });
  }

  #name(prefix: string): string {
    return `${prefix}${String(++this.#count)}`;
  }

  #inside(write: () => void): void {
    const known = this.#named.length;
    this.#depth++;
    write();
    this.#depth--;
    this.#named.length = known;
  }

  #made(name: string, shape: Shape): void {
    this.#line(`const ${name} = ${leaf(this.choices, shape)};`);
    this.#named.push({ name, shape });
  }

  #operation(named: readonly Named[] = this.#named): { readonly text: string; readonly shape: Shape } {
    return operation(this.choices.pick(named), { choices: this.choices, named });
  }

  #statement(): void {
    const kinds: [number, () => void][] = [
      [6, () => { this.#step(); }], [1, () => { this.#new(); }], [1.5, () => { this.#function(); }], [1.5, () => { this.#call(); }],
      [1, () => { this.#loop(); }], [0.7, () => { this.#overItems(); }], [0.7, () => { this.#class(); }], [0.7, () => { this.#train(); }],
      [0.7, () => { this.#branch(); }], [0.5, () => { this.#pushed(); }], [1.2, () => { this.#model(); }], [2, () => { this.#feed(); }],
    ];
    this.choices.weighted(kinds)();
  }

  #step(): void {
    const { text, shape } = this.#operation();
    const name = this.#name('x');
    this.#line(`const ${name} = ${text};`);
    this.#named.push({ name, shape });
  }

  #new(): void {
    this.#made(this.#name('x'), Array.from({ length: 1 + this.choices.below(3) }, () => 1 + this.choices.below(4)));
  }

  #function(): void {
    if (this.#apart) this.#lines = this.#files.helpers;
    const exported = this.#apart ? 'export ' : '';
    const { shape } = this.choices.pick(this.#named);
    const [name, given] = [this.#name('f'), this.#name('p')];
    let gives = shape;
    this.#open(this.choices.pick([`${exported}function ${name}(${given}: tf.Tensor): tf.Tensor {`, `${exported}const ${name} = (${given}: tf.Tensor): tf.Tensor => {`]));
    this.#inside(() => {
      const own: Named[] = [{ name: given, shape }];
      for (let index = this.choices.below(2); index >= 0; index--) {
        const made = this.#operation(own);
        const local = this.#name('r');
        this.#line(`const ${local} = ${made.text};`);
        own.push({ name: local, shape: made.shape });
      }
      gives = own.at(-1)!.shape;
      this.#line(`return ${own.at(-1)!.name};`);
    });
    this.#open('}');
    this.#lines = this.#files.program;
    this.#helpers.push({ name, takes: shape, gives });
  }

  #call(): void {
    if (this.#helpers.length === 0) return;
    const { name, takes, gives } = this.choices.pick(this.#helpers);
    const result = this.#name('x');
    this.#line(`const ${result} = ${name}(${operand({ choices: this.choices, named: this.#named }, takes)});`);
    this.#named.push({ name: result, shape: gives });
  }

  #loop(): void {
    const { name, shape } = this.choices.pick(this.#named);
    const [sum, index] = [this.#name('s'), this.#name('i')];
    this.#line(`let ${sum}: tf.Tensor = ${name};`);
    this.#open(`for (let ${index} = 0; ${index} < ${String(1 + this.choices.below(3))}; ${index}++) {`);
    this.#inside(() => {
      this.#step();
      this.#line(`${sum} = ${sum}.${this.choices.pick(['add', 'mul'])}(${operand({ choices: this.choices, named: this.#named }, shape)});`);
    });
    this.#open('}');
    this.#named.push({ name: sum, shape });
  }

  #overItems(): void {
    const { name, shape } = this.choices.pick(this.#named);
    const [each, result] = [this.#name('e'), this.#name('x')];
    const { text, shape: given } = this.#operation([{ name: each, shape }]);
    const items = `[${name}, ${operand({ choices: this.choices, named: this.#named }, shape)}]`;
    if (given.length > 3) return;
    this.#line(`const ${result} = ${this.choices.pick([`tf.stack(${items}.map((${each}) => ${text}))`, `tf.stack(${items}.map((${each}: tf.Tensor) => { return ${text}; }), ${number(0)})`])};`);
    this.#named.push({ name: result, shape: [2, ...given] });
  }

  #class(): void {
    const { shape } = this.choices.pick(this.#named);
    const width = shape.at(-1);
    if (shape.length !== 2 || width === undefined) return;
    const [name, result, units] = [this.#name('C'), this.#name('x'), 1 + this.choices.below(3)];
    this.#open(`class ${name} {`);
    this.#inside(() => {
      this.#open(`w = tf.variable(tf.randomNormal(${shapeOf([width, units])}));`);
      this.#open('b: tf.Tensor;');
      this.#open('constructor(units: number) {');
      this.#inside(() => { this.#line('this.b = tf.zeros([units]);'); });
      this.#open('}');
      this.#open('call(input: tf.Tensor): tf.Tensor {');
      this.#inside(() => { this.#line('return input.matMul(this.w).add(this.b);'); });
      this.#open('}');
    });
    this.#open('}');
    this.#line(`const ${result} = new ${name}(${number(units)}).call(${operand({ choices: this.choices, named: this.#named }, shape)});`);
    this.#named.push({ name: result, shape: [shape[0]!, units] });
  }

  #train(): void {
    const { shape } = this.choices.pick(this.#named);
    const variable = this.#name('w');
    this.#line(`const ${variable} = tf.variable(${leaf(this.choices, shape)});`);
    const input = operand({ choices: this.choices, named: this.#named }, shape);
    this.#line(`tf.train.sgd(0.1).minimize(() => ${variable}.mul(${input}).square().sum());`);
    this.#line(`${variable}.assign(${operand({ choices: this.choices, named: this.#named }, shape)});`);
    this.#named.push({ name: variable, shape });
  }

  #branch(): void {
    const { name, shape } = this.choices.pick(this.#named);
    // What asks about shapes keeps errors behind it silent, and is not here.
    const kept = this.#name('x');
    this.#line(`let ${kept}: tf.Tensor = ${name};`);
    this.#open(`if (${this.choices.pick(['Math.random() < 2', 'tf.getBackend() === \'cpu\''])}) {`);
    this.#inside(() => {
      this.#step();
      this.#line(`${kept} = ${operand({ choices: this.choices, named: this.#named }, shape)};`);
    });
    this.#open('}');
    this.#named.push({ name: kept, shape });
  }

  /** Rows that are gathered one by one. */
  #pushed(): void {
    const [rows, index, result, length, width] = [this.#name('rows'), this.#name('i'), this.#name('x'), 2 + this.choices.below(3), 1 + this.choices.below(3)];
    this.#line(`const ${rows}: number[][] = [];`);
    const row = `[${Array.from({ length: width }, (_, at) => (at === 0 ? index : '1')).join(', ')}]`;
    this.#line(`for (let ${index} = 0; ${index} < ${number(length)}; ${index}++) ${rows}.push(${row});`);
    this.#line(`const ${result} = tf.tensor2d(${rows}${this.choices.chance(0.3) ? `, ${shapeOf([length, width])}` : ''});`);
    this.#named.push({ name: result, shape: [length, width] });
  }

  // — models —

  #model(): void {
    const { lines, model: made } = model(this.choices, this.#name('m'));
    for (const line of lines) this.#line(line);
    this.#models.push(made);
  }

  #feed(): void {
    if (this.#models.length === 0) return;
    const { choices } = this;
    const { name, input, output, compiled } = choices.pick(this.#models);
    const count = 1 + choices.below(4);
    const data = (shape: Shape): string => operand({ choices, named: this.#named }, [count, ...shape]);
    if (compiled && choices.chance(0.6)) {
      this.#line(choices.pick([
        () => `await ${name}.fit(${data(input)}, ${data(output)}, { epochs: 1, verbose: 0 });`, () => `${name}.evaluate(${data(input)}, ${data(output)});`,
        () => `await ${name}.trainOnBatch(${data(input)}, ${data(output)});`, () => this.#fitDataset(name, input, output),
      ])());
      return;
    }
    const result = this.#name('x');
    this.#line(`const ${result} = ${choices.pick([`${name}.predict(${data(input)})`, `${name}.apply(${data(input)})`, `${name}.predictOnBatch(${data(input)})`])} as tf.Tensor;`);
    this.#named.push({ name: result, shape: [count, ...output] });
  }

  #fitDataset(name: string, input: Shape, output: Shape): string {
    const rows = (shape: Shape): string => `tf.data.array([${leaf(this.choices, shape)}, ${leaf(this.choices, shape)}])`;
    const zipped = `tf.data.zip({ xs: ${rows(input)}, ys: ${rows(output)} })`;
    const made = `tf.data.array([1, 2]).map(() => ({ xs: ${leaf(this.choices, input)}, ys: ${leaf(this.choices, output)} }))`;
    return `await ${name}.fitDataset(${this.choices.pick([zipped, made])}.batch(${number(2)}), { epochs: 1, verbose: 0 });`;
  }
}
