// Makes the pictures beside this file: the scenes are played on the test machine, and drawn here. Words: only scenes whose names
// begin so.
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bootMachine } from '../test/machine/boot.ts'
import { hindrance } from '../test/machine/build.ts'
import { bundleForMachine } from '../test/machine/bundle.ts'
import { drawPng, drawSheet, drawSvg } from './draw.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const reason = hindrance()
if (reason) {
  console.error(`no pictures: ${reason}`)
  process.exit(77)
}
const scenes = await bundleForMachine('screenshots', [join(here, 'scenes.ts')])
const machine = await bootMachine()
const [command = '', ...words] = [...machine.inside, 'node', ...scenes, ...process.argv.slice(2)]
const { stdout, status } = spawnSync(command, words, {
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'inherit'],
  maxBuffer: 1 << 28,
})
machine.stop()

const write = (name: string, svg: string, zoom: number): void => {
  writeFileSync(join(here, `${name}.svg`), svg)
  writeFileSync(join(here, `${name}.png`), drawPng(svg, zoom))
  console.log(`screenshots/${name}.svg .png`)
}

mkdirSync(join(here, 'themes'), { recursive: true })
/** Of each theme on a dark and on a light terminal. */
const themes = new Map<string, string[]>()
for (const line of stdout.split('\n').filter((text) => text.startsWith('{'))) {
  const { name, picture } = JSON.parse(line)
  const svg = drawSvg(picture)
  const theme = /^theme-(.*)-(dark|light)$/.exec(name)?.[1]
  if (theme === undefined) write(name, svg, 2)
  else themes.set(theme, [...(themes.get(theme) ?? []), svg])
}
for (const [theme, both] of themes) write(`themes/${theme}`, drawSheet(both, 2), 1)
if (themes.size > 1) write('themes', drawSheet([...themes.values()].flat(), 4), 1)
process.exit(status ?? 1)
