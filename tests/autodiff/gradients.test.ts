import { beforeAll, describe, expect, it } from 'vitest';
import type { Api } from './catalogue/case.ts';
import { scenarios } from './scenarios.ts';
import { core, outcome, realTensorFlow } from './tfjs.ts';

let tf: Api;
beforeAll(async () => {
  tf = await realTensorFlow();
});

/** Errors agree when ours begins with TF.js's words. */
const words = (message: string): string => message.replaceAll(/\s+/g, ' ').trim().replace(/[.:]+$/, '');

describe('the same program on the core and on TF.js', () => {
  it.each(Object.keys(scenarios))('%s', (name) => {
    const [ours, theirs] = [outcome(core, scenarios[name]!), outcome(tf, scenarios[name]!)] as [{ throws?: string } | undefined, { throws?: string } | undefined];
    if (theirs?.throws !== undefined) {
      expect(ours?.throws, `TF.js throws: ${theirs.throws}`).toBeTypeOf('string');
      expect(words(ours!.throws!).slice(0, 40)).toContain(words(theirs.throws).slice(0, 40));
    } else {
      expect(ours).toEqual(theirs);
    }
  });
});

describe('async functions', () => {
  it.each(['grad', 'valueAndGrad'] as const)('%s', (api) => {
    const f = ((x: core.Tensor) => Promise.resolve(x.square())) as never;
    expect(() => core[api](f)(core.scalar(1))).toThrow(expect.objectContaining({ code: 'async' }));
  });

  it('minimize', () => {
    const w = core.variable(core.scalar(1));
    const f = (() => Promise.resolve(w.square())) as never;
    expect(() => core.train.sgd(0.1).minimize(f, false, [w])).toThrow(expect.objectContaining({ code: 'async' }));
    w.dispose();
  });
});

describe('observeGradients', () => {
  it('tells of each differentiation, with a tape that explains', () => {
    const seen: core.Differentiation[] = [];
    const end = core.observeGradients((differentiation) => seen.push(differentiation));
    const [w, b, f] = [core.variable(core.scalar(2), true, 'w'), core.variable(core.scalar(1), true, 'b'), core.variable(core.scalar(1), false, 'f')];
    core.train.sgd(0.1).minimize(() => w.mul(f).add(core.scalar(b.dataSync()[0]!)), false, [w, b, f]);
    end();
    core.grad((x) => x.square())(1);
    expect(seen).toHaveLength(1);
    const [{ api, tape, target, sources, gradients }] = seen as [core.Differentiation];
    expect(api).toBe('variableGrads');
    expect(sources).toEqual([w, b, f]);
    expect(gradients.map((gradient) => gradient !== null)).toEqual([true, false, false]);
    expect(sources.map((source) => tape.explain(target, source)).map((each) => (each.verdict === 'connected' ? 'connected' : each.breaks[0]!.cause))).toEqual(['connected', 'host-read', 'not-trainable']);
    core.disposeVariables();
  });

  it('names lines if asked', () => {
    const lines: (string | null)[] = [];
    const observe = (options: core.ObservationOptions): void => {
      const end = core.observeGradients(({ tape, target, sources }) => {
        const explanation = tape.explain(target, sources[0]!);
        if (explanation.verdict === 'zero') lines.push(explanation.breaks[0]!.location);
      }, options);
      core.grad((x) => x.floor())(1.5);
      end();
    };
    observe({});
    observe({ locations: true });
    expect(lines).toEqual([null, expect.stringMatching(/gradients\.test\.ts:\d+:\d+$/)]);
  });
});
