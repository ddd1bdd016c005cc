// Asking, with a manager, an agent and a desk that are pretended: when it is asked anew, and how it ends. systemd gives polkit up after
// 25 seconds, whatever the user and PAM are doing.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Bus } from '../../src/bus/bus.ts'
import type { Attempt } from '../../src/commands/agents.ts'
import { type Answered, authorized } from '../../src/commands/authorize.ts'
import type { World } from '../../src/commands/world.ts'
import { Tint0Error } from '../../src/errors.ts'
import type { Agent, Verdict } from '../../src/polkit/agent.ts'
import { manageUnits } from '../../src/polkit/authority.ts'
import { words } from '../../src/polkit/words.ts'

/** What the manager says to one question; `act` is done before. */
interface Turn {
  readonly says: Answered<string>
  readonly act?: (state: State) => void
}

interface State {
  agent: { -readonly [key in keyof Omit<Agent, 'stop'>]: Agent[key] }
  desk: { isAsking: boolean; isUsed: boolean }
  answered(verdict: Verdict): void
  /** Of the clock. */
  now: number
}

const granted: Answered<string> = { kind: 'running', running: 'it' }
const refusal: Answered<string> = { kind: 'refused', reason: 'Access denied' }
const silence: Answered<string> = { kind: 'unanswered' }

/** Resolves to what runs, or to the problem, and to how often the manager was asked with somebody there. */
const play = async (turns: readonly Turn[], { tries = 1, starts = true, interrupted = false } = {}) => {
  const state: State = {
    agent: { isBusy: false, isChecking: false, moves: 0 },
    desk: { isAsking: false, isUsed: true },
    answered: () => {},
    now: 0,
  }
  let [asked, stopped] = [0, 0]
  const agent = Object.defineProperties({ stop: async () => void stopped++ } as Agent, {
    isBusy: { get: () => state.agent.isBusy },
    isChecking: { get: () => state.agent.isChecking },
    moves: { get: () => state.agent.moves },
  })
  const attempt: Attempt = {
    tries,
    start: async (_, answered) => {
      state.answered = answered
      return starts ? agent : new Promise(() => {})
    },
  }
  const bus = {
    call: async () => [[[manageUnits, '', '', '', '', '', 1, 1, 4, {}]]],
  } as unknown as Bus
  const desk = {
    close: () => {},
    get isAsking() {
      return state.desk.isAsking
    },
    get isUsed() {
      return state.desk.isUsed
    },
  } as never
  const world = {
    now: () => state.now,
    // Nobody waits here: what is waited for comes with the first look at the clock.
    sleep: async (milliseconds: number) => {
      state.now += milliseconds
      waits.shift()?.()
    },
    complain: () => {},
  } as unknown as World
  const pending = authorized<string>(
    {
      bus: async () => bus,
      ask: async (interactive) => {
        if (!interactive) return { kind: 'authorization-required' }
        const turn = turns[Math.min(asked++, turns.length - 1)]
        state.now += 25_000
        turn?.act?.(state)
        return turn?.says ?? assert.fail()
      },
    },
    {
      plan: async () => ({ attempts: [attempt], unasked: words.nobodyToAsk(), desk }),
      lend: async () => {},
      takeBack: async () => {},
      interrupted: interrupted ? new Promise((resolve) => setTimeout(resolve, 50)) : new Promise(() => {}),
    },
    world,
  )
  const end = await pending.catch((error: unknown) =>
    error instanceof Tint0Error ? error.failure.problem : error,
  )
  return { end, asked, stopped }
}
let waits: (() => void)[] = []

test('while an answer is checked it is not asked anew; what becomes of it counts', async () => {
  const checking = (then: (state: State) => void): Turn => ({
    says: silence,
    act: (state) => {
      Object.assign(state.agent, { isBusy: true, isChecking: true })
      waits = [
        () => {
          state.agent.isChecking = false
          then(state)
        },
      ]
    },
  })
  const granting = checking((state) => state.answered({ kind: 'granted' }))
  assert.deepEqual(await play([granting, { says: granted }]), { end: 'it', asked: 2, stopped: 1 })
  // What was wrong is asked for again by the same agent.
  const again = checking((state) => {
    state.desk.isAsking = true
  })
  assert.deepEqual(await play([again, { says: granted }]), { end: 'it', asked: 2, stopped: 1 })
  const wrong = checking((state) => state.answered({ kind: 'wrong' }))
  assert.deepEqual(await play([wrong]), { end: words.wrong().problem, asked: 1, stopped: 1 })
})

test('who looks for a finger or a token is asked on, though no question stands, and not for ever', async () => {
  const busy: Turn = {
    says: silence,
    act: ({ agent }) => {
      agent.isBusy = true
    },
  }
  assert.equal((await play([busy, busy, { says: granted }])).end, 'it')
  assert.deepEqual(await play([busy]), { end: words.timeout().problem, asked: 150, stopped: 1 })
})

test('a question stands as long as its own time, however often the manager gives up', async () => {
  const typing: Turn = {
    says: silence,
    act: ({ desk }) => {
      desk.isAsking = true
    },
  }
  assert.equal((await play([...Array<Turn>(500).fill(typing), { says: granted }])).end, 'it')
  // But a manager that never waits is not asked for ever.
  const hasty: Turn = {
    says: silence,
    act: (state) => {
      state.desk.isAsking = true
      state.now -= 25_000
    },
  }
  assert.equal((await play([hasty])).asked, 150)
})

test('an agent that has given its session up is asked anew, and it costs no try', async () => {
  for (const says of [refusal, { kind: 'authorization-required' } as const]) {
    const moving: Turn = {
      says,
      act: ({ agent }) => {
        agent.moves = 1
      },
    }
    assert.deepEqual(await play([moving, { says: granted }]), { end: 'it', asked: 2, stopped: 1 })
    assert.equal((await play([moving, { says: refusal }])).end, words.refusedAfterAsking().problem)
  }
})

test('a refusal after somebody was asked is not laid to a rule; nor is a window’s silence to a time that can be set', async () => {
  assert.deepEqual(await play([{ says: refusal }], { tries: 3 }), {
    end: words.refusedAfterAsking().problem,
    asked: 3,
    stopped: 1,
  })
  const elsewhere: Turn = {
    says: silence,
    act: ({ desk }) => {
      desk.isUsed = false
    },
  }
  assert.equal((await play([elsewhere])).end, words.unansweredElsewhere().problem)
})

test('a polkit that takes no agent and does not answer keeps nobody who has had enough', async () => {
  const up = setTimeout(() => {}, 30_000)
  const { end, asked } = await play([{ says: granted }], { starts: false, interrupted: true })
  clearTimeout(up)
  assert.deepEqual([end, asked], ['was interrupted', 0])
})
