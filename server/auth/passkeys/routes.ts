import { Hono, type Context } from 'hono'
import { toMoment } from '#contract/day.ts'
import { passkeyIdSchema } from '#contract/id.ts'
import {
  passkeyOptionsRequestSchema,
  passkeyRequestSchema,
  passkeySignInRequestSchema,
  type Assertion,
  type Passkey
} from '#contract/passkey.ts'
import type { SessionAnswer } from '#contract/session.ts'
import type { Attempts } from '#server/auth/attempts.ts'
import { Challenges } from '#server/auth/challenges.ts'
import { Throttle } from '#server/auth/throttle.ts'
import { clientAddress } from '#server/http/address.ts'
import { dropCookie, readCookie, writeCookie } from '#server/http/cookies.ts'
import { readBody, readParam } from '#server/http/input.ts'
import { askingOrigin } from '#server/http/origin.ts'
import type { Parts } from '#server/http/parts.ts'
import { Problem } from '#server/http/problem.ts'
import { requireFresh, requireReady, requireUser } from '#server/http/session.ts'
import { newSecret, newUuidV7 } from '#server/keys/secret.ts'
import type { StoredPasskey } from '#server/store/passkeys.ts'
import type { User } from '#server/store/users.ts'
import { creation, partyAt, question } from './question.ts'
import { verifyAssertion, verifyCreation } from './verify.ts'

/** Names the browser that was asked, before it has a session; it opens nothing. */
const askedCookie = 'asked'
const askedSeconds = 300

const mostOfOne = 20

const shown = ({
  id,
  credential,
  name,
  createdAt,
  lastUsedAt,
  backedUp
}: StoredPasskey): Passkey => ({
  ...{ id, credential, name, backedUp },
  createdAt: toMoment(createdAt),
  lastUsedAt: lastUsedAt === null ? null : toMoment(lastUsedAt)
})

/** Signing in by a passkey, and the passkeys that one has. */
export function passkeyRoutes(
  { store, clock }: Parts,
  attempts: Attempts,
  enter: (c: Context, user: User) => Promise<SessionAnswer>
): Hono {
  // Two kinds: what was asked to make a passkey is never an answer to who is there.
  const asked = new Challenges(store.guesses, 'asked')
  const offered = new Challenges(store.guesses, 'offered')
  const askers = new Throttle(store.guesses, 'asker', { free: 60, longestSeconds: 900 })
  const app = new Hono()

  const requireTurn = (wait: number): void => {
    if (wait > 0) throw new Problem('too-many', undefined, { 'Retry-After': String(wait) })
  }

  /** Whose passkey answered; null for every reason alike. */
  const answeredBy = async (c: Context, response: Assertion): Promise<User | null> => {
    const browser = readCookie(c, askedCookie) ?? ''
    const spend = (challenge: string) => asked.spend(challenge, browser, clock.now())
    const passkey = await store.passkeys.findByCredential(response.id)
    const used =
      passkey && (await verifyAssertion(response, passkey, partyAt(askingOrigin(c)), spend))
    if (!used || !(await store.passkeys.used(passkey, { ...used, at: clock.now() }))) return null
    const user = await store.users.find(passkey.user)
    return user?.state === 'active' ? user : null
  }

  app.post('/api/session/passkey/options', async (c) => {
    await readBody(c, passkeyOptionsRequestSchema)
    const address = clientAddress(c)
    requireTurn(await askers.waitSeconds(address, clock.now()))
    await askers.count(address, clock.now())
    const browser = newSecret()
    writeCookie(c, askedCookie, browser, askedSeconds)
    return c.json(await question(await asked.issue(browser, clock.now()), partyAt(askingOrigin(c))))
  })

  app.post('/api/session/passkey', async (c) => {
    const { response } = await readBody(c, passkeySignInRequestSchema)
    const attempt = { account: null, address: clientAddress(c), known: null }
    requireTurn(await attempts.begin(attempt, clock.now()))
    const user = await answeredBy(c, response)
    dropCookie(c, askedCookie)
    if (!user) throw new Problem('wrong-credentials')
    await attempts.succeeded(attempt)
    await askers.forgive(attempt.address)
    return c.json(await enter(c, user))
  })

  app.get('/api/passkeys', async (c) => {
    const { id } = await requireUser(c)
    return c.json({ passkeys: (await store.passkeys.ofUser(id)).map(shown) })
  })

  app.post('/api/passkeys/options', async (c) => {
    const user = await requireReady(c)
    requireFresh(c, user)
    await readBody(c, passkeyOptionsRequestSchema)
    const held = await store.passkeys.ofUser(user.id)
    const challenge = await offered.issue(user.session, clock.now())
    return c.json(await creation(challenge, partyAt(askingOrigin(c)), user, held))
  })

  app.post('/api/passkeys', async (c) => {
    const user = await requireReady(c)
    requireFresh(c, user)
    const { name, response } = await readBody(c, passkeyRequestSchema)
    const spend = (challenge: string) => offered.spend(challenge, user.session, clock.now())
    const created = await verifyCreation(response, partyAt(askingOrigin(c)), spend)
    if (!created) throw new Problem('invalid', [{ path: ['response'], code: 'not-verified' }])
    const passkey: StoredPasskey = {
      ...created,
      id: passkeyIdSchema.parse(newUuidV7(clock.now())),
      user: user.id,
      name: name.trim(),
      createdAt: clock.now(),
      lastUsedAt: null
    }
    await store.register.transact(async () => {
      if ((await store.passkeys.ofUser(user.id)).length >= mostOfOne)
        throw new Problem('conflict', [{ path: [], code: 'no-more' }])
      if ((await store.passkeys.add(passkey)) === 'known')
        throw new Problem('conflict', [{ path: ['response'], code: 'known' }])
    })
    return c.json({ passkey: shown(passkey) }, 201)
  })

  app.delete('/api/passkeys/:id', async (c) => {
    const user = await requireUser(c)
    requireFresh(c, user)
    const id = readParam(c, 'id', passkeyIdSchema)
    if (!(await store.passkeys.remove(id, user.id))) throw new Problem('not-found')
    return c.body(null, 204)
  })

  return app
}
