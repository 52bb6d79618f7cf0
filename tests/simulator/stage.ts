import 'fake-indexeddb/auto'
import nodeCrypto from 'node:crypto'
import { setMaxListeners } from 'node:events'
import { syncBuiltinESMExports } from 'node:module'
import { actorNow, type Machine, type Scheduler } from './scheduler.ts'
import { Random } from './random.ts'
import { real } from './real.ts'
import { atOnce } from './subtle.ts'

const framesBefore = Error.stackTraceLimit

/**
 * Stands between the code of both sides and the machine. While a history is played its clock, timers,
 * random numbers and threads are the history's; otherwise everything is as ever. This is imported
 * before anything that keeps a reference to one of them.
 */
let playing: { readonly scheduler: Scheduler; readonly random: Random } | null = null

export const stage = {
  get scheduler(): Scheduler | null {
    return playing?.scheduler ?? null
  },

  begin(scheduler: Scheduler, random: Random): void {
    playing = { scheduler, random }
    Error.stackTraceLimit = this.frames
  },

  end(): void {
    playing?.scheduler.end()
    playing = null
    Error.stackTraceLimit = framesBefore
  },

  /** How far back an error tells where it was made: most are made in passing, and telling takes longer than making. */
  frames: framesBefore,

  /** What the history itself does to prepare or to look, at no time and beside every turn. */
  async aside<T>(work: () => Promise<T>): Promise<T> {
    const before = playing
    playing = null
    try {
      return await work()
    } finally {
      playing = before
    }
  }
}

const machine = (): Machine => {
  const actor = actorNow()
  if (!actor?.machine) throw new Error(`${actor?.name ?? 'nobody'} has no tablet`)
  return actor.machine
}

Reflect.deleteProperty(globalThis, 'BroadcastChannel')

const page = new EventTarget()
// Every page of every tablet listens to this one, and lets go when it dies.
setMaxListeners(0, page)
Object.assign(globalThis, {
  document: Object.assign(page, { visibilityState: 'visible' }),
  addEventListener: page.addEventListener.bind(page),
  removeEventListener: page.removeEventListener.bind(page),
  fetch: (path: string, init: RequestInit) => machine().fetch(path, init)
})
const { cmp } = indexedDB
const disks: IDBFactory = {
  open: (...given) => machine().indexedDB.open(...given),
  deleteDatabase: (name) => machine().indexedDB.deleteDatabase(name),
  databases: () => machine().indexedDB.databases(),
  cmp: (one, other) => cmp.call(disks, one, other)
}
Object.defineProperty(globalThis, 'indexedDB', { configurable: true, value: disks })
Object.defineProperty(navigator, 'locks', { configurable: true, get: () => machine().locks })

class VirtualTimeout {
  readonly timer: unknown
  constructor(timer: unknown) {
    this.timer = timer
  }
  unref(): this {
    return this
  }
  ref(): this {
    return this
  }
}

Object.assign(globalThis, {
  // What the server puts off is done when it is done: it changes nothing that anybody sees.
  setTimeout: (run: (...given: unknown[]) => void, milliseconds = 0, ...given: unknown[]) =>
    playing && actorNow()?.machine
      ? new VirtualTimeout(playing.scheduler.timer(milliseconds, () => run(...given)))
      : real.setTimeout(run, milliseconds, ...given),
  clearTimeout: (handle: unknown) => {
    if (handle instanceof VirtualTimeout) playing?.scheduler.cancel(handle.timer)
    else real.clearTimeout(handle as NodeJS.Timeout)
  },
  setImmediate: (run: (...given: unknown[]) => void, ...given: unknown[]) => {
    if (playing) playing.scheduler.task(() => run(...given))
    else real.setImmediate(run, ...given)
  }
})
Date.now = () => (playing ? playing.scheduler.time + (actorNow()?.skew ?? 0) : real.now())
// The network of a history knows by itself how long anybody is patient.
AbortSignal.timeout = () => new AbortController().signal

type Slow = (...given: never[]) => unknown
const inOrder =
  (name: string, slow: Slow): Slow =>
  (...given) => {
    const there = atOnce(name, given)
    const work = there === undefined ? slow(...given) : Promise.resolve(there)
    return playing && work instanceof Promise ? playing.scheduler.land(work) : work
  }

for (const name of Object.getOwnPropertyNames(SubtleCrypto.prototype)) {
  const method = (crypto.subtle as unknown as Record<string, unknown>)[name]
  if (typeof method === 'function' && name !== 'constructor')
    Object.defineProperty(crypto.subtle, name, {
      configurable: true,
      value: inOrder(name, method.bind(crypto.subtle) as Slow)
    })
}

const { randomUUID, getRandomValues } = crypto
Object.defineProperties(crypto, {
  randomUUID: {
    configurable: true,
    value: () => (playing ? playing.random.uuid() : randomUUID.call(crypto))
  },
  getRandomValues: {
    configurable: true,
    value: <T extends Uint8Array | Uint32Array>(into: T): T =>
      playing ? playing.random.fill(into) : (getRandomValues.call(crypto, into as never) as T)
  }
})

// The server verifies beside its event loop; what it finds lands in order too.
const { verify } = nodeCrypto
type Verify = (
  algorithm: string,
  words: Buffer,
  key: never,
  sig: Buffer,
  then?: (error: Error | null, isGenuine: boolean) => void
) => boolean | void
const verifyInOrder: Verify = (algorithm, words, key, sig, then) => {
  if (!then) return verify(algorithm, words, key, sig)
  const work = new Promise<boolean>((resolve, reject) => {
    if (playing) return resolve(verify(algorithm, words, key, sig))
    verify(algorithm, words, key, sig, (error, isGenuine) => {
      if (error) reject(error)
      else resolve(isGenuine)
    })
  })
  const landed = playing ? playing.scheduler.land(work) : work
  landed.then(
    (isGenuine) => then(null, isGenuine),
    (error: unknown) => then(error as Error, false)
  )
}
Object.assign(nodeCrypto, { verify: verifyInOrder })
syncBuiltinESMExports()

/** Values of JSON and bytes, which is all that is stored here; ten times as fast as the machine's own. */
function copied<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof ArrayBuffer) return value.slice(0) as T
  if (value instanceof Uint8Array && value.byteLength === value.buffer.byteLength)
    return new Uint8Array(value) as T
  if (ArrayBuffer.isView(value)) return slow(value)
  if (Array.isArray(value)) return value.map(copied) as T
  const prototype = Object.getPrototypeOf(value) as unknown
  if (prototype !== Object.prototype && prototype !== null) return slow(value)
  const made: Record<string, unknown> = {}
  for (const key of Object.keys(value)) made[key] = copied((value as Record<string, unknown>)[key])
  return made as T
}
const slow = globalThis.structuredClone
globalThis.structuredClone = <T>(value: T, options?: StructuredSerializeOptions): T =>
  options ? slow(value, options) : copied(value)
