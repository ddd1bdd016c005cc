// Passwords that take users of their own: of other alphabets, and the longest that there is.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, before, test } from 'node:test'
import { endAll } from '../pty-process.ts'
import { tint0 } from '../session/subject.ts'
import { shell } from './left.ts'
import type { User } from './login.ts'
import { askedAs } from './password.ts'

const carol = 'carol' as User

const setPassword = (password: string) =>
  execFileSync('chpasswd', ['-c', 'SHA256', '-s', '1000'], {
    input: `carol:${password}\n`,
    stdio: ['pipe', 'ignore', 'inherit'],
  })

before(() => {
  shell('useradd -m -s /bin/bash -G sudo carol')
})
after(() => {
  endAll()
  shell('loginctl terminate-user carol 2>/dev/null; userdel -rf carol 2>/dev/null; true')
})

for (const [name, password] of [
  ['of other alphabets', 'пароль-密码-🔑'],
  ['with blanks and signs', ' a\\b"c\'d%s$(e) '],
  ['of 500 bytes', 'x'.repeat(500)],
] as const)
  test(`a password ${name} is right as it is typed, and wrong without its last character`, {
    timeout: 60_000,
  }, async () => {
    setPassword(password)
    const user = askedAs(carol, `${tint0} id -u; echo "status $?"`)
    await user.asked(/Password for carol: $/)
    user.type(`${password}\x7f\r`)
    await user.screen.process.until(/Sorry, try again\.\r\n/)
    await user.asked(/Password for carol: $/)
    user.type(`${password}x\x7f\r`)
    await user.ended()
    assert.match(user.text(), /Sorry, try again\.\r\n.*Password for carol: \r\n0\r\nstatus 0\r\n$/)
    await user.nothingLeft()
  })
