/** One call of a function of the public surface that makes tensors. A composite runs several operations in one call. */
export interface Call {
  readonly name: string;
}

/**
 * Where a tensor came from, whether or not a tape was running: a short history without numbers. It is what lets
 * `explain` say that a value had been computed from the source before the tape began.
 */
export interface Origin {
  readonly tensorId: number;
  /** What made the tensor; null for a tensor made from numbers. */
  readonly call: Call | null;
  readonly operands: readonly Origin[];
  /** How many operations back the history goes. */
  readonly depth: number;
}

/** Histories longer than this begin anew, so that a program that runs for ever keeps a bounded one. */
const LONGEST = 1000;

export const originOf = (tensorId: number, call: Call | null, operands: readonly Origin[] = []): Origin => {
  const depth = 1 + operands.reduce((deepest, operand) => Math.max(deepest, operand.depth), 0);
  return depth > LONGEST ? { tensorId, call, operands: [], depth: 1 } : { tensorId, call, operands, depth };
};

/**
 * The names of the calls that led from `ancestor` to the tensor of `origin`, first to last.
 * @returns null when the history names no such ancestor
 */
export function callsSince(origin: Origin, ancestor: number): readonly string[] | null {
  const seen = new Set<Origin>();
  const pending: { readonly origin: Origin; readonly after: readonly Call[] }[] = [{ origin, after: [] }];
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    const { after, origin: { tensorId, call, operands } } = next;
    if (tensorId === ancestor) return after.map(({ name }) => name);
    if (seen.has(next.origin) || call === null) continue;
    seen.add(next.origin);
    const calls = after[0] === call ? after : [call, ...after];
    for (const operand of operands) pending.push({ origin: operand, after: calls });
  }
  return null;
}
