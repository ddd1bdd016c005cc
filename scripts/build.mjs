// Bundles the two programs for a quick start: one file each, V8's code cache beside it, and a loader that joins them.
// Native modules stay outside. The cache belongs to the Node that built it; any other compiles anew.
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { Script } from 'node:vm'
import { build } from 'esbuild'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const out = join(root, 'dist')
const absent = './scripts/absent.cjs'
const { wrap } = createRequire(import.meta.url)('./load.cjs')

rmSync(out, { recursive: true, force: true })
await build({
  absWorkingDir: root,
  entryPoints: { 'tint0.bundle': 'src/main.ts', 'tint0ctl.bundle': 'src/ctl.ts' },
  outdir: out,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // One byte a character, as the loader reads it.
  charset: 'ascii',
  legalComments: 'none',
  external: ['koffi', '@lydell/*', '@koromix/*'],
  // What dbus-next loads only for things that are not used here: introspection, other transports, other addresses.
  alias: { xml2js: absent, 'event-stream': absent, usocket: absent, hexy: absent, x11: absent },
  plugins: [late(['assert', 'crypto', 'child_process'])],
  define: { 'import.meta.url': '__url' },
  banner: { js: "const __url=require('node:url').pathToFileURL(__filename).href;" },
  logLevel: 'warning',
})
for (const program of ['tint0', 'tint0ctl']) {
  copyFileSync(join(root, 'scripts/load.cjs'), join(out, `${program}.cjs`))
  const filename = join(out, `${program}.bundle.cjs`)
  writeFileSync(`${filename}.cache`, compiled(readFileSync(filename, 'latin1'), filename))
}

/** Node's own modules that a session may never need, or not before its first byte, are loaded when something of them is used. */
function late(names) {
  const filter = new RegExp(`^(node:)?(${names.join('|')})$`)
  const contents = (path) => `
    const real = () => require(${JSON.stringify(path)})
    const proxy = new Proxy(function () {}, {
      get: (_, name) => real()[name],
      apply: (_, self, args) => real().apply(self, args),
      // What esbuild makes of it inherits from its prototype: so it inherits from this.
      getPrototypeOf: () => proxy,
    })
    module.exports = proxy`
  return {
    name: 'late',
    setup(build) {
      build.onResolve({ filter }, ({ path, namespace }) =>
        namespace === 'late' ? { path, external: true } : { path, namespace: 'late' },
      )
      build.onLoad({ filter: /.*/, namespace: 'late' }, ({ path }) => ({ contents: contents(path) }))
    },
  }
}

/** All of it compiled, also what a first run would not reach; the flag is not part of what the cache is checked by. */
function compiled(code, filename) {
  setFlagsFromString('--no-lazy')
  const script = new Script(wrap(code), { filename })
  setFlagsFromString('--lazy')
  return script.createCachedData()
}
