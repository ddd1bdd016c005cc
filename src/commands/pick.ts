// tint0ctl themes pick: chooses a theme on the terminal's own background, and writes it to the configuration.
import type { LookRequest } from '../cli/look.ts'
import type { Rgb, Role } from '../color/color.ts'
import { contrast, parsedHex } from '../color/culori.ts'
import { isDark } from '../color/mix.ts'
import { hexOf, sgrBackground } from '../color/reduce.ts'
import { show } from '../errors.ts'
import { signalNumber } from '../proc.ts'
import { type Capabilities, capabilitiesOf } from '../terminal/capabilities.ts'
import { type Probe, probeTerminal } from '../terminal/probe.ts'
import { openTerminal, standardTerminals } from '../terminal/tty.ts'
import type { Theme } from '../theme/theme.ts'
import type { Choice, Look, Picker } from '../ui/choice.ts'
import { settledFor } from './configure.ts'
import { dots, planTint } from './look.ts'
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
      return 128 + signalNumber(picked.signal)
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

/** Asked of every theme: what a session without options would look like. */
const plain: LookRequest = {
  background: { kind: 'auto' },
  theme: undefined,
  tint: undefined,
  title: undefined,
  titleMark: undefined,
  strict: false,
}

/** Where the terminal or a theme does not say. */
const assumed = {
  dark: { background: { r: 0, g: 0, b: 0 }, foreground: { r: 0xd0, g: 0xd0, b: 0xd0 } },
  light: { background: { r: 0xff, g: 0xff, b: 0xff }, foreground: { r: 0x20, g: 0x20, b: 0x20 } },
} as const

export const pickerFor = (
  themes: readonly Theme[],
  current: string,
  terminal: Capabilities,
  own: Pick<Probe, 'background' | 'foreground'>,
): Picker => ({
  choices: [none, ...themes],
  current,
  colored: terminal.decorate,
  untinted: !terminal.decorate
    ? 'colors are off (NO_COLOR)'
    : terminal.depth < 8
      ? 'no tint: it takes 256 colors'
      : undefined,
  look: (id, role, other) =>
    lookOn(
      themes.find((theme) => theme.id === id),
      role,
      terminal,
      own,
      other,
    ),
})

const none: Choice = { id: '', name: 'no theme', summary: 'the colors of tint0 itself', license: '' }

const lookOn = (
  theme: Theme | undefined,
  role: Role,
  terminal: Capabilities,
  own: Pick<Probe, 'background' | 'foreground'>,
  other: boolean,
): Look => {
  const ground = own.background ?? assumed.dark.background
  const scheme = isDark(ground) === !other ? 'dark' : 'light'
  const background = other ? (theme?.[scheme].background ?? assumed[scheme].background) : ground
  const text = (other ? theme?.[scheme].foreground : own.foreground) ?? assumed[scheme].foreground
  const plan = planTint(plain, { colors: theme, marks: theme }, terminal, background, role)
  const color = plan?.color === undefined ? undefined : parsedHex(plan.color)
  return {
    scheme,
    background: hexOf(background),
    known: other || !own.background ? 'assumed' : 'asked',
    base: other ? baseOf(background, text, terminal) : [],
    tint:
      color === undefined
        ? plan?.kind === 'rewrite'
          ? plan.parameters
          : undefined
        : sgrBackground(color, terminal.depth),
    color: plan?.color,
    contrast: color && contrast(color, text),
    titleMark: theme?.titleMark[role] ?? dots[role],
    promptMark: theme?.promptMark[role] ?? '',
  }
}

/** SGR parameters for a background and a text color. */
const baseOf = (background: Rgb, text: Rgb, { depth }: Capabilities): readonly string[] => {
  const [under, over] = [background, text].map((color) => sgrBackground(color, depth))
  return under && over ? [under, over.replace('48', '38')] : []
}
