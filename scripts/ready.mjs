// Brings a fresh checkout to where the other scripts can run: installs the npm packages when they are missing or
// older than the lockfile, and builds when a source is newer than the bundle. Says nothing when there is nothing to do.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

const [major = 0] = process.versions.node.split('.').map(Number)
if (major < 20) {
  console.error(`tint0: Node ${process.versions.node} is too old\n  install Node 20 or newer`)
  process.exit(125)
}

const mtime = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0)
const newest = (dir) =>
  Math.max(
    ...readdirSync(dir, { recursive: true, withFileTypes: true }).map((e) =>
      mtime(join(e.parentPath ?? e.path, e.name)),
    ),
  )

/** Runs one of our own steps; its chatter goes to stderr, so that a command's stdout stays the command's. */
const step = (what, command, args) => {
  const done = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] })
  if (done.status === 0) return
  console.error(`tint0: ${what} failed\n  see above; ${command} ${args.join(' ')} is what was run`)
  process.exit(125)
}

export const ready = () => {
  if (mtime(join(root, 'node_modules/.package-lock.json')) < mtime(join(root, 'package-lock.json')))
    step('installing', 'npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'])
  const sources = Math.max(
    newest(join(root, 'src')),
    mtime(join(root, 'scripts/build.mjs')),
    mtime(join(root, 'package.json')),
  )
  if (mtime(join(root, 'dist/tint0.cjs')) < sources)
    step('building', process.execPath, [join(root, 'scripts/build.mjs')])
}

ready()
