// Manual pages as roff, with the macros of man(7): a page as a value becomes the text of a file. Texts carry marks of our own:
// `…` is literal (bold), <…> is to be replaced (italic). Everything else is escaped, so that groff and mandoc show each
// character as it was written (groff_char(7)): options can be copied with their hyphens.

export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  /** A term with what it means, in one paragraph or several. */
  | { readonly kind: 'item'; readonly term: string; readonly texts: readonly string[] }
  /** Lines that stay as they are. */
  | { readonly kind: 'code'; readonly lines: readonly string[] }
  | { readonly kind: 'heading'; readonly text: string }

export interface Section {
  readonly title: string
  readonly blocks: readonly Block[]
}

export interface Page {
  readonly name: string
  readonly number: number
  /** What it does, as after the name in whatis(1). */
  readonly purpose: string
  readonly synopsis: readonly string[]
  readonly sections: readonly Section[]
}

export const paragraph = (text: string): Block => ({ kind: 'paragraph', text })
export const item = (term: string, ...texts: readonly string[]): Block => ({ kind: 'item', term, texts })
export const code = (...lines: readonly string[]): Block => ({ kind: 'code', lines })
export const heading = (text: string): Block => ({ kind: 'heading', text })

export const roffOf = (page: Page, version: string): string =>
  [
    `.TH ${page.name.toUpperCase()} ${page.number} "" "tint0 ${version}" "${manuals[page.number] ?? ''}"`,
    // Words at the ends of lines are not cut, and lines are not stretched: options stand in most of them.
    '.nh',
    '.ad l',
    '.SH NAME',
    `${plain(page.name)} \\- ${plain(page.purpose)}`,
    '.SH SYNOPSIS',
    ...page.synopsis.flatMap((text, i) => [...(i > 0 ? ['.br'] : []), lineOf(text)]),
    ...page.sections.flatMap(({ title, blocks }) => [
      `.SH ${quoted(title)}`,
      ...withoutBreak(blocks.flatMap(linesOf)),
    ]),
    '',
  ].join('\n')

/** Below a heading a paragraph begins by itself. */
const withoutBreak = (lines: readonly string[]): readonly string[] =>
  lines.filter((line, i) => line !== '.PP' || (i > 0 && !lines[i - 1]?.startsWith('.SS ')))

const manuals: Readonly<Record<number, string>> = { 1: 'User Commands', 5: 'File Formats' }

const linesOf = (block: Block): readonly string[] => {
  switch (block.kind) {
    case 'paragraph':
      return ['.PP', lineOf(block.text)]
    case 'item': {
      const [first = '', ...others] = block.texts
      return ['.TP', lineOf(block.term), lineOf(first), ...others.flatMap((text) => ['.IP', lineOf(text)])]
    }
    case 'code':
      return ['.PP', '.RS 4', '.nf', ...block.lines.map((line) => guarded(literal(line))), '.fi', '.RE']
    case 'heading':
      return [`.SS ${quoted(block.text)}`]
  }
}

const lineOf = (text: string): string => guarded(marked(text))

/** Argument of a macro: in quotes, and so without any of its own. */
const quoted = (text: string): string => `"${plain(text)}"`

/** At the beginning of a line . and ' make a request of it; \& is nothing, but no beginning. */
const guarded = (line: string): string => (/^[.']/.test(line) ? `\\&${line}` : line)

const marked = (text: string): string =>
  [...text.matchAll(/`([^`]*)`|<([^>]*)>|([^`<]+|[`<])/g)]
    .map(([, bold, italic, rest]) =>
      bold !== undefined
        ? `\\fB${literal(bold)}\\fP`
        : italic !== undefined
          ? `\\fI${literal(italic)}\\fP`
          : plain(rest ?? ''),
    )
    .join('')

/** Prose: a hyphen is one, and ' an apostrophe. */
const plain = (text: string): string => text.replace(/[\\"^~`]|[^\n\x20-\x7e]/gu, escaped)

/** What is typed: each character is itself. */
const literal = (text: string): string => text.replace(/[\\"^~`'-]|[^\n\x20-\x7e]/gu, escaped)

const escaped = (character: string): string =>
  names[character] ?? `\\[u${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`

const names: Readonly<Record<string, string>> = {
  '\\': '\\(rs',
  '"': '\\(dq',
  '^': '\\(ha',
  '~': '\\(ti',
  '`': '\\(ga',
  "'": '\\(aq',
  '-': '\\-',
}
