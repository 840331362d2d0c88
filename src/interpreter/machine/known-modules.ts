import type { Environment } from '../../domain/environment.ts';
import type { Value } from '../../domain/value.ts';
import type { Binding, ClassCode } from '../../program/ir.ts';

/** What is known of the modules of a program while it runs. */
export class Modules {
  /** The variables of a module that has been run, by its file. */
  readonly environments = new Map<string, Environment>();
  /** Instances of classes that are known by their types only. */
  readonly instances = new Map<ClassCode, Value>();
  readonly pending = new Set<ClassCode>();
  /** What JSON files hold, by the file. */
  readonly json = new Map<string, Value>();
  /** Variables that code which is not in the program may set, at any time. */
  readonly open = new Set<Binding>();
}
