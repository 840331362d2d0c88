/** Functions that are handed to what a page or a server tells of: it calls them whenever that happens. */
import type { Arguments, Value } from '../../domain/value.ts';
import type { Machine } from '../machine/machine.ts';

/** Who calls a function that it has been handed, by its name: once, or whenever something happens. */
export interface Caller {
  readonly by: string;
  readonly once: boolean;
}

/** What happens once, as a rule: something is there now, or gone. */
const single: ReadonlySet<string> = new Set([
  'load', 'DOMContentLoaded', 'deviceready', 'ready', 'open', 'connect', 'listening', 'loadeddata', 'loadedmetadata', 'loadend', 'canplay', 'canplaythrough',
  'close', 'end', 'finish', 'exit', 'disconnect', 'ended', 'abort', 'error', 'unload', 'beforeunload', 'pagehide', 'beforeExit', 'SIGINT', 'SIGTERM',
]);

/** What a user, a socket or a worker does again and again. */
const repeated: ReadonlySet<string> = new Set(['message', 'click', 'dblclick', 'input', 'change', 'submit', 'keydown', 'keyup', 'keypress', 'wheel', 'scroll', 'resize', 'drop', 'mousedown', 'mouseup', 'mousemove', 'pointerdown', 'pointerup', 'pointermove', 'touchstart', 'touchmove', 'touchend', 'timeupdate', 'devicemotion', 'deviceorientation', 'audioprocess', 'dataavailable']);

/** Hooks of components call a function when what it depends on has changed. */
const hooks: ReadonlySet<string> = new Set(['useEffect', 'useLayoutEffect', 'useInsertionEffect']);

/** Servers answer requests to a path by them. */
const methods: ReadonlySet<string> = new Set(['get', 'post', 'put', 'patch', 'delete', 'all']);

/** Who calls the functions that a function of this name is given; undefined where nobody knows. */
export function listening(m: Machine, label: string, { values: [first, ...rest], others }: Arguments): Caller | undefined {
  if (hooks.has(label)) return first?.kind === 'closure' && others === undefined ? { by: label, once: dependsOnNothing(m, rest[0]) } : undefined;
  const name = textOf(first);
  if (name === undefined || rest.length === 0 || others !== undefined) return undefined;
  if (label === 'addEventListener' || label === 'on') return rest.length === 1 ? { by: label, once: single.has(name) } : undefined;
  return methods.has(label) && name.startsWith('/') ? { by: label, once: false } : undefined;
}

/** Who calls a function that is put under a name: `onclick`. */
export function listeningBy(name: string): Caller | undefined {
  return name.startsWith('on') && repeated.has(name.slice(2)) ? { by: name, once: false } : undefined;
}

/** An empty list of what the function depends on: it is called when its component is there. */
function dependsOnNothing(m: Machine, list: Value | undefined): boolean {
  if (list === undefined || list.kind === 'literal') return false;
  return list.kind !== 'object' || !list.heap.isArray || m.memory.list(list.heap).items.length === 0;
}

function textOf(value: Value | undefined): string | undefined {
  return value?.kind === 'literal' && typeof value.value === 'string' ? value.value : undefined;
}
