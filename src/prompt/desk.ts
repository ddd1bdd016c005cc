// The user's side of an authentication that may have to begin anew: systemd waits for polkit no longer than 25 seconds, and polkit may
// be restarted. Whoever is just typing shall not notice: the same question asked again is the one that stands there already.
import { type Answer, type Prompter, type Question, wipeAnswer } from './prompt.ts'

export interface Desk extends Pick<Prompter, 'tell' | 'suspend' | 'resume' | 'close'> {
  /** `gone` resolves when who asks does not wait any more; the question stands, for who asks the same next. */
  ask(question: Question, gone?: Promise<unknown>): Promise<Answer>
  /** Whether a question stands there, or an answer that nobody has taken yet. */
  readonly isAsking: boolean
  /** Whether anything was asked or told. */
  readonly isUsed: boolean
}

/** `open` is called when there is something to ask or tell; `introduction` is said before, for a terminal so wide. */
export const createDesk = (open: () => Prompter, introduction: (columns: number) => string): Desk => {
  let prompter: Prompter | undefined
  let standing: { readonly question: Question; readonly answer: Promise<Answer> } | undefined
  /** Of who asked last: only the last one gets the answer. */
  let turn = 0
  let told: string | undefined
  let closed = false
  const use = (): Prompter => {
    if (prompter) return prompter
    prompter = open()
    const words = introduction(prompter.columns)
    if (words !== '') prompter.tell(words)
    return prompter
  }
  return {
    ask: async (question, gone = never) => {
      if (closed) return { kind: 'dropped' }
      if (standing && !isSame(standing.question, question)) {
        use().drop()
        forget(standing.answer)
        standing = undefined
      }
      if (!standing) {
        standing = { question, answer: use().ask(question) }
        told = undefined
      }
      const mine = standing
      turn++
      const my = turn
      const answer = await Promise.race([gone.then(() => undefined), mine.answer])
      if (answer === undefined || standing !== mine || my !== turn) return { kind: 'dropped' }
      standing = undefined
      return answer
    },
    tell: (text) => {
      if (closed || text === told) return
      told = text
      use().tell(text)
    },
    suspend: () => prompter?.suspend(),
    resume: () => prompter?.resume(),
    close: () => {
      if (closed) return
      closed = true
      prompter?.close()
      if (standing) forget(standing.answer)
    },
    get isAsking() {
      return standing !== undefined
    },
    get isUsed() {
      return prompter !== undefined
    },
  }
}

const never = new Promise<never>(() => {})

const isSame = (one: Question, other: Question): boolean =>
  one.text === other.text && one.echo === other.echo && one.others.join() === other.others.join()

/** Nobody will read it. */
const forget = (answer: Promise<Answer>): void => {
  answer.then(wipeAnswer, () => {})
}
