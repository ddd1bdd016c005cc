// What a color is to us, and what may be asked for as a background.

/** sRGB, each channel an integer from 0 to 255. */
export interface Rgb {
  readonly r: number
  readonly g: number
  readonly b: number
}

export type Background =
  /** No tint. */
  | { readonly kind: 'none' }
  /** Mixed from the terminal's own background. */
  | { readonly kind: 'auto' }
  /** SGR parameters that set a background, as run0 takes them. */
  | { readonly kind: 'sgr'; readonly parameters: string }
  | { readonly kind: 'rgb'; readonly rgb: Rgb }
  /** An entry of the terminal's palette, 0–255; it knows best what the first 16 look like. */
  | { readonly kind: 'palette'; readonly entry: number }
  /** As the default, but of this hue, in degrees of OKLCH. */
  | { readonly kind: 'hue'; readonly hue: number }
  /** So much of the color (0–1) over the terminal's own background. */
  | { readonly kind: 'mix'; readonly rgb: Rgb; readonly share: number }
  /** That of a theme (theme/), by its file's name. */
  | { readonly kind: 'theme'; readonly name: string }

/** What may be a theme's name: it is a file's, too. */
export const isThemeName = (text: string): boolean => /^[a-z0-9][a-z0-9-]{0,63}$/.test(text)

/** Whom a tint warns of: root, another user, or oneself with more rights. */
export type Role = 'root' | 'user' | 'empower'
