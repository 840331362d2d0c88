/** A test of the suite as training scripts, in which the gradient hangs on what the test asserts. */
import { asserting, helpersFor, renameMembers, replaced } from './helpers.ts';
import { type Metadata, codeOf, metadataOf } from './metadata.ts';

/**
 * `sound` uses the variable if every assertion holds: whatever is reported, the interpreter believes something that
 * no engine does. `decided` drops the variable if every assertion holds: a report shows that the whole test was followed.
 */
export type Kind = 'sound' | 'decided';

/** A test that may be applicable; it is if its scripts do in Node what they are meant to. */
export interface Candidate {
  readonly test: string;
  /** Ways to write it, the best first: what stands in its scripts before the gradient. */
  readonly variants: readonly string[];
}

export function scriptFor(variant: string, kind: Kind): string {
  return `${variant}\n${training[kind]}\n`;
}

/** The last line of a script. */
export const training: Readonly<Record<Kind, string>> = {
  sound: 'tf.variableGrads(() => (held ? weightUnderTest.square() : tf.scalar(1)), [weightUnderTest]);',
  decided: 'tf.variableGrads(() => (held ? tf.scalar(1) : weightUnderTest.square()), [weightUnderTest]);',
};

/** The text of an include, if the suite has it. */
export type Includes = (name: string) => string | undefined;

const failing = /\bthrow new Test262Error\s*\(/gu;

/** The scripts of a test, or why there are none. */
export function scriptsOf(test: string, text: string, includes: Includes): Candidate | { readonly leftOut: string } {
  const metadata = metadataOf(text);
  const code = renameMembers(codeOf(text));
  const leftOut = reasonAgainst(metadata, code);
  if (leftOut !== undefined) return { leftOut };
  const taken = metadata.includes.filter((name) => !replaced.has(name)).map((name) => includes(name));
  if (taken.includes(undefined)) return { leftOut: 'includes what the suite lacks' };
  const included = taken.map((include) => includable(include!)).join('\n');
  // A test that throws its own error mostly says that it has failed. Where it means the error, as an iterator's, the first way does not hold in Node.
  const ways = code.search(failing) < 0 ? [code] : [code.replaceAll(failing, 'testFailed('), code];
  const variants = ways.filter((way) => asserting.test(way)).map((way) => variant(included, way));
  return variants.length === 0 ? { leftOut: 'asserts nothing' } : { test, variants };
}

function reasonAgainst({ flags, negative }: Metadata, code: string): string | undefined {
  if (negative) return 'is there to fail';
  if (flags.includes('raw')) return 'must stay as it is';
  if (/\$262\b/u.test(code)) return 'needs another realm or agent';
  if (/\bimport\s*(?:\.\w+\s*)?\(|\bfrom\s*['"]|^import\s*['"]/mu.test(code)) return 'needs other modules';
  return undefined;
}

/** An include of the suite, as code of the script: what it adds to `assert` is a function of its own here. */
function includable(text: string): string {
  return renameMembers(codeOf(text)).replaceAll(/^(assert\w+) = /gmu, 'var $1 = ');
}

function variant(included: string, code: string): string {
  const waits = /\$DONE\b|\basyncTest\b/u.test(code);
  return [
    "import * as tf from '@tensorflow/tfjs';",
    // Made before the test, as scripts do that train: the analysis goes further in code that leads to something than in code that does not.
    'const weightUnderTest = tf.variable(tf.scalar(2));',
    'let held = true;',
    ...(waits ? ['let finish;', 'const finished = new Promise((resolve) => { finish = resolve; });'] : []),
    helpersFor(`${included}\n${code}`),
    included,
    code,
    ...(waits ? ['await finished;'] : []),
  ].filter((part) => part !== '').join('\n');
}
