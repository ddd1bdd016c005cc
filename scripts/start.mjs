// npm start: installs and builds what is missing, then runs tint0 with the words behind --.
import { spawnSync } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { root } from './ready.mjs'

const done = spawnSync(join(root, 'bin/tint0'), process.argv.slice(2), {
  stdio: 'inherit',
  cwd: process.env.INIT_CWD ?? process.cwd(),
})
process.exit(done.signal ? 128 + constants.signals[done.signal] : (done.status ?? 125))
