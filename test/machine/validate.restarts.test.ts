// tint0 -v while polkit is restarted, or hangs, under it: real polkit through a real terminal.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { endAll } from '../pty-process.ts'
import { plainText, tint0 } from '../session/subject.ts'
import { nobodyAsks, shell } from './left.ts'
import { asked, login } from './login.ts'

after(endAll)

const validation = () => login('alice', `${tint0} -v; echo "status $?"`)

test('alice, whose polkit is restarted while she types her password for -v, does not notice', {
  timeout: 60_000,
}, async () => {
  const screen = validation()
  await asked(screen)
  screen.process.write('wonder')
  shell('systemctl restart polkit')
  screen.process.write('land\n')
  await screen.process.exit
  const text = plainText(screen.process.output())
  assert.match(text, /^status 0\r$/m)
  assert.equal(text.split('Password for alice: ').length, 2, text)
  assert.equal(screen.process.echoes(), true)
  await nobodyAsks()
})

test('^C ends -v also where polkit hangs and answers nothing any more', { timeout: 60_000 }, async () => {
  const screen = validation()
  await asked(screen)
  shell('pkill -STOP -x polkitd')
  try {
    screen.process.write('\x03')
    await screen.process.until(/^status 130\r$/m, 20_000)
    assert.equal(screen.process.echoes(), true)
  } finally {
    shell('pkill -CONT -x polkitd')
  }
  await screen.process.exit
  await nobodyAsks()
})
