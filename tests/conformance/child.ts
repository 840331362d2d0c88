/**
 * The child process: runs scripts on TF.js, each in a realm of its own, for tests change what is built in. Which of
 * the ways to write a test holds is told to the parent test by test.
 */
import vm from 'node:vm';

import * as tf from '@tensorflow/tfjs';

import { type Candidate, training } from './script.ts';

export interface Job {
  readonly candidates: readonly Candidate[];
}

export interface Told {
  readonly test: string;
  /** The place of the first variant whose scripts do what they are meant to; -1 if none does. */
  readonly variant: number;
}

/** Tests end at once or never. */
const patience = 2000;

// Tests leave promises behind that nobody waits for.
process.on('unhandledRejection', () => {});
process.on('uncaughtException', () => {});

process.once('message', ({ candidates }: Job) => {
  void (async () => {
    for (const { test, variants } of candidates) process.send?.({ test, variant: await firstThatHolds(variants) } satisfies Told);
    process.disconnect();
  })();
});

async function firstThatHolds(variants: readonly string[]): Promise<number> {
  for (const [index, variant] of variants.entries()) if (await holds(variant)) return index;
  return -1;
}

/** Whether the variable gets a gradient in the one script and none in the other. What stands before is the same in both, and run once. */
async function holds(variant: string): Promise<boolean> {
  const observed: boolean[] = [];
  const context = vm.createContext();
  try {
    const module = new vm.SourceTextModule([variant, training.sound, training.decided].join('\n'), { context });
    await module.link(() => library(context, observed));
    await within(module.evaluate({ timeout: patience }));
  } catch {
    return false;
  } finally {
    tf.disposeVariables();
  }
  return observed.length === 2 && observed[0] === true && observed[1] === false;
}

/** TF.js, as far as scripts use it, with an ear to what becomes of the variable. */
function library(context: vm.Context, observed: boolean[]): vm.Module {
  const variableGrads = (loss: () => tf.Scalar, [weight]: tf.Variable[]): void => {
    observed.push(hasGradient(loss, weight!));
  };
  const members = { scalar: tf.scalar, variable: tf.variable, variableGrads };
  return new vm.SyntheticModule(Object.keys(members), function () {
    for (const [name, member] of Object.entries(members)) this.setExport(name, member);
  }, { context });
}

function hasGradient(loss: () => tf.Scalar, weight: tf.Variable): boolean {
  try {
    return tf.tidy(() => Math.abs(tf.variableGrads(loss, [weight]).grads[weight.name]!.dataSync()[0]!) > 0);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('Cannot find a connection')) return false;
    throw error;
  }
}

async function within(work: Promise<unknown>): Promise<void> {
  let clock: NodeJS.Timeout | undefined;
  const late = new Promise((_, reject) => { clock = setTimeout(() => { reject(new Error('It does not end.')); }, patience); });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(clock);
  }
}
