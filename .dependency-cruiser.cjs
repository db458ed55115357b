// Folders are phases; imports point one way. A room may use those before it in this list, never those after.
const rooms = [
  'model',
  'plaintext',
  'diagnostics',
  'language',
  'kubernetes',
  'read',
  'edit',
  'sealing',
  'resolve',
  'expand',
  'footprint',
  'graph',
  'check',
  'factor',
  'argocd',
  'print',
  'compile',
  'plan',
  'store',
  'verify',
  'cluster',
  'git',
  'forge',
  'publish',
  'registry',
  'promote',
  'drift',
  'report',
  'live',
  'commands',
];
const later = (room) => rooms.slice(rooms.indexOf(room) + 1).join('|');

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    ...rooms.slice(0, -1).map((room) => ({
      name: `${room}-looks-back-only`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: { path: `^src/((${later(room)})/|[^/]+$)`, pathNot: '^src/build-facts' },
    })),
    {
      name: 'the-page-knows-the-shape-of-a-report-only',
      severity: 'error',
      from: { path: '^src/page/' },
      to: { path: '^src/', pathNot: '^src/(page/|report/report\\.ts$)' },
    },
    {
      name: 'nothing-but-the-build-takes-the-page',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/page/' },
      to: { path: '^src/page/' },
    },
    {
      name: 'pure-phases-touch-nothing',
      severity: 'error',
      from: {
        path: '^src/(model|plaintext|diagnostics|language|read|edit|sealing|resolve|expand|footprint|graph|check|factor|argocd|print|compile|plan)/',
      },
      to: { dependencyTypes: ['core'], pathNot: '^crypto$' },
    },
    {
      name: 'one-place-prints-yaml',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot:
          '^src/(model/print-yaml|read/(read-plainly|check-nesting|read-closely|event-places|scalar-value)|verify/parse-build|edit/)',
      },
      to: { path: 'node_modules/(yaml|js-yaml)/' },
    },
    {
      name: 'large-libraries-load-when-needed',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: 'node_modules/@(octokit|kubernetes)/', dynamic: false, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'one-place-spawns',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(verify/kustomize-build|git/run-git)' },
      to: { path: 'node_modules/execa/|^child_process$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
