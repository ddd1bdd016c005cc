// The user's side of an authentication that may have to begin anew: systemd waits for polkit no longer than 25 seconds, and polkit may
// be restarted. Whoever is just typing shall not notice: the same question asked again is the one that stands there already.
import { wipe } from './editor.ts'
import type { Answer, Prompter, Question } from './prompt.ts'

export interface Desk extends Pick<Prompter, 'tell' | 'suspend' | 'resume' | 'close'> {
  ask(question: Question): Promise<Answer>
  /** Whether a question stands there, and nobody has answered yet. */
  readonly isAsking: boolean
  /** Whether anything was asked or told. */
  readonly isUsed: boolean
}

/** `open` is called when there is something to ask or tell; `introduction` is said before, for a terminal so wide. */
export const createDesk = (open: () => Prompter, introduction: (columns: number) => string): Desk => {
  let prompter: Prompter | undefined
  let standing: { readonly question: Question; readonly answer: Promise<Answer> } | undefined
  let answered = true
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
    ask: async (question) => {
      if (closed) return { kind: 'dropped' }
      if (standing && !isSame(standing.question, question)) {
        use().drop()
        forget(standing.answer)
        standing = undefined
      }
      if (!standing) {
        answered = false
        const answer = use()
          .ask(question)
          .finally(() => {
            answered = true
          })
        standing = { question, answer }
        told = undefined
      }
      const mine = standing
      const answer = await mine.answer
      if (standing === mine) standing = undefined
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
      return !answered
    },
    get isUsed() {
      return prompter !== undefined
    },
  }
}

const isSame = (one: Question, other: Question): boolean =>
  one.text === other.text && one.echo === other.echo && one.others.join() === other.others.join()

/** Nobody will read it. */
const forget = (answer: Promise<Answer>): void => {
  answer.then(
    (late) => late.kind === 'answer' && wipe(late.secret),
    () => {},
  )
}
