// Draws the screen of a reference terminal as a window: SVG from its cells, PNG from that.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
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

/** The window as SVG. */
export const drawSvg = ({ cells, title, cursor, background, foreground }: Picture): string => {
  const width = (cells[0]?.length ?? 80) * cell.width + 2 * frame.pad
  const height = cells.length * cell.height + 2 * frame.pad + frame.bar
  const parts: string[] = []
  for (const [y, row] of cells.entries())
    for (const [x, one] of row.entries()) {
      const reverse = one.attributes.includes('r')
      const colors = [colorOf(one.background, background), colorOf(one.foreground, foreground)] as const
      const [behind, before] = reverse ? [colors[1], colors[0]] : colors
      const left = frame.pad + x * cell.width
      const top = frame.bar + frame.pad + y * cell.height
      const isCursor = cursor?.x === x && cursor.y === y
      const fill = isCursor ? foreground : behind
      if (fill !== background)
        // A hair too large, or the seams would show.
        parts.push(
          `<rect x="${left.toFixed(2)}" y="${top}" width="${(cell.width + 0.3).toFixed(2)}" height="${cell.height + 0.3}" fill="${fill}"/>`,
        )
      if (one.char.trim() === '') continue
      const style = `${one.attributes.includes('b') ? ' font-weight="bold"' : ''}${one.attributes.includes('u') ? ' text-decoration="underline"' : ''}${one.attributes.includes('i') ? ' font-style="italic"' : ''}`
      parts.push(
        `<text x="${left.toFixed(2)}" y="${top + 14}" fill="${isCursor ? background : before}"${style}>${escaped(one.char)}</text>`,
      )
    }
  const dot = title.startsWith('🔴')
  const words = escaped(dot ? title.slice(2).trim() : title)
  const middle = width / 2
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="DejaVu Sans Mono" font-size="${cell.font}">`,
    `<rect width="${width}" height="${height}" rx="9" fill="${background}"/>`,
    `<path d="M0 ${frame.bar}V9a9 9 0 0 1 9-9H${width - 9}a9 9 0 0 1 9 9V${frame.bar}Z" fill="#3a3a3e"/>`,
    ...(dot
      ? [
          `<circle cx="${middle - (words.length * 7.83) / 2 - 14}" cy="${frame.bar / 2}" r="6" fill="#e5352d"/>`,
        ]
      : []),
    `<text x="${middle}" y="${frame.bar / 2 + 5}" fill="#e8e8ea" font-size="13" text-anchor="middle">${words}</text>`,
    ...parts,
    '</svg>',
  ].join('\n')
}

/** A PNG of it, at twice the size. */
export const drawPng = (svg: string): Buffer => {
  const fonts = ['', '-Bold', '-Oblique', '-BoldOblique'].map((style) =>
    createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/DejaVuSansMono${style}.ttf`),
  )
  for (const font of fonts) readFileSync(font)
  return new Resvg(svg, {
    fitTo: { mode: 'zoom', value: 2 },
    font: { fontFiles: fonts, loadSystemFonts: false, defaultFontFamily: 'DejaVu Sans Mono' },
  })
    .render()
    .asPng()
}
