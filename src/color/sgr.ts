// SGR parameters as run0 takes them for a background; after xterm's ctlseqs.
import { type Read, right, wrong } from './wrong.ts'

/** The parameters, if the last thing that they say of the background is a color. */
export const readSgr = (text: string): Read<string> => {
  const strange = /[^\d;]/.exec(text)
  if (strange) {
    const [part = ''] = /^.[^\d;]*/su.exec(text.slice(strange.index)) ?? []
    return wrong(
      strange.index,
      part,
      'belongs to no SGR parameters, which are numbers with semicolons between',
    )
  }
  const parameters = [...text.matchAll(/(?<=^|;)\d*/g)].map(({ 0: digits, index: at }) => ({ digits, at }))
  const empty = parameters.find(({ digits }) => digits === '')
  if (empty)
    return empty.at < text.length
      ? wrong(empty.at, ';', 'has no number before it')
      : wrong(empty.at, '', 'a number is missing')
  const nothing = wrong(0, text, 'sets no background')
  let set = false
  for (let i = 0; i < parameters.length; i++) {
    const { digits = '', at = 0 } = parameters[i] ?? {}
    const value = Number(digits)
    if (value === 38 || value === 48) {
      const form = parameters[i + 1]
      const count = form && { 5: 1, 2: 3 }[Number(form.digits)]
      if (!form) return nothing
      if (count === undefined)
        return wrong(form.at, form.digits, `is no form of color: behind ${value} stands 5 or 2`)
      const operands = parameters.slice(i + 2, i + 2 + count)
      const high = operands.find((operand) => Number(operand.digits) > 255)
      if (high) return wrong(high.at, high.digits, 'is out of range: 255 is the most')
      if (operands.length < count)
        return wrong(
          text.length,
          '',
          `behind ${value};${form.digits} ${count === 1 ? 'a number' : 'three numbers'} must follow`,
        )
      set ||= value === 48
      i += 1 + count
    } else if ((value >= 40 && value <= 47) || (value >= 100 && value <= 107)) set = true
    else if (value === 0 || value === 49) set = false
    else if (value > 107) return parameters.length > 1 ? wrong(at, digits, 'is no SGR parameter') : nothing
  }
  return set ? right(text) : nothing
}
