// What an authentication agent is to us: it asks the user when polkit wants to know who that is (polkit(8)).

export interface Agent {
  /** Ends the agent; resolves when it is gone from the terminal. */
  stop(): Promise<void>
}
