/** Settings that cannot be used say where, why, and what to write. */
import { describe, expect, it } from 'vitest';

import { librariesFor } from '../../src/settings/libraries.ts';

function problemsOf(written: unknown): readonly string[] {
  try {
    librariesFor(written, '/project');
  } catch (error) {
    const [first, ...lines] = (error as Error).message.split('\n');
    expect(first).toBe('eslint-plugin-tensor cannot use its settings:');
    expect(lines.pop()).toMatch(/^What can be written there: https:\/\/.*\/docs\/settings\.md$/u);
    return lines.map((line) => line.trim());
  }
  return [];
}

const wrapper = { name: 'acme', packages: ['@acme/ml'], extends: '@tensorflow/tfjs' };
const withMember = (form: unknown): object => ({ libraries: [{ ...wrapper, members: { detach: form } }] });
const withMethod = (form: unknown, kind?: string): object => ({ libraries: [{ ...wrapper, classes: { Thing: { ...(kind === undefined ? {} : { kind }), members: { scale: form } } } }] });
const at = 'settings.tensor.libraries[0]';

it.each<[string, unknown, string]>([
  ['no object', 'tf', 'settings.tensor: must be an object with "libraries" or "globals"; it is "tf".'],
  ['a list', [], 'settings.tensor: must be an object with "libraries" or "globals"; it is a list.'],
  ['an unknown key', { library: [] }, 'settings.tensor: "library" is not known here; write one of "libraries", "globals".'],
  ['libraries by name', { libraries: { acme: {} } }, 'settings.tensor.libraries: must be a list of descriptions; it is an object.'],
  ['a description that is none', { libraries: [null] }, `${at}: must be an object such as { name: "acme", packages: ["@acme/ml"], extends: "@tensorflow/tfjs", members: { … } }; it is null.`],
  ['no name', { libraries: [{ packages: ['@acme/ml'] }] }, `${at}: "name" is missing.`],
  ['a name with a colon', { libraries: [{ ...wrapper, name: 'a:b' }] }, `${at}.name: must be a text without a colon; it is "a:b".`],
  ['packages that are no list', { libraries: [{ ...wrapper, packages: '@acme/ml' }] }, `${at}.packages: must be a list of package names, such as ["@acme/ml"]; it is "@acme/ml".`],
  ['a package that is no text', { libraries: [{ ...wrapper, packages: [1] }] }, `${at}.packages[0]: must be a text; it is 1.`],
  ['paths that are no list', { libraries: [{ ...wrapper, paths: 'src' }] }, `${at}.paths: must be a list of files, such as ["src/ml/**"]; it is "src".`],
  ['members that are no object', { libraries: [{ ...wrapper, members: [] }] }, `${at}.members: must be an object with a form for each function; it is a list.`],
  ['a form that is a word', withMember('stops'), `${at}.members.detach: must be an object that says what it does, with one of "opens", "reads", "stops", "makes", "gives", "runs", "updates", "operation", "like"; it is "stops".`],
  ['an unknown form', withMember({ stop: 0 }), `${at}.members.detach: "stop" is no form; write one of "opens", "reads", "stops", "makes", "gives", "runs", "updates", "operation", "like".`],
  ['an empty form', withMember({}), `${at}.members.detach: says nothing; write one of "opens", "reads", "stops", "makes", "gives", "runs", "updates", "operation", "like".`],
  ['two forms', withMember({ reads: 0, stops: 0 }), `${at}.members.detach: has both "reads" and "stops"; write one of them.`],
  ['a key beside the form', withMember({ stops: 0, zeros: true }), `${at}.members.detach: "zeros" is not known here; write one of "stops".`],
  ['a name that needs brackets', { libraries: [{ ...wrapper, members: { 'train.step': {} } }] }, `${at}.members['train.step']: says nothing; write one of "opens", "reads", "stops", "makes", "gives", "runs", "updates", "operation", "like".`],
  ['a negative position', withMember({ stops: -1 }), `${at}.members.detach.stops: must be the position of an argument, counted from 0; it is -1.`],
  ['a position in words', withMember({ runs: 'first' }), `${at}.members.detach.runs: must be the position of an argument, counted from 0; it is "first".`],
  ['a function on `this`', withMember({ reads: 'this' }), `${at}.members.detach.reads: must be the position of an argument, counted from 0; it is "this".`],
  ['a method on something else', withMethod({ reads: 'self' }), `${at}.classes.Thing.members.scale.reads: must be the position of an argument, counted from 0, or "this"; it is "self".`],
  ['a scope of something', withMember({ opens: 'tape' }), `${at}.members.detach.opens: "tape" is not known here; write one of "variables", "argument", "arguments".`],
  ['a result of the other kind of scope', withMember({ opens: 'variables', result: 'gradients' }), `${at}.members.detach.result: "gradients" is not known here; write one of "value", "value-and-grads".`],
  ['a list of arguments', withMember({ opens: 'argument', list: 1 }), `${at}.members.detach: "list" is not known here; write one of "opens", "result".`],
  ['the result of a read', withMember({ reads: 0, result: 'number' }), `${at}.members.detach.result: "number" is not known here; write one of "values", "promise".`],
  ['nothing that can be given', withMember({ gives: 'all' }), `${at}.members.detach.gives: must be the position of an argument, counted from 0; it is "all".`],
  ['an operation without parameters', withMember({ operation: 'flows' }), `${at}.members.detach.operation: must be an object with what comes of the gradient of each parameter, such as { x: "flows", amount: "zero" }; it is "flows".`],
  ['an unknown derivative', withMember({ operation: { x: 'zeros' } }), `${at}.members.detach.operation.x: "zeros" is not known here; write one of "flows", "zero", "none".`],
  ['`this` in a function', withMember({ operation: { this: 'flows' } }), `${at}.members.detach.operation: "this" is for methods; name the parameters of the function.`],
  ['a method of a tensor without it', withMethod({ operation: { by: 'flows' } }, 'tensor'), `${at}.classes.Thing.members.scale.operation: the tensor itself is the first operand; begin with "this".`],
  ['`this` behind a parameter', withMethod({ operation: { by: 'flows', this: 'flows' } }), `${at}.classes.Thing.members.scale.operation: "this" stands before all parameters; write it first.`],
  ['like nothing', withMember({ like: 'matmul' }), `${at}.members.detach.like: nothing is known of "matmul" in @tensorflow/tfjs.`],
  ['like something of nobody', { libraries: [{ name: 'own', packages: ['own'], members: { product: { like: 'matMul' } } }] }, `${at}.members.product: "like" names a function of the library that is extended; write "extends" beside "members".`],
  ['an instance of nothing', withMember({ makes: 'Trainer' }), `${at}.members.detach.makes: "Trainer" is no class of this description; write one of "tensor", "variable".`],
  ['an unknown kind', { libraries: [{ ...wrapper, classes: { Thing: { kind: 'model' } } }] }, `${at}.classes.Thing.kind: "model" is not known here; write one of "tensor", "variable", "layer".`],
  ['an unknown base class', { libraries: [{ name: 'own', packages: ['own'], classes: { Thing: { extends: 'Other' } } }] }, `${at}.classes.Thing.extends: "Other" is no class that is known; write one of "Thing".`],
  ['an unknown base', { libraries: [{ ...wrapper, extends: '@tensorflow/tf' }] }, `${at}.extends: "@tensorflow/tf" is not known; write "@tensorflow/tfjs" or "eslint-plugin-tensor/autodiff", or leave it out for a library with tensors of its own.`],
  ['nothing described', { libraries: [{ name: 'acme' }] }, `${at}: nothing says what is described; write "packages" or "paths".`],
  ['what is built in', { libraries: [{ ...wrapper, packages: ['@tensorflow/tfjs-core'] }] }, `${at}.packages[0]: "@tensorflow/tfjs-core" needs no description, it is built in.`],
  ['two of one name', { libraries: [wrapper, wrapper] }, 'settings.tensor.libraries[1].name: another description is called "acme"; write another name, or put both into one.'],
  ['a global that is no text', { globals: { tf: true } }, 'settings.tensor.globals.tf: must be a text; it is true.'],
  ['globals that are no object', { globals: ['tf'] }, 'settings.tensor.globals: must be an object such as { tf: "@tensorflow/tfjs" }; it is a list.'],
  ['a global of nothing', { globals: { tf: 'tensorflow' } }, 'settings.tensor.globals.tf: "tensorflow" is not known; write "@tensorflow/tfjs" or "eslint-plugin-tensor/autodiff", or describe it in "libraries".'],
])('%s', (_, written, text) => {
  expect(problemsOf(written)).toEqual([text]);
});

