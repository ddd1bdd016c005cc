// Bundles the two programs for a quick start: one file each, V8's code cache beside it, and a loader that joins them; and one
// more for each thing that is imported late. Manual pages and completions are made from the same tables.
// Native modules stay outside. The cache belongs to the Node that built it; any other compiles anew.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, extname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { Script } from 'node:vm'
import { build } from 'esbuild'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const out = join(root, 'dist')
const absent = './scripts/absent.cjs'
const { wrap } = createRequire(import.meta.url)('./load.cjs')

rmSync(out, { recursive: true, force: true })

const common = {
  absWorkingDir: root,
  outdir: out,
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  legalComments: 'none',
  external: ['koffi', '@lydell/*', '@koromix/*'],
  logLevel: 'warning',
}
const script = {
  ...common,
  outExtension: { '.js': '.cjs' },
  format: 'cjs',
  // One byte a character, as the loader reads it.
  charset: 'ascii',
  // What dbus-next loads only for things that are not used here: introspection, other transports, other addresses.
  alias: { xml2js: absent, 'event-stream': absent, usocket: absent, hexy: absent, x11: absent },
  define: { 'import.meta.url': '__url' },
  banner: { js: "const __url=require('node:url').pathToFileURL(__filename).href;" },
}
const entries = { tint0: 'src/main.ts', tint0ctl: 'src/ctl.ts' }
const made = new Set()
/** What is imported by `import(…)` becomes a file of its own: it costs nothing until it is needed. */
const wanted = new Map(Object.entries(entries))
while (wanted.size > 0) {
  const [[name, entry]] = wanted
  wanted.delete(name)
  made.add(name)
  // Ink waits at its top level, which only a module can.
  if (entry.endsWith('.tsx'))
    await build({
      ...common,
      entryPoints: { [name]: entry },
      outExtension: { '.js': '.mjs' },
      format: 'esm',
      jsx: 'automatic',
      // Ink draws nothing where CI is set, which is no reason for a human who sits there.
      alias: { 'react-devtools-core': absent, 'is-in-ci': './scripts/not-in-ci.mjs' },
      define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
      banner: {
        js: "import{createRequire as __create}from'node:module';const require=__create(import.meta.url);",
      },
    })
  else {
    await build({
      ...script,
      entryPoints: { [`${name}.bundle`]: entry },
      plugins: [late(['assert', 'crypto', 'child_process']), rooms()],
    })
    const filename = join(out, `${name}.bundle.cjs`)
    writeFileSync(`${filename}.cache`, compiled(readFileSync(filename, 'latin1'), filename))
  }
}
// So small that a cache of it would take longer to read.
await build({ ...script, entryPoints: { authorized: 'src/authorized.ts' }, banner: {} })
for (const program of Object.keys(entries))
  copyFileSync(join(root, 'scripts/load.cjs'), join(out, `${program}.cjs`))

for (const [folder, entry, name] of [
  ['man', 'src/cli/man.ts', 'manFiles'],
  ['completions', 'src/cli/completions.ts', 'completionFiles'],
]) {
  mkdirSync(join(out, folder))
  const files = (await imported(entry))[name]()
  for (const [file, text] of Object.entries(files)) writeFileSync(join(out, folder, file), text)
}

/** What a source file exports; nothing of it stays. */
async function imported(entry) {
  const { outputFiles } = await build({ ...common, entryPoints: [entry], format: 'esm', write: false })
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`)
}

/** Puts the loader's `late` in the place of `import(…)`, and notes what it will have to load. */
function rooms() {
  return {
    name: 'rooms',
    setup(build) {
      build.onResolve({ filter: /^\.{1,2}\// }, ({ kind, path, resolveDir }) => {
        if (kind !== 'dynamic-import') return undefined
        const entry = relative(root, join(resolveDir, path))
        const name = relative('src', entry)
          .replace(/\.tsx?$/, '')
          .replaceAll('/', '-')
        if (!made.has(name)) wanted.set(name, entry)
        return { path: `${name}${extname(entry)}`, namespace: 'room' }
      })
      build.onLoad({ filter: /.*/, namespace: 'room' }, ({ path }) => ({ contents: roomOf(path) }))
    },
  }
}

/** A bundle is there at once; of a module every export is a function that returns a promise. */
function roomOf(path) {
  const name = JSON.stringify(path.replace(/\.tsx?$/, ''))
  if (!path.endsWith('.tsx')) return `module.exports = late.bundle(${name})`
  return `
    const proxy = new Proxy({}, {
      get: (_, key) => key === 'then' || typeof key === 'symbol' ? undefined
        : async (...args) => (await late.module(${name}))[key](...args),
      // What esbuild makes of it inherits from its prototype: so it inherits from this.
      getPrototypeOf: () => proxy,
    })
    module.exports = proxy`
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
