// Words as bash takes them: quoted where they must be, and without a character that would act on a terminal.

/** In quotes where they must be; any shell takes them so. */
export const quoted = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

/** The same, to be looked at. */
export const shellWord = (text: string): string =>
  hidden.test(text) ? `$'${escapeHidden(text.replace(/['\\]/g, '\\$&'))}'` : quoted(text)

const hidden = /[\p{Cc}\p{Cf}\u2028\u2029]/u

/** What cannot be seen becomes an escape of C, which bash and systemd.syntax(7) both read. */
export const escapeHidden = (text: string): string =>
  text.replace(new RegExp(hidden, 'gu'), (c) => {
    const code = c.codePointAt(0) ?? 0
    const hex = (digits: number) => code.toString(16).padStart(digits, '0')
    return short[c] ?? (code < 0x80 ? `\\x${hex(2)}` : code < 0x10000 ? `\\u${hex(4)}` : `\\U${hex(8)}`)
  })

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r' }
