/**
 * An application as people write them around a model: services, views, utilities, data, tests and types, in folders with
 * barrels, some of which import each other in a circle, some in JavaScript. Of 150 files three open scopes, and some sixty
 * reach them through imports.
 */
import type { Corpus } from './corpora.ts';

/** A file, by the number of the feature that it belongs to. */
type Template = (n: number) => string;

/** Every fifth feature works with the model, directly or through one that does. */
const isTrained = (n: number): boolean => n % 5 < 2;

const types: Template = (n) => `import type { Service${n} } from './service';

export interface Entity${n} { readonly id: string; readonly title: string; readonly values: readonly number[]; updated?: Date }
export type Query${n} = Partial<Pick<Entity${n}, 'id' | 'title'>> & { readonly limit?: number };
export type Change${n} = { readonly kind: 'added' | 'changed'; readonly entity: Entity${n} } | { readonly kind: 'removed'; readonly id: string };
export interface Context${n} { readonly service: Service${n}; readonly now: () => Date }
`;

const service: Template = (n) => `import { Emitter, type Listener, retry } from '../../utilities';
import { ${isTrained(n) ? 'type Scorer, scorerFor' : 'byTitle'} } from '${isTrained(n) ? '../../model' : '../../utilities'}';
import type { Change${n}, Entity${n}, Query${n} } from './types';
import { parse } from './data';

export class Service${n} {
  readonly #entities = new Map<string, Entity${n}>();
  readonly #changes = new Emitter<Change${n}>();
${isTrained(n) ? '  #scorer: Scorer | undefined;\n' : ''}
  constructor(private readonly base: URL, private readonly fetchText: (url: URL) => Promise<string>) {}

  on(listener: Listener<Change${n}>): () => void {
    return this.#changes.on(listener);
  }

  async load(query: Query${n} = {}): Promise<readonly Entity${n}[]> {
    const url = new URL('entities/${n}', this.base);
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, String(value));
    const text = await retry(() => this.fetchText(url), ${2 + (n % 3)});
    for (const entity of parse(text)) {
      const kind = this.#entities.has(entity.id) ? 'changed' : 'added';
      this.#entities.set(entity.id, entity);
      await this.#changes.emit({ kind, entity });
    }
    return this.find(query);
  }

  find({ id, title, limit = 20 }: Query${n}): readonly Entity${n}[] {
    const all = [...this.#entities.values()].filter((each) => (id === undefined || each.id === id) && (title === undefined || each.title.includes(title)));
${isTrained(n) ? `    const score = (this.#scorer ??= scorerFor(${n}));
    return all.map((each) => ({ each, rank: score.rank(each.values) })).sort((a, b) => b.rank - a.rank).slice(0, limit).map(({ each }) => each);` : '    return all.sort(byTitle).slice(0, limit);'}
  }

  async remove(id: string): Promise<boolean> {
    if (!this.#entities.delete(id)) return false;
    await this.#changes.emit({ kind: 'removed', id });
    return true;
  }
}
`;

const data: Template = (n) => `import { chunks, isRecord, words } from '../../utilities';
import type { Entity${n} } from './types';

const defaults = { limit: ${10 + n}, separator: ';' };

export function parse(text: string, { separator = defaults.separator } = {}): Entity${n}[] {
  const read: unknown = text.startsWith('[') ? JSON.parse(text) : text.split('\\n').map((line) => line.split(separator));
  return Array.isArray(read) ? read.map(entity).filter((each) => each !== undefined) : [];
}

function entity(given: unknown): Entity${n} | undefined {
  if (Array.isArray(given)) {
    const [id = '', title = '', ...values] = given as string[];
    return id === '' ? undefined : { id, title, values: values.map(Number) };
  }
  if (!isRecord(given) || typeof given['id'] !== 'string') return undefined;
  return { id: given['id'], title: String(given['title'] ?? ''), values: Array.isArray(given['values']) ? given['values'].map(Number) : [] };
}

export const index = (entities: readonly Entity${n}[]): Map<string, Entity${n}[]> => {
  const found = new Map<string, Entity${n}[]>();
  for (const each of entities) for (const word of words(each.title)) found.set(word, [...(found.get(word) ?? []), each]);
  return found;
};

export const pages = (entities: readonly Entity${n}[]): Entity${n}[][] => [...chunks(entities, defaults.limit)];
`;

const view: Template = (n) => `import { debounce } from '../../utilities';
import type { Context${n}, Entity${n} } from './types';

export interface Props { readonly context: Context${n}; readonly onSelect: (entity: Entity${n}) => void }

export class View${n} {
  #selected: Entity${n} | undefined;
  #items: readonly Entity${n}[] = [];
  readonly #refresh = debounce(async () => { this.#items = await this.props.context.service.load(); this.render(); }, ${100 + n});

  constructor(private readonly root: HTMLElement, private readonly props: Props) {
    root.addEventListener('click', (event) => { this.select((event.target as HTMLElement).dataset['id']); });
    props.context.service.on(() => { this.#refresh(); });
  }

  select(id: string | undefined): void {
    this.#selected = this.#items.find((item) => item.id === id);
    if (this.#selected !== undefined) this.props.onSelect(this.#selected);
    this.render();
  }

  render(): void {
    this.root.replaceChildren(...this.#items.map((item) => {
      const row = document.createElement('li');
      row.dataset['id'] = item.id;
      row.textContent = \`\${item.title} (\${item.values.length})\`;
      row.classList.toggle('selected', item === this.#selected);
      return row;
    }));
  }
}
`;

const specification: Template = (n) => `import { describe, expect, it } from '../../testing';
import { Service${n}, index, pages, parse } from '.';

describe('feature ${n}', () => {
  const text = 'a;First entity;1;2;3\\nb;Second entity;4;5;6';
  const serve = async (): Promise<string> => text;

  it('reads lines', () => {
    const [first, second] = parse(text);
    expect(first?.title).toBe('First entity');
    expect(second?.values.reduce((sum, value) => sum + value, 0)).toBe(15);
  });

  it('tells what has changed', async () => {
    const service = new Service${n}(new URL('http://localhost'), serve);
    const seen: string[] = [];
    service.on((change) => { seen.push(change.kind); });
    await service.load();
    await service.load({ title: 'First' });
    await service.remove('a');
    expect(seen.join()).toBe('added,added,changed,changed,removed');
  });

  it('finds words', () => {
    expect(index(parse(text)).get('entity')?.length).toBe(2);
    expect(pages(parse(text)).length).toBe(1);
  });
});
`;

const script: Template = (n) => `// @ts-check
import { Service${n} } from '../features/feature-${n}';

const service = new Service${n}(new URL(process.argv[2] ?? 'http://localhost'), async (url) => (await fetch(url)).text());
const counts = new Map();
service.on((change) => { counts.set(change.kind, (counts.get(change.kind) ?? 0) + 1); });
for (const entity of await service.load({ limit: ${n + 1} })) console.log(entity.id, entity.title, Math.max(...entity.values));
console.log(Object.fromEntries(counts));
`;

const feature = (n: number): Corpus => Object.fromEntries(Object.entries({
  'types.ts': types(n), 'service.ts': service(n), 'data.ts': data(n), 'view.ts': view(n), 'service.spec.ts': specification(n),
  'index.ts': "export * from './types';\nexport * from './service';\nexport * from './data';\nexport * from './view';\n",
}).map(([name, text]) => [`features/feature-${n}/${name}`, text]));

const model: Corpus = {
  'model/index.ts': "export * from './ranking';\nexport * from './training';\n",
  'model/ranking.ts': `import * as tf from '@tensorflow/tfjs';
import { train } from './training';

export interface Scorer { rank(values: readonly number[]): number; learn(rows: readonly (readonly number[])[], labels: readonly number[]): void }

const scorers = new Map<number, Scorer>();

export function scorerFor(n: number): Scorer {
  const known = scorers.get(n);
  if (known !== undefined) return known;
  const weights = tf.variable(tf.randomNormal<tf.Rank.R2>([3, 1]), true, \`ranking-\${n}\`);
  const scorer: Scorer = {
    rank: (values) => tf.tidy(() => tf.tensor2d([...values], [1, values.length]).matMul(weights).asScalar().dataSync()[0] ?? 0),
    learn: (rows, labels) => { train(weights, rows, labels); },
  };
  scorers.set(n, scorer);
  return scorer;
}
`,
  'model/training.ts': `import * as tf from '@tensorflow/tfjs';
import type { Scorer } from './ranking';

const optimizer = tf.train.adam(0.01);

export function train(weights: tf.Variable<tf.Rank.R2>, rows: readonly (readonly number[])[], labels: readonly number[], rounds = 10): void {
  for (let round = 0; round < rounds; round++) {
    optimizer.minimize(() => {
      const predicted = tf.tensor2d(rows.map((row) => [...row])).matMul(weights);
      return tf.losses.meanSquaredError(tf.tensor2d([...labels], [labels.length, 1]), predicted) as tf.Scalar;
    });
  }
}

export const learned = (scorer: Scorer, rows: readonly (readonly number[])[]): readonly number[] => rows.map((row) => scorer.rank(row));
`,
  'model/saliency.ts': `import * as tf from '@tensorflow/tfjs';

export const saliency = (score: (x: tf.Tensor2D) => tf.Scalar, rows: number[][]): tf.Tensor => tf.tidy(() => tf.grad((x: tf.Tensor) => score(x as tf.Tensor2D))(tf.tensor2d(rows)).abs());
`,
};

const shared: Corpus = {
  'utilities/index.ts': "export * from './emitter';\nexport * from './text';\nexport * from './time';\nexport * from './guards';\n",
  'utilities/emitter.ts': `import { settle } from './time';

export type Listener<T> = (value: T) => void | Promise<void>;

export class Emitter<T> {
  #listeners: readonly { readonly once: boolean; readonly call: Listener<T> }[] = [];

  on(call: Listener<T>, once = false): () => void {
    const listener = { once, call };
    this.#listeners = [...this.#listeners, listener];
    return () => { this.#listeners = this.#listeners.filter((each) => each !== listener); };
  }

  async emit(value: T): Promise<void> {
    const listeners = this.#listeners;
    this.#listeners = listeners.filter(({ once }) => !once);
    await settle(listeners.map(async ({ call }) => { await call(value); }));
  }
}
`,
  'utilities/time.ts': `import { Emitter } from './emitter';

export const ticks = new Emitter<number>();

export function debounce(call: () => Promise<void>, milliseconds: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => { void call().then(() => ticks.emit(Date.now())); }, milliseconds);
  };
}

export async function retry<T>(call: () => Promise<T>, times: number): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (attempt >= times) throw error;
      await new Promise((resolve) => setTimeout(resolve, 2 ** attempt));
    }
  }
}

export async function settle(promises: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(promises)) if (result.status === 'rejected') console.error(result.reason);
}
`,
  'utilities/text.ts': `export const words = (text: string): string[] => text.toLowerCase().split(/\\W+/).filter((word) => word !== '');
export const byTitle = (a: { title: string }, b: { title: string }): number => a.title.localeCompare(b.title);
export function* chunks<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
`,
  'utilities/guards.ts': "export const isRecord = (given: unknown): given is Record<string, unknown> => typeof given === 'object' && given !== null;\n",
  'testing/index.ts': `type Body = () => void | Promise<void>;
const found: { readonly name: string; readonly body: Body }[] = [];

export function describe(name: string, body: () => void): void {
  const before = found.length;
  body();
  found.splice(before, found.length, ...found.slice(before).map((test) => ({ ...test, name: \`\${name}: \${test.name}\` })));
}
export function it(name: string, body: Body): void { found.push({ name, body }); }
export const expect = <T>(given: T): { toBe(wanted: T): void } => ({ toBe: (wanted) => { if (!Object.is(given, wanted)) throw new Error(\`\${String(given)} is not \${String(wanted)}\`); } });
export async function run(): Promise<void> { for (const { name, body } of found) { await body(); console.log(name); } }
`,
};

/** About as many files as are asked for: each feature has six, every third a script besides. */
export function application(files: number): Corpus {
  const rest = Object.keys({ ...model, ...shared }).length;
  const features = Array.from({ length: Math.round(((files - rest) * 3) / 19) }, (_, n) => n);
  const scripts = features.filter((n) => n % 3 === 0).map((n) => [`scripts/script-${n}.js`, script(n)]);
  return { ...shared, ...model, ...Object.assign({}, ...features.map(feature)) as Corpus, ...Object.fromEntries(scripts) as Corpus };
}
