/** A world without libraries: values of one do not exist, so that nothing of them may be asked. */
import type { Semantics } from '../../src/interpreter/machine/semantics.ts';

function asked(what: string): never {
  throw new Error(`There is no library, and it was asked ${what}`);
}

export const noLibrary: Semantics = {
  global: () => undefined,
  exported: () => undefined,
  described: () => undefined,
  owns: () => false,
  declared: () => undefined,
  typed: () => undefined,
  presumed: () => undefined,
  read: () => asked('for a property'),
  written: () => asked('to be written to'),
  call: () => asked('to be called'),
  misused: () => undefined,
  iterated: () => undefined,
  passage: () => undefined,
  extended: () => undefined,
  begun: () => asked('to make an instance'),
  constructed: () => asked('to construct an instance'),
  inherited: () => asked('for what is inherited'),
  named: () => undefined,
  used: () => undefined,
  left: () => undefined,
  returned: () => undefined,
  repeated: (_, body) => { body(); },
  apart: (body) => { body(); },
  withheld: () => undefined,
  held: [],
  inside: () => undefined,
};
