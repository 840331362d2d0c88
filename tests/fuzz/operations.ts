/** Operations that generated programs use: shapes, and the derivatives that mathematics gives them. */
import { type Numbers, axisOf, broadcast, matMulShape, sameShape, sizeOf } from './shapes.ts';
import type { Param, Shape } from './syntax.ts';

/** Of what an operand must be so that the operation is smooth there. */
export type Domain = 'any' | 'positive' | 'unit' | 'above one' | 'probability';

export interface Operation {
  readonly name: string;
  /** The number of tensor operands; `list`: they stand in one array. */
  readonly arity: number;
  readonly list?: true;
  readonly domains?: readonly Domain[];
  /** By operand, `flows` where nothing is said. */
  readonly derivatives?: readonly ('flows' | 'zero')[];
  /** Several results: in an array, or in an object under these names. */
  readonly result?: 'list' | readonly string[];
  /** There is no exported function, or no method, of that name. */
  readonly only?: 'method' | 'function';
  readonly params?: (random: Numbers, shapes: readonly Shape[]) => readonly Param[] | undefined;
  /** Of the result, or of each result; undefined when the operands do not fit. */
  readonly shape: (shapes: readonly Shape[], params: readonly Param[]) => Shape | undefined;
  /** The number of results, for a list. */
  readonly count?: (shapes: readonly Shape[], params: readonly Param[]) => number;
}

const same = ([a]: readonly Shape[]): Shape | undefined => a;
const equal = (shapes: readonly Shape[]): Shape | undefined => (shapes.every((shape) => shape.join() === shapes[0]?.join()) ? shapes[0] : undefined);
const both = ([a = [], b = []]: readonly Shape[]): Shape | undefined => broadcast(a, b);
const scalarOfEqual = (shapes: readonly Shape[]): Shape | undefined => (equal(shapes) === undefined ? undefined : []);

const unary = (names: string, domain: Domain = 'any'): Operation[] => names.split(' ').map((name) => ({ name, arity: 1, domains: [domain], shape: same }));
const flat = (names: string): Operation[] => names.split(' ').map((name) => ({ name, arity: 1, derivatives: ['zero'], shape: same }));
const binary = (names: string, domains: readonly Domain[] = []): Operation[] => names.split(' ').map((name) => ({ name, arity: 2, domains, shape: both }));

function reductionShape([shape = []]: readonly Shape[], params: readonly Param[]): Shape | undefined {
  const axis = params.find((param) => typeof param === 'number');
  const keep = params.includes(true);
  if (axis === undefined) return [];
  const at = axisOf(axis, shape.length);
  return at === undefined ? undefined : shape.flatMap((size, index) => (index === at ? (keep ? 1 : []) : size));
}

const reductionParams = (first: readonly Param[]) => (random: Numbers, [shape = []]: readonly Shape[]): readonly Param[] =>
  shape.length === 0 || random.chance(0.4) ? [] : [...first, random.below(shape.length), ...(random.chance(0.3) ? [true] : [])];

const reductions: Operation[] = 'sum mean max min prod logSumExp'.split(' ').map((name) => ({ name, arity: 1, params: reductionParams([]), shape: reductionShape }));

const losses: Operation[] = [
  ...'absoluteDifference meanSquaredError huberLoss hingeLoss sigmoidCrossEntropy'.split(' ').map((name): Operation => ({ name: `losses.${name}`, arity: 2, only: 'function', shape: scalarOfEqual })),
  { name: 'losses.logLoss', arity: 2, only: 'function', domains: ['probability', 'probability'], shape: scalarOfEqual },
  { name: 'losses.computeWeightedLoss', arity: 1, only: 'function', shape: () => [] },
  { name: 'losses.softmaxCrossEntropy', arity: 2, only: 'function', shape: (shapes) => (shapes[0]?.length === 2 ? scalarOfEqual(shapes) : undefined) },
  { name: 'losses.cosineDistance', arity: 2, only: 'function', params: (_, [shape = []]) => (shape.length === 0 ? undefined : [shape.length - 1]), shape: (shapes) => (shapes[0]?.length === 0 ? undefined : scalarOfEqual(shapes)) },
];

