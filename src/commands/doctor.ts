// tint0ctl doctor: asks the machine, the terminal and the configuration, each within a bound; what is made of the answers is
// findings.ts's, what it looks like src/ui's.
import { nothingWritten } from '../cli/parse.ts'
import { wrongValues } from '../config/check.ts'
import { filesFor } from '../config/files.ts'
import { type Failure, Tint0Error } from '../errors.ts'
import { findHelper } from '../polkit/helper.ts'
import { hasNoNewPrivileges } from '../proc.ts'
import { capabilitiesOf } from '../terminal/capabilities.ts'
import type { Probe } from '../terminal/probe.ts'
import { askTmux } from '../terminal/tmux.ts'
import { isPiped, openTerminal } from '../terminal/tty.ts'
import { jsonOf, linesOf } from '../ui/finding.ts'
import { version } from '../version.ts'
import { ask } from './ask.ts'
import { settledFor } from './configure.ts'
import { busFacts } from './doctor.bus.ts'
import { containerKind, nodeVersion } from './doctor.proc.ts'
import { findingsOf, type MachineFacts, type OwnFacts, type TerminalFacts } from './findings.ts'
import type { World } from './world.ts'

/** Longest waits, in milliseconds: for the bus and all behind it, and for a round of questions to the terminal. */
const longest = { bus: 5000, terminal: 2000 }

/** The report, ending in a newline. */
export const doctor = async (world: World, json: boolean): Promise<string> => {
  // The terminal first: whoever reads our output may come to it later.
  const terminal = await terminalFacts(world)
  const findings = findingsOf({ terminal, machine: await machineFacts(world), own: await ownFacts(world) })
  if (json) return jsonOf(version, findings)
  const { columns } = terminal.size
  if (!terminal.isTerminal) return linesOf(findings)
  const { drawFindings } = await import('../ui/ui.tsx')
  return `${await drawFindings(findings, columns, terminal.capabilities.decorate)}\n`
}

const terminalFacts = async (world: World): Promise<TerminalFacts> => {
  const { env } = world
  const outer = openTerminal(false)
  const { isTerminal } = outer
  const size = outer.size()
  const capabilities = capabilitiesOf(env)
  const askable = isTerminal.input || isTerminal.output || isTerminal.error
  const why = !askable
    ? 'there is none to ask'
    : !capabilities.obeys
      ? 'it knows no questions'
      : !outer.isForeground() || (isPiped() && outer.hasRival())
        ? 'another program has it'
        : undefined
  const probe: Probe | string = why ?? (await ask(outer, capabilities, longest.terminal, world))
  outer.close()
  const known = typeof probe === 'string' ? capabilities : capabilitiesOf(env, probe.device?.[0])
  return {
    isTerminal: isTerminal.input && isTerminal.output,
    term: env.TERM,
    colorTerm: env.COLORTERM,
    noColor: Boolean(env.NO_COLOR),
    capabilities: known,
    probe,
    size,
    tmux: known.inTmux ? await askTmux(env) : undefined,
  }
}

const machineFacts = async ({ env, booted, sleep }: World): Promise<MachineFacts> => {
  const { bus, version, polkit } = await busFacts(sleep(longest.bus))
  return {
    systemd: { booted, version: booted ? version : undefined },
    bus,
    polkit,
    helper: findHelper(),
    hasDesktop: Boolean(env.WAYLAND_DISPLAY || env.DISPLAY) && env.XDG_CURRENT_DESKTOP !== undefined,
    container: containerKind(),
    noNewPrivileges: hasNoNewPrivileges(),
  }
}

const ownFacts = async (world: World): Promise<OwnFacts> => {
  const base = { version, node: nodeVersion() }
  try {
    const settled = await settledFor(nothingWritten, false, world)
    const { values, origin = '' } = settled.get('theme') ?? {}
    const name = values?.at(-1)
    const [wrong] = await wrongValues(settled, world.env)
    return {
      ...base,
      files: filesFor(world.env, undefined).flatMap(({ path, isThere }) => (isThere ? [path] : [])),
      problem: wrong && problemOf(wrong),
      theme: name && !wrong ? { name, origin } : undefined,
    }
  } catch (error) {
    if (!(error instanceof Tint0Error)) throw error
    return { ...base, files: [], problem: problemOf(error.failure), theme: undefined }
  }
}

const problemOf = ({ subject, problem, hint }: Failure): OwnFacts['problem'] => ({
  text: `${subject}: ${problem}`,
  hint,
})
