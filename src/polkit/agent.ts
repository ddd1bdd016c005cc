// What an authentication agent is to us: it asks the user when polkit wants to know who that is (polkit(8)).

export interface Agent {
  /** Ends the agent; resolves when it is gone from the terminal. */
  stop(): Promise<void>
  /** polkit waits for what it has asked. An agent that is another program does not tell, nor the following. */
  readonly isBusy?: boolean
  /** An answer of the user's is being checked: who asks anew now would lose it. */
  readonly isChecking?: boolean
  /** How often it has begun to answer for others than before: polkit then refuses what it is asking. */
  readonly moves?: number
}

/** One authentication that polkit wants, as by BeginAuthentication. */
export interface Authentication {
  readonly action: string
  /** In polkit's words. */
  readonly message: string
  /** Tells polkit's helper which one it is; a secret of its own. */
  readonly cookie: string
  /** Numbers of the users of whom one is to prove who he is, in polkit's order. */
  readonly users: readonly number[]
  /** Resolves when polkit has no more use for it. */
  readonly canceled: Promise<void>
  /** To be told when an answer is on its way, and when it is known what became of it. */
  checks(isChecking: boolean): void
}

/** How it went. */
export type Verdict =
  /** The helper has told polkit. */
  | { readonly kind: 'granted' }
  /** No try is left. */
  | { readonly kind: 'wrong' }
  /** By the user, who had enough or was not there. */
  | { readonly kind: 'closed' | 'timeout' }
  /** polkit has no use for it any more. */
  | { readonly kind: 'canceled' }
  /** Nobody could be asked, and why. */
  | { readonly kind: 'broken'; readonly problem: string; readonly hint?: string }
