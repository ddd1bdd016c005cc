// Draws the screen of a reference terminal as a window: SVG from its cells, PNG from that.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import type { Cell } from '../test/screen.ts'

export interface Picture {
  readonly cells: readonly (readonly Cell[])[]
  readonly title: string
  /** Where the cursor stands. */
  readonly cursor: { readonly x: number; readonly y: number } | undefined
  readonly background: string
  readonly foreground: string
}

const cell = { width: 9.03, height: 18, font: 15 }
const frame = { bar: 34, pad: 10 }
const named = {
  dark: '#000000 #cd3131 #0dbc79 #e5e510 #2472c8 #bc3fbc #11a8cd #e5e5e5'.split(' '),
  bright: '#666666 #f14c4c #23d18b #f5f543 #3b8eea #d670d6 #29b8db #ffffff'.split(' '),
}
const steps = [0, 95, 135, 175, 215, 255]
const hex = (...values: readonly number[]): string =>
  `#${values.map((value) => value.toString(16).padStart(2, '0')).join('')}`

/** The color of a palette number, by xterm's own table above 15. */
const paletteColor = (n: number): string => {
  if (n < 16) return [...named.dark, ...named.bright][n] ?? '#000000'
  if (n >= 232) return hex(...Array.from({ length: 3 }, () => 8 + (n - 232) * 10))
  const at = n - 16
  return hex(steps[Math.floor(at / 36)] ?? 0, steps[Math.floor(at / 6) % 6] ?? 0, steps[at % 6] ?? 0)
}

const colorOf = (color: Cell['background'], otherwise: string): string => {
  if (color === undefined) return otherwise
  return typeof color === 'string' ? color : paletteColor(color)
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)

const glyphs = dirname(createRequire(import.meta.url).resolve('@twemoji/svg/package.json'))

/** An emoji as a picture of its own, for the fonts that draw text have none; undefined: it is none. */
const emoji = (char: string, x: number, y: number, size: number): string | undefined => {
  if (!/\p{Emoji_Presentation}/u.test(char)) return undefined
  const svg = readFileSync(join(glyphs, `${char.codePointAt(0)?.toString(16)}.svg`), 'utf8')
  return svg.replace(
    '<svg ',
    `<svg x="${x.toFixed(2)}" y="${y.toFixed(2)}" width="${size}" height="${size}" `,
  )
}

/** Cells next to each other that look the same. */
interface Run {
  readonly at: number
  readonly fill: string
  readonly color: string
  readonly attributes: string
  text: string
  width: number
}

const runsOf = (row: readonly Cell[], cursor: number | undefined, picture: Picture): Run[] => {
  const runs: Run[] = []
  for (const [x, one] of row.entries()) {
    if (one.width === 0) continue
    const colors = [
      colorOf(one.background, picture.background),
      colorOf(one.foreground, picture.foreground),
    ] as const
    const [behind, before] = one.attributes.includes('r') ? [colors[1], colors[0]] : colors
    const [fill, color] = x === cursor ? [picture.foreground, picture.background] : [behind, before]
    const last = runs.at(-1)
    const char = one.char || ' '
    const joins = last?.fill === fill && last.color === color && last.attributes === one.attributes
    if (last && joins && one.width === 1 && /^[ -~]+$/.test(last.text + char)) {
      last.text += char
      last.width += 1
    } else runs.push({ at: x, fill, color, attributes: one.attributes, text: char, width: one.width })
  }
  return runs
}

const styles: Readonly<Record<string, string>> = {
  b: ' font-weight="bold"',
  d: ' opacity="0.6"',
  i: ' font-style="italic"',
  u: ' text-decoration="underline"',
  s: ' text-decoration="line-through"',
}

const drawRun = (
  { at, fill, color, attributes, text, width }: Run,
  top: number,
  background: string,
): string[] => {
  const left = frame.pad + at * cell.width
  const wide = width * cell.width
  const parts: string[] = []
  // A hair too large, or the seams would show.
  if (fill !== background)
    parts.push(
      `<rect x="${left.toFixed(2)}" y="${top}" width="${(wide + 0.3).toFixed(2)}" height="${cell.height + 0.3}" fill="${fill}"/>`,
    )
  const picture = emoji(text, left + (wide - 15) / 2, top + 1.5, 15)
  if (picture) return [...parts, picture]
  const begin = text.search(/\S/)
  if (begin < 0 || attributes.includes('h')) return parts
  const words = text.trim()
  const style = [...attributes].map((letter) => styles[letter] ?? '').join('')
  // So that it fits the cells in whatever font the reader has.
  const length = words.length > 1 ? ` textLength="${(words.length * cell.width).toFixed(2)}"` : ''
  parts.push(
    `<text x="${(left + begin * cell.width).toFixed(2)}" y="${top + 14}" fill="${color}"${length}${style}>${escaped(words)}</text>`,
  )
  return parts
}

/** The window as SVG. */
export const drawSvg = (picture: Picture): string => {
  const { cells, title, cursor, background } = picture
  const width = Math.ceil((cells[0]?.length ?? 80) * cell.width + 2 * frame.pad)
  const height = cells.length * cell.height + 2 * frame.pad + frame.bar
  const parts = cells.flatMap((row, y) =>
    runsOf(row, cursor?.y === y ? cursor.x : undefined, picture).flatMap((run) =>
      drawRun(run, frame.bar + frame.pad + y * cell.height, background),
    ),
  )
  const [mark = ''] = /^\p{Emoji_Presentation}/u.exec(title) ?? []
  const words = escaped(title.slice(mark.length).trim())
  const middle = width / 2
  const dot = emoji(mark, middle - (words.length * 7.83) / 2 - 20, frame.bar / 2 - 7, 14)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="${cell.font}" xml:space="preserve">`,
    `<rect width="${width}" height="${height}" rx="9" fill="${background}"/>`,
    `<path d="M0 ${frame.bar}V9a9 9 0 0 1 9-9H${width - 9}a9 9 0 0 1 9 9V${frame.bar}Z" fill="#3a3a3e"/>`,
    ...(dot ? [dot] : []),
    `<text x="${middle}" y="${frame.bar / 2 + 5}" fill="#e8e8ea" font-size="13" text-anchor="middle">${words}</text>`,
    ...parts,
    '</svg>',
  ].join('\n')
}

/** Windows of one size, side by side in so many columns. */
export const drawSheet = (windows: readonly string[], columns: number): string => {
  const [, width = '0', height = '0'] = /width="(\d+)" height="(\d+)"/.exec(windows[0] ?? '') ?? []
  const gap = 12
  const [wide, high] = [Number(width) + gap, Number(height) + gap]
  const rows = Math.ceil(windows.length / columns)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${wide * columns - gap}" height="${high * rows - gap}">`,
    ...windows.map((svg, at) =>
      svg.replace('<svg ', `<svg x="${(at % columns) * wide}" y="${Math.floor(at / columns) * high}" `),
    ),
    '</svg>',
  ].join('\n')
}

/** A PNG of it, so many times its size. */
export const drawPng = (svg: string, zoom: number): Buffer => {
  const fonts = ['', '-Bold', '-Oblique', '-BoldOblique'].map((style) =>
    createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/DejaVuSansMono${style}.ttf`),
  )
  for (const font of fonts) readFileSync(font)
  return new Resvg(svg, {
    fitTo: { mode: 'zoom', value: zoom },
    font: { fontFiles: fonts, loadSystemFonts: false, defaultFontFamily: 'DejaVu Sans Mono' },
  })
    .render()
    .asPng()
}
