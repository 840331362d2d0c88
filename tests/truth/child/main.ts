/**
 * The child process: runs one program after the other, each until it has nothing left to do, and tells its parent
 * what happened. What a program prints goes nowhere.
 */
import { pathToFileURL } from 'node:url';

import { driveOf } from '../drive.ts';
import type { LibraryName, Observation } from '../observation.ts';
import { driver } from './driver.ts';
import { restartChance } from './chance.ts';
import { keepTraces } from './frames.ts';
import { prepare } from './libraries.ts';
import { Recorder } from './recorder.ts';

export interface Job {
  readonly library: LibraryName;
  /** Files to run, in order. */
  readonly mains: readonly string[];
  /** Files whose frames are the program's own. */
  readonly files: readonly string[];
}

export interface Told {
  readonly main: string;
  readonly observation: Observation;
}

process.once('message', (job: Job) => { run(job); });

function run({ library, mains, files }: Job): void {
  const own = new Set(files);
  const recorder = new Recorder((file) => own.has(file));
  keepTraces();
  const { disposeVariables, areAlike } = prepare(library, recorder);
  process.on('uncaughtException', (error) => { recorder.uncaught(error); });
  process.channel?.unref();

  const remaining = [...mains];
  let current: string | undefined;
  let settled = true;
  // The event loop is empty: the program has ended, unless it is still being loaded.
  process.on('beforeExit', () => {
    if (!settled) {
      setTimeout(() => { settled = true; }, 1000);
      return;
    }
    if (current !== undefined) {
      process.send?.({ main: current, observation: recorder.take(areAlike) } satisfies Told);
      disposeVariables();
    }
    current = remaining.shift();
    if (current === undefined) return;
    settled = false;
    restartChance();
    driven(current).catch((error: unknown) => { recorder.uncaught(error); }).finally(() => { settled = true; });
  });
}

/** Runs a program, and once what it says of its rounds. */
async function driven(main: string): Promise<void> {
  const program = (await import(pathToFileURL(main).href)) as unknown;
  const drive = driveOf({ main });
  if (drive !== undefined) await (await driver(drive))(program, []);
}
