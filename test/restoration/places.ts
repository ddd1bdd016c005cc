// Where an exception is planted in tint0, from outside (test/fixtures/plant.cjs): functions of Node and of the C library, each
// at the first call after a moment.

export interface Place {
  /** The function, as plant.cjs knows it. */
  readonly name: string
  /** In full swing, or when the program is about to end. */
  readonly when: 'swing' | 'ending' | 'start'
  /** Which call fails: the first, a later one, or all from the first on. */
  readonly call?: number | 'all'
  /** tint0 is made to take such a failure as an answer of the system: it may end in another way, but gives back the same. */
  readonly caught?: boolean
}

export const places: readonly Place[] = [
  { name: 'Buffer.from', when: 'ending', call: 'all', caught: true },
  { name: 'Buffer.alloc', when: 'ending' },
  { name: 'Buffer.prototype.subarray', when: 'swing' },
  { name: 'Buffer.prototype.indexOf', when: 'swing' },
  { name: 'Uint8Array.prototype.set', when: 'swing' },
  { name: 'RegExp.prototype.exec', when: 'swing', call: 5 },
  { name: 'RegExp.prototype.exec', when: 'swing', call: 'all', caught: true },
  { name: 'Map.prototype.get', when: 'swing', call: 9 },
  { name: 'String.prototype.replace', when: 'ending', caught: true },
  { name: 'Promise.race', when: 'ending' },
  { name: 'timers.setTimeout', when: 'ending' },
  { name: 'child_process.spawn', when: 'start', call: 2 },
  { name: 'net.Socket.prototype.write', when: 'start' },
  { name: 'tty.ReadStream.prototype.pause', when: 'ending' },
  { name: 'tty.ReadStream.prototype.resume', when: 'start', call: 2 },
  { name: 'tty.ReadStream.prototype.destroy', when: 'ending' },
  { name: 'fs.closeSync', when: 'ending' },
  { name: 'fs.readSync', when: 'ending', caught: true },
  { name: 'fs.openSync', when: 'ending', caught: true },
  { name: 'fs.writeSync', when: 'swing', caught: true },
  { name: 'fs.writeSync', when: 'ending', caught: true },
  { name: 'process.off', when: 'ending' },
  { name: 'koffi.ioctl', when: 'swing' },
  { name: 'koffi.tcsetattr', when: 'ending' },
  { name: 'koffi.tcgetattr', when: 'ending' },
  { name: 'koffi.poll', when: 'ending' },
  { name: 'EventEmitter.prototype.emit', when: 'ending' },
]
