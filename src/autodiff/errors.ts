/** What went wrong, for programs; the message is for people. */
export type TensorErrorCode =
  | 'shape'
  | 'dtype'
  | 'disposed'
  | 'argument'
  | 'not-a-tensor'
  | 'not-a-scalar'
  | 'async'
  | 'no-connection'
  | 'nothing-trainable'
  | 'tape-used';

/**
 * Every error that the core throws on purpose. The message names the operation and the shapes or dtypes it got;
 * where TF.js throws in the same situation, the message begins with TF.js's words.
 */
export class TensorError extends Error {
  override readonly name = 'TensorError';
  readonly code: TensorErrorCode;

  constructor(code: TensorErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** A shape as messages write it: `[2,3]`. */
export const shapeText = (shape: readonly number[]): string => `[${shape.join(',')}]`;
