// The built program with no themes but those of the tests: what comes along may become more, and look otherwise.
import { cpSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'

/** Copies it from the checkout; the path of its tint0ctl. */
export const copyTo = (folder: string, checkout: string): string => {
  for (const name of ['bin', 'dist']) cpSync(join(checkout, name), join(folder, name), { recursive: true })
  cpSync(join(checkout, 'test/fixtures/themes'), join(folder, 'themes'), { recursive: true })
  symlinkSync(join(checkout, 'node_modules'), join(folder, 'node_modules'))
  return join(folder, 'bin/tint0ctl')
}
