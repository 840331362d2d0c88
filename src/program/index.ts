export type * from './ir.ts';
export type * from './program.ts';
export { createProgram } from './typescript-program.ts';
