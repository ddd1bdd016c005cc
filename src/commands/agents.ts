// Who asks for a password, by --auth: agents to be tried in turn, until polkit has found one that it can use. A window of the session
// is asked through ours standing in for it (polkit(8), fallback); where there is no session, polkit ignores a stand-in.
import { namesOf } from '../backend/account.ts'
import type { Bus } from '../bus/bus.ts'
import { type AuthRequest, defaultPrompt } from '../cli/auth.ts'
import { show, Tint0Error } from '../errors.ts'
import { getTermios } from '../libc.ts'
import type { Agent, Authentication, Verdict } from '../polkit/agent.ts'
import { converse, type Person } from '../polkit/conversation.ts'
import { startHelper } from '../polkit/helper.ts'
import { startOurs } from '../polkit/ours.ts'
import { startAgent } from '../polkit/pkttyagent.ts'
import { longestAnswer } from '../polkit/protocol.ts'
import { scopesOf } from '../polkit/scope.ts'
import { ourSession } from '../polkit/session.ts'
import { type Words, words } from '../polkit/words.ts'
import { askProgram } from '../prompt/askpass.ts'
import { createDesk, type Desk } from '../prompt/desk.ts'
import { filledPrompt, type PromptFacts } from '../prompt/escapes.ts'
import type { Prompter } from '../prompt/prompt.ts'
import { readPrompt } from '../prompt/stdin.ts'
import { openPrompt } from '../prompt/terminal.ts'
import { speaksUtf8 } from './environment.ts'
import type { World } from './world.ts'

/** One way to have the user asked. */
export interface Attempt {
  /** Registers the agent on the bus; where there is none to register, nothing happens. */
  start(bus: Bus, answered: (verdict: Verdict) => void): Promise<Agent>
  /** How often polkit is asked again after a refusal: an agent of ours gives all tries in one. */
  readonly tries: number
}

export interface AgentPlan {
  readonly attempts: readonly Attempt[]
  /** What to say where polkit found nobody by any of them. */
  readonly unasked: Words
  /** Where ours asks. */
  readonly desk: Desk
}

/** As sudo(8) does. */
const tries = 3

/** `introduction` is said before the first question of ours, for a terminal of that width. */
export const planAgents = async (
  request: AuthRequest,
  bus: Bus,
  facts: Omit<PromptFacts, 'asked'>,
  introduction: (columns: number, unicode: boolean) => string,
  world: World,
): Promise<AgentPlan> => {
  const desk = createDesk(
    () => openPrompter(request, world),
    (columns) => introduction(columns, speaksUtf8(world.env)),
  )
  const ours = (fallback: boolean): Attempt => ({
    tries: 1,
    start: startFor(request, desk, facts, fallback, world),
  })
  const foreign = (fallback: boolean): Attempt => ({ tries, start: () => startAgent({ fallback }) })
  const attempts = async (): Promise<readonly Attempt[]> => {
    if (request.source !== 'terminal') return [ours(false)]
    switch (request.way) {
      case 'auto':
        return (await hasWindow(bus, world)) ? [ours(true), ours(false)] : [ours(false)]
      case 'tty':
        return [ours(false)]
      case 'gui':
        return [{ tries: 1, start: async () => nobody }]
      case 'pkttyagent':
        return [foreign(true), foreign(false)]
      case 'none':
        return []
    }
  }
  const unasked = request.way === 'gui' ? words.noWindow() : words.nobodyToAsk()
  return { attempts: await attempts(), unasked, desk }
}

const nobody: Agent = { stop: async () => {} }

/** Whether there may be a window that asks: in a local session with a display. */
const hasWindow = async (bus: Bus, { env }: World): Promise<boolean> => {
  if (!(env.DISPLAY || env.WAYLAND_DISPLAY) || env.SSH_CONNECTION) return false
  const session = await ourSession(bus).catch(() => undefined)
  return session?.graphical === true && !session.remote
}

const openPrompter = (request: AuthRequest, { env, sleep }: World): Prompter => {
  const { feedback, timeout, bell } = request
  const unseen = { longest: longestAnswer, timeout, sleep }
  const onTerminal = () => openPrompt({ ...unseen, feedback, bell, unicode: speaksUtf8(env) })
  switch (request.source) {
    case 'stdin':
      // What is typed there must not be seen.
      return getTermios(0) ? onTerminal() : readPrompt(unseen)
    case 'askpass':
      return askProgram(env.SUDO_ASKPASS, unseen)
    case 'terminal':
      return onTerminal()
  }
}

const startFor =
  (
    request: AuthRequest,
    desk: Desk,
    facts: Omit<PromptFacts, 'asked'>,
    fallback: boolean,
    { env }: World,
  ): Attempt['start'] =>
  async (bus, answered) => {
    // As sudo(8) has it, the option comes first.
    const prompt = request.prompt ?? env.SUDO_PROMPT ?? defaultPrompt
    const scopes = await scopesOf(bus)
    let names: ReadonlyMap<number, string> = new Map()
    /** The caller first, who is sitting there; then as polkit has them. */
    const peopleOf = (users: readonly number[]): readonly Person[] => {
      // They are the same each time that polkit asks.
      if (!users.every((uid) => names.has(uid))) names = namesOf(users)
      const people = users.map((uid) => ({ uid, name: names.get(uid) ?? String(uid) }))
      const isCaller = ({ name }: Person) => name === facts.caller
      return [...people.filter(isCaller), ...people.filter((person) => !isCaller(person))]
    }
    const ask = async (authentication: Authentication): Promise<Verdict> =>
      converse(authentication, {
        desk,
        people: peopleOf(authentication.users),
        startHelper,
        promptFor: (text, { name }) => promptFor(text, prompt, { ...facts, asked: name }),
        tries,
      })
    return startOurs(
      bus,
      // A stand-in is asked only where there is no other.
      fallback ? scopes.slice(-1) : scopes,
      { fallback, locale: localeOf(env) },
      async (authentication) => {
        const verdict = await ask(authentication).catch(brokenBy)
        if (verdict.kind !== 'canceled') answered(verdict)
        return verdict
      },
    )
  }

/** Nobody can be asked: there is no terminal, or no program that asks. */
const brokenBy = (error: unknown): Verdict => {
  if (!(error instanceof Tint0Error)) return { kind: 'broken', problem: String(error) }
  const { problem, hint } = error.failure
  return { kind: 'broken', problem, ...(hint !== undefined && { hint }) }
}

/** PAM's own prompt says too little, and is replaced, as sudo's is; any other says something, and stays. */
const promptFor = (text: string, prompt: string, facts: PromptFacts): string =>
  /^Password: ?$/.test(text) ? show(filledPrompt(prompt, facts)) : text

/** For polkit's words. Its helper takes no environment, so PAM speaks as the machine does. */
const localeOf = ({ LC_ALL, LANG }: World['env']): string => {
  const locale = LC_ALL || LANG
  return locale && /^[A-Za-z0-9_.@:-]+$/.test(locale) ? locale : 'C'
}
