/** The ways in which code is put together: one break, or one call, in each of them. */

/** The files of a program; the first is the one that must be reported. */
export type Files = Readonly<Record<string, string>>;

/** Marks the line of the report. */
export const mark = '// <';

export interface Structure {
  /** `prelude` are declarations of the break's own; the break is an expression of the tensor `h`. */
  readonly files: (prelude: string, broken: string) => Files;
  /** The break is met several times over. */
  readonly loop?: true;
}

const head = "import * as tf from '@tensorflow/tfjs';\n";
const data = `const data = tf.tensor1d([1, 2, 3]);
`;
const weight = `const w = tf.variable(tf.tensor1d([0.5, -0.5, 2]));
`;
const several = `const weights = [tf.variable(tf.tensor1d([0.5, -0.5, 2])), tf.variable(tf.tensor1d([1, -1, 1]))];
`;
const optimizer = `const optimizer = tf.train.sgd(0.1);
`;

const one = (body: (broken: string) => string): Structure => ({ files: (prelude, broken) => ({ 'main.ts': head + data + weight + prelude + optimizer + body(broken) }) });
const many = (body: (broken: string) => string): Structure => ({ files: (prelude, broken) => ({ 'main.ts': head + data + several + prelude + optimizer + body(broken) }), loop: true });

/** A layer of the program's own that does to its input what is wrong. */
const ownLayer = (broken: string): string => `class Transformed extends tf.layers.Layer {
  static className = 'Transformed';
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const h = (Array.isArray(inputs) ? inputs[0]! : inputs).reshape([3]);
    const y = ${broken}; ${mark}
    return y.square().mean().reshape([1, 1]);
  }
}
`;

const inRounds = (body: (broken: string) => string): Structure => ({ ...one(body), loop: true });

