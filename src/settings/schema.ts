/** The form of `settings.tensor`: settings.ts says it to the compiler, this to everybody else. */
import { type Check, type Shape, either, isRecord, listOf, must, object, oneOf, quotedList, recordOf } from './checks.ts';

const text: Check = must((value) => typeof value === 'string' && value !== '', 'a text');
const position: Check = must((value) => Number.isInteger(value) && (value as number) >= 0, 'the position of an argument, counted from 0');
const place: Check = either(must((value) => value === 'this' || (Number.isInteger(value) && (value as number) >= 0), 'the position of an argument, counted from 0, or "this"'));
const derivatives: Check = recordOf(oneOf('flows', 'zero', 'none'), 'an object with what comes of the gradient of each parameter, such as { x: "flows", amount: "zero" }');
const operationResult: Check = either(oneOf('tensor', 'tensors'), listOf(text, 'a list of names'));

const opens = oneOf('variables', 'argument', 'arguments');
const scopes = {
  variables: object({ required: { opens }, optional: { callback: position, list: position, result: oneOf('value', 'value-and-grads') } }, 'an object'),
  arguments: object({ required: { opens }, optional: { result: oneOf('gradients', 'value-and-gradients') } }, 'an object'),
};

/** The forms of a function, by the key that tells them apart. `at` is how it names an argument. */
function formsWith(at: Check): Readonly<Record<string, Check>> {
  const form = (shape: Shape): Check => object(shape, 'an object');
  return {
    opens: (value, path) => (isRecord(value) && value.opens === 'variables' ? scopes.variables : scopes.arguments)(value, path),
    reads: form({ required: { reads: at }, optional: { result: oneOf('values', 'promise') } }),
    stops: form({ required: { stops: at } }),
    makes: form({ required: { makes: text }, optional: { from: position, trainable: position } }),
    gives: form({ required: { gives: either(at, oneOf('plain', 'nothing')) } }),
    runs: form({ required: { runs: position } }),
    updates: form({ required: { updates: at } }),
    operation: form({ required: { operation: derivatives }, optional: { result: operationResult } }),
  };
}

const functionForms = { ...formsWith(position), like: object({ required: { like: text } }, 'an object') };
const methodForms = formsWith(place);

function oneForm(forms: Readonly<Record<string, Check>>): Check {
  const heads = Object.keys(forms);
  const wanted = `an object that says what it does, with one of ${quotedList(heads)}`;
  return (value, path) => {
    if (!isRecord(value)) return must(() => false, wanted)(value, path);
    const [head, second] = heads.filter((key) => value[key] !== undefined);
    const check = head === undefined ? undefined : forms[head];
    if (check === undefined) return [{ path, text: `${missingForm(value)}; write one of ${quotedList(heads)}` }];
    if (second !== undefined) return [{ path, text: `has both "${head ?? ''}" and "${second}"; write one of them` }];
    return check(value, path);
  };
}

function missingForm(value: Readonly<Record<string, unknown>>): string {
  const [key] = Object.keys(value);
  return key === undefined ? 'says nothing' : `"${key}" is no form`;
}

const classDescription: Check = object({
  optional: { kind: oneOf('tensor', 'variable', 'layer'), extends: text, members: recordOf(oneForm(methodForms), 'an object with a form for each method') },
}, 'an object with "kind", "extends" or "members"');

const library: Check = object({
  required: { name: must((value) => typeof value === 'string' && /^[^:]+$/.test(value), 'a text without a colon') },
  optional: {
    packages: listOf(text, 'a list of package names, such as ["@acme/ml"]'),
    paths: listOf(text, 'a list of files, such as ["src/ml/**"]'),
    extends: text,
    members: recordOf(oneForm(functionForms), 'an object with a form for each function'),
    classes: recordOf(classDescription, 'an object with a description for each class'),
  },
}, 'an object such as { name: "acme", packages: ["@acme/ml"], extends: "@tensorflow/tfjs", members: { … } }');

export const settingsCheck: Check = object({
  optional: {
    libraries: listOf(library, 'a list of descriptions'),
    globals: recordOf(text, 'an object such as { tf: "@tensorflow/tfjs" }'),
  },
}, 'an object with "libraries" or "globals"');
