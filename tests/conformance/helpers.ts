/**
 * What tests call to assert, in words of our own. The suite's helpers throw where an assertion fails; these note it, so
 * that one variable says at the end whether all held, and the interpreter's belief about it can be seen.
 */

/** The members of `assert` that are functions of their own in a script. */
const members = ['sameValue', 'notSameValue', 'throws', 'throwsAsync', 'compareArray', 'deepEqual', 'compareIterator', '_isSameValue', '_toString'];

/** Files of the suite that the helpers below stand for; every other include is taken as it is. */
export const replaced: ReadonlySet<string> = new Set(['assert.js', 'sta.js', 'compareArray.js', 'propertyHelper.js', 'asyncHelpers.js', 'doneprintHandle.js']);

/** Which helper asserts something, in a text whose members of `assert` have been renamed. */
export const asserting = /\b(?:assert|assert[A-Z]\w*|verify[A-Z]\w*|testFailed|\$DONE|\$DONOTEVALUATE|asyncTest)\(|\$DONE\b/u;

const isMember = new RegExp(`\\bassert\\.(${members.join('|')})\\b`, 'gu');

/** `assert.sameValue` is `assertSameValue`: plain functions are followed furthest, and it is not them that are tried. */
export function renameMembers(code: string): string {
  return code.replaceAll(isMember, (_, name: string) => `assert${name.charAt(0).toUpperCase()}${name.slice(1)}`);
}

/** The helpers that a text needs, and those that they need, in the order below. */
export function helpersFor(code: string): string {
  const needed = new Set<string>();
  const visit = (text: string): void => {
    for (const [name, helper] of Object.entries(helpers)) {
      if (needed.has(name) || !mentions(text, name)) continue;
      needed.add(name);
      visit(helper);
    }
  };
  visit(code);
  return Object.entries(helpers).flatMap(([name, helper]) => (needed.has(name) ? [helper] : [])).join('\n');
}

function mentions(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    if (!/[\w$]/u.test(text.charAt(at - 1)) && !/[\w$]/u.test(text.charAt(at + name.length))) return true;
  }
  return false;
}

const helpers: Readonly<Record<string, string>> = {
  Test262Error: `class Test262Error {
  constructor(message) { this.message = message ?? ''; }
  static thrower(message) { throw new Test262Error(message); }
}`,
  testFailed: 'function testFailed() { held = false; }',
  $DONOTEVALUATE: 'function $DONOTEVALUATE() { held = false; }',
  isSameValue: 'function isSameValue(a, b) { return a === b ? a !== 0 || 1 / a === 1 / b : a !== a && b !== b; }',
  assert_isSameValue: 'const assert_isSameValue = isSameValue;',
  assert_toString: 'const assert_toString = String;',
  assert: 'function assert(value) { if (value !== true) held = false; }',
  assertSameValue: 'function assertSameValue(actual, expected) { if (!isSameValue(actual, expected)) held = false; }',
  assertNotSameValue: 'function assertNotSameValue(actual, unexpected) { if (isSameValue(actual, unexpected)) held = false; }',
  assertThrows: `function assertThrows(constructor, body) {
  let thrown = false;
  try { body(); } catch (error) {
    thrown = true;
    if (typeof error !== 'object' || error.constructor !== constructor) held = false;
  }
  if (!thrown) held = false;
}`,
  assertThrowsAsync: `async function assertThrowsAsync(constructor, body) {
  let thrown = false;
  const result = body();
  try { await result; } catch (error) {
    thrown = true;
    if (typeof error !== 'object' || error.constructor !== constructor) held = false;
  }
  if (!thrown) held = false;
}`,
  assertCompareArray: 'function assertCompareArray(actual, expected) { if (!compareArray(actual, expected)) held = false; }',
  compareArray: `function compareArray(a, b) {
  if (a.length !== b.length) return false;
  for (let k = 0; k < a.length; k++) if (!isSameValue(a[k], b[k])) return false;
  return true;
}`,
  asyncTest: 'function asyncTest(body) { body().then(() => $DONE(), () => $DONE(true)); }',
  $DONE: 'function $DONE(error) { if (error) held = false; finish(); }',
  verifyPrimordialCallableProperty: 'const verifyPrimordialCallableProperty = verifyCallableProperty;',
  verifyPrimordialProperty: 'const verifyPrimordialProperty = verifyProperty;',
  verifyCallableProperty: `function verifyCallableProperty(object, name, functionName, length, expected) {
  const value = object[name];
  assertSameValue(typeof value, 'function');
  verifyProperty(object, name, { value, ...(expected ?? { writable: true, enumerable: false, configurable: true }) });
  const fallback = typeof name === 'symbol' ? \`[\${name.description}]\` : name;
  verifyProperty(value, 'name', { value: functionName ?? fallback, writable: false, enumerable: false, configurable: true });
  verifyProperty(value, 'length', { value: length, writable: false, enumerable: false, configurable: true });
}`,
  // Like the suite's, it writes and deletes to see whether that is possible.
  verifyProperty: `function verifyProperty(object, name, expected, options) {
  const actual = Object.getOwnPropertyDescriptor(object, name);
  if (expected === undefined || actual === undefined) { assertSameValue(actual, expected); return true; }
  if ('value' in expected) { assertSameValue(actual.value, expected.value); assertSameValue(object[name], expected.value); }
  if (expected.enumerable !== undefined) { assertSameValue(actual.enumerable, expected.enumerable); assertSameValue(isEnumerable(object, name), expected.enumerable); }
  if (expected.writable !== undefined) { assertSameValue(actual.writable, expected.writable); assertSameValue(isWritable(object, name), expected.writable); }
  if (expected.configurable !== undefined) { assertSameValue(actual.configurable, expected.configurable); assertSameValue(isConfigurable(object, name), expected.configurable); }
  if (options?.restore) Object.defineProperty(object, name, actual);
  return true;
}`,
  verifyEqualTo: 'function verifyEqualTo(object, name, value) { assertSameValue(object[name], value); }',
  verifyWritable: 'function verifyWritable(object, name) { assert(isWritable(object, name)); }',
  verifyNotWritable: 'function verifyNotWritable(object, name) { assert(!isWritable(object, name)); }',
  verifyEnumerable: 'function verifyEnumerable(object, name) { assert(isEnumerable(object, name)); }',
  verifyNotEnumerable: 'function verifyNotEnumerable(object, name) { assert(!isEnumerable(object, name)); }',
  verifyConfigurable: 'function verifyConfigurable(object, name) { assert(isConfigurable(object, name)); }',
  verifyNotConfigurable: 'function verifyNotConfigurable(object, name) { assert(!isConfigurable(object, name)); }',
  isEnumerable: `function isEnumerable(object, name) {
  let listed = typeof name === 'symbol';
  for (const key in object) if (key === String(name)) listed = true;
  return listed && Object.prototype.propertyIsEnumerable.call(object, name);
}`,
  isWritable: `function isWritable(object, name) {
  const before = object[name];
  const had = Object.hasOwn(object, name);
  const other = Array.isArray(object) && name === 'length' ? 4294967295 : 'another value';
  try { object[name] = other; } catch (error) { if (!(error instanceof TypeError)) held = false; }
  const written = isSameValue(object[name], other);
  if (written) { if (had) object[name] = before; else delete object[name]; }
  return written;
}`,
  isConfigurable: `function isConfigurable(object, name) {
  try { delete object[name]; } catch (error) { if (!(error instanceof TypeError)) held = false; }
  return !Object.hasOwn(object, name);
}`,
};
