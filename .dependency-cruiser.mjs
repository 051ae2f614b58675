/** Imports run one way: docs/architecture.md. */
const inside = (name) => `^packages/${name}/`;

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'engine-imports-nothing-of-ours',
      severity: 'error',
      from: { path: inside('engine') },
      to: { path: '^packages/(?!engine/)' },
    },
    {
      name: 'engine-has-no-files-network-or-clock',
      severity: 'error',
      from: { path: inside('engine/src'), pathNot: '\\.test\\.ts$' },
      to: { path: '^(node:)?(fs|net|http|https|dns|child_process|worker_threads)(/|$)' },
    },
    {
      name: 'stages-import-stages-before-them',
      severity: 'error',
      from: { path: inside('engine/src/parse') },
      to: { path: inside('engine/src/(resolve|analyse)') },
    },
    {
      name: 'resolve-before-analyse',
      severity: 'error',
      from: { path: inside('engine/src/resolve') },
      to: { path: inside('engine/src/analyse') },
    },
    {
      name: 'analyse-before-recommend',
      severity: 'error',
      from: { path: inside('engine/src/(parse|resolve|analyse)') },
      to: { path: inside('engine/src/recommend') },
    },
    {
      name: 'lower-packages-import-the-engine-only',
      severity: 'error',
      from: { path: '^packages/(sources|lake|database)/' },
      to: { path: '^packages/(server|sdk|web)/' },
    },
    {
      name: 'the-connection-knows-nothing-of-what-is-stored',
      severity: 'error',
      from: { path: inside('database/src/connection') },
      to: { path: inside('database/src/(batch|store)') },
    },
    {
      name: 'a-batch-needs-no-database',
      severity: 'error',
      from: { path: inside('database/src/batch') },
      to: { path: 'database/src/store/|node_modules/pg/' },
    },
    {
      name: 'lake-database-and-sources-stay-apart',
      severity: 'error',
      from: { path: '^packages/(lake|database|sources)/' },
      // Each knows itself, and none of the others.
      to: { path: '^packages/(lake|database|sources)/', pathNot: '^packages/$1/' },
    },
    {
      name: 'only-the-reader-reaches-the-web',
      severity: 'error',
      from: { path: inside('sources/src'), pathNot: 'sources/src/reader/|\\.test\\.ts$' },
      to: { path: '^(node:)?(fs|net|http|https|dns|child_process)(/|$)|node_modules/undici/' },
    },
    {
      name: 'enrich-before-analyse',
      severity: 'error',
      from: { path: inside('engine/src/enrich') },
      to: { path: inside('engine/src/(analyse|recommend)') },
    },
    {
      name: 'plain-sdk-imports-nothing',
      severity: 'error',
      from: { path: inside('sdk/src'), pathNot: '(embedded|\\.test)\\.ts$' },
      to: { path: '^packages/(?!sdk/)|node_modules' },
    },
    {
      name: 'only-the-command-line-uses-the-sdk',
      severity: 'error',
      from: { path: inside('server/src'), pathNot: '^packages/server/src/(cli/|.*\\.test\\.ts$)' },
      to: { path: inside('sdk') },
    },
    {
      name: 'generated-code-stays-in-its-package',
      severity: 'error',
      from: { path: '^packages/(?!database/)' },
      to: { path: 'database/src/(?!index\\.ts|prepare\\.ts|generated/prisma/client\\.ts)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/generated/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['development', 'import', 'node'] },
  },
};
