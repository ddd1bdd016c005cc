// tint0ctl themes pick: chooses a theme on the terminal's own background, and writes it to the configuration.
import type { LookRequest } from '../cli/look.ts'
import type { Rgb, Role } from '../color/color.ts'
import { contrast, parsedHex } from '../color/culori.ts'
import { isDark } from '../color/mix.ts'
import { hexOf, sgrBackground } from '../color/reduce.ts'
import { show } from '../errors.ts'
import { type Capabilities, capabilitiesOf } from '../terminal/capabilities.ts'
import { type Probe, probeTerminal } from '../terminal/probe.ts'
import { openTerminal, standardTerminals } from '../terminal/tty.ts'
import type { Theme } from '../theme/theme.ts'
import type { Choice, Look, Picker } from '../ui/choice.ts'
import { settledFor } from './configure.ts'
import { planTint } from './look.ts'
import type { World } from './world.ts'

/** Longest wait for a round of questions, in milliseconds. */
const longest = 1000

/** Resolves to the exit status: that of a signal where one ended it. */
export const pick = async (world: World, print: (text: string) => Promise<void>): Promise<number> => {
  const { listThemes } = await import('../theme/load.ts')
  const themes = listThemes(world.env).flatMap(({ theme }) => (theme ? [theme] : []))
  const { input, output } = standardTerminals()
  const capabilities = capabilitiesOf(world.env)
  if (!input || !output || !capabilities.obeys) {
    await print(themes.map(({ id, name }) => `${id}  ${show(name)}\n`).join(''))
    return 0
  }
  const probe = await ask(world, capabilities)
  const current = (await settledFor({ options: new Map(), operands: [] }, world)).get('theme')
  const picker = pickerFor(
    themes,
    current?.values.at(-1) ?? '',
    capabilitiesOf(world.env, probe.device?.[0]),
    probe,
  )
  const { pickTheme } = await import('../ui/ui.tsx')
  const picked = await pickTheme(picker, world.onBug)
  switch (picked.kind) {
    case 'left':
      return 0
    case 'ended':
      return 128 + numbers[picked.signal]
    case 'chosen': {
      const { setKey } = await import('../config/write.ts')
      const path = setKey(world.env, 'theme', picked.id)
      await print(`theme = "${picked.id}" was written to ${show(path)}\n`)
      return 0
    }
  }
}

const ask = async ({ sleep }: World, capabilities: Capabilities): Promise<Probe> => {
  const terminal = openTerminal()
  try {
    return await probeTerminal(terminal, capabilities, () => sleep(longest))
  } finally {
    terminal.close()
  }
}
