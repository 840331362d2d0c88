/** `new Proxy`. */
import type { StaticType } from '../../../program/program.ts';
import { type Native, unfollowed } from '../unfollowed.ts';

/** Whose handlers run wherever it is touched, and may make anything of it. */
export const newProxy: Native = (m, call) => {
  m.hasProxies = true;
  const value = unfollowed(m, call);
  return value.kind === 'unknown' ? { ...value, type: anything } : value;
};
const anything: StaticType = { kind: 'object', member: () => anything };
