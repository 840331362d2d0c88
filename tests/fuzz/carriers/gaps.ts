/** Carriers that the analysis does not judge as their rows say. Each is to leave this list when it is mended. */

/** What it does not follow yet: it must say nothing false of these, and no report is asked for. */
export const unfollowed: ReadonlySet<string> = new Set([
  // Functions that nothing calls are run as if somebody might, exported or not.
  'let with a setter that nobody calls', 'callback of no item', 'handler that is never called', 'function that is never called', 'getter that is not read',
  // Callbacks of these are called perhaps.
  'executor', 'callback of a map', 'callback of a replacement', 'handler that is taken back', 'awaited tasks',
  // Where something is thrown is not followed: what stands behind it may have run.
  'awaited in try', 'finally behind throw', 'behind what throws', 'catch of what throws', 'catch of what is thrown', 'catch of what does not throw',
  // Prototypes and descriptors with getters.
  'defined getter', 'deleted field above a prototype', 'field above a prototype', 'asked for with in',
  // What collections and typed arrays hold, in which order.
  'key of a map that is deleted', 'deleted item of a set', 'cleared set', 'key of a weak map', 'sort', 'sort of numbers', 'copyWithin',
  'view of a typed array', 'item of a typed array', 'buffer of a typed array', 'typed array that is sorted',
]);

/** What it takes to stay though others might change it: a decision, which docs/architecture.md names. Programs leave these out. */
export const takenToStay: ReadonlySet<string> = new Set([
  // Its importer stands outside of the program; one in the program is heard.
  'method of an exported class',
]);
