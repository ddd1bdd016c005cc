// A window that asks for passwords, as far as polkit is concerned: an agent of the whole session it is started in, which knows the password
// in its first argument. Makes the file in the second one when it is there. (In the machine: node --import tsx.)
import { writeFileSync } from 'node:fs'
import { connectBus } from '../../src/bus/connect.ts'
import { sessionSubject } from '../../src/polkit/authority.ts'
import { converse } from '../../src/polkit/conversation.ts'
import { startHelper } from '../../src/polkit/helper.ts'
import { startOurs } from '../../src/polkit/ours.ts'
import { ourSession } from '../../src/polkit/session.ts'

const [, , password = '', ready = ''] = process.argv
const bus = await connectBus('system')
const session = await ourSession(bus)
if (!session) throw new Error('there is no session')
await startOurs(bus, sessionSubject(session.id), { fallback: false, locale: 'C' }, async (authentication) =>
  converse(authentication, {
    prompter: { ask: async () => ({ kind: 'answer', secret: Buffer.from(password) }), tell: () => {} },
    people: [{ uid: 1000, name: 'alice' }],
    startHelper: (user, cookie) => startHelper(user, cookie, {}),
    promptFor: (text) => text,
    tries: 1,
  }),
)
writeFileSync(ready, '')
await bus.closed
