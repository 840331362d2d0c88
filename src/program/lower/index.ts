import type ts from 'typescript';
import { LoweredModule } from './modules.ts';

/** Source files that an edit leaves alone keep their identity, and so their code. */
const lowered = new WeakMap<ts.SourceFile, LoweredModule>();

export function lowerSourceFile(source: ts.SourceFile): LoweredModule {
  let module = lowered.get(source);
  if (module === undefined) {
    module = new LoweredModule(source);
    lowered.set(source, module);
  }
  return module;
}

export type { LoweredModule } from './modules.ts';
