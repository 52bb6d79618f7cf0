import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { starting } from '#server/app.ts'
import { Family, newEntryId } from '#tests/support/people.ts'
import { isOnFiles } from '#tests/support/postgres.ts'
import { WireTablet } from '#tests/support/tablet.ts'
import { codeOf, World } from '#tests/support/world.ts'

test('before there is an app the answer is 503, and says when to ask again', async () => {
  const answer = starting()
  expect([answer.status, answer.headers.get('Content-Type')]).toEqual([
    503,
    'application/problem+json'
  ])
  expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0)
  expect(await answer.json()).toMatchObject({ code: 'starting', status: 503 })
})

test.runIf(isOnFiles)(
  'while the store cannot be written, health says so and nothing is acknowledged',
  async () => {
    const world = await World.create()
    try {
      const worker = await world.user({ role: 'worker' })
      const family = await Family.open(world, await world.mainUser())
      await family.assign(worker.id)
      const tablet = await WireTablet.enrol(world, worker)
      const item = tablet.write({
        op: 'visit.record',
        customership: family.id,
        body: family.visit(newEntryId(world))
      })
      const health = () => world.client().ask('GET', '/api/health')
      expect((await health()).status).toBe(200)

      const { register } = world.parts.store.files
      await sql`pragma query_only = 1`.execute(register.sql)
      world.clock.advance(1000)
      for (const answer of [await health(), await tablet.ask([await tablet.seal(item)])])
        expect([answer.status, codeOf(answer)]).toEqual([503, 'store-unavailable'])

      await sql`pragma query_only = 0`.execute(register.sql)
      expect((await health()).status).toBe(200)
      const [result] = (await tablet.deliver([item])).results
      expect(result).toMatchObject({ outcome: 'applied' })
      expect(result?.again).toBeUndefined()
    } finally {
      await world.close()
    }
  }
)

test.each([
  ['http://localhost:3000', 'http://tabletti.localhost:3000', /^session=/],
  ['https://kotikaynti.example', 'https://tabletti.kotikaynti.example', /^__Host-session=/]
])('served at %s and %s, either is our own origin and no other is', async (one, other, cookie) => {
  const world = await World.create({ env: { KOTIKAYNTI_ORIGIN: `${one},${other}` } })
  try {
    const password = 'kärpänen lentää yöllä'
    await world.user({ role: 'worker', username: 'aino', password })
    const signIn = (origin: string) =>
      world.client().ask('POST', '/api/session', { username: 'aino', password }, { Origin: origin })
    for (const origin of [one, other]) {
      const answer = await signIn(origin)
      expect(answer.status).toBe(200)
      const lines = answer.headers.getSetCookie()
      expect(lines.filter((line) => cookie.test(line))).toHaveLength(1)
      for (const line of lines) {
        expect(line).toContain('; HttpOnly')
        expect(line).toContain('; SameSite=Strict')
        expect(line.includes('; Secure')).toBe(one.startsWith('https:'))
        expect(line).not.toContain('Domain')
      }
    }
    for (const origin of [`${one}.evil.example`, one.replace('://', '://evil.')])
      expect(codeOf(await signIn(origin))).toBe('cross-origin')
  } finally {
    await world.close()
  }
})
