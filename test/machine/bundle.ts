// Makes of TypeScript files what the machine's own Node can run, in a folder that it sees; what is native stays where it is.
import { rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { build } from 'esbuild'
import { checkout } from './build.ts'

/** Bundles each file into the folder `.cache/NAME`; resolves to their paths inside the machine. */
export const bundleForMachine = async (name: string, files: readonly string[]): Promise<string[]> => {
  const folder = join(checkout, '.cache', name)
  rmSync(folder, { recursive: true, force: true })
  // Others may run beside us.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  await build({
    entryPoints: [...files],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    external: ['*.node'],
    logLevel: 'warning',
  })
  return files.map((file) => `/src/.cache/${name}/${basename(file).replace('.ts', '.mjs')}`)
}
