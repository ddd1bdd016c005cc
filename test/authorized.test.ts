// The quick tint0 -nv before a bus that is pretended: nobody can have it listen to a debugger while it waits, and it ends when the bus does.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { pause, scratch } from './session/subject.ts'

test('SIGUSR1 opens no inspector, and a bus that lets nobody in is status 1 without a word', async () => {
  const path = join(scratch, 'silent-bus')
  const server = createServer().listen(path)
  const program = spawn(process.execPath, ['--import', 'tsx', 'src/authorized.ts'], {
    env: { ...process.env, DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${path}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [program.stdout, program.stderr]) stream.on('data', (chunk) => (said += chunk))
  const closed = once(program, 'close')
  const [socket] = (await once(server, 'connection')) as [Socket]
  program.kill('SIGUSR1')
  // What would open is said at once.
  await pause(300)
  socket.end('REJECTED EXTERNAL\r\n')
  assert.deepEqual(await closed, [1, null])
  server.close()
  assert.doesNotMatch(said, /Debugger|inspector/)
})
