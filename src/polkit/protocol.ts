// What polkit's helper says, a line each, after libpolkit-agent-1: a word, and behind it a text that g_strescape has escaped. The
// answer to a prompt is what was typed, and a newline; the helper itself tells polkit the verdict.

/** A line of the helper's. */
export type HelperLine =
  | { readonly kind: 'prompt'; readonly text: string; readonly echo: boolean }
  | { readonly kind: 'error' | 'info'; readonly text: string }
  | { readonly kind: 'success' }
  | { readonly kind: 'failure' }
  /** Nothing of the protocol: the helper's own complaint. */
  | { readonly kind: 'other'; readonly text: string }

/** PAM takes no more (PAM_MAX_RESP_SIZE, 512, with the NUL at its end). */
export const longestAnswer = 511

/** A line without its newline; the text is as it came, and so to be shown by `show` only. */
export const readHelperLine = (line: string): HelperLine => {
  const [, word = '', text = ''] = /^([A-Z_]+)(?: (.*))?$/s.exec(line) ?? []
  return rows[word]?.(unescaped(text)) ?? { kind: 'other', text: line }
}

const rows: Readonly<Record<string, (text: string) => HelperLine>> = {
  PAM_PROMPT_ECHO_OFF: (text) => ({ kind: 'prompt', text, echo: false }),
  PAM_PROMPT_ECHO_ON: (text) => ({ kind: 'prompt', text, echo: true }),
  PAM_ERROR_MSG: (text) => ({ kind: 'error', text }),
  PAM_TEXT_INFO: (text) => ({ kind: 'info', text }),
  SUCCESS: () => ({ kind: 'success' }),
  FAILURE: () => ({ kind: 'failure' }),
}

/** Undoes g_strescape, as g_strcompress does: bytes in octal, and the letters of C. They are UTF-8 together. */
const unescaped = (text: string): string => {
  const bytes: number[] = []
  for (const [, octal, other, plain = ''] of text.matchAll(/\\([0-7]{1,3})|\\(.)|([^\\]+|\\$)/gsu)) {
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8) & 0xff)
    else bytes.push(...Buffer.from(other === undefined ? plain : (letters[other] ?? other)))
  }
  return Buffer.from(bytes).toString()
}

const letters: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}
