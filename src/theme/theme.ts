// What a theme is: colors for whom a tint warns of, on dark and on light terminals, and marks for the title and the prompt. Only
// what one is; parse.ts understands the files, load.ts finds them.
import type { Background, Rgb, Role } from '../color/color.ts'

export interface Theme {
  /** The file's name, without .toml. */
  readonly id: string
  /** For people. */
  readonly name: string
  /** One line; '' where there is none. */
  readonly summary: string
  /** SPDX; '' where the file does not say. */
  readonly license: string
  /** Where its colors come from: an address; undefined: they are its author's own. */
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
  /** What it knowingly does not promise (measure.ts): "light contrast", "dark roles 256". */
  readonly exceptions: readonly string[]
}

/** Its colors on a dark, or on a light terminal. */
export interface Scheme {
  /** For each role, any way to write a background but that of a theme. */
  readonly tint: Readonly<Record<Role, Background>>
  /** The same as it is written. */
  readonly written: Readonly<Record<Role, string>>
  /** The terminal's own colors that it is made for, where it follows a palette. */
  readonly background: Rgb | undefined
  readonly foreground: Rgb | undefined
}

/** undefined: the default one. */
export type Marks = Readonly<Record<Role, string | undefined>>

export const roles = ['root', 'user', 'empower'] as const satisfies readonly Role[]

export const schemes = ['dark', 'light'] as const
export type SchemeName = (typeof schemes)[number]

/** What a theme promises of its tints. */
export const promises = ['contrast', 'difference', 'roles'] as const
export type PromiseName = (typeof promises)[number]
