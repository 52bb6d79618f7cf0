import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(argon2)

interface Cost {
  readonly memory: number
  readonly passes: number
}

/** Above OWASP's floor for Argon2id (19 MiB, t=2); a sign-in takes about a tenth of a second. */
const cost: Cost = { memory: 32_768, passes: 3 }

async function digest(password: string, salt: Buffer, { memory, passes }: Cost): Promise<Buffer> {
  const message = Buffer.from(password.normalize('NFC'), 'utf8')
  return await derive('argon2id', {
    message,
    nonce: salt,
    parallelism: 1,
    tagLength: 32,
    memory,
    passes
  })
}

const encode = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')

/** PHC string: the parameters travel with the hash, so that they can be raised later. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const hash = await digest(password, salt, cost)
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=1$${encode(salt)}$${encode(hash)}`
}

const phc = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=1\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

/**
 * Without a hash (nobody of that name, or no password yet) the same work is done all the same, so
 * that the time does not tell who has an account.
 */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const [, memory, passes, salt, hash] = phc.exec(stored ?? decoy) ?? []
  if (salt === undefined || hash === undefined) throw new Error('a stored password is unreadable')
  const expected = Buffer.from(hash, 'base64')
  const given = await digest(password, Buffer.from(salt, 'base64'), {
    memory: Number(memory),
    passes: Number(passes)
  })
  return timingSafeEqual(given, expected) && stored !== null
}

const decoy = `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=1$${encode(randomBytes(16))}$${encode(randomBytes(32))}`
