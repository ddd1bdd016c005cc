// What tint0 and run0 run when a recording is played through them: takes pieces from a socket, writes each to its terminal as
// it is, and says so. What is typed at it, such as a terminal's answers, it ignores.
import { spawnSync } from 'node:child_process'
import { writeSync } from 'node:fs'
import { connect } from 'node:net'

/** All of it, also where the terminal does not take it at once. */
const writeAll = (bytes: Uint8Array): void => {
  for (let at = 0; at < bytes.length; )
    try {
      at += writeSync(1, bytes, at)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
    }
}

const [, , path = ''] = process.argv
spawnSync('stty', ['raw', '-echo'], { stdio: 'inherit' })
const socket = connect(path)
let held = Buffer.alloc(0)
socket.on('connect', () => socket.write('.'))
socket.on('data', (chunk) => {
  held = Buffer.concat([held, chunk])
  while (held.length >= 4 && held.length >= 4 + held.readUInt32LE()) {
    const length = held.readUInt32LE()
    writeAll(held.subarray(4, 4 + length))
    held = held.subarray(4 + length)
    socket.write('.')
  }
})
socket.on('close', () => process.exit(0))
socket.on('error', () => process.exit(1))
