import { beforeAll, describe, expect, it } from 'vitest';
import type { Api } from './catalogue/case.ts';
import { core, realTensorFlow } from './tfjs.ts';

let tf: Api;
beforeAll(async () => {
  tf = await realTensorFlow();
});

/** Programs that throw: the code, and what the message must name. */
const mistakes: Readonly<Record<string, readonly [core.TensorErrorCode, readonly string[], (tf: Api) => unknown]>> = {
  'shapes that do not broadcast': ['shape', ['2,3', '2', 'add'], (tf) => tf.add(tf.ones([2, 3]), tf.ones([2]))],
  'matMul of lengths that differ': ['shape', ['matMul', '2,3', '4,5', 'must match'], (tf) => tf.matMul(tf.ones([2, 3]), tf.ones([4, 5]))],
  'matMul of vectors': ['shape', ['matMul', 'rank 2'], (tf) => tf.matMul(tf.ones([2]), tf.ones([2]))],
  'reshape to another size': ['shape', ['Size(6)', '4'], (tf) => tf.ones([2, 3]).reshape([4])],
  'an axis that does not exist': ['shape', ['sum', 'axis 2'], (tf) => tf.ones([2, 3]).sum(2)],
  'slice beyond the end': ['shape', ['[2]', '[3]'], (tf) => tf.ones([3]).slice([2], [2])],
  'concat of rows that differ': ['shape', ['concat', '[2,3]', '[2,4]'], (tf) => tf.concat([tf.ones([2, 3]), tf.ones([2, 4])], 0)],
  'stack of shapes that differ': ['shape', ['stack', '[2]', '[3]'], (tf) => tf.stack([tf.ones([2]), tf.ones([3])])],
  'conv2d with other channels': ['shape', ['conv2d', '3', '2'], (tf) => tf.conv2d(tf.ones([1, 4, 4, 3]), tf.ones([2, 2, 2, 1]), 1, 'same')],
  'losses of other shapes': ['shape', ['meanSquaredError', '2', '3'], (tf) => tf.losses.meanSquaredError(tf.ones([2]), tf.ones([3]))],
  'numbers that do not fill a shape': ['shape', ['[2,2]', '3'], (tf) => tf.tensor([1, 2, 3], [2, 2])],
  'tensor2d of flat numbers': ['shape', ['tensor2d', 'rank 2'], (tf) => tf.tensor2d([1, 2])],
  'a dy of another shape': ['shape', ['[2]', '[3]'], (tf) => tf.grad((x) => x.square())([1, 2, 3], [1, 2])],
  'squeeze of a long axis': ['shape', ['squeeze', '[2,3]'], (tf) => tf.ones([2, 3]).squeeze([0])],
  'where with numbers as condition': ['dtype', ['condition', 'where', 'bool', 'float32'], (tf) => tf.where(tf.ones([2]), 1, 0)],
  'gather with floats as indices': ['dtype', ['indices', 'gather', 'int32', 'float32'], (tf) => tf.ones([2]).gather(tf.tensor1d([0]))],
  'logicalAnd of numbers': ['dtype', ['logicalAnd', 'bool'], (tf) => tf.logicalAnd(tf.ones([2]), tf.ones([2]))],
  'gather out of range': ['argument', ['5'], (tf) => tf.ones([2]).gather(tf.tensor1d([5], 'int32'))],
  'an object for a tensor': ['not-a-tensor', ["'a'", "'add'"], (tf) => tf.add({} as never, 1)],
  'nothing for a tensor': ['not-a-tensor', ["'b'", "'mul'", 'undefined'], (tf) => tf.mul(1, undefined as never)],
  'a tensor of a tensor': ['not-a-tensor', ['tensor(values)'], (tf) => tf.tensor(tf.ones([2]) as never)],
  'a disposed tensor': ['disposed', ['disposed', 'float32[2]'], (tf) => { const x = tf.ones([2]); x.dispose(); return x.add(1); }],
  'a disposed variable': ['disposed', ['weight'], (tf) => { const w = tf.variable(tf.ones([2]), true, 'weight'); w.dispose(); return w.square(); }],
  'a name that is taken': ['argument', ['twice'], (tf) => { tf.variable(tf.scalar(1), true, 'twice'); return tf.variable(tf.scalar(1), true, 'twice'); }],
  'crossed bounds': ['argument', ['2', '1'], (tf) => tf.clipByValue(tf.ones([1]), 2, 1)],
  'softmax along another axis': ['argument', ['softmax', 'dim was 0'], (tf) => tf.softmax(tf.ones([2, 3]), 0)],
  'a rate that is none': ['argument', ['rate'], (tf) => tf.dropout(tf.ones([2]), 1.5)],
};

describe.each(Object.entries(mistakes))('%s', (_title, [code, parts, program]) => {
  it('throws an error that names what is wrong', () => {
    try {
      program(core);
    } catch (error) {
      expect(error).toBeInstanceOf(core.TensorError);
      expect((error as core.TensorError).code).toBe(code);
      for (const part of parts) expect((error as Error).message).toContain(part);
      return;
    } finally {
      core.disposeVariables();
    }
    expect.unreachable('it throws');
  });

  it('is an error in TF.js too', () => {
    expect(() => program(tf)).toThrow();
    tf.disposeVariables();
  });
});

describe('the tape', () => {
  it.each([
    ['watch of no tensor', 'not-a-tensor', () => new core.GradientTape().watch(1 as never)],
    ['gradient of no tensor', 'not-a-tensor', () => new core.GradientTape().gradient(1 as never, core.scalar(1))],
    ['an async region', 'async', () => new core.GradientTape().record(() => Promise.resolve(core.scalar(1)))],
    ['a cotangent of another shape', 'shape', () => {
      const [tape, x] = [new core.GradientTape(), core.ones([2])];
      tape.watch(x);
      tape.gradient(tape.record(() => x.square()), x, core.ones([3]));
    }],
  ] as const)('%s', (_title, code, program) => {
    expect(program).toThrow(expect.objectContaining({ code }));
  });
});