export const structures: Readonly<Record<string, Structure>> = {
  'inline callback': one((broken) => `optimizer.minimize(() => {
  const h = data.mul(w);
  const y = ${broken}; ${mark}
  return y.square().mean();
});
`),
  'named function': one((broken) => `const objective = function (): tf.Scalar {
  const h = data.mul(w);
  const y = ${broken}; ${mark}
  return y.square().mean();
};
optimizer.minimize(objective);
`),
  'hoisted helper': one((broken) => `optimizer.minimize(() => transformed(data.mul(w)).square().mean());
function transformed(h: tf.Tensor): tf.Tensor {
  return ${broken}; ${mark}
}
`),
  'arrow helper in another function': one((broken) => `function train() {
  const transformed = (h: tf.Tensor): tf.Tensor => ${broken}; ${mark}
  const objective = () => transformed(data.mul(w)).square().mean();
  optimizer.minimize(objective);
}
train();
`),
  'class method': one((broken) => `class Model {
  readonly kernel = w;
  transformed(h: tf.Tensor): tf.Tensor {
    return ${broken}; ${mark}
  }
  loss(): tf.Scalar {
    return this.transformed(data.mul(this.kernel)).square().mean();
  }
}
const model = new Model();
optimizer.minimize(() => model.loss());
`),
  'class that nothing makes': one((broken) => `export class Trainer {
  private readonly kernel = tf.variable(tf.tensor1d([1, 2, 3]));
  private readonly optimizer = tf.train.sgd(0.1);
  step(): void {
    this.optimizer.minimize(() => this.transformed(data.mul(this.kernel)).square().mean());
  }
  private transformed(h: tf.Tensor): tf.Tensor {
    return ${broken}; ${mark}
  }
}
`),
  'inherited method': one((broken) => `class Base {
  transformed(h: tf.Tensor): tf.Tensor {
    return ${broken}; ${mark}
  }
}
class Model extends Base {
  loss(): tf.Scalar {
    return this.transformed(data.mul(w)).square().mean();
  }
}
optimizer.minimize(() => new Model().loss());
`),
  'overriding method': one((broken) => `class Base {
  transformed(h: tf.Tensor): tf.Tensor {
    return h;
  }
  loss(): tf.Scalar {
    return this.transformed(data.mul(w)).square().mean();
  }
}
class Model extends Base {
  override transformed(h: tf.Tensor): tf.Tensor {
    return ${broken}; ${mark}
  }
}
optimizer.minimize(() => new Model().loss());
`),
  'factory of closures': one((broken) => `function makeLoss(kernel: tf.Variable) {
  const transformed = (h: tf.Tensor): tf.Tensor => ${broken}; ${mark}
  return () => transformed(data.mul(kernel)).square().mean();
}
optimizer.minimize(makeLoss(w));
`),
  'curried function': one((broken) => `const layer = (kernel: tf.Variable) => (input: tf.Tensor) => (h: tf.Tensor): tf.Tensor => ${broken}.mul(input.size).mul(kernel.rank); ${mark}
optimizer.minimize(() => layer(w)(data)(data.mul(w)).square().mean());
`),
  'object method': one((broken) => `const model = {
  kernel: w,
  transformed(h: tf.Tensor): tf.Tensor {
    return ${broken}; ${mark}
  },
  loss(): tf.Scalar {
    return this.transformed(data.mul(this.kernel)).square().mean();
  },
};
optimizer.minimize(() => model.loss());
`),
  'destructured parameters': one((broken) => `interface Inputs { readonly model: { readonly kernel: tf.Variable }; readonly inputs: tf.Tensor }
function loss({ model: { kernel }, inputs }: Inputs): tf.Scalar {
  const h = inputs.mul(kernel);
  const y = ${broken}; ${mark}
  return y.square().mean();
}
optimizer.minimize(() => loss({ model: { kernel: w }, inputs: data }));
`),
  'array destructuring': one((broken) => `function pair(): [tf.Tensor, tf.Tensor] {
  return [data.mul(w), data];
}
optimizer.minimize(() => {
  const [h, other] = pair();
  const y = ${broken}; ${mark}
  return y.sub(other.mean()).square().mean();
});
`),
  'weights in a loop': many((broken) => `optimizer.minimize(() => {
  let total: tf.Tensor = tf.scalar(0);
  for (const kernel of weights) {
    const h = data.mul(kernel);
    total = total.add(${broken}.square().mean()); ${mark}
  }
  return total.asScalar();
});
`),
  'weights by index': many((broken) => `optimizer.minimize(() => {
  const losses: tf.Tensor[] = [];
  for (let i = 0; i < weights.length; i++) {
    const h = data.mul(weights[i]!);
    losses.push(${broken}.square().mean()); ${mark}
  }
  return tf.addN(losses).asScalar();
});
`),
  forEach: many((broken) => `optimizer.minimize(() => {
  let total: tf.Tensor = tf.scalar(0);
  weights.forEach((kernel) => {
    const h = data.mul(kernel);
    total = total.add(${broken}.square().mean()); ${mark}
  });
  return total.asScalar();
});
`),
  reduce: many((broken) => `const transformed = (h: tf.Tensor): tf.Tensor => ${broken}; ${mark}
optimizer.minimize(() => weights.reduce((sum: tf.Tensor, kernel) => sum.add(transformed(data.mul(kernel)).square().mean()), tf.scalar(0)).asScalar());
`),
  'map and spread': many((broken) => `const transformed = (h: tf.Tensor): tf.Tensor => ${broken}; ${mark}
optimizer.minimize(() => tf.addN([...weights.map((kernel) => transformed(data.mul(kernel)).square().mean())]).asScalar());
`),
  branch: one((broken) => `optimizer.minimize(() => {
  const h = data.mul(w);
  let y: tf.Tensor = ${broken}; ${mark}
  if (Math.random() > 0.5) y = y.mul(2);
  else y = y.add(1);
  return y.square().mean();
});
`),
  'early return': one((broken) => `optimizer.minimize(() => {
  const h = data.mul(w);
  const y: tf.Tensor = ${broken}; ${mark}
  if (Math.random() > 0.5) return y.abs().mean();
  return y.square().mean();
});
`),
  try: one((broken) => `optimizer.minimize(() => {
  const h = data.mul(w);
  let y: tf.Tensor;
  try {
    y = ${broken}; ${mark}
  } catch (error) {
    console.error(error);
    throw error;
  }
  return y.square().mean();
});
`),
  tidy: one((broken) => `optimizer.minimize(() => tf.tidy(() => {
  const h = tf.tidy('inputs', () => data.mul(w));
  const y = ${broken}; ${mark}
  return y.square().mean();
}));
`),
  'async function around': one((broken) => `async function train(): Promise<void> {
  await tf.ready();
  for (let epoch = 0; epoch < 3; epoch++) {
    optimizer.minimize(() => {
      const h = data.mul(w);
      const y = ${broken}; ${mark}
      return y.square().mean();
    });
    await tf.nextFrame();
  }
}
void train();
`),
  'function that nothing calls': inRounds((broken) => `export function train(steps: number): void {
  for (let step = 0; step < steps; step++) {
    optimizer.minimize(() => {
      const h = data.mul(w);
      const y = ${broken}; ${mark}
      return y.square().mean();
    });
  }
}
`),
  'listed variable': one((broken) => `const cost = optimizer.minimize(() => {
  const h = data.mul(w);
  const y = ${broken}; ${mark}
  return y.square().mean();
}, true, [w]);
cost?.print();
`),
  'gradients by hand': one((broken) => `const { grads } = tf.variableGrads(() => {
  const h = data.mul(w);
  const y = ${broken}; ${mark}
  return y.square().mean();
}, [w]);
optimizer.applyGradients(grads);
`),
  'function in another file': {
    files: (prelude, broken) => ({
      'main.ts': `${head}import { transformed } from './lib.ts';
${data}${weight}${optimizer}optimizer.minimize(() => {
  const h = transformed(data.mul(w)); ${mark}
  return h.square().mean();
});
`,
      'lib.ts': `${head}${data}${prelude}export function transformed(h: tf.Tensor): tf.Tensor {
  return ${broken};
}
`,
    }),
  },
  'layer of a model that is fitted': { files: (prelude, broken) => ({ 'main.ts': `${head}${data}${prelude}${ownLayer(broken)}const model = tf.sequential();
model.add(tf.layers.dense({ units: 3, inputShape: [2] }));
model.add(new Transformed({}));
model.add(tf.layers.dense({ units: 1 }));
model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
await model.fit(tf.ones([1, 2]), tf.ones([1, 1]), { batchSize: 1 });
` }) },
  'layer of a functional model': { files: (prelude, broken) => ({ 'main.ts': `${head}${data}${prelude}${optimizer}${ownLayer(broken)}function build() {
  const input = tf.input({ shape: [2] });
  const hidden = tf.layers.dense({ units: 3 }).apply(input) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: new Transformed({}).apply(hidden) as tf.SymbolicTensor });
}
const model = build();
optimizer.minimize(() => (model.apply(tf.ones([1, 2])) as tf.Tensor).square().mean());
` }) },
  'class in another file': {
    files: (prelude, broken) => ({
      'main.ts': `${head}import { Model } from './lib.ts';
${data}${optimizer}const model = new Model();
optimizer.minimize(() => model.loss(data)); ${mark}
`,
      'lib.ts': `${head}${data}${prelude}export class Model {
  private readonly kernel = tf.variable(tf.tensor1d([1, 2, 3]));
  loss(inputs: tf.Tensor): tf.Scalar {
    const h = inputs.mul(this.kernel);
    const y = ${broken};
    return y.square().mean();
  }
}
`,
    }),
  },
  'weights in another file': {
    files: (prelude, broken) => ({
      'main.ts': `${head}import { kernel } from './lib.ts';
${data}${prelude}${optimizer}optimizer.minimize(() => {
  const h = data.mul(kernel);
  const y = ${broken}; ${mark}
  return y.square().mean();
});
`,
      'lib.ts': `${head}export const kernel = tf.variable(tf.tensor1d([1, 2, 3]));
`,
    }),
  },
};

