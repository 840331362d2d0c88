/** The project's own core, recorded, in the place of TF.js: what `@tensorflow/tfjs` means to a program that runs on it. */
import * as core from '../../../src/autodiff/index.ts';
import { isMoving } from '../observation.ts';
import { type Recorder, fateIn } from './recorder.ts';
import { type Differentiators, recordOptimizer, recorded } from './scopes.ts';

/** A program has used what the core does not have. */
class Lacking extends Error {}

/** The exports of TF.js, from the core; what it lacks says so when it is used. */
export function recordCore(recorder: Recorder, names: readonly string[], methods: readonly string[]): Readonly<Record<string, unknown>> {
  const lack = (what: string): never => {
    recorder.lacks(what);
    throw new Lacking(`The core has no ${what}.`);
  };
  core.observeGradients((differentiation) => { observe(differentiation, recorder); });
  recordTapes(recorder);
  recordOptimizer(core.Optimizer.prototype, recorder);
  for (const name of methods) {
    if (!(name in core.Tensor.prototype)) Object.defineProperty(core.Tensor.prototype, name, { get: () => lack(`tensor.${name}`) });
  }
  recordVariables(recorder);
  const missing = names.filter((name) => !(name in core)).map((name) => [name, absent(name, lack)]);
  return { ...(Object.fromEntries(missing) as object), ...core, ...variables(recorder), ...recorded(core as unknown as Differentiators, recorder), ...partial(lack), ...surroundings };
}

/** TF.js does not tell of listed variables that are not trainable. */
function observe({ api, sources, gradients, target, tape }: core.Differentiation, recorder: Recorder): void {
  const asked = sources.flatMap((source, index) => (api === 'variableGrads' && source instanceof core.Variable && !source.trainable ? [] : { source, gradient: gradients[index] ?? undefined }));
  recorder.gradients(asked.map(({ source }) => source), (index) => {
    const { source, gradient } = asked[index]!;
    const fate = fateIn(gradient?.dataSync());
    if (isMoving(fate.gradient)) return fate;
    const explanation = tape.explain(target, source);
    const causes = explanation.verdict === 'connected' ? [] : [...new Set(explanation.breaks.map(({ cause }) => cause))];
    return causes.length > 0 && causes.every((cause) => cause === 'never-reached') ? { gradient: 'unused', causes } : { ...fate, causes };
  });
}

/** Tapes that the program works with itself; those of `grad` and the like are seen with them. */
function recordTapes(recorder: Recorder): void {
  const tapes = core.GradientTape.prototype as { gradient: Gradient; record: Recording };
  const { gradient, record } = tapes;
  // What is thrown while a tape records.
  tapes.record = function (body) {
    return recorder.isCalledByProgram() ? recorder.scope('record', () => record.call(this, body)) : record.call(this, body);
  };
  tapes.gradient = function (target, sources, ...rest) {
    if (!recorder.isCalledByProgram()) return gradient.call(this, target, sources, ...rest);
    return recorder.scope('gradient', () => {
      const list = [sources].flat();
      recorder.gradients(list);
      const result = gradient.call(this, target, sources, ...rest);
      observe({ api: 'gradient', tape: this, target, sources: list, gradients: [result].flat() }, recorder);
      return result;
    });
  };
}

type Recording = (this: core.GradientTape, body: () => unknown) => unknown;
type Gradient = (this: core.GradientTape, target: core.Tensor, sources: core.Tensor | readonly core.Tensor[], ...rest: unknown[]) => core.Tensor | null | (core.Tensor | null)[];

function variables(recorder: Recorder): object {
  return {
    variable: (...args: Parameters<typeof core.variable>) => {
      const made = core.variable(...args);
      recorder.made(made);
      return made;
    },
  };
}

function recordVariables(recorder: Recorder): void {
  const { variable } = core.Tensor.prototype;
  Object.defineProperty(core.Tensor.prototype, 'variable', {
    value(this: core.Tensor, ...args: Parameters<typeof variable>) {
      const made = variable.apply(this, args);
      recorder.made(made);
      return made;
    },
  });
}

/** What has nothing to do with gradients. */
const surroundings = {
  nextFrame: () => new Promise((resolve) => { setImmediate(resolve); }),
  ready: () => Promise.resolve(),
  setBackend: () => Promise.resolve(true),
};

/** Namespaces of which the core has a part. */
function partial(lack: (what: string) => never): object {
  const part = (name: string, of: object): object => new Proxy(of, { get: (target, key) => (key in target ? (Reflect.get(target, key) as unknown) : lack(`${name}.${String(key)}`)) });
  return { train: part('train', core.train), losses: part('losses', core.losses) };
}

/** Stands for an export: may be imported and handed on, not used. */
function absent(name: string, lack: (what: string) => never): unknown {
  return new Proxy(function () { /* never called */ }, { apply: () => lack(name), construct: () => lack(name), get: (_, key) => lack(`${name}.${String(key)}`) });
}
