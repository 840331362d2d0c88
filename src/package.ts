// Written here, and held to the manifest by a test: to read it would take Node, and the plugin runs in browsers as well.
export const name = 'eslint-plugin-tensor';
export const version = '0.1.0';

/** ESLint users write rule names and plugin keys with this prefix. */
export const namespace = 'tensor';
