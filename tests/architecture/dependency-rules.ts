/**
 * The layers of the architecture as rules for dependency-cruiser. `layers.test.ts` runs them over the
 * project and plants one forbidden import per rule to see it refused.
 */
const npm = '(^|/)node_modules/';
const DOORS = 'electron/(main|preload|backend|server|cli|worker)/';
/** What one connected page is to the backend, whichever way it comes in. */
const SESSIONS =
  '^electron/backend/(router|session|session-errors|event-hub|event-topic|file-ids|publish-loads)\\.ts$';
const PORTS = '^electron/engine/(ports|[a-z-]+-port|load-events)\\.ts$';

interface Restriction {
  path?: string | string[];
  pathNot?: string | string[];
  circular?: boolean;
  dependencyTypes?: 'core'[];
}

const rule = (name: string, from: Restriction, to: Restriction, comment: string) =>
  ({ name, severity: 'error', comment, from, to }) as const;

export const RULES = [
  rule('no-cycles', {}, { circular: true }, 'A cycle has no layers.'),
  rule(
    'engine-is-pure',
    { path: '^electron/engine/' },
    { pathNot: '^(electron/engine|shared)/' },
    'The engine knows neither npm packages nor Node: time, randomness, hashing and I/O come through ports.',
  ),
  rule(
    'shared-is-pure',
    { path: '^shared/' },
    { pathNot: ['^shared/', `${npm}zod/`] },
    'shared/ runs in the window as well as in Node: nothing but itself and zod.',
  ),
  rule(
    'electron-only-in-main-and-preload',
    { pathNot: '^electron/(main|preload)/' },
    { path: [`${npm}electron/`, '^electron$', `${npm}electron-store/`] },
    'Importing electron outside its own process tries a download and throws.',
  ),
  rule(
    'preload-is-thin',
    { path: '^electron/preload/' },
    { pathNot: ['^electron/preload/', '^shared/', `${npm}electron/`, '^electron$'] },
    'A sandboxed preload has nothing but electron.',
  ),
  rule(
    'adapters-know-ports-and-shared',
    { path: '^electron/adapters/' },
    { path: '^(electron|renderer)/', pathNot: ['^electron/adapters/', PORTS] },
    'An adapter implements a port; what it is used for is none of its business.',
  ),
  rule(
    'adapters-do-not-know-each-other',
    { path: '^electron/adapters/([^/]+)/' },
    { path: '^electron/adapters/', pathNot: ['^electron/adapters/$1/', '^electron/adapters/(sql|csv)/'] },
    'Two languages are shared: sql/, which Postgres and PGlite both speak, and csv/, in which files are kept and checked.',
  ),
  rule(
    'sql-knows-no-vendor',
    { path: '^electron/adapters/sql/' },
    { path: npm },
    'The shared SQL reaches a server through SqlConnection.',
  ),
  rule(
    'application-stands-on-the-engine',
    { path: '^electron/application/' },
    { pathNot: '^(electron/application|electron/engine|shared)/' },
    'Use cases have no I/O of their own.',
  ),
  rule(
    'only-compose-knows-adapters',
    {
      path: '^electron/',
      pathNot: ['^electron/adapters/', '^electron/compose[^/]*\\.ts$', '^electron/compose/'],
    },
    { path: '^electron/adapters/' },
    'One place decides which adapter stands behind a port.',
  ),
  rule(
    'doors-do-not-know-each-other',
    // The command line starts the other doors.
    { path: `^${DOORS}`, pathNot: '^electron/cli/commands/serve(-password)?\\.ts$' },
    { path: `^${DOORS}`, pathNot: ['^electron/$1/', SESSIONS] },
    'Four doors, one contract: they share application/, not code of another door.',
  ),
  rule(
    'nothing-inside-knows-a-door',
    { path: '^(electron/(application|compose|adapters|engine)|shared|renderer)' },
    { path: `^${DOORS}` },
    'Dependencies point inwards.',
  ),
  rule(
    'renderer-knows-shared-only',
    { path: '^renderer/' },
    { path: '^electron/' },
    'The window speaks to the rest through the contract.',
  ),
  rule(
    'renderer-has-no-node',
    { path: '^renderer/' },
    { dependencyTypes: ['core'] },
    'The window is sandboxed.',
  ),
  rule(
    'features-do-not-know-each-other',
    { path: '^renderer/features/([^/]+)/' },
    { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
    'What two features share belongs to components/ or lib/.',
  ),
  rule(
    'product-does-not-know-its-tests',
    { path: '^(electron|shared|renderer)/', pathNot: '^electron/setup/' },
    { path: '^tests/' },
    'Tests are not shipped.',
  ),
];

export const OPTIONS = {
  // Under TypeScript 7 the default parser finds no modules and still succeeds.
  parser: 'swc' as const,
  tsPreCompilationDeps: true,
  moduleSystems: ['es6' as const, 'cjs' as const],
  doNotFollow: { path: 'node_modules' },
  exclude: { path: ['(^|/)(out|dist)/', '\\.d\\.[mc]ts$'] },
  enhancedResolveOptions: {
    extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    conditionNames: ['import', 'node', 'default'],
  },
};
