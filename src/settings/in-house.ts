/** A library with tensors of its own, of which all that is known is what somebody has described. */
import { single } from '../calculus/numbers/precision.ts';
import type { Library } from '../libraries/library.ts';
import type { ClassMeaning } from '../libraries/meaning.ts';
import { unknownUsage } from '../libraries/usage.ts';
import type { ClassDescription, ClassKind, LibraryDescription } from './settings.ts';
import { prefixOf } from './describe.ts';

export function inHouse(description: LibraryDescription): Library {
  const { name, classes = {} } = description;
  const tensor = classOf('tensor', classes);
  const variable = classOf('variable', classes);
  const named = (known: string | undefined, instance: ClassMeaning['instance'], otherwise: object): ClassMeaning => ({ instance, members: {}, ...(known === undefined ? otherwise : { base: `${prefixOf(description)}${known}` }) });
  return {
    name,
    title: name,
    untold: true,
    packages: new Set(),
    members: {},
    families: {},
    // What its functions make, whatever the classes are called.
    classes: { Tensor: named(tensor, 'tensor', {}), Variable: named(variable, 'variable', { base: 'Tensor' }) },
    operations: {},
    methods: {},
    methodOperations: {},
    // No operation of theirs is known by its numbers; the coarser precision claims less.
    precision: single,
    contracts: undefined,
    resultTypes: {},
    formulas: {},
    usage: unknownUsage,
    trainable: '',
    layers: undefined,
    absent: [],
    indexed: [],
    shapeOnly: [],
    exceptions: new Map(),
    underivable: {},
    higherOrder: {},
    scopeWords: [],
    nestedScopes: 'one tape',
    errors: { variables: '', noVariable: '', arguments: '', list: '', noDerivative: '', noTensor: '', noScalar: '', operand: '', notFunction: { variables: '', arguments: '' }, customGradient: '' },
  };
}

function classOf(kind: ClassKind, classes: Readonly<Record<string, ClassDescription>>): string | undefined {
  return Object.entries(classes).find(([, described]) => described.kind === kind)?.[0];
}