const layout: Operation[] = [
  { name: 'reshape', arity: 1, params: (random, [shape = []]) => [random.pick(reshapings(shape))], shape: ([shape = []], [to]) => (sizeOf(to as Shape) === sizeOf(shape) ? (to as Shape) : undefined) },
  { name: 'expandDims', arity: 1, params: (random, [shape = []]) => (shape.length > 2 ? undefined : [random.below(shape.length + 1)]), shape: ([shape = []], [at]) => ((at as number) > shape.length ? undefined : shape.toSpliced(at as number, 0, 1)) },
  { name: 'squeeze', arity: 1, shape: ([shape = []]) => shape.filter((size) => size !== 1) },
  { name: 'transpose', arity: 1, shape: ([shape = []]) => shape.toReversed() },
  { name: 'reverse', arity: 1, shape: ([shape = []]) => (shape.length === 0 ? undefined : shape) },
  { name: 'cast', arity: 1, params: () => ['float32'], shape: same },
  { name: 'flatten', arity: 1, only: 'method', shape: ([shape = []]) => [sizeOf(shape)] },
  { name: 'tile', arity: 1, params: (random, [shape = []]) => (shape.length === 0 || sizeOf(shape) > 8 ? undefined : [shape.map(() => random.below(2) + 1)]), shape: ([shape = []], [times]) => ((times as Shape).length === shape.length && shape.length > 0 ? shape.map((size, index) => size * (times as Shape)[index]!) : undefined) },
  { name: 'broadcastTo', arity: 1, params: (random, [shape = []]) => (shape.length > 1 ? undefined : [[random.below(2) + 1, ...shape]]), shape: ([shape = []], [to]) => (broadcast(shape, to as Shape)?.join() === (to as Shape).join() ? (to as Shape) : undefined) },
  { name: 'slice', arity: 1, params: (random, [shape = []]) => sliceParams(random, shape), shape: ([shape = []], [begin, size]) => sliceShape(shape, begin as Shape, size as Shape) },
  { name: 'gather', arity: 1, params: (random, [shape = []]) => (shape.length === 0 ? undefined : [[random.below(shape[0]!), random.below(shape[0]!)]]), shape: ([shape = []], [indices]) => (shape.length > 0 && (indices as Shape).every((index) => index < shape[0]!) ? [(indices as Shape).length, ...shape.slice(1)] : undefined) },
  { name: 'pad', arity: 1, params: (_, [shape = []]) => (shape.length === 0 || sizeOf(shape) > 9 ? undefined : [shape.map(() => [1, 0])]), shape: ([shape = []], [paddings]) => (shape.length > 0 && (paddings as readonly Param[]).length === shape.length ? shape.map((size) => size + 1) : undefined) },
];

const reshapings = (shape: Shape): readonly Shape[] => [[sizeOf(shape)], shape.toReversed(), [1, sizeOf(shape)], [...shape, 1].slice(0, 4), [sizeOf(shape), 1]];

function sliceParams(random: Numbers, shape: Shape): readonly Param[] | undefined {
  if (shape.length === 0) return undefined;
  const begin = shape.map((size) => random.below(size));
  return [begin, begin.map((from, index) => random.below(shape[index]! - from) + 1)];
}

function sliceShape(shape: Shape, begin: Shape, size: Shape): Shape | undefined {
  return shape.length > 0 && begin.length === shape.length && begin.every((from, index) => from + size[index]! <= shape[index]!) ? size : undefined;
}

const joining: Operation[] = [
  { name: 'concat', arity: 2, list: true, only: 'function', params: (random, [shape = []]) => (shape.length === 0 ? undefined : [random.below(shape.length)]), shape: (shapes, [axis]) => concatShape(shapes, axis as number) },
  { name: 'stack', arity: 2, list: true, only: 'function', params: (random, [shape = []]) => (shape.length > 2 ? undefined : [random.below(shape.length + 1)]), shape: (shapes, [axis]) => ((axis as number) > (shapes[0]?.length ?? 0) ? undefined : equal(shapes)?.toSpliced(axis as number, 0, shapes.length)) },
  { name: 'addN', arity: 2, list: true, only: 'function', shape: equal },
  {
    name: 'split', arity: 1, result: 'list',
    params: (_, [shape = []]) => (shape.findIndex((size) => size % 2 === 0) < 0 ? undefined : [2, shape.findIndex((size) => size % 2 === 0)]),
    shape: ([shape = []], [, axis]) => ((shape[axis as number] ?? 1) % 2 === 0 ? shape.with(axis as number, shape[axis as number]! / 2) : undefined), count: () => 2,
  },
  { name: 'unstack', arity: 1, result: 'list', shape: ([shape = []]) => ((shape[0] ?? 0) > 1 ? shape.slice(1) : undefined), count: ([shape = []]) => shape[0] ?? 0 },
  { name: 'moments', arity: 1, result: ['mean', 'variance'], only: 'function', params: reductionParams([]), shape: reductionShape },
];

