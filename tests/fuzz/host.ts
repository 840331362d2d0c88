/** What calls back the functions of a program: timers and events, once the module has run. */

type Handler = (() => unknown) | { readonly handleEvent: () => unknown };

const rounds = 4;

export class Host {
  #waiting: Handler[] = [];

  constructor(readonly survive: (body: () => unknown) => Promise<void>) {}

  /** What the program knows of it, by name. */
  get functions(): Readonly<Record<string, unknown>> {
    const wait = (handler: Handler): number => this.#waiting.push(handler);
    return { setTimeout: wait, setInterval: wait, requestAnimationFrame: wait, addEventListener: (_event: string, handler: Handler) => wait(handler), clearInterval: () => undefined };
  }

  /** Calls all that waits, and what it sets going. */
  async settle(): Promise<void> {
    for (let round = 0; round < rounds; round++) {
      await new Promise((resolve) => { setImmediate(resolve); });
      const due = this.#waiting.splice(0);
      for (const handler of due) await this.survive(() => (typeof handler === 'function' ? handler() : handler.handleEvent()));
    }
  }
}
