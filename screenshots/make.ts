// Makes the pictures beside this file: the scenes are played on the test machine, and drawn here.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bootMachine } from '../test/machine/boot.ts'
import { hindrance } from '../test/machine/build.ts'
import { bundleForMachine } from '../test/machine/bundle.ts'
import { drawPng, drawSvg } from './draw.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const reason = hindrance()
if (reason) {
  console.error(`no pictures: ${reason}`)
  process.exit(77)
}
const scenes = await bundleForMachine('screenshots', [join(here, 'scenes.ts')])
const machine = await bootMachine()
const [command = '', ...words] = [...machine.inside, 'node', ...scenes]
const { stdout, status } = spawnSync(command, words, {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'inherit'],
  maxBuffer: 1 << 28,
})
machine.stop()
for (const line of stdout.split('\n').filter((text) => text.startsWith('{'))) {
  const { name, picture } = JSON.parse(line)
  const svg = drawSvg(picture)
  writeFileSync(join(here, `${name}.svg`), svg)
  writeFileSync(join(here, `${name}.png`), drawPng(svg))
  console.log(`screenshots/${name}.png`)
}
process.exit(status ?? 1)
