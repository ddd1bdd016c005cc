// One authentication: polkit's helper says what PAM wants to know, the user is asked, and what was typed goes back, until PAM is
// content or no try is left. A wrong answer ends a helper; with the same cookie the next one may begin.
import { show } from '../errors.ts'
import type { Answer, Prompter } from '../prompt/prompt.ts'
import type { Authentication, Verdict } from './agent.ts'
import type { HelperLine } from './protocol.ts'

/** A running helper. */
export interface Helper {
  /** What it says next; undefined when it has ended. */
  next(): Promise<HelperLine | undefined>
  /** Sends an answer, and wipes it. */
  answer(secret: Buffer): void
  stop(): void
}

/** Who may be asked: by number, and by name. */
export interface Person {
  readonly uid: number
  readonly name: string
}

export interface ConversationOptions {
  readonly prompter: Pick<Prompter, 'ask' | 'tell'>
  /** Of the users that polkit named, in its order; the first is asked unless another is chosen. */
  readonly people: readonly Person[]
  /** Starts the helper for a user; resolves to why not, where that is impossible. */
  readonly startHelper: (user: string, cookie: string) => Promise<Helper | Broken>
  /** The prompt for one of PAM's own, which are plain text by now. */
  readonly promptFor: (text: string, person: Person) => string
  /** How often, with a wrong one each time. */
  readonly tries: number
}

export type Broken = Extract<Verdict, { kind: 'broken' }>

/** How one helper ended. */
type Round =
  | { readonly kind: 'granted' }
  /** `asked`: by an answer of the user's. */
  | { readonly kind: 'failed'; readonly asked: boolean; readonly words: readonly string[] }
  | Exclude<Answer, { kind: 'answer' }>
  | { readonly kind: 'cancelled' }

/** Asks; resolves to how it went, with nothing left on its way. */
export const converse = async (
  { cookie, cancelled }: Pick<Authentication, 'cookie' | 'cancelled'>,
  { prompter, people, startHelper, promptFor, tries }: ConversationOptions,
): Promise<Verdict> => {
  let at = 0
  for (let left = tries; ; ) {
    const person = people[at]
    if (!person) return { kind: 'broken', problem: 'polkit names nobody who could be asked' }
    const helper = await startHelper(person.name, cookie)
    if ('kind' in helper) return helper
    const others = people.filter((other) => other !== person).map(({ name }) => name)
    const ask = (text: string, echo: boolean) => prompter.ask({ text: promptFor(text, person), echo, others })
    const round = await roundWith(helper, ask, prompter, cancelled)
    helper.stop()
    switch (round.kind) {
      case 'granted':
        return round
      case 'switch':
        at = (at + round.step + people.length) % people.length
        break
      case 'failed':
        if (!round.asked) return failedUnasked(round.words)
        if (--left === 0) return { kind: 'wrong' }
        prompter.tell('Sorry, try again.')
        break
      case 'closed':
      case 'timeout':
        return { kind: round.kind }
      case 'cancelled':
      case 'dropped':
        return { kind: 'cancelled' }
    }
  }
}

const roundWith = async (
  helper: Helper,
  ask: (text: string, echo: boolean) => Promise<Answer>,
  prompter: Pick<Prompter, 'ask' | 'tell'>,
  cancelled: Promise<void>,
): Promise<Round> => {
  const stop = cancelled.then(() => ({ kind: 'cancelled' }) as const)
  const words: string[] = []
  let asked = false
  for (;;) {
    const line = await Promise.race([helper.next(), stop])
    switch (line?.kind) {
      case 'prompt': {
        const answer = await Promise.race([ask(show(line.text), line.echo), stop])
        if (answer.kind !== 'answer') return answer
        asked = true
        helper.answer(answer.secret)
        break
      }
      case 'info':
      case 'error':
        prompter.tell(show(line.text))
        words.push(line.text)
        break
      case 'other':
        words.push(line.text)
        break
      case 'success':
        return { kind: 'granted' }
      case 'cancelled':
        return line
      case 'failure':
      case undefined:
        return { kind: 'failed', asked, words }
    }
  }
}

/** PAM did not even ask, or the helper could not. */
const failedUnasked = (words: readonly string[]): Broken => {
  const said = words.at(-1)
  return {
    kind: 'broken',
    problem: `the helper of polkit failed before it asked anything${said === undefined ? '' : ` (${said})`}`,
    hint: 'see journalctl -t polkit-agent-helper-1, and /etc/pam.d/polkit-1',
  }
}
