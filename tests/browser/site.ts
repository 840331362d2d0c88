/** The playground, built as `npm run playground` does, in a folder of its own, and served below the path at which it is published. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { build, preview } from 'vite';

import { playground } from '../docs/playground.ts';

const configFile = path.join(import.meta.dirname, '..', '..', 'docs', 'playground', 'vite.config.ts');

export interface Site extends AsyncDisposable {
  readonly address: string;
}

export async function serve(): Promise<Site> {
  const outDir = await mkdtemp(path.join(tmpdir(), 'playground-'));
  const options = { configFile, logLevel: 'error', build: { outDir } } as const;
  await build(options);
  const server = await preview({ ...options, base: new URL(playground).pathname, preview: { port: 0, host: '127.0.0.1' } });
  return {
    address: server.resolvedUrls?.local[0] ?? '',
    async [Symbol.asyncDispose]() {
      await server.close();
      await rm(outDir, { recursive: true });
    },
  };
}
