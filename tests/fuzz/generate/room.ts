/** What a place in a program can use. */
import type { Expr, Shape } from '../syntax.ts';

export interface Tensor {
  /** A new expression each time: parts of a plan are told apart by identity. */
  readonly expr: () => Expr;
  readonly shape: Shape;
  /** The name that its expression begins with. */
  readonly root: string;
  readonly weight: number;
  /** A variable, which a list of variables may name. */
  readonly variable?: boolean;
  /** It can be set. */
  readonly mutable?: boolean;
}

export interface Callable {
  readonly callee: () => Expr;
  readonly root: string;
  /** The last ones may be left out. */
  readonly params: readonly { readonly shape: Shape; readonly optional?: boolean; readonly fields?: readonly { readonly key: string; readonly shape: Shape }[]; /** What is handed over is made so. */ readonly given?: () => Expr }[];
  readonly result: Shape;
  readonly weight: number;
}

export interface List {
  readonly expr: () => Expr;
  readonly root: string;
  readonly shape: Shape;
  readonly count: number;
}

/** A state that is on or off. */
export interface Switch {
  readonly expr: () => Extract<Expr, { k: 'held' }>;
  readonly root: string;
}

export class Room {
  tensors: Tensor[];
  callables: Callable[];
  lists: List[];
  switches: Switch[];

  constructor(readonly outer: Room | undefined, hidden: ReadonlySet<string> = new Set(), readonly inFunction: boolean = outer?.inFunction ?? false) {
    const seen = <Item extends { readonly root: string }>(items: readonly Item[] | undefined): Item[] => (items ?? []).filter(({ root }) => !hidden.has(root));
    this.tensors = seen(outer?.tensors);
    this.callables = seen(outer?.callables);
    this.lists = seen(outer?.lists);
    this.switches = seen(outer?.switches);
  }

  add(...tensors: Tensor[]): void {
    this.tensors.push(...tensors);
  }

  named(name: string, shape: Shape, more: Partial<Tensor> = {}): void {
    this.add({ expr: () => ({ k: 'name', name }), shape, root: name, weight: 2, ...more });
  }

  get variables(): readonly Tensor[] {
    return this.tensors.filter(({ variable }) => variable === true);
  }
}
