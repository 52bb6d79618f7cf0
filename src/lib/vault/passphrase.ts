import { argon2id } from 'hash-wasm'

/** RFC 9106: Argon2id, version 1.3. `memory` is in KiB. */
export interface Kdf {
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
}

export const leastKdf: Kdf = { memory: 64 * 1024, passes: 3, parallelism: 1 }

/** Neither so little that guessing is cheap, nor so much that a written-over number stalls the tablet. */
export function isBearable(kdf: Kdf): boolean {
  return (
    Number.isInteger(kdf.memory) &&
    kdf.memory >= 19 * 1024 &&
    kdf.memory <= 256 * 1024 &&
    Number.isInteger(kdf.passes) &&
    kdf.passes >= 1 &&
    kdf.passes <= 10 &&
    kdf.parallelism === 1
  )
}

/** The same letters typed on another keyboard, or with a space too many at an end, are the same words. */
export function normalised(passphrase: string): string {
  return passphrase.normalize('NFKC').trim()
}

export async function stretch(
  passphrase: string,
  salt: Uint8Array,
  kdf: Kdf
): Promise<Uint8Array<ArrayBuffer>> {
  const secret = await argon2id({
    password: normalised(passphrase),
    salt,
    memorySize: kdf.memory,
    iterations: kdf.passes,
    parallelism: kdf.parallelism,
    hashLength: 32,
    outputType: 'binary'
  })
  return new Uint8Array(secret)
}

const wantedMilliseconds = 700

/** Upward only, to half a second or a second on this very device. */
export async function calibrated(clock: () => number): Promise<Kdf> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const started = clock()
  await stretch('how fast is this device', salt, leastKdf)
  const elapsed = Math.max(1, clock() - started)
  const passes = Math.round((leastKdf.passes * wantedMilliseconds) / elapsed)
  if (passes <= 10) return { ...leastKdf, passes: Math.max(leastKdf.passes, passes) }
  const memory = Math.min(4, Math.floor(passes / 10)) * leastKdf.memory
  return { memory, passes: 10, parallelism: 1 }
}
