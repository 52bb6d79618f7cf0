import { createHash, createHmac, randomBytes, type KeyObject } from 'node:crypto'

/** SECURITY 19: of what is about a customership, the salt goes with its key. */
export function saltUnder(key: KeyObject, line: number): Buffer {
  return createHmac('sha256', key).update(`kotikaynti/trail/1\n${line}`, 'utf8').digest()
}

/** Of what is about none: it is kept beside the line, and goes with it. */
export function newSalt(): Buffer {
  return randomBytes(16)
}

/** Tells that the words are the same to whoever has the salt, and nothing to anybody else. */
export function commitTo(salt: Buffer, words: string): string {
  return createHash('sha256').update(salt).update(words, 'utf8').digest('base64url')
}
