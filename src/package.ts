import { createRequire } from 'node:module';

interface Manifest {
  readonly name: string;
  readonly version: string;
}

// The package refers to itself by name, so that the same line works from the sources and from `dist`.
const manifest = createRequire(import.meta.url)('eslint-plugin-tensor/package.json') as Manifest;

export const { name, version } = manifest;

/** ESLint users write rule names and plugin keys with this prefix. */
export const namespace = 'tensor';
