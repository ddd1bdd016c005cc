// What was meant by a color that is none: the nearest name, function, or word before a colon.
import { show } from '../errors.ts'
import { closest } from '../suggest.ts'
import { names } from './css.ts'
import { functionNames } from './functions.ts'

/** The words that something stands behind, and a colon between. */
const prefixes = ['palette', 'hue', 'theme']

/** What may have been meant by a name, a function or a word before a colon that is none. */
export const meant = (text: string): string | undefined => {
  const [, word = '', sign = ''] = /^([a-z]{1,24})([:(]?)/.exec(text) ?? []
  const known = { '(': functionNames, ':': prefixes, '': names }[sign] ?? []
  const most = Math.max(1, word.length / (sign === '' ? 3 : 2.5))
  const near =
    sign === '' && word !== text
      ? undefined
      : closest(
          word,
          known.filter((name) => Math.abs(name.length - word.length) <= most),
          most,
        )
  const rest = text.slice(word.length)
  return near === undefined ? undefined : `did you mean ${near}${rest.length < 32 ? show(rest) : '…'}?`
}
