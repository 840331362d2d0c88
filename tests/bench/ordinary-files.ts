/** Files of an ordinary TypeScript project, without tensors; neighbours import each other. */
type Template = (n: number) => string;

const service: Template = (n) => `import { type Account${n + 1}, parseAccounts${n + 1} } from './file-${n + 1}';

export interface Session${n} { readonly id: string; readonly owner: Account${n + 1}; expires: Date | null }

type Listener = (session: Session${n}) => void | Promise<void>;

export class SessionService${n} {
  readonly #sessions = new Map<string, Session${n}>();
  private readonly listeners = new Set<Listener>();

  constructor(private readonly fetchText: (url: string) => Promise<string>, private readonly lifetime = ${60 + n}) {}

  onOpen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async open(url: string): Promise<Session${n}[]> {
    const opened: Session${n}[] = [];
    for (const owner of parseAccounts${n + 1}(await this.fetchText(url))) {
      const session: Session${n} = { id: \`\${owner.name}-${n}\`, owner, expires: new Date(Date.now() + this.lifetime * 1000) };
      this.#sessions.set(session.id, session);
      opened.push(session);
      await Promise.all([...this.listeners].map((listener) => listener(session)));
    }
    return opened;
  }

  close(id: string): boolean {
    const session = this.#sessions.get(id);
    if (!session) return false;
    session.expires = null;
    return this.#sessions.delete(id);
  }

  get active(): readonly Session${n}[] {
    const now = new Date();
    return [...this.#sessions.values()].filter(({ expires }) => expires !== null && expires > now);
  }
}
`;

const accounts: Template = (n) => `export interface Account${n} { readonly name: string; readonly roles: readonly Role[]; readonly limits?: Partial<Record<Role, number>> }

export type Role = 'reader' | 'writer' | 'owner';

const isRole = (text: string): text is Role => text === 'reader' || text === 'writer' || text === 'owner';

export function parseAccounts${n}(text: string): Account${n}[] {
  return text
    .split('\\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [name = '', roles = ''] = line.split(':');
      return { name, roles: roles.split(',').filter(isRole) };
    });
}

export function loadAccounts(json: string): Account${n}[] {
  const data = JSON.parse(json);
  const list = Array.isArray(data) ? data : [data];
  return list.map(({ name, roles }) => ({ name: String(name), roles: (roles as string[]).filter(isRole) }));
}

export function groupByRole(all: readonly Account${n}[]): Map<Role, Account${n}[]> {
  const groups = new Map<Role, Account${n}[]>();
  for (const account of all) {
    for (const role of account.roles) {
      const group = groups.get(role) ?? [];
      group.push(account);
      groups.set(role, group);
    }
  }
  return groups;
}

export const limit = ({ limits }: Account${n}, role: Role): number => limits?.[role] ?? ${n};
`;

const reducer: Template = (n) => `type Action =
  | { readonly type: 'add'; readonly item: Item${n} }
  | { readonly type: 'remove'; readonly id: number }
  | { readonly type: 'update'; readonly id: number; readonly change: Partial<Item${n}> }
  | { readonly type: 'clear' };

export interface Item${n} { readonly id: number; readonly title: string; readonly price: number; readonly tags: readonly string[] }
export interface State${n} { readonly items: readonly Item${n}[]; readonly total: number; readonly changed: number }

const initial: State${n} = { items: [], total: 0, changed: ${n} };

const withItems = (state: State${n}, items: readonly Item${n}[]): State${n} => ({
  items,
  total: items.reduce((sum, { price }) => sum + price, 0),
  changed: state.changed + 1,
});

export function reduce(state: State${n} = initial, action: Action): State${n} {
  switch (action.type) {
    case 'add':
      return withItems(state, [...state.items, action.item]);
    case 'remove':
      return withItems(state, state.items.filter(({ id }) => id !== action.id));
    case 'update':
      return withItems(state, state.items.map((item) => (item.id === action.id ? { ...item, ...action.change } : item)));
    case 'clear':
      return initial;
  }
}

export function search<T extends Item${n}>(items: readonly T[], words: string, { limit = 10 } = {}): T[] {
  const wanted = words.toLowerCase().split(/\\s+/);
  const score = (item: T): number => wanted.filter((word) => item.title.toLowerCase().includes(word) || item.tags.includes(word)).length;
  return items
    .map((item) => ({ item, points: score(item) }))
    .filter(({ points }) => points > 0)
    .sort((a, b) => b.points - a.points)
    .slice(0, limit)
    .map(({ item }) => item);
}
`;

const queue: Template = (n) => `import { setTimeout as delay } from 'node:timers/promises';

export interface Job${n}<T> { readonly name: string; run(signal: AbortSignal): Promise<T>; readonly retries?: number }

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown };

export class Queue${n}<T> {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(private readonly width = ${1 + (n % 4)}) {}

  async add(job: Job${n}<T>, signal = new AbortController().signal): Promise<Outcome<T>> {
    await this.enter();
    try {
      return { ok: true, value: await this.attempt(job, signal) };
    } catch (error) {
      return { ok: false, error };
    } finally {
      this.leave();
    }
  }

  private async attempt(job: Job${n}<T>, signal: AbortSignal): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await job.run(signal);
      } catch (error) {
        if (signal.aborted || attempt >= (job.retries ?? 2)) throw error;
        await delay(2 ** attempt * ${10 + n});
      }
    }
  }

  private enter(): Promise<void> | undefined {
    if (this.#running++ < this.width) return undefined;
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  private leave(): void {
    this.#running--;
    this.#waiting.shift()?.();
  }
}

export async function* batches<T>(source: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const item of source) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
`;

/** In this order: `service` imports the `accounts` of the next file. */
const templates: readonly Template[] = [service, accounts, reducer, queue];

export function ordinaryFile(n: number): string {
  return templates[n % templates.length]!(n);
}
