// One run: a user's terminal, tint0 on it, a program that leaves all on, an ending; then all that must be as it was before.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Backend, pause, tint0 } from '../session/subject.ts'
import { restored, violations } from './check.ts'
import { type Ending, isSudden } from './endings.ts'
import { isOn, writeProgram } from './mess.ts'
import { openWindow, type Setting, stateBefore } from './window.ts'

export interface Result {
  /** What was not as before; empty if all is well. */
  readonly violations: readonly string[]
  /** From the death of tint0 to a terminal that is as before, in milliseconds, where it dies. */
  readonly latency: number | undefined
}

/** Bounds, in milliseconds. */
const wait = {
  /** For anything, on a busy machine. */
  anything: 15_000,
  /** Longer than until the guardian is there. */
  guardian: 150,
}

const scratch = mkdtempSync(join(tmpdir(), 'tint0-restoration-'))
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }))
const checkout = dirname(dirname(tint0))

let runs = 0

const until = async (what: string, found: () => boolean, step = 10): Promise<void> => {
  for (const end = Date.now() + wait.anything; Date.now() < end; await pause(step)) if (found()) return
  throw new Error(`${what} did not come`)
}

export const run = async (ending: Ending, setting: Setting, backend: Backend = 'local'): Promise<Result> => {
  const mark = `restoration-${process.pid}-${++runs}`
  const { mess, mouse, tint, asks } = setting
  const program = writeProgram({ folder: scratch, mark, mess, last: ending.last, asks })
  const done = join(scratch, `${mark}-done`)
  const { place } = ending
  const planted = place !== undefined || ending.memory === true
  const moment = place?.when === 'start' ? '' : place?.when === 'ending' ? program.ending : program.go
  const words = planted
    ? [
        process.execPath,
        ...(ending.memory ? ['--max-old-space-size=40'] : []),
        ...['--require', join(checkout, 'test/fixtures/plant.cjs'), join(checkout, 'dist/tint0.cjs')],
      ]
    : [tint0]
  const variables = {
    ...(place ? { PLANT_PLACE: place.name, PLANT_CALL: `${place.call ?? 1}`, PLANT_DONE: done } : {}),
    ...(ending.memory ? { PLANT_MEMORY: '1' } : {}),
    ...(planted ? { PLANT_FILE: moment } : {}),
  }
  const before = await stateBefore(setting)
  const window = await openWindow(
    [
      ...words,
      `--backend=${backend}`,
      ...(backend === 'system' ? [`--unit=${mark}`] : []),
      `--tint=${tint}`,
      ...program.argv,
    ],
    variables,
    setting,
  )
  const { terminal, line } = window
  const settings = line.termios()?.toString('hex')
  const moving = mouse && setInterval(() => terminal.reportsMouse() && line.write('\x1b[<35;10;10M'), 20)
  try {
    const alive = { now: true }
    const exit = line.exit.then((end) => {
      alive.now = false
      return end
    })
    if (place?.when !== 'start') {
      await until('the program', () => existsSync(program.ready) || !alive.now)
      if (mess !== 'silence') await until('all of it', () => window.text().includes(isOn) || !alive.now)
      await window.shown()
      await pause(wait.guardian + 3 * setting.delay)
      await until('a quiet terminal', () => !line.pending(), 1)
    }
    if (alive.now) writeFileSync(program.go, '')
    if (place?.when === 'swing') line.resize(81, 25)
    await pause(ending.last === 'waits' ? 30 : 0)
    let began = performance.now()
    if (ending.act && 'signal' in ending.act) line.kill(ending.act.signal, ending.act.group)
    else if (ending.act && 'type' in ending.act) line.write(ending.act.type)
    else if (ending.act) spawnSync('sh', ['-c', ending.act.command], { env: { ...process.env, UNIT: mark } })
    // What is taken for an answer of the system may leave the session as it is.
    if (place?.caught) await Promise.race([exit, pause(1000).then(() => line.kill('SIGTERM'))])
    const end = await Promise.race([exit, pause(wait.anything)])
    if (!end) throw new Error(`tint0 did not end; ${window.text().slice(-300)}`)
    if (ending.memory) began = performance.now()
    const latency = isSudden(ending) ? await restored(window, before, settings, began) : undefined
    return {
      violations: await violations({ ending, setting, window, before, settings, end, mark, done }),
      latency,
    }
  } catch (error) {
    return { violations: [`it could not be tried: ${(error as Error).message}`], latency: undefined }
  } finally {
    if (moving) clearInterval(moving)
    line.close()
  }
}
