import { rules } from '../rules/index.ts';
import { createConfigs } from './configs.ts';
import { name, namespace, version } from './package.ts';
import type { Plugin } from './plugin.ts';

export type { Settings } from './settings/settings.ts';

const plugin: Plugin<keyof typeof rules> = { meta: { name, version, namespace }, rules };

// One object, also inside the configs: ESLint refuses two plugins under one name.
const complete = Object.assign(plugin, { configs: createConfigs(plugin) });

export default complete;
// What `require` gives, where it can load modules.
export { complete as 'module.exports' };
