import type { Api, Tensor } from './catalogue/case.ts';

const V = (tf: Api, values: number[] = [1, 2, 3]): Tensor => tf.tensor1d(values);

/** A variable that another scenario cannot have named. */
const named = (grads: Record<string, Tensor>, variables: Record<string, { name: string }>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(variables).map(([key, { name }]) => [key, name in grads ? grads[name] : 'absent']));

/** Programs whose numbers, or errors, are the same on the core and on TF.js. */
export const scenarios: Readonly<Record<string, (tf: Api) => unknown>> = {
  'grad of a vector function sums it': (tf) => tf.grad((x) => x.square())(V(tf)),
  'grad with dy': (tf) => tf.grad((x) => x.square())(V(tf), V(tf, [1, 10, 100])),
  'grad of numbers': (tf) => tf.grad((x) => x.square())(3),
  'grad in an int32 argument': (tf) => tf.grad((x) => x.square().sum())(tf.tensor1d([1, 2, 3], 'int32')),
  'grad in a bool argument': (tf) => tf.grad((x) => x.cast('float32').mul(2).sum())(tf.tensor1d([true, false], 'bool')),
  'grads': (tf) => tf.grads((a, b) => a.mul(b).sum())([V(tf), V(tf, [4, 5, 6])]),
  'grads of the same tensor twice': (tf) => { const x = V(tf); return tf.grads((a, b) => a.mul(b).sum())([x, x]); },
  'valueAndGrad': (tf) => tf.valueAndGrad((x) => x.square().sum())(V(tf)),
  'valueAndGrads': (tf) => tf.valueAndGrads((a, b) => a.div(b).sum())([V(tf), V(tf, [4, 5, 6])]),
  'grads with an unused argument': (tf) => tf.grads((a, _b) => a.square())([V(tf), V(tf)]),
  'grads of an array that is none': (tf) => tf.grads((a) => a.square())(V(tf) as never),
  'grad of another tensor': (tf) => { const outer = V(tf); return tf.grad(() => outer.square().sum())(V(tf)); },
  'grad of the captured tensor itself': (tf) => { const outer = V(tf); return tf.grad(() => outer.square().sum())(outer); },
  'grad of no function': (tf) => tf.grad(V(tf) as never),
  'grad of a function that returns a number': (tf) => tf.grad((() => 3) as never)(V(tf)),
  'grad of a function that returns nothing': (tf) => tf.grad((() => undefined) as never)(V(tf)),
  'grad of a function that returns an array': (tf) => tf.grad(((x: Tensor) => [x.square()]) as never)(V(tf)),
  'nested grad': (tf) => tf.grad(tf.grad((x) => x.pow(3).sum()))(V(tf)),
  'third derivative': (tf) => tf.grad(tf.grad(tf.grad((x) => x.pow(4).sum())))(V(tf)),
  'nested grad through relu': (tf) => tf.grad(tf.grad((x) => x.relu().square().sum()))(V(tf)),
  'gradient penalty': (tf) => {
    const w = tf.variable(V(tf));
    const { value, grads } = tf.variableGrads(() => tf.grad((x) => x.mul(w).square().sum())(tf.ones([3])).square().sum(), [w]);
    return { value, ...named(grads, { w }) };
  },
  'an inner gradient read to the host': (tf) => {
    const w = tf.variable(V(tf));
    return tf.variableGrads(() => tf.tensor(tf.grad((x) => x.mul(w).square().sum())(tf.ones([3])).dataSync()).square().sum(), [w]);
  },

  'variableGrads': (tf) => { const w = tf.variable(V(tf)); const { value, grads } = tf.variableGrads(() => w.square().mean(), [w]); return { value, ...named(grads, { w }) }; },
  'variableGrads of all variables': (tf) => {
    const [w, f] = [tf.variable(V(tf)), tf.variable(V(tf), false)];
    return named(tf.variableGrads(() => w.mul(f).sum()).grads, { w, f });
  },
  'variableGrads with an unused variable': (tf) => {
    const [w, u] = [tf.variable(V(tf)), tf.variable(V(tf))];
    return named(tf.variableGrads(() => w.square().sum(), [w, u]).grads, { w, u });
  },
  'variableGrads with a listed variable that is not trainable': (tf) => {
    const [w, f] = [tf.variable(V(tf)), tf.variable(V(tf), false)];
    return named(tf.variableGrads(() => w.mul(f).sum(), [w, f]).grads, { w, f });
  },
  'variableGrads of the variable itself': (tf) => { const w = tf.variable(tf.scalar(2)); return named(tf.variableGrads(() => w, [w]).grads, { w }); },
  'variableGrads of an int32 variable': (tf) => { const w = tf.variable(tf.tensor1d([1, 2], 'int32')); return named(tf.variableGrads(() => w.cast('float32').square().sum(), [w]).grads, { w }); },
  'variableGrads without a connection': (tf) => { const w = tf.variable(V(tf)); return tf.variableGrads(() => tf.scalar(2).square(), [w]); },
  'variableGrads of a vector': (tf) => { const w = tf.variable(V(tf)); return tf.variableGrads(() => w.square(), [w]); },
  'variableGrads of a number': (tf) => { const w = tf.variable(V(tf)); return tf.variableGrads((() => 3) as never, [w]); },
  'variableGrads with nothing trainable': (tf) => { const w = tf.variable(V(tf), false); return tf.variableGrads(() => w.square().sum(), [w]); },
  'variableGrads with an empty list': (tf) => tf.variableGrads(() => tf.scalar(1), []),
  'variableGrads with a tensor in the list': (tf) => { const w = V(tf); return tf.variableGrads(() => w.square().sum(), [w as never]); },
  'a loss computed outside': (tf) => { const w = tf.variable(V(tf)); const loss = w.square().sum(); return tf.variableGrads(() => loss, [w]); },
  'a part computed outside': (tf) => { const w = tf.variable(V(tf)); const part = w.square(); return named(tf.variableGrads(() => w.mul(part).sum(), [w]).grads, { w }); },

  'clone keeps the gradient': (tf) => tf.grad((x) => x.mul(x.clone()).sum())(V(tf)),
  'variable of a tensor cuts it': (tf) => tf.grad((x) => x.mul(tf.variable(x)).sum())(V(tf)),
  'variable of a tensor on the only path': (tf) => tf.grad((x) => tf.variable(x).square().sum())(V(tf)),
  'assign in a scope': (tf) => {
    const [v, w] = [tf.variable(V(tf)), tf.variable(V(tf))];
    const { value, grads } = tf.variableGrads(() => { v.assign(w.mul(2)); return v.square().sum(); }, [v, w]);
    return { value, ...named(grads, { v, w }) };
  },
  'assign to itself': (tf) => { const w = tf.variable(V(tf)); return named(tf.variableGrads(() => { w.assign(w.mul(2)); return w.square().sum(); }, [w]).grads, { w }); },
  'assign after use': (tf) => { const w = tf.variable(V(tf)); return named(tf.variableGrads(() => { const y = w.square().sum(); w.assign(tf.zeros([3])); return y; }, [w]).grads, { w }); },
  'assign of another shape': (tf) => { tf.variable(V(tf)).assign(tf.zeros([2])); },
  'assign of another dtype': (tf) => { tf.variable(V(tf)).assign(tf.zeros([3], 'int32')); },
  'assign in a grad': (tf) => { const v = tf.variable(V(tf)); return tf.grad((x) => { v.assign(x.mul(2)); return v.square().sum(); })(V(tf)); },
  'a read in the middle': (tf) => tf.grad((x) => tf.tensor(x.square().dataSync()).sum())(V(tf)),
  'a read of one path': (tf) => tf.grad((x) => x.mul(tf.tensor(x.dataSync())).sum())(V(tf)),
  'a read of numbers': (tf) => tf.grad((x) => x.mul(x.dataSync()[1]!).sum())(V(tf)),
  'rounding': (tf) => tf.grad((x) => x.round().sum())(V(tf, [1.2, 2.7])),
  'argMax': (tf) => tf.grad((x) => x.argMax().cast('float32'))(V(tf)),
  'where of a constant condition': (tf) => tf.grads((a, b) => tf.where(tf.tensor1d([true, true, true], 'bool'), a, b).sum())([V(tf), V(tf)]),
  'step as a mask': (tf) => tf.grad((x) => x.mul(x.step()).sum())(V(tf, [-1, 2])),
  'dead relu': (tf) => tf.grad((x) => x.neg().relu().sum())(V(tf)),
  'x - x': (tf) => tf.grad((x) => x.sub(x).sum())(V(tf)),

  'tidy in a scope': (tf) => tf.grad((x) => tf.tidy(() => x.square().mul(3).sum()))(V(tf)),
  'a scope in tidy': (tf) => tf.tidy(() => tf.grad((x) => x.square().sum())(V(tf))),
  'what tidy does not return is disposed': (tf) => { let g!: Tensor; tf.tidy(() => { g = tf.grad((x) => x.square().sum())(V(tf)); }); return g.dataSync(); },
  'keep': (tf) => { let kept!: Tensor; tf.tidy(() => { kept = tf.keep(V(tf).square()); }); return kept; },
  'tidy returns a container': (tf) => tf.tidy(() => ({ a: V(tf), b: [V(tf).neg()] })),
  'an intermediate disposed before backpropagation': (tf) => tf.grad((x) => { const y = x.square(); const z = y.mul(y).sum(); y.dispose(); return z; })(V(tf)),
  'the argument disposed before backpropagation': (tf) => tf.grad((x) => { const y = x.square().sum(); x.dispose(); return y; })(V(tf)),
  'a variable disposed before backpropagation': (tf) => { const w = tf.variable(V(tf)); return named(tf.variableGrads(() => { const y = w.square().sum(); w.dispose(); return y; }, [w]).grads, { w }); },
  'use after disposal': (tf) => tf.grad((x) => { const y = x.square(); y.dispose(); return y.sum(); })(V(tf)),
  'a tensor of an earlier scope': (tf) => {
    const w = tf.variable(V(tf));
    let cache: Tensor | undefined;
    const f = (): Tensor => (cache ??= tf.keep(w.square())).sum();
    const first = named(tf.variableGrads(f, [w]).grads, { w });
    try { return [first, tf.variableGrads(f, [w])]; } catch (error) { return [first, (error as Error).message.split('\n')[0]]; }
  },

  'customGrad': (tf) => tf.grad((x) => tf.customGrad((t: Tensor, save: (saved: Tensor[]) => void) => { save([t]); return { value: t.square(), gradFunc: (dy, saved) => dy.mul(saved[0]!.abs()) }; })(x).sum())(V(tf, [-1, 2, 3])),
  'customGrad of two arguments': (tf) => tf.grads((a, b) => tf.customGrad((s: Tensor, t: Tensor) => ({ value: s.mul(t), gradFunc: (dy) => [dy.mul(10), dy.mul(20)] }))(a, b).sum())([V(tf), V(tf)]),
  'customGrad that reverses': (tf) => tf.grad((x) => tf.customGrad((t: Tensor) => ({ value: t.mul(1), gradFunc: (dy) => dy.neg() }))(x).square().sum())(V(tf)),
  'customGrad that stops': (tf) => tf.grad((x) => tf.customGrad((t: Tensor) => ({ value: t.mul(1), gradFunc: (dy) => tf.zerosLike(dy) }))(x).square().sum())(V(tf)),
  'customGrad with too few gradients': (tf) => tf.grads((a, b) => tf.customGrad((s: Tensor, t: Tensor) => ({ value: s.mul(t), gradFunc: (dy) => [dy] }))(a, b).sum())([V(tf), V(tf)]),
  'customGrad of no tensor': (tf) => tf.grad((x) => tf.customGrad(((t: Tensor) => ({ value: t.mul(1), gradFunc: () => 1 })) as never)(x).sum())(V(tf)),
  'customGrad differentiated twice': (tf) => tf.grad(tf.grad((x) => tf.customGrad((t: Tensor, save: (saved: Tensor[]) => void) => { save([t]); return { value: t.pow(3), gradFunc: (dy, [s]) => dy.mul(s!.square().mul(3)) }; })(x).sum()))(V(tf)),
  'customGrad over a variable': (tf) => { const w = tf.variable(V(tf)); return tf.variableGrads(() => tf.customGrad((t: Tensor) => ({ value: t.mul(w), gradFunc: (dy) => dy }))(V(tf)).sum(), [w]); },
};
