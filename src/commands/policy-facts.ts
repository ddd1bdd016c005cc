// What tint0ctl policy show asks for: polkit and its policy, the manager, logind, and the rules files that we may read.
import { caller } from '../backend/account.ts'
import { mayStart, type Permission } from '../backend/permission.ts'
import { isBusError } from '../bus/bus.ts'
import { connectBus } from '../bus/connect.ts'
import { failed } from '../errors.ts'
import {
  type Authorization,
  checkAuthorization,
  connectionSubject,
  manageUnits,
  type Policy,
  policyOf,
  polkitVersion,
} from '../polkit/authority.ts'
import { type Reading, readRules } from '../polkit/rules.ts'
import { findRules } from '../polkit/rules-files.ts'
import { ourSession, type Session } from '../polkit/session.ts'

export interface PolicyFacts {
  readonly action: string
  readonly polkit: string
  readonly user: string
  readonly uid: number
  readonly session: Session | null
  readonly defaults: Policy
  /** Which of the defaults counts where no rule says otherwise. */
  readonly applies: keyof Policy
  /** What a session would be told now. */
  readonly start: Permission
  /** What polkit tells without a verb, as about stopping a unit. */
  readonly otherwise: Authorization
  readonly rules: readonly Reading[]
  /** Directories of rules that we may not look into. */
  readonly closed: readonly string[]
}

export const policyFacts = async (): Promise<PolicyFacts> => {
  const bus = await connectBus('system')
  try {
    const [polkit, defaults, session, otherwise, start] = await Promise.all([
      polkitVersion(bus),
      policyOf(bus, manageUnits),
      // Without logind nobody is local to polkit, either.
      ourSession(bus).catch(() => undefined),
      checkAuthorization(bus, connectionSubject(bus), manageUnits),
      mayStart(bus),
    ])
    if (!defaults)
      throw failed('polkit', `does not know ${manageUnits}`, 'install the policy files of systemd')
    const { files, closed } = findRules()
    const { name, uid } = caller()
    return {
      action: manageUnits,
      polkit,
      user: name,
      uid,
      session: session ?? null,
      defaults,
      applies: !session?.local ? 'any' : session.active ? 'active' : 'inactive',
      start,
      otherwise,
      rules: files.map((file) => readRules(file, manageUnits)),
      closed,
    }
  } catch (error) {
    throw isBusError(error)
      ? failed('polkit', `does not answer: ${error.message}`, 'see systemctl status polkit')
      : error
  } finally {
    bus.close()
  }
}
