/** What functions of TF.js compute that clip or rectify on the way; a test compares them with the installed version. */
import type { Formula, FormulaRow } from '../../calculus/numbers/formula.ts';

const argument = (index: number): Formula => ({ argument: index });
const of = (operation: string, ...operands: readonly (Formula | number | string | boolean)[]): Formula => ({
  operation,
  of: operands.map((operand) => (typeof operand === 'object' ? operand : { constant: operand })),
});

/** The epsilon of the layers' backend. */
const epsilon = 1e-7;

const probability = (prediction: Formula): Formula => of('clipByValue', prediction, epsilon, 1 - epsilon);

/** `max(x, 0) − x z + log(1 + e^−|x|)` of logits and labels. */
const sigmoidCrossEntropy = (labels: Formula, logits: Formula): Formula =>
  of('add', of('sub', of('relu', logits), of('mul', logits, labels)), of('log1p', of('exp', of('neg', of('abs', logits)))));

const [truth, prediction] = [argument(0), argument(1)];
const clipped = probability(prediction);

export const formulas: Readonly<Record<string, FormulaRow>> = {
  'metrics.categoricalCrossentropy': {
    parameters: 2,
    result: of('neg', of('sum', of('mul', of('cast', truth, 'float32'), of('log', probability(of('div', prediction, of('sum', prediction, -1, true))))), -1)),
  },
  'metrics.binaryCrossentropy': {
    parameters: 2,
    result: of('mean', sigmoidCrossEntropy(truth, of('log', of('div', clipped, of('sub', 1, clipped)))), -1),
  },
  'losses.hingeLoss': {
    parameters: 2,
    result: of('mean', of('relu', of('sub', 1, of('mul', of('sub', of('mul', 2, truth), 1), prediction)))),
  },
};
