// What a prompt of the user's own may hold: sudo(8)'s escapes of --prompt. `%%` is a percent sign; others stay as they are.

export interface PromptFacts {
  /** Whose password it is. */
  readonly asked: string
  /** Who runs tint0, and as whom the command will run. */
  readonly caller: string
  readonly target: string
  /** Of this machine; up to the first dot it is the short one. */
  readonly hostname: string
}

/** The prompt with its escapes filled in. */
export const filledPrompt = (text: string, { asked, caller, target, hostname }: PromptFacts): string => {
  const values: Readonly<Record<string, string>> = {
    p: asked,
    u: caller,
    U: target,
    H: hostname,
    h: hostname.split('.')[0] ?? '',
    '%': '%',
  }
  return text.replace(/%([pHhuU%])/g, (_, letter: string) => values[letter] ?? '')
}
