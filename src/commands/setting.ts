// What only a manager can do for the command, as the backends want it.
import { findGroup } from '../backend/account.ts'
import type { LaunchSetting } from '../backend/backend.ts'
import type { SessionRequest, UnitSetting } from '../cli/request.ts'
import { presetProperties } from '../cli/sandbox.ts'
import type { World } from './world.ts'

export const settingOf = ({ setting }: SessionRequest, { controlGroup }: World): LaunchSetting => ({
  sandbox: setting.sandbox,
  // The last one counts, so the user's own win.
  properties: [...presetProperties(setting.sandbox), ...setting.properties],
  slice: sliceOf(setting, controlGroup),
  nice: setting.nice,
  empower: setting.empower,
  lightweight: setting.lightweight,
  area: setting.area,
  // systemd 259 brings it, and a rule of polkit's for it.
  extraGroups: setting.empower && findGroup('empower') !== undefined ? ['empower'] : [],
})

/** A slice in another has its name for a prefix (systemd.slice(5)). */
const sliceOf = ({ slice, inheritsSlice }: UnitSetting, controlGroup: () => string): string | undefined => {
  if (!inheritsSlice) return slice
  const own =
    controlGroup()
      .split('/')
      .findLast((part) => part.endsWith('.slice')) ?? '-.slice'
  if (slice === undefined) return own
  return own === '-.slice' ? slice : `${own.slice(0, -'.slice'.length)}-${slice}`
}
