// What tint0 finds on this machine and terminal, a line each, with the way out where something is missing.

import { connectBus, getProperty } from '../bus/connect.ts'
import { Tint0Error } from '../errors.ts'
import { findAgent } from '../polkit/pkttyagent.ts'
import { capabilitiesOf } from '../terminal/capabilities.ts'
import { openTerminal } from '../terminal/tty.ts'
import type { World } from './world.ts'

interface Finding {
  readonly subject: string
  readonly good: boolean
  readonly text: string
  readonly hint?: string
}

/** The report, ending in a newline. */
export const doctor = async ({ env, booted }: Pick<World, 'env' | 'booted'>): Promise<string> => {
  const findings = [...(await machine(booted)), ...terminal(env)]
  const width = Math.max(...findings.map(({ subject }) => subject.length))
  return findings
    .map(
      ({ subject, good, text, hint }) =>
        `${good ? '✓' : '✗'} ${subject.padEnd(width)}  ${text}${good || !hint ? '' : `; ${hint}`}\n`,
    )
    .join('')
}

const machine = async (booted: boolean): Promise<readonly Finding[]> => {
  const local = 'commands run here with --backend=local'
  const manager: Finding = {
    subject: 'systemd',
    good: booted,
    text: booted ? 'runs this machine' : 'does not run this machine',
    hint: local,
  }
  const agent = findAgent()
  const agentFinding: Finding = {
    subject: 'agent',
    good: agent !== undefined,
    text: agent ?? 'pkttyagent was not found',
    hint: 'install polkit, or log in where a window asks for passwords',
  }
  try {
    const bus = await connectBus('system')
    const owns = async (name: string) => {
      const [yes] = await bus.call({ ...broker, member: 'NameHasOwner', signature: 's', body: [name] })
      const [activatable] = yes ? [[name]] : await bus.call({ ...broker, member: 'ListActivatableNames' })
      return (activatable as readonly string[]).includes(name)
    }
    const version = booted
      ? await getProperty(bus, systemd, 'org.freedesktop.systemd1.Manager', 'Version')
      : undefined
    const polkit = await owns('org.freedesktop.PolicyKit1')
    bus.close()
    return [
      version === undefined ? manager : { ...manager, text: `runs this machine, version ${version}` },
      {
        subject: 'system bus',
        good: true,
        text: `can be reached${bus.passesDescriptors ? ', and passes file descriptors' : ''}`,
      },
      {
        subject: 'polkit',
        good: polkit,
        text: polkit ? 'is there' : 'is not there',
        hint: 'install polkitd: without it only root may use the system backend',
      },
      agentFinding,
    ]
  } catch (error) {
    return [
      manager,
      {
        subject: 'system bus',
        good: false,
        text: error instanceof Tint0Error ? error.failure.problem : String(error),
        hint: local,
      },
      agentFinding,
    ]
  }
}

const broker = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
} as const

const systemd = { destination: 'org.freedesktop.systemd1', path: '/org/freedesktop/systemd1' } as const

const ways = {
  rewrite: 'written into the output (--tint=rewrite)',
  dynamic: 'the default background of the terminal (--tint=dynamic)',
  screen: 'written into the output, and screen is told to erase with it (bce on)',
} as const

const depths = { 24: 'true color', 8: '256 colors', 4: '16 colors', 0: 'no colors' } as const

const terminal = (env: World['env']): readonly Finding[] => {
  const outer = openTerminal()
  const { rows, columns, width, height } = outer.size()
  const isOne = outer.isTerminal.input && outer.isTerminal.output
  outer.close()
  const { depth, decorate, inTmux, inScreen, erasesWithBackground, changesBackground } = capabilitiesOf(env)
  const inside = inTmux ? ', inside tmux' : inScreen ? ', inside screen' : ''
  return [
    {
      subject: 'terminal',
      good: isOne,
      text: isOne ? `${env.TERM ?? 'TERM is not set'}${inside}` : 'standard input and output are no terminal',
      hint: 'run this in one',
    },
    {
      subject: 'size',
      good: rows > 0 && columns > 0,
      text: `${columns}×${rows} cells${width ? `, ${width}×${height} pixels` : ''}`,
      hint: 'see stty size',
    },
    {
      subject: 'colors',
      good: decorate && depth >= 8,
      text: decorate ? depths[depth] : `${depths[depth]}, switched off by NO_COLOR or TERM`,
      hint: 'set TERM and COLORTERM for a tint',
    },
    {
      subject: 'tint',
      good: erasesWithBackground || changesBackground === 'yes' || inScreen,
      text: inTmux || !erasesWithBackground ? ways[inScreen ? 'screen' : 'dynamic'] : ways.rewrite,
      hint: 'use --tint=dynamic, if the terminal answers OSC 11',
    },
  ]
}
