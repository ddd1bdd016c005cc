// What a theme is: colors for whom a tint warns of, on dark and on light terminals, and marks for the title and the prompt. Only
// what one is; load.ts reads the files.
import type { Background, Rgb, Role } from '../color/color.ts'

export interface Theme {
  /** The file's name, without .toml. */
  readonly id: string
  /** For people. */
  readonly name: string
  readonly summary: string
  /** SPDX. */
  readonly license: string
  /** Where its colors come from: an address. */
  readonly source: string | undefined
  readonly dark: Scheme
  readonly light: Scheme
  /** How it is tinted; undefined: as it suits the terminal. */
  readonly tint: 'rewrite' | 'dynamic' | undefined
  /** What titles begin with; '' for nothing. */
  readonly titleMark: Marks
  /** The window's title (see LookRequest.title). */
  readonly title: string | undefined
  /** What goes before a shell's prompt; '' for nothing. */
  readonly promptMark: Marks
}

/** Its colors on a dark, or on a light terminal. */
export interface Scheme {
  /** For each role, any way to write a background but that of a theme. */
  readonly tint: Readonly<Record<Role, Background>>
  /** The terminal's own colors that it is made for, where it follows a palette. */
  readonly background: Rgb | undefined
  readonly foreground: Rgb | undefined
}

/** undefined: the default one. */
export type Marks = Readonly<Record<Role, string | undefined>>
