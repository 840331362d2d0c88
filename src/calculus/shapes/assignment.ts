/** A variable keeps the shape and the type that it was made with. */
import type { ElementType, Facts } from '../numbers/facts.ts';
import { isNamed, isSameType } from '../numbers/types.ts';
import type { Call } from '../numbers/results/call.ts';
import { sameVerdict } from './broadcasting.ts';
import { type Contract, type Verdict, all, failure, fits, given, listed, unknown } from './verdict.ts';

/** `variable.assign(value)`: the variable is the first argument here. The types are compared first. */
export const assignment: Contract = (call) => {
  const [variable, value] = [call.tensor(0), call.tensor(1)];
  if (call.argument(1).kind !== 'tensor') return unknown;
  const isSame = isSameType(variable.type, value.type);
  if (isSame === undefined) return all([unknown, shaped(call, variable, value)]);
  return isSame ? shaped(call, variable, value) : retyped(variable.type, value.type);
};

function retyped(from: ElementType | undefined, to: ElementType | undefined): Verdict {
  return failure('element-type', {
    error: isNamed(from) && isNamed(to) ? `dtype of the new value (${to}) and previous value (${from}) must match` : '', given: [{ text: String(to), argument: 1 }, { text: String(from), argument: 0 }],
    why: 'a variable keeps its type', advice: 'Convert the value first (`cast`).',
  });
}

function shaped(call: Call, { dimensions: before }: Facts, { dimensions: after }: Facts): Verdict {
  const same = sameVerdict(before, after);
  if (same !== 'different') return same === 'same' ? fits : unknown;
  return failure('shape-mismatch', {
    error: `shape of the new value (${listed(after)}) and previous value (${listed(before)}) must match`, given: [given(call, 1), given(call, 0)],
    why: 'a variable keeps the shape that it was made with', advice: 'Bring the value to that shape, or make a new variable.',
  });
}
