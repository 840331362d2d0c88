/** Types of elements that an operation asks for: numbers of other kinds it does not convert. */
import type { ElementType } from '../numbers/facts.ts';
import { type Contract, type Verdict, failure, fits, shapeText, unknown } from './verdict.ts';

/** The name of a parameter, where it stands, and the type that it must have. */
export type Wanted = readonly [name: string, at: number, type: ElementType];

export const wantedTypes: Readonly<Record<string, readonly Wanted[]>> = {
  oneHot: [['indices', 0, 'int32']], gather: [['indices', 1, 'int32']], gatherND: [['indices', 1, 'int32']], scatterND: [['indices', 0, 'int32']], unsortedSegmentSum: [['segmentIds', 1, 'int32']],
  logicalAnd: [['a', 0, 'bool'], ['b', 1, 'bool']], logicalOr: [['a', 0, 'bool'], ['b', 1, 'bool']], logicalXor: [['a', 0, 'bool'], ['b', 1, 'bool']], logicalNot: [['x', 0, 'bool']],
  any: [['x', 0, 'bool']], all: [['x', 0, 'bool']], where: [['condition', 0, 'bool']],
  softmax: [['logits', 0, 'float32']], sigmoid: [['x', 0, 'float32']], tanh: [['x', 0, 'float32']], log: [['x', 0, 'float32']], sqrt: [['x', 0, 'float32']], elu: [['x', 0, 'float32']],
  avgPool: [['x', 0, 'float32']], conv2d: [['x', 0, 'float32'], ['filter', 1, 'float32']],
};

const conversion: Readonly<Record<ElementType, string>> = { float32: 'Convert it with `toFloat()`.', int32: 'Make it with the type \'int32\', or convert it with `toInt()`.', bool: 'Compare it (`greater`, `notEqual`), or convert it with `toBool()`.' };

/** Arrays and numbers are made into tensors of the wanted type. */
export const typeContract = (operation: string, wanted: readonly Wanted[]): Contract => (call) => {
  let verdict: Verdict = fits;
  for (const [name, at, type] of wanted) {
    const argument = call.argument(at);
    if (argument.kind === 'unknown') verdict = unknown;
    if (argument.kind !== 'tensor' || argument.facts.type === type) continue;
    const found = argument.facts.type;
    if (found === undefined) verdict = unknown;
    else {
      return failure('element-type', {
        error: `Argument '${name}' passed to '${operation}' must be ${type} tensor, but got ${found} tensor`, given: [{ text: `${found} ${shapeText(argument.facts.dimensions)}`, argument: at }],
        why: `its \`${name}\` must be ${type}`, advice: conversion[type],
      });
    }
  }
  return verdict;
};
