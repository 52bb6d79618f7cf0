import {
  createHash,
  randomBytes,
  randomFillSync,
  randomInt,
  randomUUID,
  timingSafeEqual
} from 'node:crypto'
import { uuidV7 } from '#contract/id.ts'

/** 256 random bits, base64url: a cookie, a challenge, a one-time code. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What the store keeps of a secret. It has 256 random bits, so a plain hash cannot be guessed back. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('base64url')
}

/** In a time that tells nothing of where they differ, nor of how long either is. */
export function isSameSecret(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text, 'utf8').digest())
  return a !== undefined && b !== undefined && timingSafeEqual(a, b)
}

/** 96 random bits: what the lines of one request have in common, and nothing else. */
export function newRequestId(): string {
  return randomBytes(12).toString('base64url')
}

export function newUuidV4(): string {
  return randomUUID()
}

export function newUuidV7(now: number): string {
  return uuidV7(now, randomFillSync(new Uint8Array(10)))
}

/** Any whole number from 0 on and below `end`, each as likely. */
export function randomBelow(end: number): number {
  return randomInt(end)
}
