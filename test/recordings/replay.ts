// Plays a recording through a real program that tints, such as run0, on a PTY: what went in event by event, and what came out.
import { rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { type PtyProcess, spawnOnPty } from '../pty-process.ts'
import type { Tinted } from './judge.ts'
import { isOutput, type Recording } from './recording.ts'

const env = {
  ...{ PATH: process.env.PATH, HOME: '/root', SHELL: '/bin/bash', LANG: 'C.UTF-8' },
  ...{ TERM: 'xterm-256color', COLORTERM: 'truecolor' },
}

/** Milliseconds without output after which a piece is taken to be through, when it is as long as what went in, and when not. */
const quiet = { whole: 40, short: 150 }

let count = 0

/** `words` run the player's words behind them. */
export const replay = async (
  words: readonly string[],
  player: string,
  recording: Recording,
): Promise<Tinted> => {
  const path = `/run/tint0-replay-${process.pid}-${count++}`
  const server = createServer().listen(path)
  const connected = new Promise<Socket>((resolve) => server.once('connection', resolve))
  const program = spawnOnPty([...words, process.execPath, player, path], { ...recording, env, cwd: '/' })
  try {
    const ended = program.exit.then(() => {
      throw new Error(`${words[0]} has ended: ${JSON.stringify(program.output().toString().slice(-300))}`)
    })
    ended.catch(() => {})
    const taken = answered(program)
    const socket = await Promise.race([connected, ended])
    const acknowledged = acknowledgments(socket)
    await Promise.race([acknowledged(), ended])
    const before = await taken(0)
    const outputs: Uint8Array[] = []
    let resized: Buffer = Buffer.alloc(0)
    for (const event of recording.events)
      if (isOutput(event)) {
        const length = Buffer.alloc(4)
        length.writeUInt32LE(event.output.length)
        socket.write(Buffer.concat([length, event.output]))
        await Promise.race([acknowledged(), ended])
        outputs.push(Buffer.concat([resized, await taken(event.output.length)]))
        resized = Buffer.alloc(0)
      } else {
        program.resize(event.columns, event.rows)
        // Nobody says when a resize has been passed on.
        await pause(quiet.short)
        resized = await taken(0)
      }
    socket.destroy()
    return { before, outputs }
  } finally {
    server.close()
    rmSync(path, { force: true })
    await Promise.race([program.exit, pause(1000)])
    program.kill()
  }
}

/** Answers what is asked before the player runs; returns a function that takes what has come, when nothing more comes. */
const answered = (program: PtyProcess): ((length: number) => Promise<Buffer>) => {
  let chunks: Buffer[] = []
  let length = 0
  let heard = performance.now()
  let answering = true
  program.onData((chunk) => {
    chunks.push(chunk)
    length += chunk.length
    heard = performance.now()
    const text = chunk.toString('latin1')
    if (answering && text.includes('\x1b]11;?')) program.write('\x1b]11;rgb:0000/0000/0000\x1b\\')
    if (answering && text.includes('\x1b[c')) program.write('\x1b[?62;22c')
  })
  return async (expected) => {
    const began = performance.now()
    while (performance.now() - Math.max(heard, began) < (length >= expected ? quiet.whole : quiet.short))
      await pause(3)
    answering = false
    const all = Buffer.concat(chunks)
    chunks = []
    length = 0
    return all
  }
}

/** Each call resolves with one more byte of the player. */
const acknowledgments = (socket: Socket): (() => Promise<void>) => {
  let come = 0
  let waiting: (() => void) | undefined
  socket.on('data', (chunk) => {
    come += chunk.length
    waiting?.()
  })
  return async () => {
    while (come === 0)
      await new Promise<void>((resolve) => {
        waiting = resolve
      })
    come--
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
