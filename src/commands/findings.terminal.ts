// What the terminal is good for. Some things can be asked; what cannot, such as a stack of titles, is known by the name or the
// version of the terminal, and the text says so.
import { hexOf } from '../color/reduce.ts'
import type { Probe } from '../terminal/probe.ts'
import type { Tmux } from '../terminal/tmux.ts'
import type { Finding } from '../ui/finding.ts'
import type { TerminalFacts } from './findings.ts'
import { isDynamic } from './look.ts'

export const terminalFindings = (facts: TerminalFacts): readonly Finding[] => {
  const probe = typeof facts.probe === 'string' ? undefined : facts.probe
  const rows = facts.capabilities.obeys
    ? [terminal, size, colors, background, foreground, titles, erasing, tint]
    : [terminal, size]
  return [
    ...rows.map((row) => row(facts, probe)),
    ...(facts.tmux
      ? [tmuxItself, tmuxColors, tmuxTitles, tmuxPassthrough].map((row) => row(facts.tmux as Tmux))
      : []),
  ].map((finding) => ({ part: 'terminal' as const, ...finding }))
}

type Row = (facts: TerminalFacts, probe: Probe | undefined) => Omit<Finding, 'part'>

const terminal: Row = (
  { isTerminal, term, capabilities: { inTmux, inScreen, obeys }, probe: asked },
  probe,
) => {
  const device = probe?.device?.join(';')
  const name = term || 'TERM is not set'
  const said = probe?.version ?? (device && `DA2 ${device}`)
  const inside = inTmux ? ', inside tmux' : inScreen ? ', inside screen' : ''
  const silent = typeof asked === 'string' ? `, ${asked}` : probe?.answers ? '' : ', does not answer'
  const isGood = isTerminal && obeys && probe?.answers === true
  return {
    subject: 'terminal',
    verdict: isGood ? 'good' : isTerminal && obeys ? 'could be better' : 'missing',
    text: `${name}${said ? `, ${said}` : ''}${inside}${silent}`,
    ...(!isGood && {
      hint: !isTerminal
        ? 'run this in a terminal, with its output there'
        : !obeys
          ? 'set TERM to the name of your terminal'
          : 'see whether something between here and the terminal swallows answers',
    }),
    values: {
      term: term ?? null,
      version: probe?.version ?? null,
      device: device ?? null,
      answers: probe?.answers ?? null,
      tmux: inTmux,
      screen: inScreen,
    },
  }
}

const size: Row = ({ size: { rows, columns, width, height } }) => ({
  subject: 'size',
  verdict: rows > 0 && columns > 0 ? 'good' : 'missing',
  text: `${columns}×${rows} cells${width ? `, ${width}×${height} pixels` : ''}`,
  ...(!(rows > 0 && columns > 0) && { hint: 'see stty size' }),
  values: { rows, columns, width, height },
})

const depths = { 24: 'true color', 8: '256 colors', 4: '16 colors', 0: 'no colors' } as const

const colors: Row = ({ capabilities: { depth, decorate, inTmux }, colorTerm, noColor }, probe) => {
  const says = probe?.trueColor
  const why =
    depth < 24
      ? 'by its name'
      : says
        ? 'it says so'
        : inTmux
          ? 'tmux takes it'
          : colorTerm
            ? `COLORTERM=${colorTerm}`
            : 'by its name'
  const couldBe = depth < 24 && says === true
  const verdict = depth === 0 ? 'missing' : !decorate || depth < 24 ? 'could be better' : 'good'
  return {
    subject: 'colors',
    verdict,
    text: `${depths[depth]} (${why})${noColor ? ', switched off by NO_COLOR' : ''}${couldBe ? ', but it says that it has true color' : ''}`,
    ...(verdict !== 'good' && {
      hint:
        noColor && depth > 0
          ? 'unset NO_COLOR for a tint'
          : 'if the terminal has true color, export COLORTERM=truecolor (and let ssh send it)',
    }),
    values: { bits: depth, says: says ?? null, switchedOff: noColor },
  }
}

const background: Row = ({ capabilities: { told } }, probe) => {
  const instead = told.background ? `${hexOf(told.background)} (COLORFGBG)` : 'black'
  return {
    subject: 'background',
    verdict: probe?.background ? 'good' : 'could be better',
    text: probe?.background
      ? `${hexOf(probe.background)} (OSC 11)`
      : `${probe ? 'OSC 11 is not answered' : 'not asked for'}: ${instead} is assumed`,
    ...(!probe?.background && { hint: 'on a light terminal, choose a tint: --background=COLOR' }),
    values: { color: probe?.background ? hexOf(probe.background) : null },
  }
}

const foreground: Row = (_, probe) => ({
  subject: 'text color',
  verdict: probe?.foreground ? 'good' : 'could be better',
  text: probe?.foreground
    ? `${hexOf(probe.foreground)} (OSC 10)`
    : `${probe ? 'OSC 10 is not answered' : 'not asked for'}: a gray is assumed for the contrast`,
  values: { color: probe?.foreground ? hexOf(probe.foreground) : null },
})

