// Facts of a machine and a terminal where all is well, to be changed by the tests.
import type { Facts } from '../../src/commands/findings.ts'
import { capabilitiesOf } from '../../src/terminal/capabilities.ts'
import type { Tmux } from '../../src/terminal/tmux.ts'

export const good: Facts = {
  machine: {
    systemd: { booted: true, version: '259' },
    bus: { kind: 'there', passesDescriptors: true },
    polkit: { version: '127', keeps: true, session: { active: true, remote: false } },
    agent: '/usr/bin/pkttyagent',
    hasDesktop: false,
    process: { parent: 4711, sharesGroup: true, sharesTerminal: true, isOnPty: true },
    container: undefined,
    noNewPrivileges: false,
  },
  terminal: {
    isTerminal: true,
    term: 'xterm-256color',
    colorTerm: 'truecolor',
    noColor: false,
    capabilities: capabilitiesOf({ TERM: 'xterm-256color', COLORTERM: 'truecolor' }),
    probe: {
      answers: true,
      version: 'XTerm(379)',
      device: [41, 379, 0],
      background: { r: 0x1e, g: 0x1e, b: 0x2e },
      foreground: { r: 0xcd, g: 0xd6, b: 0xf4 },
      trueColor: true,
    },
    size: { rows: 24, columns: 80, width: 720, height: 432 },
    tmux: undefined,
  },
  own: { version: '0.1.0', node: 'v22.0.0', files: [], problem: undefined, theme: undefined },
}

export const goodTmux: Tmux = {
  version: '3.5a',
  trueColor: true,
  outside: 'xterm-256color',
  setsTitles: true,
  passthrough: 'off',
}
