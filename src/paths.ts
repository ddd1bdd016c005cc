// Where things are looked for: programs never by the caller's PATH, which any other program may have set; a user's own files
// after the XDG Base Directory Specification.
import { isAbsolute, join } from 'node:path'

/** Where commands are looked for, and the PATH of the local backend's fresh environment. */
export const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** The same, and where NixOS has what others have there: for our own helpers. */
export const widePath = `${systemPath}:/run/current-system/sw/bin`

/** Where the user's own files stand; undefined where there is no home. A relative $XDG_CONFIG_HOME is none (XDG). */
export const configHome = ({
  XDG_CONFIG_HOME,
  HOME,
}: Readonly<Record<string, string | undefined>>): string | undefined => {
  if (XDG_CONFIG_HOME && isAbsolute(XDG_CONFIG_HOME)) return join(XDG_CONFIG_HOME, 'tint0')
  return HOME && isAbsolute(HOME) ? join(HOME, '.config/tint0') : undefined
}
