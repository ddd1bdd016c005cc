// Where programs are looked for: never by the caller's PATH, which any other program may have set.

/** Where commands are looked for, and the PATH of the local backend's fresh environment. */
export const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** The same, and where NixOS has what others have there: for our own helpers. */
export const widePath = `${systemPath}:/run/current-system/sw/bin`
