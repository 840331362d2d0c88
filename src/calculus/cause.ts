/**
 * Why a gradient ends: the vocabulary of breaks. The core says these words at run time (`explain`), the
 * analyser says them at lint time; one cause, one rule.
 *
 * Each key is a cause; its text is one sentence that holds wherever the cause is named.
 */
export const causes = {
  /** `dataSync`, `arraySync`, `data`, `array`, ...: the numbers leave the tape and come back as a constant. */
  'host-read': 'the values were read to the host, and no tape follows plain numbers',
  /** `stopGradient`, `variable(tensor)`, a custom gradient that returns zeros: the value passes, its cotangent does not. */
  'stop-gradient': 'the value passes here, its gradient is stopped',
  /** The value was computed from the source before the scope began, so no tape saw the operations. */
  'computed-outside': 'the value was computed before the tape recorded',
  /** The source is a plain tensor that no tape watches. */
  'unwatched-constant': 'no tape watches this tensor',
  /** Rounding, comparison, arg-max, a factor that is zero, contributions that cancel: the derivative is zero. */
  'zero-derivative': 'the derivative is zero here',
  /** The library has no derivative for the operation and throws. The core has one for each of its operations. */
  'no-derivative': 'the operation has no derivative',
  /** A matrix times a stack of them, `maximum` of operands that stretch: TF.js brings back a gradient of another shape, and throws. */
  'gradient-gap': 'the operation works with these shapes, its gradient does not',
  /** `where`, `maximum`, `minimum`: every element is taken from the other operand. */
  'constant-where': 'every element is taken from the other operand',
  /** An activation or clip whose every element lies in its flat part. */
  'dead-activation': 'every element lies where the activation is flat',
  /** `variable.assign(value)`: the variable takes the numbers and remains a source of its own. */
  assign: 'an assignment copies the numbers and leaves the gradient behind',
  /** A function with a custom gradient uses the value without taking it as an argument. */
  'custom-gradient': 'the value is used inside a custom gradient that does not take it as an argument',
  /** A tensor as an operand of JavaScript's own arithmetic: the result is no tensor. */
  'host-arithmetic': "JavaScript's operators know nothing of tensors",
  /** A function or value that has not been defined when the scope uses it. */
  uninitialised: 'it has not been defined yet when the scope runs',
  /** A weight that its layer has not been told of, so that training the model leaves it out. */
  'untracked-weight': 'the layer does not know that this is one of its weights',
  /** The function given to a scope returns no tensor. */
  'invalid-target': 'what the function returns is no tensor that could be differentiated',
  /** A gradient API is called in a way that its types allow and its meaning does not. */
  misuse: 'the call does not mean what it is used for',
  /** The gradient of a gradient, through an operation that the library cannot differentiate twice. */
  'higher-order': 'the second derivative is lost here',
  /** The target does not use the source at all. */
  'never-reached': 'the target does not use this source',
  /** The variable is not trainable, so no tape watches it of its own accord. */
  'not-trainable': 'the variable is not trainable',
  /** The scope's function returned a promise: its operations run after the tape has stopped. */
  async: 'the function is async, and its operations run after the tape has stopped',

  // — not proven to be wrong: causes of warnings —

  /** `dataSync`, `arraySync`, `bufferSync` while a tape records, whatever becomes of the values. */
  'sync-read': 'the thread waits here until the device has computed the values',
  /** A read or a stop on one of several paths of a source that trains by another one. */
  'partial-gradient': 'the gradient of this path is cut, that of another one is not',
  /** Probabilities where logits are expected, or logits where probabilities are. */
  'activation-mismatch': 'the values are not in the form that is expected here',
  /** Gradients that are computed and never used. */
  'unapplied-gradient': 'nothing uses the gradient',
  /** Kernels of layers in a row that begin with one number everywhere. */
  'constant-initialisation': 'all units begin alike and get the same gradient, so that they stay alike',
} as const satisfies Readonly<Record<string, string>>;

/** A reason for a gradient to end. */
export type Cause = keyof typeof causes;
