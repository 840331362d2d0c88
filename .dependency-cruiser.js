/**
 * The house of docs/architecture.md, for `npm run lint:house`. Arrows point one way, imports of types are counted, and
 * no file imports itself in a circle.
 */

/**
 * Each room, and the rooms right below it. A room may import from these, and from all that is below them.
 * @type {Record<string, readonly string[]>}
 */
const floors = {
  'src/cli': ['src/index.ts', 'src/explanation'],
  'src/index.ts': ['src/configs.ts', 'rules', 'src/settings'],
  'src/configs.ts': ['src/plugin.ts'],
  'src/plugin.ts': ['src/eslint'],
  'rules': ['src/eslint'],
  'src/eslint': ['src/analysis', 'src/settings'],
  'src/analysis': ['src/judgements', 'src/tensors', 'src/settings'],
  'src/judgements': ['src/domain'],
  'src/tensors': ['src/interpreter'],
  'src/interpreter': ['src/domain'],
  'src/domain': ['src/program', 'src/libraries'],
  // What a finding and a scope look like, for whoever shows them: the command line, the playground.
  'src/explanation': ['src/judgements'],
  'src/settings': ['src/libraries'],
  'src/libraries': ['src/calculus'],
  'src/autodiff': ['src/calculus'],
  'src/program': [],
  'src/calculus': [],
  // Our own name and version, how names of files are made, and how a list is put in groups: known to all.
  'src/package.ts': [],
  'src/paths.ts': [],
  'src/grouped.ts': [],
};


/** @type {(room: string) => string[]} */
const below = (room) => [...new Set((floors[room] ?? []).flatMap((next) => [next, ...below(next)]))];
/** @type {(rooms: string[]) => string[]} */
const within = (rooms) => rooms.map((room) => (room.endsWith('.ts') ? `^${room}$` : `^${room}/`));
const known = within(['src/package.ts', 'src/paths.ts', 'src/grouped.ts']);
const ours = '^(src|rules)/';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...Object.keys(floors).map((room) => ({
      name: `floor of ${room}`,
      severity: 'error',
      from: { path: within([room]) },
      to: { dependencyTypes: ['local'], pathNot: [...within([room, ...below(room)]), ...known] },
    })),
    {
      name: 'a room that has no floor',
      severity: 'error',
      from: { path: ours, pathNot: within(Object.keys(floors)) },
      to: {},
    },
    {
      name: 'a rule is a cause and its sentences',
      severity: 'error',
      from: { path: '^rules/' },
      to: { pathNot: ['^rules/', '^src/eslint/'] },
    },
    {
      name: 'no circles',
      severity: 'error',
      from: { path: ours },
      to: { circular: true },
    },
    {
      name: 'only src/program speaks to the compiler',
      severity: 'error',
      from: { path: ours, pathNot: '^src/program/' },
      to: { path: '(^|/)node_modules/typescript/' },
    },
    {
      name: 'only the command line needs Node; all else runs in browsers as well',
      severity: 'error',
      from: { path: ours, pathNot: '^src/cli/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'users do not install what is needed for development',
      severity: 'error',
      from: { path: ours },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm-peer'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    // Imports of types are arrows as well.
    tsPreCompilationDeps: true,
  },
};
