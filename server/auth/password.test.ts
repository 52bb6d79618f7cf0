import { expect, test } from 'vitest'
import { isTooCommon } from './blocklist.ts'
import { hashPassword, isPassword } from './password.ts'

test('only the password that was hashed opens, however its letters were composed', async () => {
  const stored = await hashPassword('kärpänen lentää yöllä')
  expect(stored).toMatch(/^\$argon2id\$v=19\$/)
  expect(await isPassword('kärpänen lentää yöllä'.normalize('NFD'), stored)).toBe(true)
  expect(await isPassword('kärpänen lentää yolla', stored)).toBe(false)
  expect(await hashPassword('kärpänen lentää yöllä')).not.toBe(stored)
})

test('nobody has the password of an account that is not there, and it is as much work to say so', async () => {
  const stored = await hashPassword('kärpänen lentää yöllä')
  // The processor's own count: on a busy machine the wall clock tells of others.
  const work = async (hash: string | null) => {
    const before = process.cpuUsage()
    expect(await isPassword('some other words', hash)).toBe(false)
    const { user, system } = process.cpuUsage(before)
    return user + system
  }
  const works = { known: [] as number[], unknown: [] as number[] }
  for (let round = 0; round < 5; round += 1) {
    works.known.push(await work(stored))
    works.unknown.push(await work(null))
  }
  const least = (measured: number[]) => Math.min(...measured)
  expect(least(works.unknown)).toBeGreaterThan(least(works.known) / 3)
  expect(least(works.unknown)).toBeLessThan(least(works.known) * 3)
})

test.each([
  'password1234',
  'Salasana2026!',
  'aaaaaaaaaaaaaa',
  'ainoäyräs2026',
  'kotikaynti123',
  'qwerty123456789',
  '121212121212'
])('"%s" is one that everybody tries', (password) => {
  expect(isTooCommon(password, ['aino', 'Aino Äyräs'])).toBe(true)
})

test.each(['kärpänen lentää yöllä', 'Vihreä-laiva-2026', 'x7#kQ!mz0PwL'])(
  '"%s" is one of its own',
  (password) => {
    expect(isTooCommon(password, ['aino', 'Aino Äyräs'])).toBe(false)
  }
)
