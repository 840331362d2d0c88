/** What the names of a library mean on its namespaces, tensors and instances. */
import type { ExportValue, InstanceValue, LibraryValue, NativeValue, TensorValue, Value } from '../domain/value.ts';
import { isMissing, undefinedValue } from '../domain/values.ts';
import type { Machine } from '../interpreter/machine/machine.ts';
import { declaredElsewhere } from '../interpreter/modules.ts';
import { isExact, itemAt } from '../interpreter/values/lists.ts';
import { unknownFrom } from '../interpreter/values/unknown.ts';
import type { Library } from '../libraries/library.ts';
import type { Meaning } from '../libraries/meaning.ts';
import { below, isRoot, moduleOfPath } from '../libraries/owner.ts';
import type { Site } from '../program/ir.ts';
import { applyMeaning, onlyDisposes, propertyOf } from './library-calls.ts';
import { describedExport } from './library-modules.ts';
import { keepArguments, operated, usedByMethod } from './lifetimes/calls.ts';
import { performOperation } from './operations.ts';
import { loseTrack } from './optimizers.ts';
import type { Subject } from './subject.ts';
import { itemsOf } from './tensor.ts';

/** A property of a value of a library. `at` is where the type of the member can be asked. */
export function readMember(m: Machine, object: LibraryValue, name: string, site: Site, at: Site): Value {
  switch (object.kind) {
    case 'library': return exportBelow(m, object, name, site, at);
    case 'tensor': return tensorMember(m, object, name, site);
    case 'instance': return instanceMember(m, object, object, name, site);
  }
}

/** A name that the library does not have, and the module at hand declares all the same, is somebody's addition. */
function exportBelow(m: Machine, object: ExportValue, name: string, site: Site, at: Site): Value {
  const found = libraryMember(m, object, name, at);
  return isMissing(found) && m.program.originOf(at) !== undefined ? unknownFrom(m, [], site) : found;
}

/** An export path one step further. */
function libraryMember(m: Machine, object: ExportValue, name: string, at: Site): Value {
  const { library } = object;
  const path = below(object.path, name);
  const module = moduleOfPath(library, path);
  if (module?.paths.has(path) === true) return describedExport(library, module, path);
  if (isRoot(object.path) && (name === 'default' || name === '__esModule')) return object;
  return module === undefined ? { kind: 'library', library, path } : declaredElsewhere(m, name, at, at);
}

/** The meaning of a member of a class or of its nearest base that has it. */
function classMember(library: Library, className: string, name: string): Meaning | undefined {
  for (let at: string | undefined = className; at !== undefined; at = library.classes[at]?.base) {
    const members = library.classes[at]?.members;
    if (members !== undefined && Object.hasOwn(members, name)) return members[name];
  }
  return undefined;
}

function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function tensorMember(m: Machine, tensor: TensorValue, name: string, site: Site): Value {
  const { library } = tensor;
  const method = own(library.methods, name);
  const row = method === undefined ? own(library.methodOperations, name) : own(library.operations, method.operation);
  if (row !== undefined) {
    return native(name, ({ arguments: args, site: call }) => {
      const at = method?.receiver ?? 0;
      const place = <T>(list: readonly T[], receiver: T): readonly T[] => [...list.slice(0, at), receiver, ...list.slice(at)];
      const operands = { values: place(args.values, tensor), sites: place(args.sites, site), others: args.others };
      const path = method?.operation ?? name;
      return operated(m, { library, row, path: method?.operation ?? `.${name}`, label: name, arguments: operands, site: call, receiver: at }, () => performOperation(m, library, row, path, name, operands, call));
    });
  }
  const meaning = classMember(library, tensor.class, name);
  if (!onlyDisposes(meaning)) tensor.node.used = true;
  if (meaning === undefined) return itemOf(m, tensor, name) ?? unknownFrom(m, [tensor], site);
  return memberValue(m, { library, receiver: tensor, node: tensor.node, name }, meaning, site);
}

/** What an array would have under a name; undefined where it has none, or where nothing is known of it. */
function itemOf(m: Machine, tensor: TensorValue, name: string): Value | undefined {
  const items = itemsOf(tensor);
  if (items === undefined) return undefined;
  if (/^\d+$/.test(name)) return itemAt(m, items, Number(name));
  return name in Array.prototype && isExact(items) ? undefinedValue : undefined;
}

/** A member of an instance of a library's class; `receiver` is the object of the program that extends it, if one does. */
export function instanceMember(m: Machine, instance: InstanceValue, receiver: Value, name: string, site: Site): Value {
  const meaning = classMember(instance.library, instance.class, name);
  if (meaning === undefined) {
    loseTrack(m, instance);
    return unknownFrom(m, [receiver], site);
  }
  return memberValue(m, { library: instance.library, receiver, node: instance.node, name }, meaning, site);
}

function memberValue(m: Machine, subject: Subject, meaning: Meaning, site: Site): Value {
  return propertyOf(m, subject, meaning, site) ?? native(subject.name, (invocation) => {
    const { library, receiver } = subject;
    if (receiver !== undefined && !onlyDisposes(meaning)) usedByMethod(m, library, receiver, subject.name, site);
    keepArguments(m, meaning, invocation);
    return applyMeaning(m, subject, meaning, invocation);
  });
}

function native(name: string, call: NativeValue['call']): NativeValue {
  return { kind: 'native', name, call };
}
