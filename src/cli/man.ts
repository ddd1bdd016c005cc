// The manual: its pages as files of man(7). The build writes them; nothing of it is in the programs.
import { version } from '../version.ts'
import { roffOf } from './man-roff.ts'
import { tint0Page } from './man-tint0.ts'
import { tint0ctlPage } from './man-tint0ctl.ts'
import { tomlPage } from './man-toml.ts'

export const pages = [tint0Page, tint0ctlPage, tomlPage] as const

/** By the names that man(1) looks for. */
export const manFiles = (): Readonly<Record<string, string>> =>
  Object.fromEntries(pages.map((page) => [`${page.name}.${page.number}`, roffOf(page, version)]))
