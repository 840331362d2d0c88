/** What a value in a configuration must be. A check tells each problem with the path to it. */

export interface Problem {
  readonly path: string;
  /** What is wrong, and what to write. */
  readonly text: string;
}

export type Check = (value: unknown, path: string) => readonly Problem[];

/** `a.b`, `a['b.c']`, `a[0]`. */
export function step(path: string, key: string | number): string {
  if (typeof key === 'number') return `${path}[${String(key)}]`;
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? `${path}.${key}` : `${path}['${key}']`;
}

export function quotedList(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(', ');
}

/** `wanted` completes the sentence "must be …". */
export function must(holds: (value: unknown) => boolean, wanted: string): Check {
  return (value, path) => (holds(value) ? [] : [{ path, text: `must be ${wanted}; it is ${shown(value)}` }]);
}

export function oneOf(...words: readonly string[]): Check {
  return (value, path) => (words.some((word) => word === value) ? [] : [{ path, text: `${shown(value)} is not known here; write one of ${quotedList(words)}` }]);
}

export function either(...checks: readonly Check[]): Check {
  return (value, path) => {
    const problems = checks.map((check) => check(value, path));
    return problems.some((found) => found.length === 0) ? [] : problems[0] ?? [];
  };
}

export function listOf(check: Check, wanted: string): Check {
  return (value, path) => (Array.isArray(value) ? value.flatMap((item: unknown, index) => check(item, step(path, index))) : must(() => false, wanted)(value, path));
}

export function recordOf(check: Check, wanted: string): Check {
  return (value, path) => (isRecord(value) ? Object.entries(value).flatMap(([key, item]) => check(item, step(path, key))) : must(() => false, wanted)(value, path));
}

export interface Shape {
  readonly required?: Readonly<Record<string, Check>>;
  readonly optional?: Readonly<Record<string, Check>>;
}

export function object({ required = {}, optional = {} }: Shape, wanted: string): Check {
  const known: Readonly<Record<string, Check>> = { ...required, ...optional };
  return (value, path) => {
    if (!isRecord(value)) return must(() => false, wanted)(value, path);
    const missing = Object.keys(required).filter((key) => value[key] === undefined).map((key) => ({ path, text: `"${key}" is missing` }));
    const found = Object.entries(value).flatMap(([key, item]) => {
      const check = Object.hasOwn(known, key) ? known[key] : undefined;
      if (check === undefined) return [{ path, text: `"${key}" is not known here; write one of ${quotedList(Object.keys(known))}` }];
      return item === undefined ? [] : check(item, step(path, key));
    });
    return [...missing, ...found];
  };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `"${value}"`;
  if (Array.isArray(value)) return 'a list';
  if (value === null || typeof value !== 'object') return typeof value === 'function' ? 'a function' : String(value);
  return 'an object';
}
