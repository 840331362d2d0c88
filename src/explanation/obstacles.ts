/** Why a scope was not followed, and what would help: for the table of the coverage, its list, and `explain`. */
import type { Obstacle, ObstacleKind } from '../judgements/coverage/obstacle.ts';

interface Words {
  /** The reason, in a table of reasons. */
  readonly title: string;
  /** What is told of one construct, beginning with it. */
  readonly sentence: (code: string) => string;
  readonly help: string;
}

export const words: Readonly<Record<ObstacleKind, Words>> = {
  'unknown-code': {
    title: 'calls code that cannot be read',
    sentence: (code) => `\`${code}\` is code that cannot be read`,
    help: 'say in `settings.tensor.libraries` what it does',
  },
  'untyped-value': {
    title: 'uses a value without a type',
    sentence: (code) => `nothing says what \`${code}\` is`,
    help: 'give it a type (an annotation, or in JavaScript a JSDoc `@type` or `@param`), or check the files that hand it over together with this one',
  },
  'argument': {
    title: 'depends on an argument of a function that nothing calls',
    sentence: (code) => `\`${code}\` is handed to a function that nothing in the checked files calls`,
    help: 'check the files that call the function together with this one, or give the argument a type that says more (`tf.Variable`, `tf.Sequential`)',
  },
  'unknown-import': {
    title: 'uses an import that cannot be found',
    sentence: (code) => `nothing is known of the module "${code}"`,
    help: 'install the package, or its types, or name it in `paths` of the tsconfig.json',
  },
  'unknown-global': {
    title: 'uses a name that nothing declares',
    sentence: (code) => `nothing declares \`${code}\``,
    help: 'import it, or declare it with a type; the namespace of a library goes into `settings.tensor.globals`',
  },
  'unrecognised-import': {
    title: 'imports the tensor library in a way that is not recognised',
    sentence: (code) => `"${code}" is not recognised as a tensor library`,
    help: 'install the package for its types, and map the specifier to it in `paths` of the tsconfig.json',
  },
  'unrecognised-global': {
    title: 'uses the global of a tensor library that is not recognised',
    sentence: (code) => `\`${code}\` is not recognised as a tensor library`,
    help: "declare it for the project in a .d.ts file: `declare const tf: typeof import('@tensorflow/tfjs')`; in ESLint, `settings.tensor.globals` names it",
  },
  'unknown-list': {
    title: 'is asked for a list that is not known item by item',
    sentence: (code) => `of the list \`${code}\` not every item is known`,
    help: 'write the list out, or build it of variables that can be followed',
  },
  'unknown-model': {
    title: 'trains a model that is known in part',
    sentence: (code) => `the layers of \`${code}\`, how it is compiled or what of it trains are known in part`,
    help: 'build and compile the model where it can be followed: layers without conditions that are not known, and no layer that comes from elsewhere',
  },
  'unknown-trainability': {
    title: 'uses a variable that may be switched off',
    sentence: (code) => `whether \`${code}\` is trainable is not known`,
    help: 'switch `trainable` to a constant, where the scope can be seen to run after it',
  },
  'too-many-values': {
    title: 'uses a value that may be one of too many',
    sentence: (code) => `\`${code}\` may be one of too many values`,
    help: 'split the function that makes it',
  },
  'unknown-result': {
    title: 'may differentiate something that is no tensor',
    sentence: (code) => `\`${code}\` is not known to be a tensor`,
    help: 'return a tensor in every case',
  },
  'unknown-syntax': {
    title: 'uses syntax that is not followed',
    sentence: (code) => `\`${code}\` is syntax that is not followed`,
    help: 'write it in another way',
  },
  'unknown-value': {
    title: 'uses a value that was lost sight of',
    sentence: (code) => `what \`${code}\` is could not be followed`,
    help: 'hand it on in a plainer way, or report it to the plugin with the file',
  },
  'unknown-base': {
    title: 'lies in a class whose base cannot be read',
    sentence: (code) => `the methods of the class are not run, for its base \`${code}\` cannot be read`,
    help: 'install the types of the base class, or move the training step into a function',
  },
  'not-run': {
    title: 'is never run',
    sentence: (code) => `nothing is known that runs \`${code}\``,
    help: 'call it in the checked files, export it, or remove it',
  },
  'budget': {
    title: 'lies in a file that takes too many steps',
    sentence: () => 'the file takes more steps than the analysis may',
    help: 'split the file',
  },
  'failed': {
    title: 'lies in a file whose analysis failed',
    sentence: () => 'the analysis of the file failed',
    help: 'report it to the plugin with the file',
  },
};

export function sentenceOf({ kind, code }: Obstacle): string {
  return words[kind].sentence(code);
}
