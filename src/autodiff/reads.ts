/** Reads of numbers by the host, told from the tensor's side: a tensor knows nobody who records. */

/** How values reach the host. */
export type HostRead = 'dataSync' | 'arraySync' | 'data' | 'array' | 'bufferSync' | 'buffer';

type Listener = (tensorId: number, how: HostRead) => void;

let listener: Listener | undefined;

/** To be called once, by whoever keeps the recorders. */
export function listenToReads(to: Listener): void {
  listener = to;
}

export const noteRead: Listener = (tensorId, how) => listener?.(tensorId, how);
