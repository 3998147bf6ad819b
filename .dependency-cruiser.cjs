// The import zones. Each rule is one line of the room plan in docs/architecture.md.
const forbid = (name, from, to, comment) => ({ name, severity: 'error', comment, from, to });

module.exports = {
  forbidden: [
    forbid('no-cycles', {}, { circular: true }, 'imports flow one way'),
    forbid('shared-is-pure', { path: '^shared/' }, { path: '^(main|renderer)/', dependencyTypesNot: ['type-only'] }, 'shared runs anywhere'),
    forbid('shared-no-node', { path: '^shared/' }, { dependencyTypes: ['core'] }, 'shared runs anywhere: no node: modules'),
    forbid('renderer-knows-main-only-through-api', { path: '^renderer/' }, { path: '^main/' }, 'renderer → shared ← main'),
    forbid('main-not-renderer', { path: '^main/' }, { path: '^renderer/' }, 'renderer → shared ← main'),
    forbid('statistics-import-nothing', { path: '^shared/statistics/' }, { pathNot: '^shared/statistics/' }, 'shared/statistics imports nothing'),
    forbid('figures-import-shared-only', { path: '^renderer/figures/' }, { path: '^renderer/', pathNot: '^renderer/figures/' }, 'figures → shared only'),
    forbid(
      'main-feature-never-imports-feature',
      { path: '^main/(datasets|training|compare|hardware|exports|importers|tracking|registry|commands|copy)/' },
      { path: '^main/(datasets|training|compare|hardware|exports|importers|tracking|registry|commands|copy|cli|ipc|window|host|workers)/', pathNot: '^main/$1/|^main/workers/(client|internal)\\.ts$' },
      'features meet in the store, or main.ts passes one a function of the other',
    ),
    forbid(
      'renderer-feature-never-imports-feature',
      { path: '^renderer/features/([^/]+)/' },
      { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
      'a shared part belongs in renderer/ui or shared',
    ),
    forbid('store-imports-no-feature', { path: '^main/store/' }, { path: '^main/', pathNot: '^main/(store|platform)/' }, 'the store is below every feature'),
    forbid(
      'electron-at-the-edge',
      { path: '^main/', pathNot: '^main/(ipc|window|host)/|^main/(preload|main)\\.ts$' },
      { path: '(^|node_modules/)electron($|/)' },
      'only ipc, window, preload, main.ts and host know electron',
    ),
    forbid('one-door-to-sqlite', { path: '^main/', pathNot: '^main/store/open\\.ts$' }, { path: 'better-sqlite3', dependencyTypesNot: ['type-only'] }, 'an encrypting build must be able to take its place'),
    forbid('no-network-modules', { path: '^(main|shared|renderer)/', pathNot: '^main/tracking/listen\\.ts$|^main/copy/replay/loopback-client\\.ts$|^main/commands/launcher/(relay|stand-in|deliver|read-output)\\.ts$' }, { path: '^(net|http|https|http2|dgram|dns|tls|undici)(/|$)', dependencyTypesNot: ['type-only'] }, 'nothing asks the network (PRIVACY N7)'),
    forbid('one-listener', { path: '^main/tracking/listen\\.ts$' }, { path: '^(net|https|http2|dgram|dns|tls|undici)(/|$)', dependencyTypesNot: ['type-only'] }, 'it listens on loopback with node:http and does nothing else'),
    forbid('one-asker', { path: '^main/copy/replay/loopback-client\\.ts$' }, { path: '^(https|http2|dgram|dns|tls|undici)(/|$)', dependencyTypesNot: ['type-only'] }, 'it asks loopback with node:http, by address in digits, and nothing else'),
    forbid('gate-before-renderers', { path: '^main/exports/render/' }, { path: '^main/(store|training|datasets)/' }, 'report renderers see an ExportableRun and nothing else (PRIVACY X2)'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.json'], conditionNames: ['import', 'node', 'default'] },
  },
};