it('tells all problems at once', () => {
  expect(problemsOf({ libraries: [{ ...wrapper, members: { a: { stop: 0 }, b: { reads: 'x' } } }], globals: 1 })).toHaveLength(3);
});

it('tells what names nothing beside what is malformed, and nothing twice', () => {
  const written = {
    libraries: [
      { name: 5, packages: ['@tensorflow/tfjs'], extends: '@tensorflow/tfjs', members: { a: { stop: 0 }, b: { like: 'matmul' }, c: { makes: 'Trainer' } } },
      { ...wrapper, extends: 7, members: { a: { like: 'matMul' }, b: { makes: 'Thing' } }, classes: { Thing: 'tensor', Other: { extends: 'Nothing' } } },
      null,
      { ...wrapper, paths: 'src', classes: { Thing: { kind: 'tensor', members: { a: { operation: { by: 'flows' } }, b: { reads: 'x' } } } } },
    ],
    globals: { tf: 'tensorflow', other: 1 },
  };
  expect(problemsOf(written)).toEqual([
    `${at}.name: must be a text without a colon; it is 5.`,
    `${at}.members.a: "stop" is no form; write one of "opens", "reads", "stops", "makes", "gives", "runs", "updates", "operation", "like".`,
    'settings.tensor.libraries[1].extends: must be a text; it is 7.',
    'settings.tensor.libraries[1].classes.Thing: must be an object with "kind", "extends" or "members"; it is "tensor".',
    'settings.tensor.libraries[2]: must be an object such as { name: "acme", packages: ["@acme/ml"], extends: "@tensorflow/tfjs", members: { … } }; it is null.',
    'settings.tensor.libraries[3].paths: must be a list of files, such as ["src/ml/**"]; it is "src".',
    'settings.tensor.libraries[3].classes.Thing.members.b.reads: must be the position of an argument, counted from 0, or "this"; it is "x".',
    'settings.tensor.globals.other: must be a text; it is 1.',
    `${at}.packages[0]: "@tensorflow/tfjs" needs no description, it is built in.`,
    `${at}.members.b.like: nothing is known of "matmul" in @tensorflow/tfjs.`,
    `${at}.members.c.makes: "Trainer" is no class of this description; write one of "tensor", "variable".`,
    'settings.tensor.libraries[3].name: another description is called "acme"; write another name, or put both into one.',
    'settings.tensor.libraries[3].classes.Thing.members.a.operation: the tensor itself is the first operand; begin with "this".',
    'settings.tensor.globals.tf: "tensorflow" is not known; write "@tensorflow/tfjs" or "eslint-plugin-tensor/autodiff", or describe it in "libraries".',
  ]);
});

describe('what is right', () => {
  it('is taken', () => {
    expect(problemsOf(undefined)).toEqual([]);
    expect(problemsOf({})).toEqual([]);
    expect(problemsOf({ libraries: [{ ...wrapper, members: { all: { like: '*' }, nn: { like: 'layers' }, dense: { like: 'layers.dense' }, adam: { like: 'train.adam' } } }], globals: { tf: '@tensorflow/tfjs-core', acme: '@acme/ml', again: 'acme' } })).toEqual([]);
  });

  it('gives the same libraries for the same text', () => {
    expect(librariesFor(withMember({ stops: 0 }), '/project')).toBe(librariesFor(withMember({ stops: 0 }), '/project'));
    expect(librariesFor(withMember({ stops: 0 }), '/project')).not.toBe(librariesFor(withMember({ reads: 0 }), '/project'));
    expect(librariesFor({}, '/project')).not.toBe(librariesFor(withMember({ stops: 0 }), '/project'));
  });
});
