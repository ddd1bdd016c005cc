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
