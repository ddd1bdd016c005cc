// Facts of a machine and a terminal where all is well, to be changed by the tests.
import type { Facts } from '../../src/commands/findings.ts'
import type { Standing } from '../../src/commands/standing.ts'
import { capabilitiesOf } from '../../src/terminal/capabilities.ts'
import type { Tmux } from '../../src/terminal/tmux.ts'

/** Polkit would know the next process of this shell again. */
export const goodStanding: Standing = {
  version: '127',
  retains: true,
  policy: { any: 'auth_admin', inactive: 'auth_admin', active: 'auth_admin_keep' },
  session: { id: '2', active: true, local: true, remote: false, graphical: false },
  us: {
    parent: 4711,
    sharesTerminal: true,
    sharesJob: false,
    sharesGroup: true,
    hasTerminal: true,
    isOnPty: true,
    isUnified: true,
  },
  tellsProcess: true,
  answer: {
    granted: false,
    challenge: true,
    details: {
      'polkit.retains_authorization_after_challenge': '1',
      'polkit.result': 'auth_admin_keep',
    },
  },
}

export const good: Facts = {
  machine: {
    systemd: { booted: true, version: '259' },
    bus: { kind: 'there', passesDescriptors: true },
    polkit: goodStanding,
    helper: { kind: 'socket', path: '/run/polkit/agent-helper.socket' },
    hasDesktop: false,
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
