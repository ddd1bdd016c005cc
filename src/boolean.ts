// Yes and no, as systemd.syntax(7) has them.

/** Undefined for what is neither. */
export const boolean = (text: string): boolean | undefined =>
  /^(1|yes|y|true|t|on)$/i.test(text) ? true : /^(0|no|n|false|f|off)$/i.test(text) ? false : undefined
