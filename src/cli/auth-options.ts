// The rows of the option table about passwords and authorization; the spelling follows sudo(8), and run0(1) since version 262.
import type { OptionRow } from './option.ts'

export const authOptions = [
  {
    name: 'no-ask-password',
    short: 'n',
    also: ['non-interactive'],
    config: true,
    group: 'auth',
    text: 'fail rather than ask for a password',
  },
  {
    name: 'auth',
    value: 'WAY',
    config: true,
    group: 'auth',
    text: 'auto, tty, gui, pkttyagent, or none: who asks',
  },
  {
    name: 'prompt',
    short: 'p',
    value: 'TEXT',
    emptyIsValue: true,
    config: true,
    group: 'auth',
    text: 'the prompt; %p is whose password, %u, %U, %h',
  },
  {
    name: 'password-feedback',
    value: 'WAY',
    config: true,
    group: 'auth',
    text: 'none, asterisk, or dot: what is seen of it',
  },
  {
    name: 'password-timeout',
    value: 'MIN',
    config: true,
    group: 'auth',
    text: 'how many minutes to wait (default: 5; 0: no end)',
  },
  { name: 'bell', config: true, group: 'auth', text: 'ring when it is asked for' },
  { name: 'stdin', short: 'S', group: 'auth', text: 'read it from standard input, a line each' },
  {
    name: 'askpass',
    short: 'A',
    config: true,
    group: 'auth',
    text: 'have the program $SUDO_ASKPASS ask for it',
  },
  {
    name: 'validate',
    short: 'v',
    group: 'auth',
    text: 'authorize, and run nothing',
  },
  {
    name: 'reset-timestamp',
    short: 'k',
    group: 'auth',
    text: 'forget what was authorized from this shell',
  },
  {
    name: 'remove-timestamp',
    short: 'K',
    group: 'auth',
    text: 'forget all that was authorized in this session',
  },
] as const satisfies readonly OptionRow[]