/** That they keep titles was tried, or stands in their manuals. */
const keepers = /^(xterm|vte|kitty|foot|wezterm|alacritty|konsole|tmux|contour|mintty)/i

const titles: Row = ({ capabilities: { hasTitle, keepsTitles }, term = '' }, probe) => {
  const known = [probe?.version, term].find((name) => name !== undefined && keepers.test(name))
  if (!hasTitle)
    return { subject: 'title', verdict: 'missing', text: `${term} has none`, values: { stack: false } }
  return {
    subject: 'title',
    verdict: keepsTitles ? 'good' : 'could be better',
    text: keepsTitles
      ? `is given back at the end: ${known ? `${known} keeps` : 'assumed, for most keep'} titles, which cannot be asked`
      : 'cannot be given back at the end: this terminal has no stack of titles',
    ...(!keepsTitles && { hint: 'let the shell’s prompt set it, or use --title= for none' }),
    values: { stack: keepsTitles, known: known ?? null },
  }
}

const erasing: Row = ({ capabilities: { erasesWithBackground, inScreen } }) => ({
  subject: 'erasing',
  verdict: erasesWithBackground ? 'good' : 'could be better',
  text: erasesWithBackground
    ? 'with the background that is set (bce), to judge by its name'
    : 'with the default background (no bce)',
  ...(!erasesWithBackground && {
    hint: inScreen
      ? 'tint0 switches it on for a session; for good: defbce on in ~/.screenrc'
      : 'none is needed: the tint is the default background there',
  }),
  values: { bce: erasesWithBackground },
})

const ways = {
  rewrite: 'written into the output (--tint=rewrite)',
  dynamic: 'the default background of the terminal (--tint=dynamic)',
  screen: 'written into the output, and screen is told to erase with it (bce on)',
  none: 'none: it takes colors, and no NO_COLOR',
} as const

const tint: Row = ({ capabilities }, probe) => {
  const { decorate, depth, inScreen, erasesWithBackground, changesBackground } = capabilities
  const canChange =
    changesBackground === 'yes' || (changesBackground !== 'no' && probe?.background !== undefined)
  const changes = isDynamic(undefined, capabilities)
  const way =
    !decorate || (depth === 0 && !changes)
      ? 'none'
      : inScreen && !erasesWithBackground
        ? 'screen'
        : changes
          ? 'dynamic'
          : 'rewrite'
  return {
    subject: 'tint',
    verdict: way === 'none' ? 'missing' : 'good',
    text: ways[way],
    ...(way === 'none' && { hint: 'see colors' }),
    values: { way, canChangeBackground: canChange },
  }
}

type TmuxRow = (tmux: Tmux) => Omit<Finding, 'part'>

/** tmux's option, as a line of its configuration. */
const line = (text: string): string => `in ~/.tmux.conf: ${text}`

const tmuxItself: TmuxRow = ({ version }) => {
  const number = Number.parseFloat(version?.replace(/^\D*/, '') ?? '')
  const isOld = number < 3.4
  return {
    subject: 'tmux',
    verdict: isOld ? 'could be better' : 'good',
    text: `${version ?? 'of an unknown version'}${isOld ? ', which does not know the background of the terminal outside' : ''}`,
    ...(isOld && { hint: 'tmux 3.4 does' }),
    values: { version: version ?? null },
  }
}

const tmuxColors: TmuxRow = ({ trueColor, outside }) => {
  const name = outside || 'xterm-256color'
  return {
    subject: 'tmux colors',
    verdict: trueColor === false ? 'could be better' : 'good',
    text:
      trueColor === undefined
        ? 'cannot be told: no client is there'
        : trueColor
          ? `true color for ${name}`
          : `256 for ${name}: the tint is the nearest of them`,
    ...(trueColor === false && { hint: line(`set -as terminal-features ',${name}:RGB'`) }),
    values: { trueColor: trueColor ?? null, outside: outside ?? null },
  }
}

const tmuxTitles: TmuxRow = ({ setsTitles }) => ({
  subject: 'tmux titles',
  verdict: setsTitles ? 'good' : 'could be better',
  text: setsTitles
    ? 'reach the window outside (set-titles)'
    : 'stay in tmux: the window outside is not marked (set-titles)',
  ...(!setsTitles && { hint: line('set -g set-titles on') }),
  values: { setTitles: setsTitles ?? null },
})

const tmuxPassthrough: TmuxRow = ({ passthrough = 'off' }) => ({
  subject: 'tmux bypass',
  verdict: passthrough === 'off' ? 'good' : 'could be better',
  text:
    passthrough === 'off'
      ? 'is off, as it should be (allow-passthrough)'
      : 'is on: commands can write past tmux, and the tint (allow-passthrough)',
  ...(passthrough !== 'off' && { hint: line('set -g allow-passthrough off') }),
  values: { allowPassthrough: passthrough },
})
