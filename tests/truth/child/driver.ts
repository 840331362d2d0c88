/** Makes a function of what a program says of its rounds. */

export type Drive = (program: unknown, timers: unknown[]) => Promise<void>;

export async function driver(drive: string): Promise<Drive> {
  const { default: body } = (await import(`data:text/javascript,${encodeURIComponent(`export default async (program, timers) => { ${drive}; };`)}`)) as { readonly default: Drive };
  return body;
}
