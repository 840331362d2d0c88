/**
 * What differentiation does to the cotangent on its way from an operation's result back to one operand.
 *
 * - `flows`: the operand receives a cotangent that is not identically zero.
 * - `zero`: the derivative is zero almost everywhere (rounding, comparison by value, arg-max).
 * - `none`: the library has no derivative there and throws when it needs one.
 */
export type Derivative = 'flows' | 'zero' | 'none';
