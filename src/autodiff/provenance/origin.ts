/**
 * Where a tensor came from, whether or not a tape was recording: a light record without numbers. It is what lets
 * `explain` say that a value had been computed from the source before the tape began.
 */
export interface Origin {
  readonly tensorId: number;
  /** The operation that made the tensor; null for a tensor made from numbers. */
  readonly operation: string | null;
  readonly operands: readonly Origin[];
  /** How many operations back the record goes. */
  readonly depth: number;
}

/** Records longer than this begin anew, so that a program that runs for ever keeps a bounded history. */
const LONGEST = 1000;

export const originOf = (tensorId: number, operation: string | null, operands: readonly Origin[] = []): Origin => {
  const depth = 1 + operands.reduce((deepest, operand) => Math.max(deepest, operand.depth), 0);
  return depth > LONGEST ? { tensorId, operation, operands: [], depth: 1 } : { tensorId, operation, operands, depth };
};

/**
 * The operations that led from `ancestor` to the tensor of `origin`, first to last.
 * @returns null when the record names no such ancestor
 */
export function operationsSince(origin: Origin, ancestor: number): readonly string[] | null {
  const seen = new Set<Origin>();
  const pending: { readonly origin: Origin; readonly after: readonly string[] }[] = [{ origin, after: [] }];
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    if (next.origin.tensorId === ancestor) return next.after;
    if (seen.has(next.origin) || next.origin.operation === null) continue;
    seen.add(next.origin);
    const after = [next.origin.operation, ...next.after];
    for (const operand of next.origin.operands) pending.push({ origin: operand, after });
  }
  return null;
}
