// What an authentication agent is to us: it asks the user when polkit wants to know who that is (polkit(8)).

export interface Agent {
  /** Ends the agent; resolves when it is gone from the terminal. */
  stop(): Promise<void>
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
  readonly cancelled: Promise<void>
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
  | { readonly kind: 'cancelled' }
  /** Nobody could be asked, and why. */
  | { readonly kind: 'broken'; readonly problem: string; readonly hint?: string }