function concatShape(shapes: readonly Shape[], axis: number): Shape | undefined {
  const [first = []] = shapes;
  if (axis >= first.length || !shapes.every((shape) => shape.length === first.length && shape.every((size, index) => index === axis || size === first[index]))) return undefined;
  return first.with(axis, shapes.reduce((sum, shape) => sum + shape[axis]!, 0));
}

const products: Operation[] = [
  { name: 'matMul', arity: 2, params: (random) => (random.chance(0.8) ? [] : [random.chance(0.5), random.chance(0.5)]), shape: ([a = [], b = []], [ta, tb]) => matMulShape(a, b, ta === true, tb === true) },
  { name: 'dot', arity: 2, shape: ([a = [], b = []]) => (a.length === 1 && b.length === 1 && a[0] === b[0] ? [] : a.length === 2 && b.length === 1 && a[1] === b[0] ? [a[0]!] : undefined) },
  { name: 'outerProduct', arity: 2, only: 'function', shape: ([a = [], b = []]) => (a.length === 1 && b.length === 1 ? [a[0]!, b[0]!] : undefined) },
];

const others: Operation[] = [
  { name: 'softmax', arity: 1, shape: ([shape = []]) => (shape.length === 0 ? undefined : shape) },
  { name: 'logSoftmax', arity: 1, shape: ([shape = []]) => (shape.length === 0 ? undefined : shape) },
  { name: 'clipByValue', arity: 1, params: () => [-9, 9], shape: same },
  { name: 'cumsum', arity: 1, params: (_, [shape = []]) => (shape.length === 0 ? undefined : [shape.length - 1]), shape: ([shape = []], [axis]) => (axis === shape.length - 1 ? shape : undefined) },
  // At zero its derivative is no number.
  { name: 'norm', arity: 1, domains: ['positive'], shape: () => [] },
  { name: 'prelu', arity: 2, shape: equal },
  { name: 'maximum', arity: 2, shape: equal },
  { name: 'minimum', arity: 2, shape: equal },
  { name: 'squaredDifference', arity: 2, shape: equal },
  { name: 'where', arity: 2, only: 'function', params: (random, [shape = []]) => [Array.from({ length: sizeOf(shape) }, () => random.chance(0.5)), shape], shape: (shapes, [, of]) => (sameShape(of as Shape, shapes[0] ?? []) ? equal(shapes) : undefined) },
  { name: 'batchNorm', arity: 5, only: 'function', domains: ['any', 'any', 'positive'], shape: ([x = [], ...rest]) => (x.length === 2 && rest.every((shape) => shape.length === 1 && shape[0] === x[1]) ? x : undefined) },
];

/** Whose derivative is zero almost everywhere. */
export const flatOperations: readonly Operation[] = flat('floor ceil round sign step zerosLike onesLike');

export const smoothOperations: readonly Operation[] = [
  ...unary('abs neg exp expm1 sin cos tanh sinh cosh asinh atan erf sigmoid softplus logSigmoid square relu relu6 elu selu clone'),
  { name: 'leakyRelu', arity: 1, params: () => [0.2], shape: same },
  ...unary('log log1p sqrt rsqrt reciprocal', 'positive'), ...unary('asin acos atanh tan', 'unit'), ...unary('acosh', 'above one'),
  ...binary('add sub mul'), ...binary('div', ['any', 'positive']), ...binary('pow atan2', ['positive', 'any']), ...binary('mod', ['any', 'positive']),
  ...reductions, ...losses, ...layout, ...joining, ...products, ...others,
];

export const operations: ReadonlyMap<string, Operation> = new Map([...smoothOperations, ...flatOperations].map((operation) => [operation.name, operation]));

export function operationNamed(name: string): Operation {
  const operation = operations.get(name);
  if (operation === undefined) throw new Error(`no operation ${name}`);
  return operation;
}
