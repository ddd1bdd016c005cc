// tint0ctl themes pick: chooses a theme on the terminal's own background, and writes it to the configuration.
import type { LookRequest } from '../cli/look.ts'
import { nothingWritten, type Written } from '../cli/parse.ts'
import type { Rgb, Role } from '../color/color.ts'
import { parsedHex } from '../color/css.ts'
import { contrast, measured } from '../color/culori.ts'
import { isDark } from '../color/mix.ts'
import { usual } from '../color/promise.ts'
import { hexOf, sgrBackground } from '../color/reduce.ts'
import { ownFile } from '../config/files.ts'
import { show } from '../errors.ts'
import { signalNumber } from '../proc.ts'
import { stopHere } from '../relay/signals.ts'
import { type Capabilities, capabilitiesOf } from '../terminal/capabilities.ts'
import type { Probe } from '../terminal/probe.ts'
import { comeForward, openTerminal, standardTerminals } from '../terminal/tty.ts'
import { listThemes } from '../theme/load.ts'
import { homeOf } from '../theme/measure.ts'
import type { SchemeName, Theme } from '../theme/theme.ts'
import type { Choice, Look, Picker } from '../ui/choice.ts'
import { ask } from './ask.ts'
import { configureBy } from './configure.ts'
import { dots, planTint } from './look.ts'
import { themes } from './themes.ts'
import type { World } from './world.ts'

/** Longest wait for a round of questions, in milliseconds. */
const longest = 1000

/** Resolves to the exit status: that of a signal where one ended it. */
export const pick = async (world: World, print: (text: string) => Promise<void>): Promise<number> => {
  const { input, output } = standardTerminals()
  const capabilities = capabilitiesOf(world.env)
  if (!input || !output || !capabilities.obeys) {
    await print(
      (await themes({ action: 'list', value: '', switches: new Set(), values: new Map() }, world)).text,
    )
    return 0
  }
  // It could not be written: better told before something is chosen.
  ownFile(world.env)
  const all = listThemes(world.env).flatMap(({ theme }) => (theme ? [theme] : []))
  const probe = await askOwn(world, capabilities)
  const { options } = await withoutOptions(world)
  const picker = pickerFor(
    all,
    options.get('theme')?.at(-1) ?? '',
    capabilitiesOf(world.env, probe.device?.[0]),
    probe,
  )
  const { pickTheme } = await import('../ui/ui.tsx')
  const picked = await pickTheme(picker, { onBug: world.onBug, stopHere })
  switch (picked.kind) {
    case 'left':
      return 0
    case 'ended':
      return 128 + signalNumber(picked.signal)
    case 'chosen': {
      const { setKey } = await import('../config/write.ts')
      const path = setKey(world.env, 'theme', picked.id)
      await print(`theme = "${picked.id}" was written to ${show(path)}\n`)
      const stronger = strongerThan(picked.id, await withoutOptions(world))
      if (stronger) await print(`what stands there is stronger than its colors: ${show(stronger)}\n`)
      return 0
    }
  }
}

const withoutOptions = (world: World): Promise<Written> => configureBy(world)(nothingWritten)

/** Where something stands that a session without options would heed instead; undefined: nowhere. */
const strongerThan = (id: string, { options, origins }: Written): string | undefined => {
  const name =
    (options.get('theme')?.at(-1) ?? '') !== id
      ? 'theme'
      : options.get('no-tint')?.at(-1) === 'yes'
        ? 'no-tint'
        : 'background'
  return origins?.get(name)?.subject
}

const askOwn = async (world: World, capabilities: Capabilities): Promise<Probe> => {
  const terminal = openTerminal()
  try {
    comeForward(terminal)
    return await ask(terminal, capabilities, longest, world)
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

const pickerFor = (
  all: readonly Theme[],
  current: string,
  terminal: Capabilities,
  own: Pick<Probe, 'background' | 'foreground'>,
): Picker => ({
  choices: [none, ...all],
  current,
  colored: terminal.decorate,
  untinted: !terminal.decorate
    ? 'colors are off (NO_COLOR)'
    : terminal.depth === 0
      ? 'no tint: this terminal has no colors'
      : undefined,
  look: (id, role, other) =>
    lookOn(
      all.find((theme) => theme.id === id),
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
  const ground = own.background ?? terminal.told.background ?? usual.dark.background
  const scheme = isDark(ground) === !other ? 'dark' : 'light'
  const background = other ? otherGround(theme, scheme) : ground
  const text = (other ? theme?.[scheme].foreground : own.foreground) ?? usual[scheme].text
  const plan = planTint(plain, { colors: theme, marks: theme }, terminal, background, role, text)
  const color = plan?.color === undefined ? undefined : parsedHex(plan.color)
  return {
    scheme,
    background: hexOf(background),
    known: other || !own.background ? 'assumed' : 'asked',
    base: other ? baseOf(background, text, terminal) : [],
    tint: plan?.kind === 'rewrite' ? plan.parameters : color && sgrBackground(color, terminal.depth),
    color: plan?.color,
    contrast: color && contrast(measured(color), measured(text)),
    titleMark: theme?.titleMark[role] ?? dots[role],
    promptMark: theme?.promptMark[role] ?? '',
  }
}

const otherGround = (theme: Theme | undefined, scheme: SchemeName): Rgb =>
  theme ? homeOf(theme, scheme).background : usual[scheme].background

/** SGR parameters for a background and a text color. */
const baseOf = (background: Rgb, text: Rgb, { depth }: Capabilities): readonly string[] => {
  const [under, over] = [background, text].map((color) => sgrBackground(color, depth))
  return under && over ? [under, foregroundOf(over)] : []
}

/** The same color as SGR parameters for text (ECMA-48; 90–97 are aixterm's). */
const foregroundOf = (parameters: string): string =>
  parameters
    .replace(/^48/, '38')
    .replace(/^4(?=\d$)/, '3')
    .replace(/^10(?=\d$)/, '9')
