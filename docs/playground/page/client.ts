/** Asks the worker. */
import type { Answers, Question, Reply, Request } from '../protocol.ts';

interface Waiting {
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
}

type Kind = Request['kind'];
type Asking<K extends Kind> = Extract<Request, { readonly kind: K }>;

export class Client {
  readonly #worker = new Worker(new URL('../worker/main.ts', import.meta.url), { type: 'module' });
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  constructor() {
    this.#worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if ('failure' in data) waiting?.reject(new Error(data.failure));
      else waiting?.resolve(data.answer as never);
    });
    this.#worker.addEventListener('error', ({ message }) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(message));
      this.#waiting.clear();
    });
  }

  ask<K extends Kind>(request: Asking<K>): Promise<Answers[K]> {
    const id = ++this.#asked;
    return new Promise<Answers[K]>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, request } satisfies Question);
    });
  }
}

/** Runs one task at a time. Of those that are asked for meanwhile only the last one is still wanted. */
export class Latest {
  #running = false;
  #next: (() => Promise<void>) | undefined;

  run(task: () => Promise<void>): void {
    this.#next = task;
    if (!this.#running) void this.#work();
  }

  async #work(): Promise<void> {
    this.#running = true;
    for (let task = this.#next; task !== undefined; task = this.#next) {
      this.#next = undefined;
      await task();
    }
    this.#running = false;
  }
}
