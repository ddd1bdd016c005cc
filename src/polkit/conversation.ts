// One authentication: polkit's helper says what PAM wants to know, the user is asked, and what was typed goes back, until PAM is
// content or no try is left. A wrong answer ends a helper; with the same cookie the next one may begin. One that dies is replaced, and
// who is just typing does not notice.
import { show } from '../errors.ts'
import type { Desk } from '../prompt/desk.ts'
import { type Answer, wipeAnswer } from '../prompt/prompt.ts'
import type { Authentication, Verdict } from './agent.ts'
import type { HelperLine } from './protocol.ts'
import { complaintIn, type Said, untold, type Words, words } from './words.ts'

/** A running helper. */
export interface Helper {
  /** What it says next; undefined when it has ended. */
  next(): Promise<HelperLine | undefined>
  /** Resolves when it has ended. */
  readonly ended: Promise<void>
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
  readonly desk: Pick<Desk, 'ask' | 'tell'>
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
  | { readonly kind: 'failed'; readonly asked: boolean; readonly said: readonly Said[] }
  /** Without a word of how it went. */
  | { readonly kind: 'ended'; readonly said: readonly Said[] }
  | { readonly kind: 'flooded' }
  | Exclude<Answer, { kind: 'answer' }>
  | { readonly kind: 'canceled' }

/** How many helpers may die. */
const spares = 2

/** What PAM may tell between two questions, in lines; the rest nobody could read. */
const most = 200

/** How many others the user is told of. */
const fewest = 3

const few = (names: readonly string[]): readonly string[] =>
  names.length > fewest + 1 ? [...names.slice(0, fewest), `... ${names.length - fewest} more`] : names

/** Asks; resolves to how it went, with nothing left on its way. */
export const converse = async (
  { cookie, canceled, checks }: Pick<Authentication, 'cookie' | 'canceled' | 'checks'>,
  { desk, people, startHelper, promptFor, tries }: ConversationOptions,
): Promise<Verdict> => {
  let at = 0
  for (let [left, spare] = [tries, spares]; ; ) {
    const person = people[at]
    if (!person) return broken(words.nobodyNamed())
    const others = few(people.filter((other) => other !== person).map(({ name }) => show(name)))
    const ask = (text: string, echo: boolean, gone: Promise<unknown>) =>
      desk.ask({ text: promptFor(text, person), echo, others }, gone)
    const helper = await startHelper(person.name, cookie)
    if ('kind' in helper) return helper
    const round = await roundWith(helper, ask, desk, canceled, checks).finally(() => {
      checks(false)
      helper.stop()
    })
    switch (round.kind) {
      case 'granted':
        return round
      case 'switch':
        at = (at + round.step + people.length) % people.length
        break
      case 'failed': {
        const complaint = complaintIn(round.said)
        if (complaint) return broken(complaint)
        // Who was told something may have been asked by it, as for a finger; what that is no try of ours can tell.
        if (!round.asked)
          return broken(
            round.said.some(({ told }) => told)
              ? words.pamRefused()
              : words.pamNeverAsked(untold(round.said)),
          )
        if (--left === 0) return { kind: 'wrong' }
        desk.tell('Sorry, try again.')
        break
      }
      case 'ended':
        if (--spare < 0) return broken(complaintIn(round.said) ?? words.helperEnded())
        break
      case 'flooded':
        return broken(words.helperFloods())
      case 'closed':
      case 'timeout':
        return { kind: round.kind }
      case 'canceled':
      case 'dropped':
        return { kind: 'canceled' }
    }
  }
}

const roundWith = async (
  helper: Helper,
  ask: (text: string, echo: boolean, gone: Promise<unknown>) => Promise<Answer>,
  desk: Pick<Desk, 'tell'>,
  canceled: Promise<void>,
  checks: Authentication['checks'],
): Promise<Round> => {
  const stop = canceled.then(() => ({ kind: 'canceled' }) as const)
  const said: Said[] = []
  const dead = helper.ended.then((): Round => ({ kind: 'ended', said }))
  let asked = false
  for (let quiet = 0; ; ) {
    const line = await Promise.race([stop, helper.next()])
    checks(false)
    switch (line?.kind) {
      case 'prompt': {
        quiet = 0
        const gone = Promise.race([stop, dead])
        const asking = ask(show(line.text), line.echo, gone)
        const answer = await Promise.race([gone, asking])
        if (answer.kind !== 'answer') {
          asking.then(wipeAnswer, () => {})
          return answer
        }
        asked = true
        helper.answer(answer.secret)
        checks(true)
        break
      }
      case 'info':
      case 'error':
        if (++quiet > most) return { kind: 'flooded' }
        desk.tell(show(line.text))
        said.push({ text: line.text, told: true })
        break
      case 'other':
        if (++quiet > most) return { kind: 'flooded' }
        said.push({ text: line.text, told: false })
        break
      case 'success':
        return { kind: 'granted' }
      case 'canceled':
        return line
      case 'failure':
        return { kind: 'failed', asked, said }
      case undefined:
        return { kind: 'ended', said }
    }
  }
}

export const broken = (of: Words): Broken => ({ kind: 'broken', ...of })