/** Places in which a call may stand. */
export const places: Readonly<Record<string, (prelude: string, call: string) => Files>> = {
  'top level': (prelude, call) => ({ 'main.ts': `${head}${prelude}${call}; ${mark}\n` }),
  function: (prelude, call) => ({ 'main.ts': `${head}${prelude}function train() {\n  ${call}; ${mark}\n}\ntrain();\n` }),
  'arrow function': (prelude, call) => ({ 'main.ts': `${head}${prelude}const train = () => {\n  ${call}; ${mark}\n};\ntrain();\n` }),
  'function that nothing calls': (prelude, call) => ({ 'main.ts': `${head}${prelude}export function train() {\n  ${call}; ${mark}\n}\n` }),
  'class method': (prelude, call) => ({ 'main.ts': `${head}${prelude}class Trainer {\n  step() {\n    ${call}; ${mark}\n  }\n}\nnew Trainer().step();\n` }),
  'inherited method': (prelude, call) => ({ 'main.ts': `${head}${prelude}class Base {\n  step() {\n    ${call}; ${mark}\n  }\n}\nclass Trainer extends Base {}\nnew Trainer().step();\n` }),
  'object method': (prelude, call) => ({ 'main.ts': `${head}${prelude}const trainer = {\n  step() {\n    ${call}; ${mark}\n  },\n};\ntrainer.step();\n` }),
  closure: (prelude, call) => ({ 'main.ts': `${head}${prelude}function makeStep() {\n  return () => {\n    ${call}; ${mark}\n  };\n}\nmakeStep()();\n` }),
  loop: (prelude, call) => ({ 'main.ts': `${head}${prelude}for (let epoch = 0; epoch < 3; epoch++) {\n  ${call}; ${mark}\n}\n` }),
  forEach: (prelude, call) => ({ 'main.ts': `${head}${prelude}[1, 2, 3].forEach(() => {\n  ${call}; ${mark}\n});\n` }),
  branch: (prelude, call) => ({ 'main.ts': `${head}${prelude}if (Math.random() > 0.5) {\n  ${call}; ${mark}\n}\n` }),
  'after an early return': (prelude, call) => ({ 'main.ts': `${head}${prelude}function train(steps: number) {\n  if (steps === 0) return;\n  ${call}; ${mark}\n}\ntrain(Math.floor(Math.random() * 5));\n` }),
  try: (prelude, call) => ({ 'main.ts': `${head}${prelude}try {\n  ${call}; ${mark}\n} catch (error) {\n  console.error(error);\n}\n` }),
  tidy: (prelude, call) => ({ 'main.ts': `${head}${prelude}tf.tidy(() => {\n  ${call}; ${mark}\n});\n` }),
  'async function': (prelude, call) => ({ 'main.ts': `${head}${prelude}async function train() {\n  await tf.ready();\n  ${call}; ${mark}\n}\nvoid train();\n` }),
  'behind a promise': (prelude, call) => ({ 'main.ts': `${head}${prelude}void tf.ready().then(() => {\n  ${call}; ${mark}\n});\n` }),
};
