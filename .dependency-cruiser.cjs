// The arrows between the rooms, as ARCHITECTURE.md draws them.
const FOUNDATIONS = 'errors|context|metrics|language|config|database|design';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or need a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'front-door-only',
      comment: 'A room is entered by its index.ts.',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: { path: '^src/[^/]+/', pathNot: ['^src/$1/', '/index[.]tsx?$'] },
    },
    {
      name: 'front-door-only-from-the-root',
      comment: 'main.ts and context.ts enter a room by its index.ts as well.',
      severity: 'error',
      from: { path: '^src/[^/]+[.]tsx?$' },
      to: { path: '^src/[^/]+/', pathNot: '/index[.]tsx?$' },
    },
    {
      name: 'rooms-know-no-http',
      comment:
        'http/ and console/ are made of the rooms; only commands/ and the files beside main.ts put them together.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(http|console|commands)/|^src/[^/]+[.]ts$' },
      to: { path: '^src/(http|console)/' },
    },
    {
      name: 'foundations-know-no-room',
      comment: 'What every room stands on stands on no room.',
      severity: 'error',
      from: { path: `^src/(${FOUNDATIONS})(/|[.]ts$)` },
      to: { path: '^src/', pathNot: `^src/(${FOUNDATIONS})(/|[.]ts$)` },
    },
    {
      name: 'the-simulator-stands-outside',
      comment: 'It plays the offices: of what it tests it knows the schema of letters alone.',
      severity: 'error',
      from: { path: '^src/simulator/' },
      to: { path: '^src/', pathNot: `^src/(simulator|delivery|${FOUNDATIONS})(/|[.]ts$)` },
    },
    {
      name: 'nobody-needs-the-simulator',
      comment: 'Only the terminal starts it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(simulator|commands)/' },
      to: { path: '^src/simulator/' },
    },
    {
      name: 'islands-stay-in-the-browser',
      comment: 'What is sent to a browser imports nothing of the server.',
      severity: 'error',
      from: { path: '^src/design/islands/' },
      to: { path: '^src/|^node:', pathNot: '^src/design/islands/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'the-server-needs-no-test-tool',
      comment: 'src/ runs on what "dependencies" in package.json names.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-import-that-leads-nowhere',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'src-knows-no-test',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
